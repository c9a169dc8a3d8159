//! The local Slack's page in a browser, with a small app that answers what one does there.

mod accessibility;
mod app;
mod story;
mod text;
