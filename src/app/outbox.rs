//! What the platform's outbox is to do, and what came of it: dailies claimed when due, posted, shown
//! anew, closed.
//!
//! Posting is split in two: a use-case decides and records, the platform's outbox sends what
//! [`App::to_post`] and [`App::to_show`] hand it and says when it is done.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use tokio::task::JoinSet;

use crate::metrics;
use crate::model::{ChannelId, Daily, DailyState, MessageId, Schedule, SpaceId};
use crate::rules::timetable::{LATENESS, PUNCTUALITY};
use crate::store::Claim;
use crate::tasks::caught;
use crate::time::InstantSums;

use super::card::{Card, Tone};
use super::daily::{posted_card, revealed_card};
use super::outcome::Error;
use super::text::plain;
use super::{App, wording};

/// How long Discord surely remembers a nonce ("in the past few minutes").
const NONCE_HOLDS: Duration = Duration::minutes(2);
/// How long the data of a space that removed the bot is kept.
const KEPT_FOR: Duration = Duration::days(30);
/// How long a daily takes answers at most, if none of its schedule follows.
const OPEN_FOR: Duration = Duration::days(7);

/// A daily whose message is to be sent.
#[derive(Clone, Debug)]
pub struct Post {
    /// The daily.
    pub daily: Daily,
    /// Whether its message may be in a channel unrecorded, and the nonce cannot tell.
    pub may_be_there: bool,
    /// Whether it is too late to send it: it is looked for, and given up when it is not there.
    pub expired: bool,
}

/// A thread in which a closed daily is talked over.
#[derive(Clone, Debug)]
pub struct Discussion {
    /// The daily from whose message it starts.
    pub daily: Daily,
    /// What it is about: the question, without formatting and of any length.
    pub title: String,
    /// What it begins with: a follow-up, if the question has one.
    pub opening: Option<Card>,
}

/// The schedules that could not be kept at the last look, each told when that began.
#[derive(Default)]
pub(super) struct Failing(Mutex<HashSet<i64>>);

impl Failing {
    fn tell(&self, schedule: &Schedule, kept: &Result<(), Error>) {
        let mut failing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Schedule {
            id, space, name, ..
        } = schedule;
        match kept {
            Err(error) if failing.insert(*id) => {
                tracing::error!(%space, schedule = id, name, %error, "a schedule can't be processed; retrying");
            }
            Err(error) => {
                tracing::debug!(%space, schedule = id, name, %error, "it still can't be processed")
            }
            Ok(()) if failing.remove(id) => {
                tracing::info!(%space, schedule = id, name, "a schedule is processed again");
            }
            Ok(()) => {}
        }
    }

    fn forget_all_but(&self, schedules: &[Schedule]) {
        let mut failing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failing.retain(|id| schedules.iter().any(|schedule| schedule.id == *id));
    }
}

