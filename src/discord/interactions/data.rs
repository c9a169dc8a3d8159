//! What commands and events can reach.

use std::sync::Arc;

use poise::serenity_prelude as serenity;
use tokio_util::task::TaskTracker;

use crate::app::{App, Turns};
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
    /// What people type waits here for what they typed before.
    pub turns: Turns<u64>,
    /// Answers under way, which are finished before the bot ends.
    pub underway: TaskTracker,
}

pub(crate) type Command = poise::Command<Data, anyhow::Error>;
pub(crate) type Context<'a> = poise::ApplicationContext<'a, Data, anyhow::Error>;
