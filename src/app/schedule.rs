//! Schedules: where and when dailies post, for admins to see, pause and remove.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, TimeDelta};

use crate::model::{Schedule, ScheduleState};
use crate::rules::closing::Closing;
use crate::rules::zones;
use crate::time::InstantSums;

use super::card::{Card, OPTIONS, Part, Tone};
use super::outcome::{Error, Outcome};
use super::schedule_names::{near_name, one_name};
use super::typed_options::option_in;
use super::{App, Caller, wording};

/// How many instants a preview shows.
const PREVIEWED: usize = 5;

impl App {
    /// Answers `/schedule list`.
    pub async fn list_schedules(&self, caller: &Caller) -> Outcome {
        caller.require_admin()?;
        let schedules = self.store.schedules(caller.member.space.clone()).await?;
        let mut card = Card::new(Tone::Neutral, wording::SCHEDULES).private();
        if schedules.is_empty() {
            return Ok(card.text(wording::NO_SCHEDULE));
        }
        for schedule in &schedules {
            let now = self.clock.now();
            let timetable = &schedule.settings.timetable;
            let next = timetable.upcoming(now, schedule.newest).next();
            let value = wording::schedule(&self.library().bank, schedule, next.map(|(_, at)| at))
                .then(wording::dates_to_skip(schedule, timetable.local_date(now)))
                .then(wording::lateness(
                    schedule,
                    &self.lateness(schedule, now).await?,
                ))
                .then(wording::queue_line(
                    &self.library().bank,
                    &self.store.queue(schedule.id).await?,
                ));
            card = card.field(schedule.name.clone(), value);
        }
        Ok(card)
    }

    /// The space's schedules, for a form in which an admin chooses or changes one.
    ///
    /// # Errors
    /// A refusal for members who may not manage the space, or the store's error.
    pub async fn schedules(&self, caller: &Caller) -> Result<Vec<Schedule>, Error> {
        caller.require_admin()?;
        Ok(self.store.schedules(caller.member.space.clone()).await?)
    }

    /// Answers `/schedule pause`, `resume` and `remove`.
    pub async fn set_schedule_state(
        &self,
        caller: &Caller,
        name: Option<&str>,
        state: ScheduleState,
    ) -> Outcome {
        let schedule = self.schedule_named(caller, name).await?;
        if schedule.state == state {
            return Err(wording::state_is_so(&schedule).into());
        }
        let (space, now) = (caller.member.space.clone(), self.clock.now());
        let set = self
            .store
            .set_schedule_state(space, schedule.name.clone(), state, now)
            .await?;
        let schedule = set.ok_or_else(|| wording::no_schedule(&schedule.name, None))?;
        let timetable = &schedule.settings.timetable;
        let mut next = timetable.upcoming(now, schedule.newest).map(|(_, at)| at);
        // A removed schedule's daily has closed.
        self.wakes.posts.call();
        self.wakes.edits.call();
        let mut card = Card::new(Tone::Good, wording::state_title(state))
            .private()
            .text(wording::state_set(&schedule, next.next()));
        card.body.extend(self.closing_alone(&schedule).await?);
        card.body.extend(self.missed_today(&schedule).await?);
        Ok(card)
    }

    /// Answers `/schedule preview`: the next instants.
    pub async fn preview_schedule(&self, caller: &Caller, name: Option<&str>) -> Outcome {
        let schedule = self.schedule_named(caller, name).await?;
        let queue = self.store.queue(schedule.id).await?;
        let mut card = self
            .preview_card(&schedule, Tone::Neutral, wording::PREVIEW, None)
            .await?;
        if !queue.is_empty() {
            let queue = wording::queue(&self.library().bank, &queue);
            card = card.field(wording::QUEUED, queue);
        }
        Ok(card)
    }

    /// Offers zones while an admin types.
    pub fn suggest_zones(&self, typed: &str) -> Vec<(String, String)> {
        let suggestions = zones::suggest(typed, OPTIONS).into_iter();
        suggestions
            .map(|zone| (wording::suggested_zone(zone), zone.value()))
            .collect()
    }

