//! The steps of a claimed daily: what is to be done with its message, and records of what was done.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::app::card::Card;
use crate::app::daily::{posted_card, revealed_card};
use crate::app::outcome::Error;
use crate::metrics;
use crate::model::{ChannelId, Daily, DailyState, MessageId, MessageRef, NoticeKind, SpaceId};
use crate::rules::timetable::{LATENESS, PUNCTUALITY};
use crate::time::InstantSums as _;

/// A daily whose message is to be sent.
#[derive(Clone, Debug)]
pub struct Post {
    /// The daily.
    pub daily: Daily,
    /// Whether it is too late to send it: then it is only looked for, and given up when it isn't there.
    pub expired: bool,
}

impl From<MessageRef> for (ChannelId, MessageId) {
    fn from(at: MessageRef) -> Self {
        (at.place.channel, at.message)
    }
}

impl App {
    /// The dailies whose message is to be sent.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn to_post(&self) -> Result<Vec<Post>, Error> {
        let now = self.clock.now();
        let oldest = now.minus(LATENESS);
        let unsent = self.store.unsent_dailies(oldest, now).await?;
        let expired = self.store.expired_dailies(oldest).await?;
        let post = |expired| move |daily| Post { daily, expired };
        let unsent = unsent.into_iter().map(post(false));
        Ok(unsent.chain(expired.into_iter().map(post(true))).collect())
    }

    /// A daily, if its message is still to be sent.
    pub(super) fn still_to_post(&self, daily: i64) -> Result<Option<Post>, Error> {
        let now = self.clock.now();
        let unsent = self.store.unsent_daily(daily, now.minus(LATENESS), now)?;
        Ok(unsent.map(|(daily, expired)| Post { daily, expired }))
    }

    /// What the message of a daily that takes answers shows.
    pub(super) fn card_to_post(&self, daily: &Daily) -> Card {
        posted_card(&self.library().bank, daily)
    }

    /// Records that the message of a daily is about to be sent again.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn record_try(&self, daily: &Daily) -> Result<Daily, Error> {
        // A try shows by an instant of its own, also when no time has passed.
        let tried_at = match self.clock.now() {
            now if now == daily.claimed_at => now.plus(TimeDelta::milliseconds(1)),
            now => now,
        };
        self.store.daily_tried(daily.id, tried_at).await?;
        Ok(Daily {
            tried_at,
            tried_in: daily.channel.clone(),
            ..daily.clone()
        })
    }

    /// Gives up a daily that isn't in its channel and is no longer to be sent.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn give_up(&self, daily: &Daily) -> Result<(), Error> {
        Ok(self.store.give_up_daily(daily.id).await?)
    }

    /// Records that a daily was posted: `at` an instant, or now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn record_posted(
        &self,
        daily: &Daily,
        (channel, message): (ChannelId, MessageId),
        at: Option<DateTime<Utc>>,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let at = at.unwrap_or(now);
        let place = (channel.clone(), message);
        let posted = self.store.daily_posted(daily.id, place, at, now).await?;
        // This closes the dailies before it, or itself if it came too late.
        self.wakes.edits.call();
        // Its claim may have been the one after which few questions are left.
        self.wakes.notices.call();
        if !posted {
            return Ok(());
        }
        metrics::daily(metrics::Daily::Posted);
        let late = at - daily.due_at;
        if late > PUNCTUALITY {
            metrics::daily(metrics::Daily::Late);
            tracing::warn!(space = %daily.space, schedule = daily.schedule, %channel, date = %daily.date,
                minutes = late.num_minutes(), "posted a daily late");
        } else {
            tracing::info!(space = %daily.space, schedule = daily.schedule, %channel, date = %daily.date,
                "posted a daily");
        }
        Ok(())
    }

    /// Records that a daily's channel cannot be posted to, or that it can't be seen whether the daily is there: its
    /// schedule waits, longer each time, and its admin is told why.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn has_to_wait(
        &self,
        daily: &Daily,
        (kind, why): (NoticeKind, String),
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let channel = daily.channel.clone();
        let times = self
            .store
            .suspend_schedule(daily.schedule, channel, (kind, why.clone()), now)
            .await?;
        let Some(times) = times else {
            tracing::info!(space = %daily.space, schedule = daily.schedule, channel = %daily.channel, why,
                "the channel that a schedule had before cannot be posted to");
            self.wakes.posts.call();
            return Ok(());
        };
        self.wakes.notices.call();
        let Daily {
            space, schedule, ..
        } = daily;
        match kind {
            NoticeKind::InDoubt => {
                tracing::warn!(%space, schedule, channel = %daily.channel, times, why,
                "a schedule waits: it can't be seen whether its daily is there")
            }
            _ => tracing::warn!(%space, schedule, channel = %daily.channel, times, why,
                "a schedule waits: its channel cannot be posted to"),
        }
        Ok(())
    }

    /// The platform says that a channel can be posted to, perhaps again: what waits for it goes on at once.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn channel_opened(&self, space: SpaceId, channel: ChannelId) -> Result<(), Error> {
        if self.store.resume_channel(space, channel).await? {
            self.wakes.posts.call();
        }
        Ok(())
    }

    /// The dailies whose message is out of date: closed ones that do not show the result, and
    /// those that were given another question.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn to_show(&self) -> Result<Vec<Daily>, Error> {
        Ok(self.store.outdated_dailies().await?)
    }

    /// A daily, if its message is still out of date.
    pub(super) fn still_to_show(&self, daily: i64) -> Result<Option<Daily>, Error> {
        Ok(self.store.outdated_daily(daily)?)
    }

    /// What the message of a daily is to show now.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn card_to_show(&self, daily: &Daily) -> Result<Card, Error> {
        if daily.state != DailyState::Closed {
            return Ok(self.card_to_post(daily));
        }
        let votes = self.store.votes(daily.id, daily.quiz.options.len()).await?;
        Ok(revealed_card(&self.library().bank, daily, &votes))
    }

    /// Records that a daily's message shows it as it was when it was read.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn record_shown(&self, daily: &Daily) -> Result<(), Error> {
        self.store.daily_shown(daily.id, daily.version).await?;
        // A thread starts once the message shows the result.
        self.wakes.threads.call();
        Ok(())
    }
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;
