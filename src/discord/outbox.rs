//! Sends what the use-cases decided to post, and says when it is there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{Message, Nonce};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::replies::first_action;
use super::sender::{Failure, Sender};
use super::{notices, render, threads};
use crate::app::daily::Post;
use crate::app::{Action, App};
use crate::store::{ChannelId, Daily};

/// The wall clock is read at least this often, so that a jump or a suspended machine is noticed.
const LOOK: Duration = Duration::from_secs(15);
/// How long a post that failed waits for its next try.
const AGAIN: Duration = Duration::from_secs(60);
/// How long a result waits that its channel refused.
const AGAIN_REFUSED: Duration = Duration::from_secs(3600);
/// Channels that are sent to at the same time; in each, one message after the other.
const CHANNELS: usize = 64;

/// Discord's codes for a message or channel that is gone: there is nothing left to edit.
const GONE: [i64; 2] = [10_003, 10_008];

/// Discord's codes for a channel that the bot cannot post to: unknown, no access, no permission,
/// an archived thread.
const CLOSED_TO_US: [i64; 4] = [10_003, 50_001, 50_013, 50_083];

/// What is done with a post.
#[derive(Clone, Copy, Debug)]
enum Work {
    /// Its message is sent.
    Post,
    /// Its message is edited to show what it has become.
    Show,
}

/// Keeps the schedules of every space.
pub(super) struct Outbox {
    app: App,
    sender: Sender,
    /// Whom to tell what is about the whole bot.
    operator: Option<u64>,
    /// Dailies whose last call failed, and when they are tried again.
    later: Mutex<HashMap<i64, Instant>>,
}

impl Outbox {
    pub(super) fn new(app: App, sender: Sender, operator: Option<u64>) -> Arc<Self> {
        let later = Mutex::default();
        Arc::new(Self {
            app,
            sender,
            operator,
            later,
        })
    }

    /// Goes on until the task is dropped.
    pub(super) async fn run(self: Arc<Self>) {
        let mut moves = self.app.clock.moves();
        loop {
            if let Err(error) = self.turn().await {
                tracing::error!(error = format!("{error:#}"), "could not keep the schedules");
            }
            tokio::select! {
                () = self.app.something_to_send() => {}
                _ = moves.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Claims what is due, sends what is claimed, edits what is out of date, tells hosts.
    async fn turn(self: &Arc<Self>) -> anyhow::Result<()> {
        self.app.keep_schedules().await?;
        self.work(self.app.to_post().await?, Work::Post).await;
        self.work(self.app.to_show().await?, Work::Show).await;
        threads::start(&self.app, &self.sender).await?;
        notices::tell(&self.app, &self.sender).await?;
        notices::tell_operator(&self.app, &self.sender, self.operator).await;
        Ok(())
    }

    /// Works on posts, those of different channels at the same time.
    async fn work(self: &Arc<Self>, posts: Vec<Post>, work: Work) {
        let mut channels: HashMap<ChannelId, Vec<Post>> = HashMap::new();
        for post in posts {
            if !self.must_wait(post.daily.id) {
                channels
                    .entry(post.daily.channel.clone())
                    .or_default()
                    .push(post);
            }
        }
        let places = Arc::new(Semaphore::new(CHANNELS));
        let mut tasks = JoinSet::new();
        for posts in channels.into_values() {
            let (outbox, places) = (self.clone(), places.clone());
            tasks.spawn(async move {
                let _place = places.acquire_owned().await;
                for post in posts {
                    outbox.try_to(work, &post).await;
                }
            });
        }
        tasks.join_all().await;
    }

    async fn try_to(&self, work: Work, post: &Post) {
        let done = match work {
            Work::Post => self.post(post).await,
            Work::Show => self.show(post).await,
        };
        let Err(error) = done else {
            self.later().remove(&post.daily.id);
            return;
        };
        let (daily, told) = (&post.daily, format!("{error:#}"));
        let refused = match error.downcast_ref() {
            Some(Failure::Refused { code, .. }) => CLOSED_TO_US.contains(code),
            _ => false,
        };
        let wait = if refused { AGAIN_REFUSED } else { AGAIN };
        self.later().insert(daily.id, Instant::now() + wait);
        if !refused {
            tracing::error!(space = %daily.space, channel = %daily.channel, date = %daily.date,
                error = told, "{work:?} failed; trying again in {} s", wait.as_secs());
        } else if let Work::Post = work {
            // Its schedule waits instead, by the bot's clock; and nothing was sent.
            self.later().remove(&daily.id);
            if let Err(error) = self.app.channel_refused(daily, told).await {
                tracing::error!(
                    error = format!("{error:#}"),
                    "could not have a schedule wait"
                );
            }
        } else {
            tracing::warn!(space = %daily.space, channel = %daily.channel, date = %daily.date,
                error = told, "the result of a daily cannot be shown in its channel");
        }
    }

    fn must_wait(&self, daily: i64) -> bool {
        let until = self.later().get(&daily).copied();
        until.is_some_and(|until| until > Instant::now())
    }

    /// Sends a daily, unless a message that shows it is in the channel already: one of a process
    /// that ended, or of an earlier call of ours that came to an unknown end.
    async fn post(&self, post: &Post) -> anyhow::Result<()> {
        let daily = &post.daily;
        let may_be_there = post.may_be_there || self.later().contains_key(&daily.id);
        let channel = snowflake(&daily.channel.0)?;
        let there = if may_be_there {
            self.find(channel, daily).await?
        } else {
            None
        };
        let message = match there {
            Some(message) => {
                tracing::info!(space = %daily.space, date = %daily.date, "found a daily that was sent before");
                message
            }
            None => {
                // At most 25 characters; the time tells databases apart.
                let nonce = format!("{:x}-{:x}", daily.id, daily.claimed_at.timestamp());
                let message = render::message(post.card.clone())
                    .nonce(Nonce::String(nonce))
                    .enforce_nonce(true);
                self.sender.post(channel, &message).await?
            }
        };
        Ok(self.app.posted(daily, message.id.get().into()).await?)
    }

    /// Our own message with the buttons of a daily, among those sent right after it was claimed.
    async fn find(&self, channel: u64, daily: &Daily) -> Result<Option<Message>, Failure> {
        let shows = |message: &Message| {
            matches!(first_action(message), Some(Action::DailyAnswer { daily: id, .. }) if id == daily.id)
                && message.author.bot
        };
        Ok(self
            .sender
            .messages_after(channel, daily.claimed_at)
            .await?
            .into_iter()
            .find(shows))
    }

    async fn show(&self, post: &Post) -> anyhow::Result<()> {
        let daily = &post.daily;
        let message = daily
            .message
            .as_ref()
            .map(|id| snowflake(&id.0))
            .transpose()?;
        if let Some(message) = message {
            let channel = snowflake(&daily.channel.0)?;
            let edit = render::message_edit(post.card.clone());
            match self.sender.edit(channel, message, &edit).await {
                Err(Failure::Refused { code, .. }) if GONE.contains(&code) => {}
                edited => edited?,
            }
        }
        Ok(self.app.shown(daily).await?)
    }

    fn later(&self) -> MutexGuard<'_, HashMap<i64, Instant>> {
        self.later.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ids of ours are text; Discord's are numbers.
pub(super) fn snowflake(id: &str) -> anyhow::Result<u64> {
    id.parse()
        .map_err(|_| anyhow::anyhow!("{id:?} is not one of Discord's ids"))
}
