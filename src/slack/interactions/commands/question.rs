//! `/question`: a question for a topic, a tag, or any words.

use super::definition::{Definition, Form};
use crate::app::card::Audience;
use crate::app::wording::difficulty_choice;
use crate::model::Difficulty;
use crate::slack::interactions::arguments::{Parameter, Takes};

pub(super) const QUESTION: Definition = Definition {
    name: "question",
    takes: &[
        Parameter::new("query", Takes::Query).rest(),
        Parameter::new("difficulty", Takes::Difficulty),
    ],
    audience: Audience::Everyone,
    form: Form::Never,
    run: |call| {
        Box::pin(async move {
            let (query, given) = (call.arguments.get("query"), &call.arguments);
            let difficulty = given.chosen("difficulty", &Difficulty::ALL, difficulty_choice);
            call.app.question(&call.caller, query, difficulty).await
        })
    },
};
