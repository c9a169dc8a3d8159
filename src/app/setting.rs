//! Setting schedules, new or changed: what an admin names is changed, and the rest stays.

use unicode_normalization::UnicodeNormalization;

use crate::bank::Named;
use crate::rules::grading::is_invisible;
use crate::rules::timetable::{Weekdays, parse_time, parse_zone};
use crate::rules::weekdays;
use crate::store::{
    ChannelId, Reveal, Schedule, ScheduleChange, ScheduleSet, ScheduleSettings, ScheduleState,
    SpaceId, UserId,
};

use super::card::{Card, OPTIONS, Part, Tone};
use super::lists;
use super::outcome::{Error, Outcome};
use super::schedule::refuse_guests;
use super::withheld::Withheld;
use super::{App, Caller, Library, wording};

/// What a schedule is called when the admin names none.
pub const USUAL_NAME: &str = "daily";
/// The most schedules that admins may set in a space, and that the configuration may declare for one.
pub const MOST: usize = 25;
/// The most topics that are named as what a word can mean.
const NAMED: usize = 5;
/// The longest name of a schedule.
const LONGEST_NAME: usize = 32;
/// What stands for every topic.
const ALL_TOPICS: [&str; 6] = ["all", "all topics", "every topic", "everything", "any", "*"];

/// What an admin types to set a schedule. What is `None` stays as it is; of a new one it is as usual.
#[derive(Clone, Debug, Default)]
pub struct ScheduleRequest {
    /// Its name; [`USUAL_NAME`], or that of the only one, when `None`.
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

/// Why a channel does not do for a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The bot lacks these permissions there, by the names that the platform shows.
    Lacks(Vec<String>),
    /// It holds no messages of its own, as forums and categories.
    NoMessages,
    /// No thread can be started from a message there.
    NoThreads,
}

impl App {
    /// Answers `/schedule set`. `obstacle` says why a channel does not do, with threads or without.
    pub async fn set_schedule(
        &self,
        caller: &Caller,
        request: ScheduleRequest,
        obstacle: impl AsyncFnOnce(ChannelId, bool) -> Option<Obstacle>,
    ) -> Outcome {
        refuse_guests(caller)?;
        let library = self.library();
        let (name, change) = library.read_change(request)?;
        let (space, user) = (caller.member.space.clone(), caller.member.user.clone());
        let there = self.store.schedules(space.clone()).await?;
        let name = name.map_or_else(|| usual_name(&there, &change), Ok)?;
        let before = there.iter().find(|schedule| schedule.name == name);
        let missing = wording::schedule_needs(&name, before.is_some(), &missing(&change));
        let settings = change.clone().settings(before);
        let settings = settings.ok_or_else(|| missing.clone())?;
        library.refuse_empty(&settings.topics)?;
        let channel = settings.channel;
        if let Some(obstacle) = obstacle(channel.clone(), settings.discuss).await {
            return Err(wording::channel_does_not_do(&channel, &obstacle).into());
        }
        let now = self.clock.now();
        match self
            .store
            .change_schedule(space, name, change, MOST, user, now)
            .await?
        {
            ScheduleSet::Set { before, after } => Ok(self.set_card(before.as_deref(), &after)),
            ScheduleSet::TooMany => Err(wording::too_many_schedules(MOST).into()),
            ScheduleSet::Incomplete => Err(missing.into()),
        }
    }

    /// What a schedule has become, and what of that is changed.
    fn set_card(&self, before: Option<&Schedule>, after: &Schedule) -> Card {
        let bank = &self.library().bank;
        let changes =
            before.map(|before| wording::changes(bank, &before.settings, &after.settings));
        let card = match changes {
            None => self.preview_card(after, Tone::Good, wording::SCHEDULE_SET),
            Some(changes) if changes.is_empty() => self
                .preview_card(after, Tone::Neutral, wording::NOTHING_CHANGED)
                .text(wording::nothing_changed()),
            Some(changes) => {
                let mut card = self.preview_card(after, Tone::Good, wording::SCHEDULE_CHANGED);
                let changed = Part::Field {
                    name: wording::CHANGED.to_owned(),
                    value: wording::lines(changes),
                };
                card.body.insert(0, changed);
                card
            }
        };
        let today = after.settings.timetable.local_date(self.clock.now());
        // Where today's is posted, or a paused schedule, it would not be so.
        let can_post = after.state == ScheduleState::Active && after.newest != Some(today);
        if can_post {
            card.footer(wording::SCHEDULE_SET_FOOTER)
        } else {
            card
        }
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
        let sets = weekdays::SETS.iter().filter(|_| !begun);
        let words: Vec<&str> = sets.copied().chain(weekdays::names()).collect();
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
        let (name, change) = self.read_change(request)?;
        let name = name.map_or_else(|| schedule_name(None), Ok)?;
        let missing = missing(&change);
        let settings = change.new_settings();
        let settings = settings.ok_or_else(|| wording::schedule_needs(&name, false, &missing))?;
        self.refuse_empty(&settings.topics)?;
        Ok((name, settings))
    }

    /// Checks some of what declares a schedule, without asking for the rest.
    ///
    /// # Errors
    /// A refusal names the first that is not understood.
    pub fn check_part(&self, part: ScheduleRequest) -> Result<(), Error> {
        self.read_change(part).map(drop)
    }

