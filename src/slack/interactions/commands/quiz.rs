//! `/quiz`: practice that only the member sees.

use super::definition::{Definition, Form};
use crate::app::card::Audience;
use crate::app::wording::difficulty_choice;
use crate::model::Difficulty;
use crate::slack::interactions::arguments::{Parameter, Takes};

pub(super) const QUIZ: Definition = Definition {
    name: "quiz",
    takes: &[
        Parameter::new("topic", Takes::Topic).rest(),
        Parameter::new("count", Takes::Number),
        Parameter::new("difficulty", Takes::Difficulty),
    ],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| {
        Box::pin(async move {
            let given = &call.arguments;
            let (topic, count) = (given.get("topic"), given.number("count"));
            let difficulty = given.chosen("difficulty", &Difficulty::ALL, difficulty_choice);
            let quiz = call.app.start_quiz(&call.caller, topic, count, difficulty);
            quiz.await
        })
    },
};
