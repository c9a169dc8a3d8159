//! Schedules: where and when dailies post, for hosts to decide.

use crate::bank::Named;
use crate::rules::timetable::{Timetable, Weekdays, parse_time, parse_zone};
use crate::rules::zones;
use crate::store::{ChannelId, Reveal, Schedule, ScheduleSettings, ScheduleState, SpaceId, UserId};

use super::card::{Card, OPTIONS, Tone};
use super::outcome::{Error, Outcome};
use super::{App, Caller, Library, wording};

/// What a schedule is called when the host names none.
pub const USUAL_NAME: &str = "daily";
/// How many instants a preview shows.
const PREVIEWED: usize = 5;
/// The most schedules that hosts may set in a space.
const MOST: usize = 25;
/// The longest name of a schedule.
const LONGEST_NAME: usize = 32;

/// What a host types to set a schedule.
#[derive(Clone, Debug)]
pub struct ScheduleRequest {
    /// Its name; [`USUAL_NAME`] when `None`.
    pub name: Option<String>,
    /// Where its dailies post.
    pub channel: ChannelId,
    /// HH:MM.
    pub time: String,
    /// An IANA zone, or the last part of one.
    pub zone: String,
    /// Weekdays; every day when `None`.
    pub weekdays: Option<String>,
    /// Topic names with commas between; all when `None`.
    pub topics: Option<String>,
    /// `at-once` or `at-close`; the former when `None`.
    pub reveal: Option<String>,
    /// Whether closed dailies get a thread.
    pub discuss: bool,
}

impl App {
    /// Answers `/schedule set`.
    pub async fn set_schedule(&self, caller: &Caller, request: ScheduleRequest) -> Outcome {
        refuse_guests(caller)?;
        let (name, settings) = self.library().read_request(request)?;
        let (space, user) = (caller.member.space.clone(), caller.member.user.clone());
        let there = self.store.schedules(space.clone()).await?;
        if there.len() >= MOST && there.iter().all(|schedule| schedule.name != name) {
            return Err(wording::too_many_schedules(MOST).into());
        }
        let schedule = self.set(space, name, settings, Some(user)).await?;
        Ok(self
            .preview_card(&schedule, Tone::Good, wording::SCHEDULE_SET)
            .footer(wording::SCHEDULE_SET_FOOTER))
    }

    /// Sets a schedule without asking who may: `set_by` is `None` for those in the configuration.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set(
        &self,
        space: SpaceId,
        name: String,
        settings: ScheduleSettings,
        set_by: Option<UserId>,
    ) -> Result<Schedule, Error> {
        Ok(self
            .store
            .set_schedule(space, name, settings, set_by, self.clock.now())
            .await?)
    }

    /// Answers `/schedule list`.
    pub async fn list_schedules(&self, caller: &Caller) -> Outcome {
        refuse_guests(caller)?;
        let schedules = self.store.schedules(caller.member.space.clone()).await?;
        let mut card = Card::new(Tone::Neutral, wording::SCHEDULES).private();
        if schedules.is_empty() {
            return Ok(card.text(wording::no_schedule(None)));
        }
        for schedule in &schedules {
            let now = self.clock.now();
            let timetable = &schedule.settings.timetable;
            let next = timetable.upcoming(now, schedule.newest).next();
            let value = wording::schedule(schedule, next.map(|(_, at)| at))
                .then(wording::dates_to_skip(schedule, timetable.local_date(now)))
                .then(wording::lateness(&self.lateness(schedule, now).await?))
                .then(wording::queue(
                    &self.library().bank,
                    &self.store.queue(schedule.id).await?,
                ));
            card = card.field(schedule.name.clone(), value);
        }
        Ok(card)
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
        let schedule = set.ok_or_else(|| wording::no_schedule(Some(&schedule.name)))?;
        // A removed schedule's daily closes.
        self.to_post.send_replace(());
        Ok(Card::new(Tone::Good, wording::state_title(state))
            .private()
            .text(wording::state_set(&schedule)))
    }

    /// Answers `/schedule preview`: the next instants.
    pub async fn preview_schedule(&self, caller: &Caller, name: Option<&str>) -> Outcome {
        let schedule = self.schedule_named(caller, name).await?;
        Ok(self.preview_card(&schedule, Tone::Neutral, wording::PREVIEW))
    }

    /// Offers zones while a host types.
    pub fn suggest_zones(&self, typed: &str) -> Vec<(String, String)> {
        let zones = zones::suggest(typed, OPTIONS).into_iter();
        zones
            .map(|zone| (zone.name().to_owned(), zone.name().to_owned()))
            .collect()
    }

    /// Offers the names of the space's schedules.
    pub async fn suggest_schedules(&self, space: SpaceId, typed: &str) -> Vec<(String, String)> {
        let schedules = self.store.schedules(space).await.unwrap_or_default();
        let named = schedules.into_iter().map(|schedule| schedule.name);
        named
            .filter(|name| name.contains(&typed.to_lowercase()))
            .take(OPTIONS)
            .map(|name| (name.clone(), name))
            .collect()
    }

    /// The schedule a host means: by its name, or the only one.
    pub(super) async fn schedule_named(
        &self,
        caller: &Caller,
        name: Option<&str>,
    ) -> Result<Schedule, Error> {
        refuse_guests(caller)?;
        let mut schedules = self.store.schedules(caller.member.space.clone()).await?;
        let wanted = name.map(|name| name.trim().to_lowercase());
        if let Some(wanted) = &wanted {
            schedules.retain(|schedule| schedule.name == *wanted);
        }
        match schedules.len() {
            1 => Ok(schedules.remove(0)),
            0 => Err(wording::no_schedule(name).into()),
            _ => Err(wording::which_schedule(&schedules).into()),
        }
    }

    pub(super) fn preview_card(&self, schedule: &Schedule, tone: Tone, title: &str) -> Card {
        let now = self.clock.now();
        let timetable = &schedule.settings.timetable;
        let upcoming = timetable.upcoming(now, schedule.newest);
        let instants: Vec<_> = upcoming.take(PREVIEWED).map(|(_, at)| at).collect();
        let skipped = wording::dates_to_skip(schedule, timetable.local_date(now));
        Card::new(tone, title)
            .private()
            .field(
                schedule.name.clone(),
                wording::schedule(schedule, None).then(skipped),
            )
            .field(wording::UPCOMING, wording::instants(&instants))
    }
}

