//! Starts a thread from the message of a daily that closed, where its schedule asks for one.

use futures_util::stream::{self, StreamExt, TryStreamExt};
use poise::serenity_prelude as serenity;
use serenity::{AutoArchiveDuration, CreateThread};

use super::outbox::snowflake;
use super::sender::{Failure, Sender};
use crate::app::App;
use crate::store::Daily;

/// Discord's code for a message that has a thread already: it was started before a stop.
const THERE_ALREADY: i64 = 160_004;
/// Threads that are started at the same time.
const AT_ONCE: usize = 64;

/// Starts the threads that are due, each once. Where one is refused, as when the bot may not
/// create threads, the daily goes without; what failed otherwise is tried again at the next turn.
pub(super) async fn start(app: &App, sender: &Sender) -> anyhow::Result<()> {
    let due = stream::iter(app.to_discuss().await?).map(Ok);
    due.try_for_each_concurrent(AT_ONCE, async |(daily, name)| {
        if let Err(error) = start_one(sender, &daily, name).await {
            let (space, channel) = (&daily.space, &daily.channel);
            if let Failure::Unsure(_) = error {
                tracing::warn!(%space, %channel, %error, "could not start the thread of a daily; trying again");
                return Ok(());
            }
            tracing::warn!(%space, %channel, %error,
                "a daily goes without its thread; the bot needs the permission to create public threads");
        }
        Ok(app.discussed(&daily).await?)
    })
    .await
}

async fn start_one(sender: &Sender, daily: &Daily, name: String) -> Result<(), Failure> {
    let message = daily.message.as_ref().and_then(|id| snowflake(&id.0).ok());
    let (Some(message), Ok(channel)) = (message, snowflake(&daily.channel.0)) else {
        return Ok(());
    };
    let thread = CreateThread::new(name).auto_archive_duration(AutoArchiveDuration::ThreeDays);
    match sender.start_thread(channel, message, &thread).await {
        Err(Failure::Refused { code, .. }) if code == THERE_ALREADY => Ok(()),
        started => started,
    }
}
