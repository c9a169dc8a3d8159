//! What is in a form when it opens: what was typed, and else how things are.

use chrono::Weekday;
use slack_morphism::blocks::{SlackBlock, SlackView};

use super::fields::{Field, capitalised};
use super::view::{Kept, blocks, form, section};
use crate::app::wording::{self, Mistyped};
use crate::app::{Error, Library};
use crate::model::{PlatformId, Schedule};
use crate::rules::timetable::parse_zone;
use crate::slack::interactions::arguments::{Arguments, Takes};
use crate::slack::interactions::commands::{Definition, name_in};
use crate::slack::interactions::payloads::Command;
use crate::slack::interactions::{Data, respond};
use crate::slack::rendering::called;

/// A command's form as it opens.
///
/// # Errors
/// A refusal for those who may not do that, or the store's error.
pub(super) async fn filled(
    data: &Data,
    command: &Command,
    definition: &'static Definition,
    mut given: Arguments,
    mistyped: &[Mistyped],
) -> Result<SlackView, Error> {
    let caller = respond::admin(data, &command.user).await?;
    let schedules = data.app.schedules(&caller).await?;
    if definition
        .takes
        .iter()
        .any(|parameter| parameter.takes == Takes::NewSchedule)
    {
        let person = data.sender.person(&command.user).await;
        let zone = person.ok().and_then(|person| person.zone);
        // Nobody is to post here who named another channel in a way that can't be read.
        let unread = |one: &Mistyped| match one {
            Mistyped::NoValue { name, .. } => *name == "channel",
            _ => false,
        };
        let channel = match mistyped.iter().any(unread) {
            true => "",
            false => &command.channel,
        };
        complete(&mut given, &schedules, channel, zone.as_deref());
    }
    let told = match mistyped {
        [] => Vec::new(),
        several => blocks(&wording::not_in_the_form(several), &data.settings.commands),
    };
    let channel = command.channel.clone();
    let names = names(&schedules);
    Ok(shown(
        data,
        definition,
        (&given, &names),
        Kept { channel },
        told,
    ))
}

/// A command's form with that in its fields, and something to read above them.
pub(super) fn shown(
    data: &Data,
    definition: &'static Definition,
    (given, schedules): (&Arguments, &[String]),
    kept: Kept,
    told: Vec<SlackBlock>,
) -> SlackView {
    let title = name_in(definition, &data.settings.commands);
    let submit = capitalised(definition.subcommand().unwrap_or(definition.name));
    let described = definition.described();
    let library = data.app.library();
    let mut blocks = told;
    let described_here = called(
        &described.text_on(PlatformId::Slack),
        &data.settings.commands,
    );
    blocks.push(section(&described_here));
    for parameter in definition.takes {
        // With one there is nothing to choose.
        if parameter.takes == Takes::Schedule && schedules.len() < 2 {
            continue;
        }
        let mut options = described.options.iter();
        let about = options.find(|(name, _)| *name == parameter.name);
        let field = Field {
            parameter: *parameter,
            about: about.map_or("", |(_, text)| text),
            value: given.get(parameter.name),
            schedules,
            label: &|value| label(&library, parameter.takes, value),
        };
        blocks.push(field.block());
    }
    form((&title, definition.name, &submit), &kept, blocks)
}

/// The names of schedules.
pub(super) fn names(schedules: &[Schedule]) -> Vec<String> {
    schedules
        .iter()
        .map(|schedule| schedule.name.clone())
        .collect()
}

/// What is shown of a value.
fn label(library: &Library, takes: Takes, value: &str) -> String {
    let shown = match takes {
        Takes::Topics => library.bank.topic(value).map(|topic| topic.title.clone()),
        _ => None,
    };
    shown.unwrap_or_else(|| value.to_owned())
}

/// Adds what wasn't typed to a schedule's settings: as the schedule is, or as most new ones are, in `channel`.
fn complete(given: &mut Arguments, there: &[Schedule], channel: &str, zone: Option<&str>) {
    let named = given.get("schedule").map(|name| name.trim().to_lowercase());
    let before = match (&named, there) {
        (Some(named), there) => there.iter().find(|schedule| schedule.name == *named),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let mut known = Arguments::default();
    match before {
        Some(before) => describe(&mut known, before),
        None => {
            if channel.starts_with(['C', 'G']) {
                known.set("channel", channel);
            }
            if let Some(zone) = zone.and_then(|zone| parse_zone(zone).ok()) {
                known.set("zone", zone.name());
            }
            known.set("days", "every day");
            known.set("discuss", false.to_string());
        }
    }
    given.complete(known);
}

/// A schedule's settings, as they would be typed.
fn describe(known: &mut Arguments, schedule: &Schedule) {
    let (settings, timetable) = (&schedule.settings, &schedule.settings.timetable);
    if schedule.space.platform() == PlatformId::Slack {
        known.set("channel", settings.channel.0.as_str());
    }
    known.set("schedule", schedule.name.as_str());
    known.set("time", timetable.time.format("%H:%M").to_string());
    known.set("zone", timetable.zone.name());
    let week = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7);
    let days = week.filter(|day| timetable.weekdays.contains(*day));
    let days: Vec<String> = days.map(|day| day.to_string()).collect();
    known.set("days", days.join(", "));
    known.set("topics", settings.topics.join(", "));
    known.set("reveal", settings.reveal.as_str());
    known.set("discuss", settings.discuss.to_string());
}
