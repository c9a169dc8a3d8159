//! `[[schedule]]`: schedules that are declared rather than set on a platform.

use super::ConfigProblem;
use super::checked::{is_id_of_discord, is_id_of_slack};
use crate::toml_reader::{Reader, Table};

/// A schedule declared in the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredSchedule {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// Where it posts.
    pub space: DeclaredSpace,
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

/// Where a schedule posts, by the platform's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DeclaredSpace {
    /// It doesn't say.
    Missing,
    /// A server on Discord.
    Guild(String),
    /// A workspace on Slack.
    Workspace(String),
}

/// Reads a `[[schedule]]`.
pub(super) fn schedule(
    reader: &Reader<'_, ConfigProblem>,
    mut table: Table<'_, ConfigProblem>,
) -> DeclaredSchedule {
    let space = space(&mut table);
    let channel: String = table.required_value("channel").unwrap_or_default();
    if !channel.is_empty() {
        match &space {
            DeclaredSpace::Workspace(_) if !is_id_of_slack(&channel, &['C', 'G']) => {
                table.fault("channel", ConfigProblem::NotAnIdOfSlack("channel"));
            }
            DeclaredSpace::Guild(_) if !is_id_of_discord(&channel) => {
                table.fault("channel", ConfigProblem::NotAnId("channel"));
            }
            _ => {}
        }
    }
    let mut needed = |key| table.required_value(key).unwrap_or_default();
    let (zone, time) = (needed("zone"), needed("time"));
    let schedule = DeclaredSchedule {
        line: reader.place(table.start()).line,
        space,
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

fn space(table: &mut Table<'_, ConfigProblem>) -> DeclaredSpace {
    let guild: Option<String> = table.value("guild");
    let workspace: Option<String> = table.value("workspace");
    match (guild, workspace) {
        (Some(guild), None) => {
            if !is_id_of_discord(&guild) {
                table.fault("guild", ConfigProblem::NotAnId("guild"));
            }
            DeclaredSpace::Guild(guild)
        }
        (None, Some(workspace)) => {
            if !is_id_of_slack(&workspace, &['T', 'E']) {
                table.fault("workspace", ConfigProblem::NotAnIdOfSlack("workspace"));
            }
            DeclaredSpace::Workspace(workspace)
        }
        (Some(_), Some(_)) => {
            table.fault("workspace", ConfigProblem::TwoSpaces);
            DeclaredSpace::Missing
        }
        (None, None) => {
            // One that is no text is told as such.
            if !table.has("guild") && !table.has("workspace") {
                table.fault("", ConfigProblem::NoSpace);
            }
            DeclaredSpace::Missing
        }
    }
}
