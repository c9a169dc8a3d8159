//! What members read of lookups.

use super::super::card::cut;
use super::super::outcome::Refusal;
use super::super::text::Text;
use super::idiom::idiom;
use super::labels::{GONE, NOTHING_FOUND, WHICH_TOPIC};
use super::questions::{difficulty, of_difficulty};
use crate::model::{Difficulty, PlatformId, Question, Topic};

pub(in crate::app) fn nothing_found(query: &str) -> Refusal {
    Refusal::neutral(
        NOTHING_FOUND,
        Text::from("I found nothing for “")
            .plain(shortened(query))
            .md("”. Try other words, or see /topics."),
    )
}

pub(in crate::app) fn none_of_difficulty(
    query: Option<&str>,
    difficulty: Option<Difficulty>,
) -> Refusal {
    let difficulty = of_difficulty(difficulty);
    let text = Text::from(format!("There is no {difficulty}question"));
    let text = match query {
        Some(query) => text.md(" for “").plain(shortened(query)).md("”"),
        None => text,
    };
    Refusal::neutral(
        NOTHING_FOUND,
        text.md(". Leave the difficulty out to see the others."),
    )
}

/// Over results: for what of the query, if it was misspelt or its words ask for a difficulty.
pub(in crate::app) fn results_for(query: &str, difficulty: Option<Difficulty>) -> Text {
    let what = match difficulty {
        Some(difficulty) => format!("{} questions", self::difficulty(difficulty)),
        None => "results".to_owned(),
    };
    let text = Text::from(format!("Showing {what} for **"));
    text.plain(shortened(query)).md("**.")
}

/// The title over questions that are only near.
pub(in crate::app) const NOTHING_FITS: &str = "Nothing fits well";

/// What a menu of questions says that are only near.
pub(in crate::app) const NEAR_MATCHES: &str = "Show one of these";

/// That nothing fits, and what is nearest.
pub(in crate::app) fn only_near(query: &str, corrected: Option<&str>, near: &[&Question]) -> Text {
    let mut text = Text::from("I have no question about “")
        .plain(shortened(query))
        .md("”");
    if let Some(corrected) = corrected {
        text = text.md(", nor about **").plain(corrected).md("**");
    }
    text = text.md(". The closest are:\n");
    for question in near {
        text = text.md("\n- ").md(&question.prompt);
    }
    text.md("\n\nTry other words, or see /topics.")
}

/// The beginning of a query, which is all that a reader needs.
fn shortened(query: &str) -> String {
    cut(query, 100)
}

/// With the topics nearest to it.
pub(in crate::app) fn unknown_topic(topic: &str, near: &[&Topic]) -> Refusal {
    let text = Text::from("There is no topic “")
        .plain(shortened(topic))
        .md("”. ");
    Refusal::neutral(
        WHICH_TOPIC,
        match near {
            [] => text.md("/topics shows all topics."),
            several => text.md("Did you mean ").plain(titles(several)).md("?"),
        },
    )
}

fn titles(topics: &[&Topic]) -> String {
    let titles = topics.iter().map(|topic| topic.title.as_str());
    titles.collect::<Vec<_>>().join(", ")
}

/// For a list with nothing but commas.
pub(in crate::app) fn no_topic_named() -> Refusal {
    Refusal::neutral(
        WHICH_TOPIC,
        "Name at least one topic, or “all” for every topic. /topics shows all topics.",
    )
}

/// For words that are in the titles of several topics.
pub(in crate::app) fn several_topics(typed: &str, topics: &[&Topic]) -> Refusal {
    Refusal::neutral(
        WHICH_TOPIC,
        Text::from("“")
            .plain(shortened(typed))
            .md("” could mean several topics. Name the one you mean: ")
            .plain(titles(topics)),
    )
}

pub(in crate::app) fn question_gone() -> Refusal {
    Refusal::neutral(
        GONE,
        "This question is no longer in the bank. See /topics for others.",
    )
}

/// Why a question is withheld, and how long. Whoever has `answered` its daily, and may have deleted the answer, can give
/// no other first one.
pub(in crate::app) fn until_the_verdict(platform: PlatformId, answered: bool) -> Text {
    let elsewhere = idiom(platform).elsewhere;
    let until = match answered {
        true => "You have answered it; once it has closed, you can see everything about it.",
        false => {
            "Answer the daily first; once you have its verdict, or it has closed, you can see everything about it."
        }
    };
    format!("This is the question of an open daily, {elsewhere}. {until}").into()
}

/// To members who ask for its answer.
pub(in crate::app) fn refuse_withheld(platform: PlatformId, answered: bool) -> Refusal {
    Refusal::no(until_the_verdict(platform, answered))
}

/// Shown for a question without a model answer: the right options of its quizzes, and why they are right.
pub(in crate::app) fn right_options(question: &Question) -> Text {
    let mut text = Text::new();
    for (index, quiz) in question.quizzes.iter().enumerate() {
        let Some(right) = quiz.options.get(quiz.right()) else {
            continue;
        };
        if index > 0 {
            text = text.md("\n\n");
        }
        // The card's title asks the same.
        if question.quizzes.len() > 1 || quiz.prompt != question.prompt {
            text = text.line(&quiz.prompt).md("\n");
        }
        text = text.md("✅ ").strong(&right.text);
        if !right.why.is_empty() {
            text = text.md("\n").line(&right.why);
        }
    }
    text
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
