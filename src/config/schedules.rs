//! `[[schedule]]`: schedules that are declared, not set in Discord.

use std::ops::Range;

use super::keys::{Faults, Keys};

/// A schedule declared in the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredSchedule {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// The server's id.
    pub guild: String,
    /// The channel's id.
    pub channel: String,
    /// Its name.
    pub name: Option<String>,
    /// The zone's name.
    pub zone: String,
    /// The local time.
    pub time: String,
    /// The weekdays.
    pub weekdays: Option<String>,
    /// The topics' names.
    pub topics: Vec<String>,
    /// When verdicts are shown.
    pub reveal: Option<String>,
    /// Whether closed dailies get a thread.
    pub discuss: bool,
}

/// Reads a `[[schedule]]` at `span`.
pub(super) fn schedule(
    span: Range<usize>,
    mut keys: Keys<'_>,
    faults: &mut Faults<'_>,
) -> DeclaredSchedule {
    let mut needed = |key| {
        if !keys.has(key) {
            faults.add(span.clone(), &format!("the schedule has no `{key}`"));
        }
        keys.take(key, faults).unwrap_or_default()
    };
    let (guild, channel) = (needed("guild"), needed("channel"));
    let (zone, time) = (needed("zone"), needed("time"));
    let schedule = DeclaredSchedule {
        line: faults.line(&span),
        guild,
        channel,
        zone,
        time,
        name: keys.take("name", faults),
        weekdays: keys.take("weekdays", faults),
        topics: keys.take("topics", faults).unwrap_or_default(),
        reveal: keys.take("reveal", faults),
        discuss: keys.take("discuss", faults).unwrap_or_default(),
    };
    for (key, id) in [("guild", &schedule.guild), ("channel", &schedule.channel)] {
        // "01" and "+1" would be other servers than "1".
        let is_id = id.parse::<u64>().is_ok_and(|read| read.to_string() == *id);
        if !id.is_empty() && !is_id {
            faults.add(
                span.clone(),
                &format!("`{key}` is an id of digits, as Discord's \"Copy ID\" gives it"),
            );
        }
    }
    keys.refuse_rest(faults);
    schedule
}