    /// Offers admins the names of the space's schedules.
    pub async fn suggest_schedules(&self, caller: &Caller, typed: &str) -> Vec<(String, String)> {
        if caller.require_admin().is_err() {
            return Vec::new();
        }
        let typed = one_name(typed);
        let schedules = self.store.schedules(caller.member.space.clone()).await;
        let schedules = schedules.unwrap_or_default();
        let names = schedules.iter().map(|schedule| schedule.name.as_str());
        let mut offered: Vec<&str> = names.filter(|name| name.contains(&typed)).collect();
        offered.extend(near_name(&typed, &schedules).filter(|near| !near.contains(&typed)));
        let offered = offered.into_iter().take(OPTIONS).map(str::to_owned);
        offered.map(|name| (name.clone(), name)).collect()
    }

    /// The schedule an admin means: by its name, or the only one.
    pub(super) async fn schedule_named(
        &self,
        caller: &Caller,
        name: Option<&str>,
    ) -> Result<Schedule, Error> {
        caller.require_admin()?;
        let mut schedules = self.store.schedules(caller.member.space.clone()).await?;
        let wanted = name.map(one_name);
        let meant = match &wanted {
            Some(wanted) => schedules.iter().position(|there| there.name == *wanted),
            None => (schedules.len() == 1).then_some(0),
        };
        if let Some(meant) = meant {
            return Ok(schedules.swap_remove(meant));
        }
        Err(match name {
            _ if schedules.is_empty() => wording::no_schedule_yet(),
            Some(name) => match option_in(name) {
                Some(option) => wording::holds_option(name, option),
                None => wording::no_schedule(name, near_name(name, &schedules)),
            },
            None => wording::which_schedule(&schedules),
        }
        .into())
    }

    /// A schedule with its next instants, and when its open daily closes if none of those is when. `dates` are what an
    /// admin named, as they were read.
    pub(super) async fn preview_card(
        &self,
        schedule: &Schedule,
        tone: Tone,
        title: &str,
        dates: Option<&RangeInclusive<NaiveDate>>,
    ) -> Outcome {
        let now = self.clock.now();
        let timetable = &schedule.settings.timetable;
        let upcoming = timetable.upcoming(now, schedule.newest);
        let instants: Vec<_> = upcoming.take(PREVIEWED).map(|(_, at)| at).collect();
        let skipped = wording::dates_to_skip(schedule, timetable.local_date(now));
        let beside_dates = dates.is_some() || !skipped.0.is_empty();
        let mut card = Card::new(tone, title).private();
        if let Some(dates) = dates {
            card = card.text(wording::dates_of(schedule, dates));
        }
        let idle = wording::idle_dates(schedule, timetable.local_date(now), dates);
        card.body.extend(idle.map(Part::Text));
        let settings = wording::schedule(&self.library().bank, schedule, None);
        let mut card = card
            .field(schedule.name.clone(), settings.then(skipped))
            .field(
                wording::upcoming(schedule.state, beside_dates),
                wording::instants(&instants),
            );
        card.body.extend(self.closing_alone(schedule).await?);
        Ok(card)
    }

    /// That today's daily was not posted, if its time passed while the schedule was paused or the date to be skipped.
    pub(super) async fn missed_today(&self, schedule: &Schedule) -> Result<Option<Part>, Error> {
        let (now, timetable) = (self.clock.now(), &schedule.settings.timetable);
        let today = timetable.local_date(now);
        let mut recent = timetable
            .upcoming(now.minus(TimeDelta::days(1)), schedule.newest)
            .take_while(|(_, at)| *at <= schedule.since.min(now));
        let missed = recent.any(|(date, _)| date == today);
        if !missed || schedule.state != ScheduleState::Active || schedule.damage.is_some() {
            return Ok(None);
        }
        let there = self.store.schedules(schedule.space.clone()).await?;
        let others = there.iter().any(|other| other.id != schedule.id);
        let missed = wording::missed_today(schedule, today, others);
        Ok(Some(Part::Text(missed)))
    }

    /// When the open daily of a schedule closes, unless that is with the next one.
    async fn closing_alone(&self, schedule: &Schedule) -> Result<Option<Part>, Error> {
        let open = self.store.open_daily(schedule.id).await?;
        let posted_at = open.and_then(|daily| daily.posted_at);
        let closing = posted_at.map(|at| Closing::of(schedule, at, self.clock.now()));
        Ok(match closing {
            Some(Closing::At(at)) => Some(Part::Text(wording::open_daily_closes(at))),
            Some(Closing::WithNext(_)) | None => None,
        })
    }
}
