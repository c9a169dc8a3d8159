//! `/daily`: the daily question, for admins.

use super::definition::{Definition, Form};
use crate::app::card::Audience;
use crate::slack::interactions::arguments::{Parameter, Takes};

const SCHEDULE: Parameter = Parameter::new("schedule", Takes::Schedule);

pub(super) const POST: Definition = Definition {
    name: "daily post",
    takes: &[SCHEDULE.rest()],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| {
        Box::pin(async move {
            let schedule = call.arguments.get("schedule");
            call.app.post_now(&call.caller, schedule).await
        })
    },
};

pub(super) const QUEUE: Definition = Definition {
    name: "daily queue",
    takes: &[
        Parameter::new("question", Takes::Question)
            .required()
            .rest(),
        SCHEDULE,
    ],
    audience: Audience::Caller,
    form: Form::AsNeeded,
    run: |call| {
        Box::pin(async move {
            let question = call.arguments.get("question").unwrap_or_default();
            let schedule = call.arguments.get("schedule");
            let queued = call.app.queue_question(&call.caller, question, schedule);
            queued.await
        })
    },
};

pub(super) const REPLACE: Definition = Definition {
    name: "daily replace",
    takes: &[SCHEDULE.rest()],
    audience: Audience::Caller,
    form: Form::Usually,
    run: |call| {
        Box::pin(async move {
            let schedule = call.arguments.get("schedule");
            call.app.replace_daily(&call.caller, schedule).await
        })
    },
};
