//! Skipping dates: a schedule posts nothing on them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::model::Schedule;
use crate::rules::dates::{parse_date, parse_range};
use crate::time::DateSums;

use super::card::{OPTIONS, Tone};
use super::outcome::{Error, Outcome};
use super::typed_options::option_in;
use super::{App, Caller, wording};

/// The most dates that are skipped at once.
const MOST: u64 = 366;
/// How many days ahead a date to skip may be: two years.
const FURTHEST: u64 = 731;

/// What admins type for every date that is skipped.
pub const ALL: &str = "all";

/// The dates that an admin typed.
#[derive(Clone, Debug)]
pub struct DatesRequest {
    /// A date, or a range of dates, as [`parse_range`] reads it; to unskip, also [`ALL`].
    pub date: String,
    /// The last one; that of `date` when `None`.
    pub until: Option<String>,
    /// Of which schedule; the only one when `None`.
    pub schedule: Option<String>,
}

impl DatesRequest {
    /// Whether it names every date that is skipped.
    fn names_all(&self) -> bool {
        // A client may send what is shown of an offer.
        let all = [ALL, wording::ALL_SKIPPED];
        let date = self.date.trim();
        self.until.is_none() && all.iter().any(|all| date.eq_ignore_ascii_case(all))
    }
}

impl App {
    /// Answers `/schedule skip`.
    pub async fn skip_dates(&self, caller: &Caller, request: DatesRequest) -> Outcome {
        let name = request.schedule.as_deref();
        let schedule = self.schedule_named(caller, name).await?;
        let dates = self.read_dates(&schedule, &request)?;
        let today = schedule.settings.timetable.local_date(self.clock.now());
        if *dates.end() > today.plus_days(FURTHEST) {
            return Err(wording::date_too_far(*dates.end()).into());
        }
        if let Some(posted) = schedule.newest.filter(|newest| dates.contains(newest)) {
            return Err(wording::skip_posted(&schedule, posted, posted == today).into());
        }
        match self.store.skip_dates(schedule.id, dates.clone()).await? {
            0 => Err(wording::skipped_already(&schedule, &dates).into()),
            _ => {
                let schedule = self.schedule_named(caller, Some(&schedule.name)).await?;
                let title = wording::DATES_SKIPPED;
                self.preview_card(&schedule, Tone::Good, title, Some(&dates))
                    .await
            }
        }
    }

    /// Answers `/schedule unskip`.
    pub async fn unskip_dates(&self, caller: &Caller, request: DatesRequest) -> Outcome {
        let name = request.schedule.as_deref();
        let schedule = self.schedule_named(caller, name).await?;
        let dates = match request.names_all() {
            true => self.all_skipped(&schedule)?,
            false => self.read_dates(&schedule, &request)?,
        };
        // Today's instant may have passed while the date was still to be skipped.
        let (now, timetable) = (self.clock.now(), &schedule.settings.timetable);
        let today = timetable.local_date(now);
        let passed = timetable.instant(today).filter(|_| dates.contains(&today));
        let passed = passed.filter(|instant| *instant <= now);
        let unskipped = self
            .store
            .unskip_dates(schedule.id, dates.clone(), passed)
            .await?;
        if unskipped == 0 {
            return Err(wording::not_skipped(&schedule, &dates).into());
        }
        let schedule = self.schedule_named(caller, Some(&schedule.name)).await?;
        let title = wording::DATES_UNSKIPPED;
        let mut card = self
            .preview_card(&schedule, Tone::Good, title, Some(&dates))
            .await?;
        card.body.extend(self.missed_today(&schedule).await?);
        Ok(card)
    }

    /// Offers admins the next dates of the space's schedules, or the dates that they skip.
    pub async fn suggest_dates(
        &self,
        caller: &Caller,
        skipped: bool,
        typed: &str,
    ) -> Vec<(String, String)> {
        if caller.require_admin().is_err() {
            return Vec::new();
        }
        let now = self.clock.now();
        let (mut dates, mut read) = (BTreeSet::new(), BTreeSet::new());
        let schedules = self.store.schedules(caller.member.space.clone()).await;
        for schedule in schedules.unwrap_or_default() {
            let timetable = &schedule.settings.timetable;
            let today = timetable.local_date(now);
            read.extend(parse_date(typed, today, today));
            if skipped {
                dates.extend(timetable.skipped.range(today..));
            } else {
                let next = timetable.upcoming(now, schedule.newest);
                dates.extend(next.map(|(date, _)| date).take(MOST as usize));
            }
        }
        let typed = typed.trim().to_lowercase();
        let all = skipped && dates.len() > 1 && ALL.starts_with(&typed);
        let all = all.then(|| (wording::ALL_SKIPPED.to_owned(), ALL.to_owned()));
        let dates = dates
            .into_iter()
            .map(|date| (date, wording::date(date), date.to_string()))
            .filter(|(date, label, value)| {
                let contains = || label.to_lowercase().contains(&typed);
                read.contains(date) || value.starts_with(&typed) || contains()
            })
            .map(|(_, label, value)| (label, value));
        all.into_iter().chain(dates).take(OPTIONS).collect()
    }

    /// From the first date to come that a schedule skips to the last.
    fn all_skipped(&self, schedule: &Schedule) -> Result<RangeInclusive<NaiveDate>, Error> {
        let timetable = &schedule.settings.timetable;
        let today = timetable.local_date(self.clock.now());
        let mut dates = timetable.skipped.range(today..);
        let first = dates.next().ok_or_else(|| wording::skips_none(schedule))?;
        Ok(*first..=*dates.next_back().unwrap_or(first))
    }

    /// Checks what an admin typed: dates from today on, in order, not too many.
    fn read_dates(
        &self,
        schedule: &Schedule,
        request: &DatesRequest,
    ) -> Result<RangeInclusive<NaiveDate>, Error> {
        let today = schedule.settings.timetable.local_date(self.clock.now());
        let until = request.until.as_deref();
        // Other words around a date are passed over.
        for typed in std::iter::once(&*request.date).chain(until) {
            if let Some(option) = option_in(typed) {
                return Err(wording::holds_option(typed, option).into());
            }
        }
        let dates = parse_range(&request.date, until, today);
        let dates = dates.map_err(wording::not_understood)?;
        if *dates.start() < today {
            return Err(wording::date_passed(schedule, *dates.start(), today).into());
        }
        if *dates.end() > dates.start().plus_days(MOST - 1) {
            return Err(wording::too_many_dates(MOST).into());
        }
        Ok(dates)
    }
}
