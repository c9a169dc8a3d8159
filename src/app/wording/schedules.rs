//! What admins read of schedules.

use std::fmt::{self, Display, Formatter};

use super::super::obstacle::Obstacle;
use super::super::outcome::Refusal;
use super::super::text::{InstantStyle, Text};
use super::dates::date_of;
use super::doubt::waits_in_doubt;
use super::idiom::{INVITE_ME, Idiom, idiom};
use super::labels::{NO_SCHEDULE_YET, NOTHING_TO_CHANGE, WHICH_NAME, WHICH_SCHEDULE};
use super::lists::BREAK;
use super::questions::{topic_title, topic_titles};
use super::times::time;
use super::weekdays::weekdays;
use crate::bank::Bank;
use crate::model::{
    ChannelId, Daily, PlatformId, Reveal, Schedule, ScheduleSettings, ScheduleState, UnknownReveal,
};
use crate::rules::zones;
use chrono::{DateTime, NaiveDate, Utc};

pub(in crate::app) fn admins_only(platform: PlatformId) -> Refusal {
    Refusal::no(format!("Only {} can do that.", idiom(platform).admins))
}

/// To somebody of whom it isn't known whether they are one.
pub fn admin_unknown(platform: PlatformId) -> Refusal {
    let Idiom { name, admins, .. } = idiom(platform);
    Refusal::no(format!(
        "{name} didn't tell me whether you are one of the {admins}, so I did nothing. Try again in a minute. If it stays so, \
         the person who runs this bot finds the reason in its log."
    ))
}

impl Display for UnknownReveal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(written) = self;
        write!(
            f,
            "“{written}” isn't a time to reveal a verdict; use at-once or at-close"
        )
    }
}

pub(in crate::app) fn schedule_name(most: usize) -> Refusal {
    Refusal::neutral(
        WHICH_NAME,
        format!("A schedule's name has 1 to {most} characters, with a letter or digit among them."),
    )
}

pub(in crate::app) fn too_many_schedules(most: usize, platform: PlatformId) -> Refusal {
    let space = idiom(platform).space;
    Refusal::no(format!(
        "A {space} has at most {most} schedules. Change one of them by its name, or remove one \
         first with `/schedule remove`."
    ))
}

pub(in crate::app) const NO_SCHEDULE: &str =
    "There is no schedule yet. `/schedule set` with a channel, a time and a zone makes one.";

pub(in crate::app) fn no_schedule_yet() -> Refusal {
    Refusal::neutral(NO_SCHEDULE_YET, NO_SCHEDULE)
}

/// With the name that it may be a misspelling of.
pub(in crate::app) fn no_schedule(name: &str, near: Option<&str>) -> Refusal {
    let text = Text::from("There is no schedule called “").plain(name);
    let text = match near {
        Some(near) => text.md("”. Did you mean “").plain(near).md("”? "),
        None => text.md("”. "),
    };
    Refusal::neutral(
        WHICH_SCHEDULE,
        text.md("`/schedule list` shows all schedules; `/schedule set` makes another."),
    )
}

pub(in crate::app) fn which_schedule(schedules: &[Schedule]) -> Refusal {
    let names: Vec<&str> = schedules
        .iter()
        .map(|schedule| schedule.name.as_str())
        .collect();
    Refusal::neutral(
        WHICH_SCHEDULE,
        Text::from("Run it again with `schedule:` set to one of: ")
            .plain(names.join(", "))
            .md("."),
    )
}

pub(in crate::app) fn channel_does_not_do(channel: &ChannelId, obstacle: &Obstacle) -> Refusal {
    let text = Text::from("Nothing was changed: ");
    Refusal::no(match obstacle {
        Obstacle::Lacks(permissions) => text
            .md(format!("I don't have **{}** in ", permissions.join("**, **")))
            .channel(channel)
            .md(
                ". Give me that permission in the channel's settings, or choose another channel, and run \
                 the command again.",
            ),
        Obstacle::NotInvited => text.md("I'm not in ").channel(channel).md(format!(
            ". {}, or choose another channel, and run the command again.",
            INVITE_ME
        )),
        Obstacle::Archived => text
            .channel(channel)
            .md(" is archived. Choose another channel."),
        Obstacle::NoMessages => text
            .channel(channel)
            .md(" can't hold ordinary messages. Choose a text channel."),
        Obstacle::NoThreads => text
            .md("threads can't be started in ")
            .channel(channel)
            .md(". Choose a text channel, or set `discuss` to false."),
    })
}

