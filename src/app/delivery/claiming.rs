//! Which dailies are due: each is claimed, once, before anything is sent.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use tokio::task::JoinSet;

use crate::app::App;
use crate::app::outcome::Error;
use crate::model::{PlatformId, Schedule, SpaceId};
use crate::rules::timetable::LATENESS;
use crate::store::Claim;
use crate::tasks::caught;
use crate::time::InstantSums;

impl App {
    /// Claims every daily that is due on a platform, on which the bot is: elsewhere nobody would post them. Returns whether
    /// that worked for every schedule.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn claim_due(&self, platform: PlatformId) -> Result<bool, Error> {
        let mut looked_at = self.looked_at.lock().await;
        let now = self.clock.now();
        // What was computed by another clock, or by older rules of zones, may be too late.
        if looked_at.is_none_or(|looked_at| now < looked_at) {
            self.store.forget_next_due().await?;
        }
        *looked_at = Some(now);
        for ahead in self.store.set_aside_ahead(now).await? {
            let dates: Vec<String> = ahead.dates.iter().map(ToString::to_string).collect();
            tracing::warn!(space = %ahead.space, schedule = ahead.schedule, name = ahead.name, dates = dates.join(" "),
                "the clock was ahead when this schedule was set or posted last; it goes on by the clock as it is now, \
                 and these dates get no second daily");
        }
        let schedules = self.store.due_schedules(now).await?;
        self.failing.forget_all_but(&schedules);
        let mut by_space: HashMap<SpaceId, Vec<Schedule>> = HashMap::new();
        let here = |schedule: &Schedule| schedule.space.platform() == platform;
        for schedule in schedules.into_iter().filter(here) {
            let theirs = by_space.entry(schedule.space.clone()).or_default();
            theirs.push(schedule);
        }
        // All spaces at once, so that they share commits; the schedules of a space one after the other, since each asks
        // what the others did not. A schedule that fails holds up no other.
        let mut claims = JoinSet::new();
        for schedules in by_space.into_values() {
            let app = self.clone();
            claims.spawn(async move {
                let (mut well, mut quiet) = (true, Vec::new());
                for schedule in schedules {
                    let claimed = caught(app.claim_if_due(&schedule, now)).await;
                    let claimed =
                        claimed.unwrap_or_else(|panic| Err(anyhow::anyhow!(panic).into()));
                    app.failing.log(&schedule, &claimed);
                    well &= claimed.is_ok();
                    quiet.extend(
                        claimed
                            .is_ok_and(|is_quiet| is_quiet)
                            .then_some(schedule.id),
                    );
                }
                (well, quiet)
            });
        }
        let (mut well, mut quiet) = (true, Vec::new());
        while let Some(claimed) = claims.join_next().await {
            let (all_well, others) = claimed.map_err(anyhow::Error::from)?;
            well &= all_well;
            quiet.extend(others);
        }
        // This only saves looks, so a full disk that keeps it from being written holds up no daily.
        if let Err(error) = self.store.reckon_next_due(quiet, now).await {
            tracing::debug!(%error, "could not reckon when there is something to do");
        }
        Ok(well)
    }

    /// Returns whether the schedule had nothing due.
    async fn claim_if_due(&self, schedule: &Schedule, now: DateTime<Utc>) -> Result<bool, Error> {
        let timetable = &schedule.settings.timetable;
        if let Some(damage) = &schedule.damage {
            if self.logged.insert(schedule.id, timetable.local_date(now)) {
                tracing::warn!(space = %schedule.space, schedule = schedule.id, name = schedule.name,
                    column = damage.column, value = damage.value,
                    "a schedule can't be read and posts nothing until it is set anew");
                self.store.schedule_damaged(schedule.id, now).await?;
                self.wakes.notices.call();
            }
            return Ok(false);
        }
        self.log_missed(schedule, now);
        let Some((date, due_at)) = timetable.due(now, schedule.newest, schedule.since) else {
            return Ok(true);
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
            && self.logged.insert(schedule.id, date)
        {
            tracing::warn!(space = %schedule.space, schedule = schedule.id, name = schedule.name, %date,
                "no daily can be claimed: {why}");
        }
        Ok(false)
    }

    /// How many schedules there are on a platform that would post.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn schedules_on(&self, platform: PlatformId) -> Result<usize, Error> {
        let schedules = self.store.active_schedules(self.clock.now()).await?;
        let here = schedules
            .iter()
            .filter(|it| it.space.platform() == platform);
        Ok(here.count())
    }

    /// How long it is until the next daily of any schedule is due; none if that isn't `within` this time.
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

    /// Whether a daily that is due or on its way has not been posted yet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_behind(&self) -> Result<bool, Error> {
        let now = self.clock.now();
        let schedules = self.store.active_schedules(now).await?;
        let behind = |schedule: &Schedule| {
            let timetable = &schedule.settings.timetable;
            let due = timetable.due(now, schedule.newest, schedule.since);
            // One that was logged will not come.
            schedule.damage.is_none()
                && due.is_some_and(|(date, _)| !self.logged.contains(schedule.id, date))
        };
        if schedules.iter().any(behind) {
            return Ok(true);
        }
        // In this order: what is claimed meanwhile is found here.
        let unsent = self.store.unsent_dailies(now.minus(LATENESS), now).await?;
        Ok(!unsent.is_empty())
    }
}
