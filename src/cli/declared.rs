//! The schedules that the configuration declares, read the way an admin's commands are, and all that is wrong with them.

use std::collections::HashMap;

use greenroom::app::Library;
use greenroom::app::setting::{MOST, ScheduleRequest, schedule_name};
use greenroom::app::wording;
use greenroom::config::{Config, DeclaredSchedule, DeclaredSpace};
use greenroom::model::{PlatformId, ScheduleSettings, SpaceId};

use super::tokens::Tokens;

/// A schedule to be set.
pub struct Declared {
    pub space: SpaceId,
    pub name: String,
    pub settings: ScheduleSettings,
}

/// The schedules without a fault, and every fault of the others, with its line. Missing keys are reported with the
/// settings.
pub fn read(config: &Config, library: &Library) -> (Vec<Declared>, Vec<String>) {
    let (mut declared, mut faults) = (Vec::new(), Vec::new());
    let mut names = Names::default();
    for schedule in &config.schedules {
        let parts = parts(schedule).into_iter();
        let mut found: Vec<String> = parts
            .filter_map(|part| library.check_part(part).err())
            .map(|error| error.to_string())
            .collect();
        found.extend(names.taken(schedule));
        if let Some(space) = space(schedule).filter(|_| found.is_empty() && is_whole(schedule)) {
            match library.read_request(request(schedule)) {
                Ok((name, settings)) => declared.push(Declared {
                    space,
                    name,
                    settings,
                }),
                Err(error) => found.push(error.to_string()),
            }
        }
        let found = found.into_iter();
        faults.extend(found.map(|fault| wording::at_schedule(schedule.line, fault)));
    }
    (declared, faults)
}

/// The schedules on a platform for which there is no token, while there is one for another.
pub fn idle(config: &Config, tokens: &Tokens) -> Vec<String> {
    let on = |platform| match platform {
        PlatformId::Discord => tokens.discord.is_some(),
        PlatformId::Slack => !tokens.slack.is_empty(),
    };
    let any = on(PlatformId::Discord) || on(PlatformId::Slack);
    let schedules = config.schedules.iter().filter(|_| any);
    let idle = schedules.filter_map(|schedule| {
        let platform = space(schedule)?.platform();
        let told = || wording::at_schedule(schedule.line, wording::no_token_to_post(platform));
        (!on(platform)).then(told)
    });
    idle.collect()
}

/// Where a schedule posts. `None`: it doesn't say, which is reported with the settings.
fn space(schedule: &DeclaredSchedule) -> Option<SpaceId> {
    match &schedule.space {
        DeclaredSpace::Missing => None,
        DeclaredSpace::Guild(id) => Some(SpaceId::discord(id)),
        DeclaredSpace::Workspace(id) => Some(SpaceId::new(PlatformId::Slack, id)),
    }
}

/// The names declared so far in each space, with their lines.
#[derive(Default)]
struct Names(HashMap<SpaceId, HashMap<String, usize>>);

impl Names {
    /// Why a space can't have this schedule as well as the earlier ones, if it can't.
    fn taken(&mut self, schedule: &DeclaredSchedule) -> Option<String> {
        // A faulty name or space is reported as such.
        let name = schedule_name(schedule.name.as_deref()).ok()?;
        let space = space(schedule)?;
        let platform = space.platform();
        let there = self.0.entry(space).or_default();
        if let Some(line) = there.get(&name) {
            return Some(wording::schedule_name_taken(&name, *line, platform));
        }
        there.insert(name, schedule.line);
        (there.len() == MOST + 1).then(|| wording::one_schedule_more(MOST, platform))
    }
}

/// Each thing that a schedule declares, separately, so that no fault hides another.
fn parts(schedule: &DeclaredSchedule) -> Vec<ScheduleRequest> {
    let whole = request(schedule);
    let written = |text: Option<String>| text.filter(|text| !text.is_empty());
    let nothing = ScheduleRequest::default;
    let mut parts = vec![
        ScheduleRequest {
            name: whole.name,
            ..nothing()
        },
        ScheduleRequest {
            time: written(whole.time),
            ..nothing()
        },
        ScheduleRequest {
            zone: written(whole.zone),
            ..nothing()
        },
        ScheduleRequest {
            weekdays: whole.weekdays,
            ..nothing()
        },
        ScheduleRequest {
            reveal: whole.reveal,
            ..nothing()
        },
    ];
    parts.extend(schedule.topics.iter().map(|topic| ScheduleRequest {
        topics: Some(topic.clone()),
        ..nothing()
    }));
    parts
}

/// Whether it has what every schedule needs. Missing keys are reported with the settings.
fn is_whole(schedule: &DeclaredSchedule) -> bool {
    let needed = [&schedule.channel, &schedule.zone, &schedule.time];
    needed.iter().all(|text| !text.is_empty())
}

/// A declared schedule as an admin would type it.
fn request(schedule: &DeclaredSchedule) -> ScheduleRequest {
    ScheduleRequest {
        name: schedule.name.clone(),
        channel: Some(schedule.channel.as_str().into()),
        time: Some(schedule.time.clone()),
        zone: Some(schedule.zone.clone()),
        weekdays: schedule.weekdays.clone(),
        topics: (!schedule.topics.is_empty()).then(|| schedule.topics.join(",")),
        reveal: schedule.reveal.clone(),
        discuss: Some(schedule.discuss),
    }
}
