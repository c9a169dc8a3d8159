//! The local Discord from the outside: another client on it, and its page in a browser.

mod harness;
mod page;
mod program;
mod story;
mod twilight;
mod words;
