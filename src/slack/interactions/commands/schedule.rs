//! `/schedule`: where and when dailies post, for admins.

use super::definition::{Call, Definition, Form};
use crate::app::Outcome;
use crate::app::card::Audience;
use crate::app::setting::ScheduleRequest;
use crate::app::skipping::DatesRequest;
use crate::model::ScheduleState;
use crate::slack::interactions::allowed;
use crate::slack::interactions::arguments::{Arguments, Parameter, Takes};

const SCHEDULE: Parameter = Parameter::new("schedule", Takes::Schedule);

pub(super) const SET: Definition = Definition {
    name: "schedule set",
    takes: &[
        Parameter::new("channel", Takes::Channel),
        Parameter::new("time", Takes::Time),
        Parameter::new("zone", Takes::Zone),
        Parameter::new("days", Takes::Days),
        Parameter::new("topics", Takes::Topics),
        Parameter::new("schedule", Takes::NewSchedule),
        Parameter::new("reveal", Takes::Reveal),
        Parameter::new("discuss", Takes::Flag),
    ],
    audience: Audience::Caller,
    form: Form::Usually,
    run: |call| {
        Box::pin(async move {
            let request = request(&call.arguments);
            let obstacle = async |channel, _| allowed::obstacle(&call.sender, &channel).await;
            call.app.set_schedule(&call.caller, request, obstacle).await
        })
    },
};

/// What was given, as the use-case takes it.
pub(crate) fn request(given: &Arguments) -> ScheduleRequest {
    ScheduleRequest {
        name: given.text("schedule"),
        channel: given.get("channel").map(Into::into),
        time: given.text("time"),
        zone: given.text("zone"),
        weekdays: given.text("days"),
        topics: given.text("topics"),
        reveal: given.text("reveal"),
        discuss: given.flag("discuss"),
    }
}

pub(super) const LIST: Definition = Definition {
    name: "schedule list",
    takes: &[],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| Box::pin(async move { call.app.list_schedules(&call.caller).await }),
};

pub(super) const PREVIEW: Definition = Definition {
    name: "schedule preview",
    takes: &[SCHEDULE.rest()],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| {
        Box::pin(async move {
            let schedule = call.arguments.get("schedule");
            call.app.preview_schedule(&call.caller, schedule).await
        })
    },
};

pub(super) const PAUSE: Definition = Definition {
    name: "schedule pause",
    takes: &[SCHEDULE.rest()],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| Box::pin(set_state(call, ScheduleState::Paused)),
};

pub(super) const RESUME: Definition = Definition {
    name: "schedule resume",
    takes: &[SCHEDULE.rest()],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| Box::pin(set_state(call, ScheduleState::Active)),
};

pub(super) const SKIP: Definition = Definition {
    name: "schedule skip",
    takes: &[
        Parameter::new("date", Takes::Dates).required().rest(),
        Parameter::new("until", Takes::Dates),
        SCHEDULE,
    ],
    audience: Audience::Caller,
    form: Form::AsNeeded,
    run: |call| {
        Box::pin(async move {
            let dates = dates(&call.arguments);
            call.app.skip_dates(&call.caller, dates).await
        })
    },
};

pub(super) const UNSKIP: Definition = Definition {
    name: "schedule unskip",
    takes: &[
        Parameter::new("date", Takes::SkippedDates)
            .required()
            .rest(),
        Parameter::new("until", Takes::SkippedDates),
        SCHEDULE,
    ],
    audience: Audience::Caller,
    form: Form::AsNeeded,
    run: |call| {
        Box::pin(async move {
            let dates = dates(&call.arguments);
            call.app.unskip_dates(&call.caller, dates).await
        })
    },
};

pub(super) const REMOVE: Definition = Definition {
    name: "schedule remove",
    takes: &[SCHEDULE.rest()],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| Box::pin(set_state(call, ScheduleState::Removed)),
};

fn dates(given: &Arguments) -> DatesRequest {
    DatesRequest {
        date: given.text("date").unwrap_or_default(),
        until: given.text("until"),
        schedule: given.text("schedule"),
    }
}

async fn set_state(call: Call, state: ScheduleState) -> Outcome {
    let name = call.arguments.get("schedule");
    let set = call.app.set_schedule_state(&call.caller, name, state);
    set.await
}
