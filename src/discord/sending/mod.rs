//! What the bot sends, and what it asks of Discord's API.
//!
//! - `api`: one call, bounded in time and size; `proxy`: the one that the environment names for it.
//! - `sender`: calls with what they are worth: tries, patience, pace.
//! - `gate`, `limits`: Discord's rate limits; `troubles`: how often trouble that goes on is told.
//! - `outbox`, `lane`: dailies, sent and edited; `threads`: what starts from them; `notices`: direct messages.

mod api;
mod gate;
mod lane;
mod limits;
mod notices;
mod outbox;
pub(super) mod proxy;
mod sender;
mod threads;
mod troubles;

pub(super) use self::api::Api;
pub(super) use self::outbox::{Outbox, snowflake};
pub(super) use self::sender::{Failure, Sender};
