//! What members read of lookups.

use super::super::text::Text;
use crate::bank::Difficulty;

pub(in crate::app) fn nothing_found(query: &str) -> Text {
    Text::from("I found nothing for “")
        .plain(query)
        .md("”. Try other words, or see /topics.")
}

pub(in crate::app) fn none_of_difficulty(
    query: Option<&str>,
    difficulty: Option<Difficulty>,
) -> Text {
    let difficulty = difficulty.map(|d| format!("{d} ")).unwrap_or_default();
    let text = Text::from(format!("There is no {difficulty}question"));
    let text = match query {
        Some(query) => text.md(" for “").plain(query).md("”"),
        None => text,
    };
    text.md(". Leave the difficulty out to see the others.")
}

pub(in crate::app) fn corrected(query: &str, to: &str) -> Text {
    Text::from("Nothing is called “")
        .plain(query)
        .md("”; this is for ")
        .md(format!("**{to}**."))
}

pub(in crate::app) fn unknown_topic(topic: &str, near: Option<&str>) -> Text {
    let text = Text::from("There is no topic “").plain(topic).md("”. ");
    match near {
        Some(near) => text.md(format!("Did you mean **{near}**?")),
        None => text.md("See /topics for those there are."),
    }
}

pub(in crate::app) fn question_gone() -> Text {
    "This question is not in the bank any more. See /topics for others.".into()
}

pub(in crate::app) fn answer_the_daily_first() -> Text {
    "This is the question of an open daily, here or in another server of yours. Answer the daily \
     first; once you have its verdict, or it has closed, you can see everything about it."
        .into()
}

/// What an author reads above a question as a lookup shows it.
pub(in crate::app) const LOOKED_UP: &str = "Looked up";

/// What an author reads above a quiz as a daily, open and closed.
pub(in crate::app) fn quiz_captions(position: usize, count: usize) -> (String, String) {
    let which = if count > 1 {
        format!(" by quiz {} of {count}", position + 1)
    } else {
        String::new()
    };
    (format!("As a daily{which}"), format!("Closed{which}"))
}
