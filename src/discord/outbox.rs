//! Sends what the use-cases decided to post, and says when it is there.

use std::collections::HashMap;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{Builder, EditMessage, Http, HttpError, MessageId, Nonce};
use tokio::time::Instant;

use super::{notices, render};
use crate::app::App;
use crate::app::daily::Post;

/// The wall clock is read at least this often, so that a jump or a suspended machine is noticed.
const LOOK: Duration = Duration::from_secs(15);
/// How long a post that failed waits for its next try.
const AGAIN: Duration = Duration::from_secs(60);

/// Discord's codes for a message or channel that is gone: there is nothing left to edit.
const GONE: [isize; 2] = [10_003, 10_008];

/// Keeps the schedules until the task is dropped.
pub(super) async fn run(app: App, http: std::sync::Arc<Http>) {
    let mut moves = app.clock.moves();
    let mut waiting = HashMap::new();
    loop {
        if let Err(error) = turn(&app, &http, &mut waiting).await {
            tracing::error!(error = format!("{error:#}"), "could not keep the schedules");
        }
        tokio::select! {
            () = app.something_to_send() => {}
            _ = moves.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Claims what is due, sends what is claimed, edits what is out of date, tells hosts.
async fn turn(app: &App, http: &Http, waiting: &mut HashMap<i64, Instant>) -> anyhow::Result<()> {
    app.keep_schedules().await?;
    waiting.retain(|_, until| *until > Instant::now());
    for post in app.to_post().await? {
        let id = post.daily.id;
        if waiting.contains_key(&id) {
            continue;
        }
        match send(http, &post).await {
            Ok(message) => app.posted(id, message.get().into()).await?,
            Err(error) => {
                failed(&post, &error, "post a daily");
                waiting.insert(id, Instant::now() + AGAIN);
            }
        }
    }
    for post in app.to_show().await? {
        let id = post.daily.id;
        if waiting.contains_key(&id) {
            continue;
        }
        match edit(http, &post).await {
            Ok(()) => app.shown(&post.daily).await?,
            Err(error) if is_gone(&error) => app.shown(&post.daily).await?,
            Err(error) => {
                failed(&post, &error, "show what a daily has become");
                waiting.insert(id, Instant::now() + AGAIN);
            }
        }
    }
    notices::tell(app, http).await
}

/// The nonce makes Discord return the message that is there when this one was sent before.
async fn send(http: &Http, post: &Post) -> serenity::Result<MessageId> {
    let nonce = format!("{}-{}", post.daily.id, post.daily.claimed_at.timestamp());
    let message = render::message(post.card.clone())
        .nonce(Nonce::String(nonce))
        .enforce_nonce(true);
    let channel = snowflake(&post.daily.channel.0).ok_or(NOT_DISCORDS)?;
    Ok(message.execute(http, (channel.into(), None)).await?.id)
}

async fn edit(http: &Http, post: &Post) -> serenity::Result<()> {
    let daily = &post.daily;
    let channel = snowflake(&daily.channel.0).ok_or(NOT_DISCORDS)?;
    let message = daily.message.as_ref().and_then(|id| snowflake(&id.0));
    let message = message.ok_or(NOT_DISCORDS)?;
    let edit: EditMessage = render::message_edit(post.card.clone());
    edit.execute(http, (channel.into(), message.into(), None))
        .await?;
    Ok(())
}

/// An id that is no number cannot be one of Discord's.
pub(super) const NOT_DISCORDS: serenity::Error =
    serenity::Error::Other("the id is not one of Discord's");

/// Ids of ours are text; Discord's are numbers.
pub(super) fn snowflake(id: &str) -> Option<std::num::NonZeroU64> {
    id.parse().ok()
}

fn is_gone(error: &serenity::Error) -> bool {
    matches!(error, serenity::Error::Http(HttpError::UnsuccessfulRequest(response))
        if GONE.contains(&response.error.code))
}

fn failed(post: &Post, error: &serenity::Error, what: &str) {
    let daily = &post.daily;
    tracing::error!(space = %daily.space, channel = %daily.channel, date = %daily.date, %error,
        "could not {what}; trying again in {} s", AGAIN.as_secs());
}
