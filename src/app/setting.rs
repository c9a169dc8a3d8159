//! Setting schedules, new or changed: what an admin names is changed, and the rest stays.

use chrono::{NaiveTime, Timelike};

use crate::bank::Named;
use crate::model::{
    ChannelId, Reveal, Schedule, ScheduleChange, ScheduleSettings, ScheduleState, SpaceId, UserId,
    Weekdays,
};
use crate::rules::times::{is_of_after_noon, is_spoken, may_be_after_noon};
use crate::rules::timetable::{parse_time, parse_zone};
use crate::rules::withheld::Withheld;
use crate::store::ScheduleSet;

use super::card::{OPTIONS, Part, Tone};
use super::lists;
use super::named_topics::ALL_TOPICS;
use super::outcome::{Error, Outcome, Refusal, Refusals};
use super::schedule_names::{LONGEST_NAME, near_name, read_name, usual_name};
use super::text::Text;
use super::typed_options::{option_in, option_in_name};
use super::wording::Misread;
use super::{App, Caller, Library, wording};

pub use super::obstacle::Obstacle;
pub use super::schedule_names::{USUAL_NAME, schedule_name};

/// The most schedules that admins may set in a space, and that the configuration may declare for one.
pub const MOST: usize = 25;

/// What an admin types to set a schedule. What is `None` stays as it is; of a new one it is as usual.
#[derive(Clone, Debug, Default)]
pub struct ScheduleRequest {
    /// Its name. When `None`: that of the only one, or [`USUAL_NAME`]; of several it is asked.
    pub name: Option<String>,
    /// Where its dailies post; a new one needs it.
    pub channel: Option<ChannelId>,
    /// A time of day; a new one needs it.
    pub time: Option<String>,
    /// A time zone; a new one needs it.
    pub zone: Option<String>,
    /// Weekdays; every day as usual.
    pub weekdays: Option<String>,
    /// Topics with commas between, or "all"; all as usual.
    pub topics: Option<String>,
    /// `at-once` or `at-close`; the former as usual.
    pub reveal: Option<String>,
    /// Whether closed dailies get a thread; not as usual.
    pub discuss: Option<bool>,
}

impl App {
    /// Answers `/schedule set`. `obstacle` says why a channel does not do, with threads or without.
    pub async fn set_schedule(
        &self,
        caller: &Caller,
        request: ScheduleRequest,
        obstacle: impl AsyncFnOnce(ChannelId, bool) -> Option<Obstacle>,
    ) -> Outcome {
        caller.require_admin()?;
        let library = self.library();
        let (unnamed, missing) = (request.name.is_none(), missing(&request));
        let typed_name = request.name.clone().unwrap_or_default();
        let typed_time = request.time.clone();
        let (name, change, mut refusals) = library.read_change(request);
        let (space, user) = (caller.member.space.clone(), caller.member.user.clone());
        let there = self.store.schedules(space.clone()).await?;
        let mut name = match unnamed {
            true => refusals.keep(usual_name(&there, &missing)),
            false => name,
        };
        let named = |name: &str| there.iter().find(|schedule| schedule.name == name);
        let before = name.as_deref().and_then(named);
        if let (Some(option), None) = (option_in_name(&typed_name), before) {
            refusals.add(wording::holds_option(&typed_name, option));
            name = None;
        }
        let settings = change.clone().settings(before);
        let needs = |name: &str| match before {
            Some(_) => wording::schedule_needs_anew(name, &change, &missing),
            None => wording::schedule_needs(name, near_name(name, &there), &change, &missing),
        };
        if let (Some(name), None, false) = (&name, &settings, missing.is_empty()) {
            refusals.add(needs(name));
        }
        // Where it can't be set, what was named of it is looked at all the same.
        let all = settings.as_ref();
        let topics = all.map(|all| &all.topics).or(change.topics.as_ref());
        refusals.keep(topics.map_or(Ok(()), |topics| library.refuse_empty(topics)));
        let channel = all.map(|all| &all.channel).or(change.channel.as_ref());
        let discuss = all.map_or(change.discuss == Some(true), |all| all.discuss);
        if let Some(channel) = channel
            && let Some(obstacle) = obstacle(channel.clone(), discuss).await
        {
            refusals.add(wording::channel_does_not_do(channel, &obstacle));
        }
        refusals.told()?;
        let name = name.ok_or_else(|| wording::schedule_name(LONGEST_NAME))?;
        let now = self.clock.now();
        let set = self
            .store
            .change_schedule(space, name.clone(), change.clone(), MOST, user, now);
        match set.await? {
            ScheduleSet::Set { before, after } => {
                let others = there.iter().any(|other| other.id != after.id);
                let mut card = self.set_card(before.as_deref(), &after, others).await?;
                let half = read_before_noon(typed_time, before.as_deref(), &after);
                card.body.splice(..0, half.map(Part::Text));
                // Whoever names none may have thought of a second schedule.
                let note = before.filter(|_| unnamed).and_then(|before| {
                    wording::changed_unnamed(&before, &after, missing.is_empty())
                });
                card.body.splice(..0, note.map(Part::Text));
                Ok(card)
            }
            ScheduleSet::TooMany => {
                Err(wording::too_many_schedules(MOST, caller.platform()).into())
            }
            ScheduleSet::Incomplete => Err(needs(&name).into()),
        }
    }

