//! What members read of quizzes.

use super::super::outcome::Refusal;
use super::super::text::Text;
use super::labels::{GONE, HOW_MANY, NOTHING_MISSED, NOTHING_TO_ASK};
use super::questions::{letter, of_difficulty};
use crate::model::{Difficulty, Quiz};

/// The button that starts a quiz.
pub const START_A_QUIZ: &str = "Start a quiz";

pub(in crate::app) fn quiz_count(most: i64) -> Refusal {
    Refusal::neutral(
        HOW_MANY,
        format!("A quiz has 1 to {most} questions. Please choose a count in between."),
    )
}

/// Over a quiz that is shorter than was asked for; the topic is its title.
pub(in crate::app) fn all_there_are(
    count: usize,
    topic: Option<&str>,
    difficulty: Option<Difficulty>,
) -> Text {
    let difficulty = of_difficulty(difficulty);
    let noun = if count == 1 { "question" } else { "questions" };
    let what = match count {
        1 => "This is the only".to_owned(),
        count => format!("These {count} are all the"),
    };
    let text = Text::from(format!("{what} {difficulty}{noun}"));
    let text = match topic {
        Some(topic) => text.md(" in “").plain(topic).md("”"),
        None => text,
    };
    text.md(" that I can ask you now.")
}

pub(in crate::app) fn no_quiz(topic: Option<&str>, difficulty: Option<Difficulty>) -> Refusal {
    let difficulty = of_difficulty(difficulty);
    let text = Text::from(format!("There is no {difficulty}quiz question"));
    let text = match topic {
        Some(topic) => text.md(" in “").plain(topic).md("”"),
        None => text,
    };
    Refusal::neutral(
        NOTHING_TO_ASK,
        text.md(" to ask you now. Try another topic or difficulty."),
    )
}

pub(in crate::app) fn quiz_gone() -> Refusal {
    Refusal::neutral(
        GONE,
        "This quiz is no longer there. Start a new one with /quiz.",
    )
}

pub(in crate::app) fn not_your_quiz() -> Refusal {
    Refusal::no("This is somebody else's quiz. Start your own with /quiz.")
}

pub(in crate::app) fn nothing_missed() -> Refusal {
    Refusal::neutral(
        NOTHING_MISSED,
        "You missed none of these. Start another quiz with /quiz.",
    )
}

/// Above a quiz that was left halfway.
pub(in crate::app) fn quiz_goes_on() -> Text {
    Text::from("This goes on with the quiz that you had begun.")
}

pub(in crate::app) fn quiz_title(position: usize, count: usize) -> String {
    if count == 1 {
        "Quiz".to_owned()
    } else {
        format!("Question {} of {count}", position + 1)
    }
}

pub(in crate::app) fn verdict_title(right: bool, quiz: &Quiz) -> String {
    if right {
        "Right!".to_owned()
    } else {
        format!("Not right: the answer is {}", letter(quiz.right()))
    }
}

pub(in crate::app) fn progress(position: usize, count: usize, about: &str) -> String {
    if count == 1 {
        about.to_owned()
    } else {
        format!("{} of {count} · {about}", position + 1)
    }
}

pub(in crate::app) fn quiz_score(right: usize, count: usize) -> String {
    format!("{right} of {count} right")
}

pub(in crate::app) fn quiz_summary(none_missed: bool, open: bool) -> Text {
    match (none_missed, open) {
        (_, true) => "One question is still unanswered. If it is the question of an open daily, the daily comes first.",
        (true, false) => "All right. Well done!",
        (false, false) => "Practice makes it stick: here is what to look at again.",
    }
    .into()
}

/// A question that was missed, with the right option unless that would give an open daily away.
pub(in crate::app) fn missed(quiz: &Quiz, withheld: bool) -> Text {
    let text = Text::new().line(&quiz.prompt);
    match quiz.options.get(quiz.right()) {
        Some(right) if !withheld => text.md(" → ").strong(&right.text),
        _ => text.md(" → once you have the verdict of the open daily"),
    }
}