    /// Checks what an admin typed.
    fn read_change(
        &self,
        request: ScheduleRequest,
    ) -> Result<(Option<String>, ScheduleChange), Error> {
        let told = |error: &dyn std::fmt::Display| Error::from(wording::not_understood(error));
        let zone = request.zone.map(|zone| parse_zone(&zone)).transpose();
        let time = request.time.map(|time| parse_time(&time)).transpose();
        let weekdays = request.weekdays.map(|days| days.parse::<Weekdays>());
        let reveal = request.reveal.map(|reveal| reveal.parse::<Reveal>());
        let topics = request.topics.map(|topics| self.read_topics(&topics));
        let change = ScheduleChange {
            channel: request.channel,
            zone: zone.map_err(|error| told(&error))?,
            time: time.map_err(|error| told(&error))?,
            weekdays: weekdays.transpose().map_err(|error| told(&error))?,
            topics: topics.transpose()?,
            reveal: reveal.transpose().map_err(|error| told(&error))?,
            discuss: request.discuss,
        };
        Ok((
            request.name.map(|name| read_name(&name)).transpose()?,
            change,
        ))
    }

    /// The names of the topics in a list; none for all.
    fn read_topics(&self, typed: &str) -> Result<Vec<String>, Error> {
        if lists::items(typed).next().is_none() {
            return Err(wording::no_topic_named().into());
        }
        // A title may have a comma in it.
        if let Ok(topic) = self.topic_named(typed) {
            return Ok(vec![topic]);
        }
        let mut topics = Vec::new();
        for item in lists::items(typed) {
            if ALL_TOPICS.contains(&item.to_lowercase().as_str()) {
                return Ok(Vec::new());
            }
            for topic in self.topics_in(item)? {
                if !topics.contains(&topic) {
                    topics.push(topic);
                }
            }
        }
        Ok(topics)
    }

    /// The topic of an item, or those with an "and" between: some titles have one in them.
    fn topics_in(&self, item: &str) -> Result<Vec<String>, Error> {
        let unknown = match self.topic_named(item) {
            Ok(topic) => return Ok(vec![topic]),
            Err(unknown) => unknown,
        };
        let spaced = item.replace(['&', '+', '/'], " and ");
        let parts: Vec<&str> = spaced.split(" and ").map(str::trim).collect();
        let topics = parts.iter().map(|part| self.topic_named(part));
        topics.collect::<Result<_, _>>().map_err(|_| unknown)
    }

    /// The name of the topic that a member means: by its name or title, or by words of it that no other
    /// has.
    pub(super) fn topic_named(&self, typed: &str) -> Result<String, Error> {
        if let Some(Named::Topic(topic)) = self.bank.named(typed) {
            return Ok(topic.name.clone());
        }
        match *self.bank.topics_with(typed) {
            [topic] => Ok(topic.name.clone()),
            ref several @ [_, ..] if several.len() <= NAMED => {
                Err(wording::several_topics(typed, several).into())
            }
            _ => {
                let near = match self.bank.corrected(typed) {
                    Some(Named::Topic(topic)) => Some(topic.title.as_str()),
                    _ => None,
                };
                Err(wording::unknown_topic(typed, near).into())
            }
        }
    }

    fn refuse_empty(&self, topics: &[String]) -> Result<(), Error> {
        if self.askable(topics, None, &Withheld::default()).is_empty() {
            return Err(wording::no_pool(&self.bank, topics).into());
        }
        Ok(())
    }
}

/// The name of a schedule as it is kept; [`USUAL_NAME`] when none is typed.
///
/// # Errors
/// A refusal says what a name needs.
pub fn schedule_name(typed: Option<&str>) -> Result<String, Error> {
    typed.map_or_else(|| Ok(USUAL_NAME.to_owned()), read_name)
}

fn read_name(typed: &str) -> Result<String, Error> {
    let name = one_name(typed);
    let readable = name.contains(char::is_alphanumeric);
    if !readable || name.chars().count() > LONGEST_NAME {
        return Err(wording::schedule_name(LONGEST_NAME).into());
    }
    Ok(name)
}

/// A name in the one form that all have that look like it: lowercase, single spaces, nothing invisible.
pub(super) fn one_name(typed: &str) -> String {
    let seen = typed.nfkc().filter(|c| !is_invisible(*c));
    let lower: String = seen.flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}

/// Which schedule is set when none is named: the usual one, unless only another can be meant.
fn usual_name(there: &[Schedule], change: &ScheduleChange) -> Result<String, Error> {
    let usual = there.iter().any(|schedule| schedule.name == USUAL_NAME);
    match there {
        [only] if !usual && !missing(change).is_empty() => Ok(only.name.clone()),
        [_, _, ..] if !usual && !missing(change).is_empty() => {
            Err(wording::which_schedule(there).into())
        }
        _ => Ok(USUAL_NAME.to_owned()),
    }
}

/// What a new schedule would still need, by the names of the command's options.
fn missing(change: &ScheduleChange) -> Vec<&'static str> {
    let needed = [
        ("channel", change.channel.is_none()),
        ("time", change.time.is_none()),
        ("zone", change.zone.is_none()),
    ];
    let missing = needed.into_iter().filter(|(_, missing)| *missing);
    missing.map(|(name, _)| name).collect()
}
