//! `[[schedule]]`: schedules that are declared rather than set on Discord.

use super::ConfigProblem;
use crate::toml_reader::{Reader, Table};

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

/// Reads a `[[schedule]]`.
pub(super) fn schedule(
    reader: &Reader<'_, ConfigProblem>,
    mut table: Table<'_, ConfigProblem>,
) -> DeclaredSchedule {
    let (guild, channel) = (id(&mut table, "guild"), id(&mut table, "channel"));
    let mut needed = |key| table.required_value(key).unwrap_or_default();
    let (zone, time) = (needed("zone"), needed("time"));
    let schedule = DeclaredSchedule {
        line: reader.place(table.start()).line,
        guild,
        channel,
        zone,
        time,
        name: table.value("name"),
        weekdays: table.value("weekdays"),
        topics: table.value("topics").unwrap_or_default(),
        reveal: table.value("reveal"),
        discuss: table.value("discuss").unwrap_or_default(),
    };
    table.end();
    schedule
}

/// An id of Discord's, in its usual form: "01" or "+1" would count as another server than "1".
fn id(table: &mut Table<'_, ConfigProblem>, key: &'static str) -> String {
    let id: String = table.required_value(key).unwrap_or_default();
    let is_id = id.parse::<u64>().is_ok_and(|read| read.to_string() == id);
    if !id.is_empty() && !is_id {
        table.fault(key, ConfigProblem::NotAnId(key));
    }
    id
}
