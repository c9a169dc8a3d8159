//! Starts a thread from the message of a daily that closed, where its schedule asks for one.

use chrono::{DateTime, Utc};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use super::engine::Delivery;
use super::jobs::message_of;
use super::platform::{Failure, Platform};
use crate::app::card::{Card, Tone};
use crate::app::outcome::Error;
use crate::app::text::plain;
use crate::app::{App, wording};
use crate::model::Daily;

/// How many threads are started at the same time.
const AT_ONCE: usize = 64;

/// A thread in which a closed daily is discussed.
#[derive(Clone, Debug)]
pub(super) struct Discussion {
    /// The daily from whose message it starts.
    pub daily: Daily,
    /// What it is about: the question, without formatting and of any length.
    pub title: String,
    /// What it begins with: a follow-up, if the question has one.
    pub opening: Option<Card>,
}

impl<P: Platform> Delivery<P> {
    /// Starts the threads that are due, each once. Where one is refused, as when the bot may not
    /// create threads, the daily goes without; what failed otherwise is tried again at the next look.
    pub(super) async fn start_threads(&self) -> Result<(), Error> {
        let mut due = self.app.to_discuss().await?;
        due.retain(|discussion| self.has(&discussion.daily.space));
        let due = stream::iter(due).map(Ok);
        due.try_for_each_concurrent(AT_ONCE, async |discussion| {
            self.start_thread(discussion).await
        })
        .await
    }

    async fn start_thread(&self, discussion: Discussion) -> Result<(), Error> {
        let Discussion {
            daily,
            title,
            opening,
        } = discussion;
        let Some(closed_at) = self.app.still_to_discuss(daily.id)? else {
            return Ok(());
        };
        if let Some(message) = message_of(&daily) {
            let key = format!("thread-{:x}", daily.id);
            let started =
                self.platform
                    .discuss(&message, &title, opening.as_ref(), (&key, closed_at));
            if let Err(error) = started.await {
                let (space, channel) = (&daily.space, &daily.channel);
                if let Failure::Unsure(_) | Failure::Later(..) = error {
                    tracing::debug!(%space, %channel, %error, "could not start the thread of a daily; trying again");
                    return Ok(());
                }
                let needed = wording::discussing(space.platform());
                tracing::warn!(%space, %channel, %error, "a daily goes without its thread or its follow-up; {needed}");
            }
        }
        self.app.record_discussed(&daily).await
    }
}

impl App {
    /// The threads that are to be started from closed dailies.
    async fn to_discuss(&self) -> Result<Vec<Discussion>, Error> {
        let library = self.library();
        let discussion = |daily: Daily| {
            let question = library.bank.question(&daily.question);
            let follow_up = question.and_then(|question| question.follow_ups.first());
            Discussion {
                title: plain(&daily.quiz.prompt),
                opening: follow_up.map(|follow_up| {
                    Card::new(Tone::Neutral, wording::FOLLOW_UPS).text(follow_up.as_str())
                }),
                daily,
            }
        };
        let dailies = self.store.dailies_to_discuss().await?.into_iter();
        Ok(dailies.map(discussion).collect())
    }

    /// When a daily closed that still waits for its thread.
    fn still_to_discuss(&self, daily: i64) -> Result<Option<DateTime<Utc>>, Error> {
        Ok(self.store.daily_to_discuss(daily)?)
    }

    /// Records that a daily has its thread, or cannot have one.
    async fn record_discussed(&self, daily: &Daily) -> Result<(), Error> {
        Ok(self.store.daily_discussed(daily.id).await?)
    }
}