    /// What a schedule has become, and what of that is changed. `others`: whether it is one of several.
    async fn set_card(&self, before: Option<&Schedule>, after: &Schedule, others: bool) -> Outcome {
        let bank = &self.library().bank;
        let changes =
            before.map(|before| wording::changes(bank, &before.settings, &after.settings));
        let mut card = match changes {
            None => {
                self.preview_card(after, Tone::Good, wording::SCHEDULE_SET, None)
                    .await?
            }
            Some(changes) if changes.is_empty() => self
                .preview_card(after, Tone::Neutral, wording::NOTHING_TO_CHANGE, None)
                .await?
                .text(wording::nothing_changed(after.space.platform())),
            Some(changes) => {
                let mut card = self
                    .preview_card(after, Tone::Good, wording::SCHEDULE_CHANGED, None)
                    .await?;
                let changed = Part::Field {
                    name: wording::CHANGED.to_owned(),
                    value: wording::lines(changes),
                };
                card.body.insert(0, changed);
                card
            }
        };
        let open = self.store.open_daily(after.id).await?;
        let keeps = before
            .zip(open.as_ref())
            .and_then(|(before, open)| wording::open_daily_keeps(bank, open, before, after));
        card.body.extend(keeps.map(Part::Text));
        let (now, timetable) = (self.clock.now(), &after.settings.timetable);
        let midnight = timetable.time == NaiveTime::MIN;
        if midnight && before.is_none_or(|before| before.settings.timetable.time != timetable.time)
        {
            card = card.text(wording::AT_MIDNIGHT);
        }
        let today = timetable.local_date(now);
        // Of a paused schedule it would not be so.
        if after.state != ScheduleState::Active {
            return Ok(card);
        }
        if after.newest != Some(today) {
            return Ok(card.footer(wording::schedule_set_footer(&after.name, others)));
        }
        let still_to_come = timetable.upcoming(now, None).next();
        if still_to_come.is_some_and(|(date, _)| date == today) {
            card = card.text(wording::today_taken(after, today));
        }
        Ok(card)
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

    /// Offers topics, one after the other, while an admin types a list of them.
    pub fn suggest_topic_list(&self, typed: &str) -> Vec<(String, String)> {
        let library = self.library();
        let known = |item: &str| match library.bank.named(item) {
            Some(Named::Topic(topic)) => (topic.title.clone(), topic.name.clone()),
            _ => (item.to_owned(), item.to_owned()),
        };
        let mut offered = lists::complete(typed, known, |last| {
            let topics = library.bank.suggest(last, usize::MAX).into_iter();
            let topics = topics.filter(|topic| library.bank.topic(&topic.value).is_some());
            topics.map(|topic| (topic.label, topic.value)).collect()
        });
        let [all, shown, ..] = ALL_TOPICS;
        if shown.starts_with(&typed.trim().to_lowercase()) {
            offered.insert(0, (shown.to_owned(), all.to_owned()));
        }
        offered.truncate(OPTIONS);
        offered
    }

    /// Offers days of the week, one after the other, while an admin types a list of them; several at
    /// once only at its beginning.
    pub fn suggest_days(&self, typed: &str) -> Vec<(String, String)> {
        let same = |word: &str| (word.to_owned(), word.to_owned());
        let begun = lists::items(typed).nth(1).is_some() || typed.contains([',', ';']);
        let (sets, each) = wording::offered_days();
        let sets = sets.into_iter().map(str::to_owned).filter(|_| !begun);
        let words: Vec<String> = sets.chain(each).collect();
        lists::complete(typed, same, |last| {
            let last = last.trim().to_lowercase();
            let fitting = words.iter().filter(|word| word.starts_with(&last));
            fitting.map(|word| same(word)).collect()
        })
    }
}

impl Library {
    /// Checks what declares a schedule as a whole.
    ///
    /// # Errors
    /// A refusal names what is missing or not understood.
    pub fn read_request(
        &self,
        request: ScheduleRequest,
    ) -> Result<(String, ScheduleSettings), Error> {
        let missing = missing(&request);
        let (name, change, refusals) = self.read_change(request);
        refusals.told()?;
        let name = name.map_or_else(|| schedule_name(None), Ok)?;
        let settings = change.clone().new_settings();
        let settings =
            settings.ok_or_else(|| wording::schedule_needs(&name, None, &change, &missing))?;
        self.refuse_empty(&settings.topics)?;
        Ok((name, settings))
    }

