//! Where and when dailies post, and what an admin may change of that.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{ChannelId, SpaceId, Timetable, Weekdays};
use crate::time::Zone;

/// What an admin decides about a schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleSettings {
    /// Where its dailies post.
    pub channel: ChannelId,
    /// When they post. Setting a schedule leaves the dates to skip as they are: those are changed apart.
    pub timetable: Timetable,
    /// Names of the topics asked from; empty for all.
    pub topics: Vec<String>,
    /// When members see the verdict on their answers.
    pub reveal: Reveal,
    /// Whether a thread to talk it over is started from each daily that closes.
    pub discuss: bool,
}

impl ScheduleSettings {
    /// Dailies of every topic, with verdicts at once and no threads.
    pub fn new(channel: ChannelId, timetable: Timetable) -> Self {
        Self {
            channel,
            timetable,
            topics: Vec::new(),
            reveal: Reveal::AtOnce,
            discuss: false,
        }
    }
}

/// When a member sees the verdict on an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reveal {
    /// With the answer, which then counts.
    #[default]
    AtOnce,
    /// When the daily closes. Until then the answer may be changed.
    AtClose,
}

impl Reveal {
    /// Both.
    pub const ALL: [Reveal; 2] = [Reveal::AtOnce, Reveal::AtClose];

    /// The word for it, which people type too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::AtClose => "at-close",
        }
    }
}

/// A word that isn't a [`Reveal`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownReveal(pub String);

impl FromStr for Reveal {
    type Err = UnknownReveal;

    fn from_str(text: &str) -> Result<Self, UnknownReveal> {
        Self::ALL
            .into_iter()
            .find(|reveal| reveal.as_str() == text.trim())
            .ok_or_else(|| UnknownReveal(text.to_owned()))
    }
}

/// A schedule of a space, known there by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// The row.
    pub id: i64,
    /// The space.
    pub space: SpaceId,
    /// Its name, unique in the space.
    pub name: String,
    /// What the admin decided.
    pub settings: ScheduleSettings,
    /// Whether it posts.
    pub state: ScheduleState,
    /// Instants at or before this one are not due: when it was set, paused or resumed.
    pub since: DateTime<Utc>,
    /// The newest local date that has a daily, posted or about to be. What a clock that was ahead did doesn't count; those
    /// dates are among the timetable's taken ones.
    pub newest: Option<NaiveDate>,
    /// The newest local date whose daily was posted, by the same count.
    pub newest_posted: Option<NaiveDate>,
    /// Why and until when it waits for its channel.
    pub suspension: Option<Suspension>,
    /// What of its row can't be read. It posts nothing then until it is set anew, and its settings are in part stand-ins.
    pub damage: Option<Damage>,
}

/// A value of a schedule's row that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The name of its column.
    pub column: &'static str,
    /// The value, as text.
    pub value: String,
}

/// A schedule's channel cannot be posted to.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspension {
    /// When it is tried again.
    pub until: DateTime<Utc>,
    /// What the platform said.
    pub why: String,
    /// Whether its daily may have been posted, and that can't be seen.
    pub in_doubt: bool,
}

/// Whether a schedule posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleState {
    /// It posts.
    Active,
    /// It waits for an admin to resume it.
    Paused,
    /// An admin removed it. The row stays, so that streaks outlive a removal by mistake.
    Removed,
}

/// What an admin says of a schedule. What is `None` stays as it is; of a new one it is as usual.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScheduleChange {
    /// Where its dailies post; a new schedule needs it.
    pub channel: Option<ChannelId>,
    /// The time zone; a new schedule needs it.
    pub zone: Option<Zone>,
    /// The local time; a new schedule needs it.
    pub time: Option<NaiveTime>,
    /// The local weekdays; every day as usual.
    pub weekdays: Option<Weekdays>,
    /// Names of the topics asked from, none for all; all as usual.
    pub topics: Option<Vec<String>>,
    /// When members see verdicts; at once as usual.
    pub reveal: Option<Reveal>,
    /// Whether closed dailies get a thread; not as usual.
    pub discuss: Option<bool>,
}

/// Whether two lists of topics name the same ones, in whatever order.
fn same(one: &[String], other: &[String]) -> bool {
    let all_in = |own: &[String], of: &[String]| own.iter().all(|topic| of.contains(topic));
    all_in(one, other) && all_in(other, one)
}

impl ScheduleChange {
    /// The settings after this change. None when a schedule that is new, or that can't be read, is without
    /// a channel, a zone or a time.
    pub fn settings(self, before: Option<&Schedule>) -> Option<ScheduleSettings> {
        // What can't be read isn't kept: all must be named.
        match before.filter(|before| before.damage.is_none()) {
            Some(before) => Some(self.applied_to(&before.settings)),
            None => self.new_settings(),
        }
    }

    /// The settings of a new schedule, if all is named that it needs.
    pub fn new_settings(self) -> Option<ScheduleSettings> {
        let weekdays = self.weekdays.unwrap_or(Weekdays::EVERY_DAY);
        Some(ScheduleSettings {
            channel: self.channel?,
            timetable: Timetable::new(self.zone?, self.time?, weekdays),
            topics: self.topics.unwrap_or_default(),
            reveal: self.reveal.unwrap_or_default(),
            discuss: self.discuss.unwrap_or_default(),
        })
    }

    /// The settings of a schedule with what is named changed.
    fn applied_to(self, before: &ScheduleSettings) -> ScheduleSettings {
        let old = before.clone();
        ScheduleSettings {
            channel: self.channel.unwrap_or(old.channel),
            timetable: Timetable {
                zone: self.zone.unwrap_or(old.timetable.zone),
                time: self.time.unwrap_or(old.timetable.time),
                weekdays: self.weekdays.unwrap_or(old.timetable.weekdays),
                skipped: old.timetable.skipped,
                taken: old.timetable.taken,
            },
            topics: match self.topics {
                Some(topics) if !same(&topics, &old.topics) => topics,
                _ => old.topics,
            },
            reveal: self.reveal.unwrap_or(old.reveal),
            discuss: self.discuss.unwrap_or(old.discuss),
        }
    }
}
