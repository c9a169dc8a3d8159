//! The local Discord's page in a browser: what a newcomer, a member, an admin and an author see and do there.

mod commands;
mod members;
mod preview;
