//! The engine that delivers dailies and notices, for every platform. The database says what there is to do; each
//! job reads its row again just before it acts, so that a list that is out of date does no harm.
//!
//! - `platform`: the port, which is all that the engine knows of a platform.
//! - `engine`: the loops, and what becomes of jobs that fail; `lane`: one job at a time in each channel; `refusals`: results that are refused.
//! - `claiming`: which dailies are due; `failing`: the schedules for which that fails; `steps`: what is to be done with them, and that it is done.
//! - `jobs`: the message of a daily, posted and edited; `key`: what tells its tries apart; `threads` and `notices`: what else is sent.
//! - `doubles`: second messages of dailies, to be taken away; `wakes`: what wakes which loop.

mod claiming;
mod doubles;
mod engine;
mod failing;
mod jobs;
mod key;
mod lane;
#[cfg(test)]
mod memory;
mod notices;
mod platform;
mod refusals;
mod steps;
#[cfg(test)]
mod tests;
mod threads;
mod wakes;

pub(super) use self::doubles::Doubles;
pub use self::engine::Delivery;
pub(super) use self::failing::Failing;
pub use self::key::{key_of, tried_at};
pub use self::platform::{Failure, Platform};
pub use self::steps::Post;
pub(super) use self::wakes::Wakes;
