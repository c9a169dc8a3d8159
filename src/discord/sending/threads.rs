//! Starts a thread from the message of a daily that closed, where its schedule asks for one.

use futures_util::stream::{self, StreamExt, TryStreamExt};
use poise::serenity_prelude as serenity;
use serenity::{AutoArchiveDuration, CreateThread, Nonce};

use super::outbox::snowflake;
use super::sender::{Failure, Sender};
use crate::app::App;
use crate::app::card::{Card, cut};
use crate::app::outbox::Discussion;
use crate::discord::rendering::render;
use crate::model::Daily;

/// Discord's code for a message that has a thread already: it was started before a stop.
const THERE_ALREADY: i64 = 160_004;
/// Threads that are started at the same time.
const AT_ONCE: usize = 64;
/// The longest name of a thread, in characters.
const NAME: usize = 100;

/// Starts the threads that are due, each once. Where one is refused, as when the bot may not
/// create threads, the daily goes without; what failed otherwise is tried again at the next turn.
pub(super) async fn start(app: &App, sender: &Sender, me: u64) -> anyhow::Result<()> {
    let due = stream::iter(app.to_discuss().await?).map(Ok);
    due.try_for_each_concurrent(AT_ONCE, async |discussion| {
        let daily = discussion.daily.clone();
        if let Err(error) = start_one(sender, discussion, me).await {
            let (space, channel) = (&daily.space, &daily.channel);
            if let Failure::Unsure(_) = error {
                tracing::debug!(%space, %channel, %error, "could not start the thread of a daily; trying again");
                return Ok(());
            }
            tracing::warn!(%space, %channel, %error,
                "a daily goes without its thread or its follow-up; the bot needs the permissions to create public threads and to write in them");
        }
        Ok(app.discussed(&daily).await?)
    })
    .await
}

async fn start_one(sender: &Sender, discussion: Discussion, me: u64) -> Result<(), Failure> {
    let daily = &discussion.daily;
    let message = daily.message.as_ref().and_then(|id| snowflake(&id.0).ok());
    let (Some(message), Ok(channel)) = (message, snowflake(&daily.channel.0)) else {
        return Ok(());
    };
    let thread = CreateThread::new(cut(&discussion.title, NAME))
        .auto_archive_duration(AutoArchiveDuration::ThreeDays);
    let there = match sender.start_thread(channel, message, &thread).await {
        Err(Failure::Refused { code, .. }) if code == THERE_ALREADY => true,
        started => started.map(|()| false)?,
    };
    match discussion.opening {
        Some(opening) => open(sender, daily, (message, there), opening, me).await,
        None => Ok(()),
    }
}

/// Begins a thread, whose id is that of its message. One that was `there` may have been begun before
/// a stop, so long ago that the nonce does not tell.
async fn open(
    sender: &Sender,
    daily: &Daily,
    (thread, there): (u64, bool),
    opening: Card,
    me: u64,
) -> Result<(), Failure> {
    if there {
        let messages = sender.messages_after(thread, daily.claimed_at).await?;
        let ours = |m: &serenity::Message| m.author.id.get() == me && !m.embeds.is_empty();
        if messages.iter().any(ours) {
            return Ok(());
        }
    }
    let nonce = Nonce::String(format!("thread-{:x}", daily.id));
    let message = render::message(opening).nonce(nonce).enforce_nonce(true);
    sender.post(thread, &message).await.map(drop)
}
