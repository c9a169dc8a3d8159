//! `/schedule`: where and when dailies post, for admins.

use super::definition::{Call, Definition, Form, Run};
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

/// The name of a schedule, which may be several words.
const NAMED: &[Parameter] = &[SCHEDULE.rest()];
/// Dates on which a daily would be posted, and on which none is to be.
const DATES: &[Parameter] = &dated(Takes::Dates);
const SKIPPED: &[Parameter] = &dated(Takes::SkippedDates);

pub(super) const LIST: Definition = told("schedule list", &[], |call| {
    Box::pin(async move { call.app.list_schedules(&call.caller).await })
});

pub(super) const PREVIEW: Definition = told("schedule preview", NAMED, |call| {
    Box::pin(async move {
        let schedule = call.arguments.get("schedule");
        call.app.preview_schedule(&call.caller, schedule).await
    })
});

pub(super) const PAUSE: Definition = told("schedule pause", NAMED, |call| {
    Box::pin(set_state(call, ScheduleState::Paused))
});

pub(super) const RESUME: Definition = told("schedule resume", NAMED, |call| {
    Box::pin(set_state(call, ScheduleState::Active))
});

pub(super) const REMOVE: Definition = told("schedule remove", NAMED, |call| {
    Box::pin(set_state(call, ScheduleState::Removed))
});

pub(super) const SKIP: Definition = asked("schedule skip", DATES, |call| {
    Box::pin(async move {
        let dates = dates(&call.arguments);
        call.app.skip_dates(&call.caller, dates).await
    })
});

pub(super) const UNSKIP: Definition = asked("schedule unskip", SKIPPED, |call| {
    Box::pin(async move {
        let dates = dates(&call.arguments);
        call.app.unskip_dates(&call.caller, dates).await
    })
});

const fn dated(takes: Takes) -> [Parameter; 3] {
    [
        Parameter::new("date", takes).required().rest(),
        Parameter::new("until", takes),
        SCHEDULE,
    ]
}

/// A command that needs no form.
const fn told(name: &'static str, takes: &'static [Parameter], run: Run) -> Definition {
    Definition {
        name,
        takes,
        audience: Audience::Caller,
        form: Form::Never,
        run,
    }
}

/// A command that asks in a form for what is missing.
const fn asked(name: &'static str, takes: &'static [Parameter], run: Run) -> Definition {
    Definition {
        form: Form::AsNeeded,
        ..told(name, takes, run)
    }
}

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
