//! What hosts read of schedules, and members of their data.

use super::super::text::{InstantStyle, Text};
use super::BREAK;
use super::counted;
use crate::store::{Reveal, Schedule, ScheduleState};
use chrono::{DateTime, Utc};

pub(in crate::app) fn hosts_only() -> Text {
    "Only members who may manage this server can do that.".into()
}

/// What a member typed and the parser refused, in the parser's words.
pub fn not_understood(error: &dyn std::fmt::Display) -> Text {
    Text::new().plain(error.to_string())
}

pub(in crate::app) fn schedule_name(most: usize) -> Text {
    format!("A schedule's name has 1 to {most} characters.").into()
}

pub(in crate::app) fn too_many_schedules(most: usize) -> Text {
    format!(
        "A server has at most {most} schedules. Change one of them by its name, or remove one \
         first with `/schedule remove`."
    )
    .into()
}

pub(in crate::app) fn no_schedule(name: Option<&str>) -> Text {
    let text = match name {
        Some(name) => Text::from("There is no schedule called “")
            .plain(name)
            .md("”. "),
        None => Text::from("There is no schedule yet. "),
    };
    text.md("Set one with `/schedule set`; `/schedule list` shows those there are.")
}

pub(in crate::app) fn which_schedule(schedules: &[Schedule]) -> Text {
    let names: Vec<&str> = schedules
        .iter()
        .map(|schedule| schedule.name.as_str())
        .collect();
    Text::from("Which schedule? Name one of: ")
        .plain(names.join(", "))
        .md(".")
}

pub(in crate::app) fn schedule(schedule: &Schedule, next: Option<DateTime<Utc>>) -> Text {
    let settings = &schedule.settings;
    let timetable = &settings.timetable;
    let topics = match settings.topics.as_slice() {
        [] => "all topics".to_owned(),
        topics => topics.join(", "),
    };
    let text = Text::new().channel(&settings.channel).md(format!(
        " · {} · {} {} · {topics}",
        timetable.weekdays,
        timetable.time.format("%H:%M"),
        timetable.zone.name().replace('_', " "),
    ));
    let text = match settings.reveal {
        Reveal::AtClose => text.md(format!("{BREAK}Verdicts are shown when a daily closes.")),
        Reveal::AtOnce => text,
    };
    let text = if settings.discuss {
        text.md(format!(
            "{BREAK}A closed daily gets a thread to talk it over."
        ))
    } else {
        text
    };
    if let Some(suspension) = &schedule.suspension {
        return text
            .md(format!(
                "{BREAK}Waiting: I can't post there. Discord says “"
            ))
            .plain(&suspension.why)
            .md("”. Let me see and write in the channel, or set another; trying again ")
            .instant(suspension.until, InstantStyle::Relative);
    }
    match (schedule.state, next) {
        (ScheduleState::Paused, _) => text.md("\nPaused: `/schedule resume` starts it again."),
        (_, Some(next)) => text.md("\nNext: ").instant(next, InstantStyle::Relative),
        _ => text,
    }
}

pub(in crate::app) fn instants(instants: &[DateTime<Utc>]) -> Text {
    instants.iter().fold(Text::new(), |text, at| {
        text.md("- ").instant(*at, InstantStyle::Full).md("\n")
    })
}

pub(in crate::app) fn state_title(state: ScheduleState) -> &'static str {
    match state {
        ScheduleState::Active => "Schedule resumed",
        ScheduleState::Paused => "Schedule paused",
        ScheduleState::Removed => "Schedule removed",
    }
}

pub(in crate::app) fn state_is_so(schedule: &Schedule) -> Text {
    let is = if schedule.state == ScheduleState::Paused {
        "paused"
    } else {
        "running"
    };
    Text::from("The schedule “")
        .plain(&schedule.name)
        .md(format!("” is {is} already."))
}

pub(in crate::app) fn state_set(schedule: &Schedule) -> Text {
    let text = Text::from("“")
        .plain(&schedule.name)
        .md("” in ")
        .channel(&schedule.settings.channel);
    text.md(match schedule.state {
        ScheduleState::Active => " posts again.",
        ScheduleState::Paused => " posts nothing until you resume it. Streaks do not break.",
        ScheduleState::Removed => {
            " is gone; its open daily closes. Setting it again brings its streaks back."
        }
    })
}

pub(in crate::app) fn deleted(rows: usize) -> Text {
    let were = if rows == 1 { "was" } else { "were" };
    format!("Done: {} about you {were} removed.", counted(rows, "row")).into()
}