/// With whose time they are in, where there are dates beside them.
pub(in crate::app) fn upcoming(state: ScheduleState, beside_dates: bool) -> &'static str {
    match (state, beside_dates) {
        (ScheduleState::Paused, false) => "Next dailies, once it is resumed",
        (ScheduleState::Paused, true) => "Next dailies, once it is resumed, in your time zone",
        (_, false) => "Next dailies",
        (_, true) => "Next dailies, in your time zone",
    }
}

pub(in crate::app) fn nothing_changed(platform: PlatformId) -> Text {
    let name_changes = idiom(platform).name_changes;
    format!("The schedule already has these settings. {name_changes}").into()
}

/// Said when today has had its daily and the schedule's time is still to come.
pub(in crate::app) fn today_taken(schedule: &Schedule, today: NaiveDate) -> Text {
    format!(
        "The daily of {} has already been posted. A schedule posts at most once a day, so the next one comes on \
         a later date.",
        date_of(schedule, today)
    )
    .into()
}

/// To admins who set this time, which may be read as the end of the day.
pub(in crate::app) const AT_MIDNIGHT: &str =
    "00:00 is the start of the day: a Monday's daily is posted in the night from Sunday to Monday.";

/// What the open daily has of the settings before, where a change of them leaves it as it is.
pub(in crate::app) fn open_daily_keeps(
    bank: &Bank,
    daily: &Daily,
    before: &Schedule,
    after: &Schedule,
) -> Option<Text> {
    let name = after.name.replace('`', "");
    let (before, after) = (&before.settings, &after.settings);
    let moved = before.channel != after.channel && daily.channel != after.channel;
    let outside = !after.topics.is_empty() && !after.topics.contains(&daily.topic);
    let outside = before.topics != after.topics && outside;
    let reveals = before.reveal != after.reveal && daily.reveal != after.reveal;
    let kept = [
        moved.then(|| Text::from("in ").channel(&daily.channel)),
        outside.then(|| Text::from("about ").plain(topic_title(bank, &daily.topic))),
        reveals.then(|| format!("with verdicts {}", reveal(daily.reveal)).into()),
    ];
    let kept = kept.into_iter().flatten();
    let kept = kept.reduce(|text, next: Text| text.md(", ").then(next))?;
    let text = Text::from("The open daily stays as it was posted: ").then(kept);
    Some(match outside {
        true => text.md(format!(
            ". `/daily replace schedule:{name}` gives it another question."
        )),
        false => text.md("."),
    })
}

/// To admins who changed a schedule without naming it, if that moved it or gave `all` that a new one needs.
pub(in crate::app) fn changed_unnamed(
    before: &Schedule,
    after: &Schedule,
    all: bool,
) -> Option<Text> {
    let (from, to) = (&before.settings.channel, &after.settings.channel);
    if before.settings == after.settings || (from == to && !all) {
        return None;
    }
    let mut text = Text::from("“").plain(&after.name);
    if from == to {
        text = text.md("” is changed. ");
    } else {
        text = text.md("” has moved from ").channel(from);
        text = text.md(" to ").channel(to).md(". ");
    }
    Some(text.md(
        "If you wanted a second schedule instead, give it a name: `/schedule set schedule:second`, with a \
         channel, a time and a zone.",
    ))
}

/// What has changed about a schedule, a line each: old → new.
pub(in crate::app) fn changes(
    bank: &Bank,
    before: &ScheduleSettings,
    after: &ScheduleSettings,
) -> Vec<Text> {
    let of = |settings: &ScheduleSettings| {
        let timetable = &settings.timetable;
        [
            ("Channel", Text::new().channel(&settings.channel)),
            ("Days", weekdays(timetable.weekdays).into()),
            ("Time", time(timetable.time).into()),
            ("Zone", zones::shown(timetable.zone).into()),
            ("Topics", topic_titles(bank, &settings.topics).into()),
            ("Verdicts", reveal(settings.reveal).into()),
            ("Talked over", talked_over(settings.discuss).into()),
        ]
    };
    let both = of(before).into_iter().zip(of(after));
    both.filter(|((_, before), (_, after))| before != after)
        .map(|((name, before), (_, after))| {
            let text = Text::from(format!("{name}: ")).then(before);
            text.md(" → ").then(after)
        })
        .collect()
}

fn reveal(reveal: Reveal) -> &'static str {
    match reveal {
        Reveal::AtOnce => "at once",
        Reveal::AtClose => "when a daily closes",
    }
}

fn talked_over(discuss: bool) -> &'static str {
    if discuss {
        "each closed daily with an answer, in a thread"
    } else {
        "nothing"
    }
}

/// One below the other.
pub(in crate::app) fn lines(lines: Vec<Text>) -> Text {
    let mut lines = lines.into_iter();
    let first = lines.next().unwrap_or_default();
    lines.fold(first, |text, line| text.md(BREAK).then(line))
}

