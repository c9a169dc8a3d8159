//! What the bot sends, and what it asks of Discord's API.
//!
//! - `api`: one call, bounded in time and size.
//! - `sender`: calls with what they are worth: tries, patience, pace; `failure`: why one came to nothing.
//! - `gate`, `limits`: Discord's rate limits.
//! - `messenger`: Discord as the platform on which dailies and notices are delivered.

mod api;
mod failure;
mod gate;
mod limits;
mod messenger;
mod sender;

pub(super) use self::api::Api;
pub(super) use self::failure::Failure;
pub(super) use self::messenger::{Messenger, snowflake};
pub(super) use self::sender::Sender;
