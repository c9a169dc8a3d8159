//! `/leaderboard`: who has the most points.

use super::definition::{Definition, Form};
use crate::app::card::Audience;
use crate::app::wording::period_choice;
use crate::rules::periods::Period;
use crate::slack::interactions::arguments::{Parameter, Takes};

pub(super) const LEADERBOARD: Definition = Definition {
    name: "leaderboard",
    takes: &[
        Parameter::new("period", Takes::Period),
        Parameter::new("topic", Takes::Topic).rest(),
        Parameter::new("page", Takes::Number),
    ],
    audience: Audience::Everyone,
    form: Form::Never,
    run: |call| {
        Box::pin(async move {
            let given = &call.arguments;
            let period = given.chosen("period", &Period::ALL, period_choice);
            let (period, topic) = (period.unwrap_or(Period::Week), given.get("topic"));
            let page = given.number("page").unwrap_or(1);
            let board = call.app.leaderboard(&call.caller, period, topic, page);
            board.await
        })
    },
};