impl App {
    /// Claims every daily that is due, and closes what is past its time.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keep_schedules(&self) -> Result<(), Error> {
        let now = self.clock.now();
        for ahead in self.store.set_aside_ahead(now).await? {
            let dates: Vec<String> = ahead.dates.iter().map(ToString::to_string).collect();
            tracing::warn!(space = %ahead.space, schedule = ahead.schedule, name = ahead.name, dates = dates.join(" "),
                "the clock was ahead when this schedule was set or posted last; it goes on by the clock as it is now, \
                 and these dates get no second daily");
        }
        let schedules = self.store.active_schedules(now).await?;
        self.failing.forget_all_but(&schedules);
        let mut by_space: HashMap<SpaceId, Vec<Schedule>> = HashMap::new();
        for schedule in schedules {
            let theirs = by_space.entry(schedule.space.clone()).or_default();
            theirs.push(schedule);
        }
        // Spaces together, so that they share commits; the schedules of one after each other,
        // since each is to ask what the others did not. One that fails holds up no other.
        let mut claims = JoinSet::new();
        for schedules in by_space.into_values() {
            let app = self.clone();
            claims.spawn(async move {
                let mut kept = Vec::new();
                for schedule in schedules {
                    let claimed = caught(app.claim_if_due(&schedule, now)).await;
                    let claimed =
                        claimed.unwrap_or_else(|panic| Err(anyhow::anyhow!(panic).into()));
                    app.failing.tell(&schedule, &claimed);
                    kept.push(claimed);
                }
                kept
            });
        }
        let mut kept = Vec::new();
        while let Some(claimed) = claims.join_next().await {
            match claimed {
                Ok(claimed) => kept.extend(claimed),
                Err(ended) => kept.push(Err(anyhow::Error::from(ended).into())),
            }
        }
        // Where none can be kept it isn't the schedules' fault.
        if !kept.is_empty() && kept.iter().all(Result::is_err) {
            kept.into_iter().collect::<Result<(), Error>>()?;
        }
        if self.store.close_dailies(now.minus(OPEN_FOR), now).await? > 0 {
            self.to_show.send_replace(());
        }
        for space in self.store.forget_departed(now.minus(KEPT_FOR)).await? {
            tracing::info!(%space, "deleted the data of a space that removed the bot a month ago");
        }
        Ok(())
    }

    async fn claim_if_due(&self, schedule: &Schedule, now: DateTime<Utc>) -> Result<(), Error> {
        let timetable = &schedule.settings.timetable;
        if let Some(damage) = &schedule.damage {
            if self
                .remarks
                .first_on(schedule.id, timetable.local_date(now))
            {
                tracing::warn!(space = %schedule.space, schedule = schedule.id, name = schedule.name, damage,
                    "a schedule can't be read and posts nothing until it is set anew");
                self.store.schedule_damaged(schedule.id, now).await?;
                self.to_show.send_replace(());
            }
            return Ok(());
        }
        self.remark_missed(schedule, now);
        let Some((date, due_at)) = timetable.due(now, schedule.newest, schedule.since) else {
            return Ok(());
        };
        let unchosen = match self.claim(schedule, (date, due_at), now).await? {
            Claim::Unchosen(why) => Some(why),
            // Its time was changed to a later one of the same date.
            Claim::Taken(daily) if daily.given_up => {
                let rearmed = self.store.rearm_daily(daily.id, self.choose(), due_at, now);
                rearmed.await?.err()
            }
            Claim::Claimed(_) | Claim::Taken(_) => None,
        };
        if let Some(why) = unchosen
            && self.remarks.first_on(schedule.id, date)
        {
            tracing::warn!(space = %schedule.space, schedule = schedule.id, name = schedule.name, %date,
                "no daily can be claimed: {}", wording::why_unchosen(why));
        }
        Ok(())
    }

    /// How long it is until the next daily of any schedule is due; none, if that isn't within this time.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn next_due(&self, within: Duration) -> Result<Option<Duration>, Error> {
        let now = self.clock.now();
        let schedules = self.store.active_schedules(now).await?;
        let sound = schedules
            .iter()
            .filter(|schedule| schedule.damage.is_none());
        let next = sound.filter_map(|schedule| {
            let mut upcoming = schedule.settings.timetable.upcoming(now, schedule.newest);
            Some(upcoming.next()?.1 - now)
        });
        Ok(next.min().filter(|next| *next <= within))
    }

    /// Whether a daily is due, or on its way, that has not come yet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_behind(&self) -> Result<bool, Error> {
        let now = self.clock.now();
        let schedules = self.store.active_schedules(now).await?;
        let behind = |schedule: &Schedule| {
            let timetable = &schedule.settings.timetable;
            let due = timetable.due(now, schedule.newest, schedule.since);
            // One that the log was told about will not come.
            schedule.damage.is_none()
                && due.is_some_and(|(date, _)| !self.remarks.was_told(schedule.id, date))
        };
        if schedules.iter().any(behind) {
            return Ok(true);
        }
        // In this order: what is claimed meanwhile is found here.
        let unsent = self.store.unsent_dailies(now.minus(LATENESS), now).await?;
        Ok(!unsent.is_empty())
    }

    /// The dailies whose message is to be sent.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn to_post(&self) -> Result<Vec<Post>, Error> {
        let now = self.clock.now();
        let oldest = now.minus(LATENESS);
        let unsent = self.store.unsent_dailies(oldest, now).await?;
        let expired = self.store.expired_dailies(oldest).await?;
        let post = |daily: Daily, expired| Post {
            may_be_there: (now - daily.tried_at).abs() >= NONCE_HOLDS
                || daily.tried_in != daily.channel,
            daily,
            expired,
        };
        let unsent = unsent.into_iter().map(|daily| post(daily, false));
        let expired = expired.into_iter().map(|daily| post(daily, true));
        Ok(unsent.chain(expired).collect())
    }

    /// What the message of a daily that takes answers shows.
    pub fn card_to_post(&self, daily: &Daily) -> Card {
        posted_card(&self.library().bank, daily)
    }

    /// Records that the message of a daily is about to be sent, not for the first time.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn trying(&self, daily: &Daily) -> Result<Daily, Error> {
        let tried_at = self.clock.now();
        self.store.daily_tried(daily.id, tried_at).await?;
        Ok(Daily {
            tried_at,
            tried_in: daily.channel.clone(),
            ..daily.clone()
        })
    }

    /// Gives up a daily that is not in its channel and shall not be sent any more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn give_up(&self, daily: &Daily) -> Result<(), Error> {
        Ok(self.store.give_up_daily(daily.id).await?)
    }

    /// Records that a daily's message came into a channel: `at` an instant, or now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn posted(
        &self,
        daily: &Daily,
        (channel, message): (ChannelId, MessageId),
        at: Option<DateTime<Utc>>,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let at = at.unwrap_or(now);
        let place = (channel.clone(), message);
        let posted = self.store.daily_posted(daily.id, place, at, now).await?;
        // Either closes a daily: those before, or this one, if it came too late.
        self.to_show.send_replace(());
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

    /// Records that a daily's channel cannot be posted to: its schedule waits, longer each time.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn channel_refused(&self, daily: &Daily, why: String) -> Result<(), Error> {
        let now = self.clock.now();
        let channel = daily.channel.clone();
        let times = self
            .store
            .suspend_schedule(daily.schedule, channel, why.clone(), now)
            .await?;
        let Some(times) = times else {
            tracing::info!(space = %daily.space, schedule = daily.schedule, channel = %daily.channel, why,
                "the channel that a schedule had before cannot be posted to");
            self.to_post.send_replace(());
            return Ok(());
        };
        self.to_show.send_replace(());
        tracing::warn!(space = %daily.space, schedule = daily.schedule, channel = %daily.channel, times, why,
            "a schedule waits: its channel cannot be posted to");
        Ok(())
    }

    /// The dailies whose message is out of date: closed ones that do not show the result, and
    /// those that were given another question.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn to_show(&self) -> Result<Vec<Daily>, Error> {
        Ok(self.store.outdated_dailies().await?)
    }

    /// What the message of a daily is to show now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn card_to_show(&self, daily: &Daily) -> Result<Card, Error> {
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
    pub async fn shown(&self, daily: &Daily) -> Result<(), Error> {
        self.store.daily_shown(daily.id, daily.version).await?;
        self.to_show.send_replace(());
        Ok(())
    }

    /// The threads that are to be started from closed dailies.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn to_discuss(&self) -> Result<Vec<Discussion>, Error> {
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

    /// Records that a daily has its thread, or cannot have one.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn discussed(&self, daily: &Daily) -> Result<(), Error> {
        Ok(self.store.daily_discussed(daily.id).await?)
    }
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
