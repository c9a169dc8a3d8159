//! What commands and events can reach.

use std::sync::Arc;

use poise::serenity_prelude as serenity;
use tokio_util::task::TaskTracker;

use super::turns::Turns;
use crate::app::App;
use crate::discord::gateway::{Heard, ReadyShards, ShardCount};
use crate::discord::sending::Sender;

/// What commands and events can reach.
pub(crate) struct Data {
    pub app: App,
    /// The bot's own user.
    pub me: serenity::UserId,
    pub total: ShardCount,
    pub heard: Heard,
    pub listed: ReadyShards,
    pub sender: Arc<Sender>,
    /// Whose messages are being handled, and whose answers sent: one of each member at a time.
    pub handled: Turns,
    pub answered: Turns,
    /// Answers under way, which are finished before the bot ends.
    pub underway: TaskTracker,
}

pub(crate) type Command = poise::Command<Data, anyhow::Error>;
pub(crate) type Context<'a> = poise::ApplicationContext<'a, Data, anyhow::Error>;
