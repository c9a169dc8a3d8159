//! The page in a browser, with a bot that does each thing that a bot can do.

pub mod accessibility;
mod anything;
mod faults;
