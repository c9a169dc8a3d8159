//! The page in a browser: what a newcomer, a member and an admin see and do there.

mod accessibility;
mod anything;
mod commands;
mod faults;
mod members;
mod preview;