pub(in crate::app) fn schedule(
    bank: &Bank,
    schedule: &Schedule,
    next: Option<DateTime<Utc>>,
) -> Text {
    let settings = &schedule.settings;
    let timetable = &settings.timetable;
    let topics = topic_titles(bank, &settings.topics);
    let text = Text::new().channel(&settings.channel).md(format!(
        " · {} · {} {} · {topics}",
        weekdays(timetable.weekdays),
        time(timetable.time),
        zones::shown(timetable.zone),
    ));
    let text = match settings.reveal {
        Reveal::AtClose => text.md(format!("{BREAK}Verdicts are shown when a daily closes.")),
        Reveal::AtOnce => text,
    };
    let idiom = idiom(schedule.space.platform());
    let text = if settings.discuss {
        text.md(format!(
            "{BREAK}A closed daily that somebody answered {}.",
            idiom.talked_over
        ))
    } else {
        text
    };
    if let Some(damage) = &schedule.damage {
        return text
            .md(format!(
                "{BREAK}It posts nothing, since its `{}` can't be read: “",
                damage.column
            ))
            .plain(&damage.value)
            .md("”. Set it anew with `/schedule set`.");
    }
    if let Some(suspension) = &schedule.suspension {
        if suspension.in_doubt {
            return text.then(waits_in_doubt(suspension, schedule.space.platform()));
        }
        return text
            .md(format!(
                "{BREAK}Waiting: I can't post there. {} says “",
                idiom.name
            ))
            .plain(&suspension.why)
            .md(format!(
                "”. {}, or set another; trying again ",
                idiom.let_me_post
            ))
            .instant(suspension.until, InstantStyle::Relative);
    }
    match (schedule.state, next) {
        (ScheduleState::Paused, _) => text.md("\nPaused: `/schedule resume` starts it again."),
        (_, Some(next)) => text.md("\nNext: ").instant(next, InstantStyle::Full),
        _ => text,
    }
}

pub(in crate::app) fn schedule_damaged(name: &str) -> Text {
    Text::from("The schedule “").plain(name).md(
        "” can't be read, so it posts nothing: `/schedule list` says what is wrong with it. Set it anew with \
         `/schedule set`; what it has asked and everybody's streaks are kept.",
    )
}

/// To admins who want it to post.
pub(in crate::app) fn refuse_damaged(name: &str) -> Refusal {
    Refusal::no(schedule_damaged(name))
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

pub(in crate::app) fn state_is_so(schedule: &Schedule) -> Refusal {
    let is = if schedule.state == ScheduleState::Paused {
        "paused"
    } else {
        "running"
    };
    Refusal::neutral(
        NOTHING_TO_CHANGE,
        Text::from("The schedule “")
            .plain(&schedule.name)
            .md(format!("” is already {is}.")),
    )
}

/// With when its next daily is due.
pub(in crate::app) fn state_set(schedule: &Schedule, next: Option<DateTime<Utc>>) -> Text {
    let text = Text::from("“")
        .plain(&schedule.name)
        .md("” in ")
        .channel(&schedule.settings.channel);
    if let (ScheduleState::Active, Some(next)) = (schedule.state, next) {
        return text
            .md(" posts again, next ")
            .instant(next, InstantStyle::Full)
            .md(".");
    }
    text.md(match schedule.state {
        ScheduleState::Active => " posts again.",
        ScheduleState::Paused => " posts nothing until you resume it. Streaks are not affected.",
        ScheduleState::Removed => {
            " has been removed, and its daily is closed if one was open. If you set it again, its streaks \
             come back; its days, topics, `reveal`, `discuss`, skipped dates and queue do not."
        }
    })
}

/// Below a schedule that has not posted today: how it does. With its name where there are others.
pub(in crate::app) fn schedule_set_footer(name: &str, others: bool) -> String {
    format!(
        "{} posts today's question at once",
        post_command(name, others)
    )
}

/// To admins who have a schedule post again after the time of day at which it would have posted.
pub(in crate::app) fn missed_today(schedule: &Schedule, today: NaiveDate, others: bool) -> Text {
    let command = post_command(&schedule.name, others).replace('`', "");
    format!(
        "The daily of {} has not been posted, and its time has passed. `{command}` posts it now.",
        date_of(schedule, today)
    )
    .into()
}

fn post_command(name: &str, others: bool) -> String {
    let which = if others {
        format!(" schedule:{name}")
    } else {
        String::new()
    };
    format!("/daily post{which}")
}

/// Where no other follows in time, or none that is posted.
pub(in crate::app) fn open_daily_closes(at: DateTime<Utc>) -> Text {
    Text::from("The open daily closes ")
        .instant(at, InstantStyle::Full)
        .md(".")
}