impl Library {
    /// Checks what a host typed.
    ///
    /// # Errors
    /// A refusal names what is not understood.
    pub fn read_request(
        &self,
        request: ScheduleRequest,
    ) -> Result<(String, ScheduleSettings), Error> {
        let name = request
            .name
            .unwrap_or_else(|| USUAL_NAME.to_owned())
            .trim()
            .to_lowercase();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control)
        {
            return Err(wording::schedule_name(LONGEST_NAME).into());
        }
        let told = |error: &dyn std::fmt::Display| Error::from(wording::not_understood(error));
        let zone = parse_zone(&request.zone).map_err(|error| told(&error))?;
        let time = parse_time(&request.time).map_err(|error| told(&error))?;
        let weekdays: Weekdays = match &request.weekdays {
            Some(days) => days.parse().map_err(|error| told(&error))?,
            None => Weekdays::EVERY_DAY,
        };
        let topics: Vec<String> = request
            .topics
            .iter()
            .flat_map(|topics| topics.split(','))
            .map(str::trim)
            .filter(|topic| !topic.is_empty())
            .map(|topic| self.topic_named(topic))
            .collect::<Result<_, _>>()?;
        let reveal: Reveal = match &request.reveal {
            Some(reveal) => reveal.parse().map_err(|error| told(&error))?,
            None => Reveal::default(),
        };
        if self.askable(&topics, None, &[]).is_empty() {
            return Err(wording::no_pool(&self.bank, &topics).into());
        }
        let timetable = Timetable::new(zone, time, weekdays);
        Ok((
            name,
            ScheduleSettings {
                channel: request.channel,
                timetable,
                topics,
                reveal,
                discuss: request.discuss,
            },
        ))
    }

    /// The name of the topic that a member means.
    pub(super) fn topic_named(&self, typed: &str) -> Result<String, Error> {
        match self.bank.named(typed) {
            Some(Named::Topic(topic)) => Ok(topic.name.clone()),
            _ => {
                let near = match self.bank.corrected(typed) {
                    Some(Named::Topic(topic)) => Some(topic.title.as_str()),
                    _ => None,
                };
                Err(wording::unknown_topic(typed, near).into())
            }
        }
    }
}

fn refuse_guests(caller: &Caller) -> Result<(), Error> {
    if caller.host {
        Ok(())
    } else {
        Err(wording::hosts_only().into())
    }
}