    /// Checks some of what declares a schedule, without asking for the rest.
    ///
    /// # Errors
    /// A refusal names what is not understood.
    pub fn check_part(&self, part: ScheduleRequest) -> Result<(), Error> {
        let (_, _, refusals) = self.read_change(part);
        Ok(refusals.told()?)
    }

    /// Reads what an admin typed: what of it can be read, and all that can't.
    fn read_change(&self, request: ScheduleRequest) -> (Option<String>, ScheduleChange, Refusals) {
        let mut refusals = Refusals::default();
        let change = ScheduleChange {
            channel: request.channel,
            time: read(&mut refusals, request.time, parse_time),
            zone: read(&mut refusals, request.zone, parse_zone),
            weekdays: read(&mut refusals, request.weekdays, str::parse::<Weekdays>),
            topics: request
                .topics
                .and_then(|topics| self.read_topics(&topics, &mut refusals)),
            reveal: read(&mut refusals, request.reveal, str::parse::<Reveal>),
            discuss: request.discuss,
        };
        let name = request.name.map(|name| read_name(&name));
        let name = name.and_then(|name| refusals.keep(name));
        (name, change, refusals)
    }

    fn refuse_empty(&self, topics: &[String]) -> Result<(), Refusal> {
        if self.askable(topics, None, &Withheld::default()).is_empty() {
            return Err(wording::no_pool(&self.bank, topics));
        }
        Ok(())
    }
}

/// That a time was read as one before noon, where it may be one after: said in words, or of a schedule of the evening.
fn read_before_noon(
    typed: Option<String>,
    before: Option<&Schedule>,
    after: &Schedule,
) -> Option<Text> {
    let typed = typed.filter(|typed| may_be_after_noon(typed))?;
    let was_late = before.is_some_and(|before| before.settings.timetable.time.hour() >= 12);
    let told = is_spoken(&typed) || was_late || is_of_after_noon(&after.name);
    told.then(|| wording::read_before_noon(&typed, after))
}

/// What of an option can be read, if it is given.
fn read<T, E: Misread>(
    refusals: &mut Refusals,
    typed: Option<String>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Option<T> {
    let typed = typed?;
    let read = parse(&typed).map_err(|why| match option_in(&typed) {
        Some(option) => wording::holds_option(&typed, option),
        None => wording::not_understood(why),
    });
    refusals.keep(read)
}

/// What a new schedule would still need, by the names of the command's options.
fn missing(request: &ScheduleRequest) -> Vec<&'static str> {
    let needed = [
        ("channel", request.channel.is_none()),
        ("time", request.time.is_none()),
        ("zone", request.zone.is_none()),
    ];
    let missing = needed.into_iter().filter(|(_, missing)| *missing);
    missing.map(|(name, _)| name).collect()
}
