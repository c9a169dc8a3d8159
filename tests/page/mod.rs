//! The page in a browser: what a newcomer, a member and a host see and do there.

mod accessibility;
mod anything;
mod faults;
mod members;
mod preview;
