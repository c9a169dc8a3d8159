//! What people do, from its event to its answer.
//!
//! - `dispatch`: brings each event to what handles it.
//! - `commands`: the slash commands, a file a feature; `register` tells Discord of them.
//! - `buttons`: presses; `replies`: typed replies and mentions.
//! - `respond`: answers in time, and says what went wrong.
//! - `allowed`: what keeps the bot from a channel.
//! - `data`: what all of these can reach.

mod allowed;
mod buttons;
pub(super) mod commands;
mod data;
mod dispatch;
pub(super) mod register;
mod replies;
mod respond;

pub(super) use self::data::{Command, Context, Data};
pub(super) use self::dispatch::Dispatch;
