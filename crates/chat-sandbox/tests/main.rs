//! The local Discord from the outside: another client on it, and its page in a browser; and the local Slack's page.

mod harness;
mod page;
mod program;
mod slack;
mod story;
mod twilight;
mod words;
