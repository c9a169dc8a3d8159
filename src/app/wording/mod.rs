//! Every text that people read, by feature. Errors are values where they come about; what their `Display` says stands
//! here.

mod authoring;
#[cfg(feature = "authoring")]
mod blemishes;
mod boards;
mod choosing;
mod commands;
mod dailies;
mod dates;
#[cfg(feature = "authoring")]
mod exchange;
mod files;
mod lookups;
mod operator;
mod privacy;
mod quizzes;
mod schedules;
mod settings;
mod storage;
mod times;
mod toml;
mod topics;
mod weekdays;
mod zones;

use super::outcome::Refusal;
use super::text::Text;
use crate::bank::Bank;
use crate::model::{Difficulty, Question};
use crate::told::counted;

pub(super) use boards::*;
pub(super) use choosing::*;
pub use commands::*;
pub(super) use dailies::*;
pub use dates::*;
#[cfg(feature = "authoring")]
pub use exchange::some_of;
pub(super) use lookups::*;
pub(super) use operator::*;
pub(super) use privacy::*;
pub(super) use quizzes::*;
pub(super) use schedules::*;
pub use schedules::{not_understood, unknown_reveal};
pub use times::*;
pub(super) use topics::*;
pub use weekdays::*;
pub use zones::*;

/// CommonMark's hard line break.
pub(super) const BREAK: &str = "  \n";

// Titles, headings and labels.
pub(super) const REFUSED: &str = "That didn't work";
pub(super) const NOT_CHANGED: &str = "Nothing was changed";
const WHICH_SCHEDULE: &str = "Which schedule?";
const WHICH_QUESTION: &str = "Which question?";
const WHICH_TOPIC: &str = "Which topic?";
const UNREAD: &str = "I can't read that";
const NOTHING_FOUND: &str = "Nothing found";
const GONE: &str = "No longer there";
const OLD_BUTTON: &str = "An old button";
const ONLY_IN_A_SERVER: &str = "Only in a server";
const ALREADY_ANSWERED: &str = "Already answered";
const ALREADY_POSTED: &str = "Already posted";
const ALREADY_QUEUED: &str = "Already queued";
const CLOSED: &str = "Closed";
const REPLACED: &str = "Another question";
const HAS_CHANGED: &str = "It has changed";
const ON_ITS_WAY: &str = "On its way";
const NO_OPEN_DAILY: &str = "No open daily";
const NO_SCHEDULE_YET: &str = "No schedule yet";
const SOMETHING_MISSING: &str = "Something is missing";
const WHICH_NAME: &str = "Which name?";
const WHICH_DATE: &str = "Which date?";
const WHICH_PAGE: &str = "Which page?";
const FEWER_DATES: &str = "Fewer dates, please";
const HOW_MANY: &str = "How many?";
const NOTHING_TO_ASK: &str = "Nothing to ask";
const NOTHING_MISSED: &str = "Nothing missed";
pub(super) const NOTHING_TO_CHANGE: &str = "Nothing to change";
pub(super) const ALL_TOPICS: &str = "all topics";
pub(super) const SHOW_ANSWER: &str = "Show answer";
pub(super) const QUIZ_ME: &str = "Quiz me";
pub(super) const ANOTHER: &str = "Another";
pub(super) const MODEL_ANSWER: &str = "Model answer";
pub(super) const ANOTHER_QUIZ: &str = "Another quiz";
pub(super) const KEY_POINTS: &str = "What an interviewer listens for";
pub(super) const FOLLOW_UPS: &str = "They may ask next";
pub(super) const LINKS: &str = "Read more";
pub(super) const OTHER_MATCHES: &str = "Other questions that match";
pub(super) const YOURS: &str = " ← your answer";
pub(super) const NEXT: &str = "Next";
pub(super) const RESULT: &str = "See the result";
pub(super) const SKIP: &str = "Skip for now";
pub(super) const MISSED: &str = "Missed";
pub(super) const BACK_TO_OPEN: &str = "Back to the unanswered question";
pub(super) const PRACTISE_MISSED: &str = "Practise the missed ones";
pub(super) const VOTES: &str = "Votes";
pub(super) const FIRST: &str = "First with the right answer";
pub(super) const RECORDED: &str = "Recorded";
pub(super) const TO_ANSWER: &str = "How to answer";
pub(super) const WHICH_OPTION: &str = "Which option?";
pub(super) const MY_VERDICT: &str = "My verdict";
const OWN_VERDICT: &str = "**My verdict** shows each member their own answer.";
pub(super) const FIRST_ANSWER_COUNTS: &str =
    "You answered this daily before; your first answer counts.";
pub(super) const LAST_ANSWER_COUNTS: &str = "This daily is closed; your last answer counts.";
pub(super) const ANSWER_CHANGED: &str = "Your answer has changed: only this one counts.";
pub(super) const DAILY_ON_ITS_WAY: &str = "Today's daily";
pub(super) const QUEUED: &str = "Queued";
pub(super) const QUESTION_REPLACED: &str = "Replaced";
pub(super) const PREVIOUS_PAGE: &str = "◀ Previous";
pub(super) const NEXT_PAGE: &str = "Next ▶";
pub(super) const POINTS: &str = "Points";
pub(super) const STREAK: &str = "Streak";
pub(super) const DAILIES: &str = "Dailies";
pub(super) const BY_TOPIC: &str = "By topic";
pub(super) const WEAKEST: &str = "Worth practising";
pub(super) const STATS_FOOTER: &str = "By topic: dailies and practice together";
pub(super) const STATS_OF_ANOTHER_FOOTER: &str = "By topic: dailies only";
pub(super) const SCHEDULES: &str = "Schedules";
pub(super) const SCHEDULE_SET: &str = "Schedule set";
pub(super) const SCHEDULE_CHANGED: &str = "Schedule changed";
pub(super) const CHANGED: &str = "Changed";
pub(super) const SCHEDULE_SET_FOOTER: &str = "/daily post posts today's question at once";
pub(super) const PREVIEW: &str = "Preview";
pub(super) const DATES_SKIPPED: &str = "Skipped";
pub(super) const DATES_UNSKIPPED: &str = "No longer skipped";
pub(super) const EXPORT: &str = "Your data";
pub(super) const EXPORTED: &str = "Everything stored about you in this server is in the file.";
pub(super) const DELETE: &str = "Delete your data";
pub(super) const DELETE_ASKED: &str = "This removes every answer, point, streak, quiz and lookup of \
    yours in this server. It cannot be undone. A daily that is open now and that you have answered \
    stays answered until it closes: you can't answer it again.";
pub(super) const DELETE_CONFIRM: &str = "Delete everything";
pub(super) const KEEP: &str = "Keep it";
pub(super) const KEPT: &str = "Nothing was deleted.";

/// What an operator's error looks like to a member.
pub fn internal_error(id: &str) -> Refusal {
    Refusal::no(format!(
        "Something went wrong on my side, and nothing was recorded. Please try again; if it \
        happens again, tell the person who runs this bot this id: `{id}`"
    ))
}

/// A button of a version that this program does not know.
pub fn unknown_button() -> Refusal {
    let text = "This button was made by another version of me. Please run the command again.";
    Refusal::neutral(OLD_BUTTON, text)
}

/// Stands for the parts that a card has no room for.
pub fn and_more(count: usize) -> String {
    format!("and {count} more")
}

/// To members over the rate limit.
pub(super) fn too_fast() -> Refusal {
    Refusal::no(
        "That was a lot at once, so I ignored this one. Give me a few seconds, then try again.",
    )
}

/// A command used where there is no server.
pub fn only_in_a_server() -> Refusal {
    let text =
        "I only work in servers. Answer a daily in one, or try `/question` and `/quiz` there.";
    Refusal::neutral(ONLY_IN_A_SERVER, text)
}

/// The letter of an option, from its position.
pub(super) fn letter(position: usize) -> String {
    char::from(b'A' + position.min(25) as u8).to_string()
}

/// A bulleted list.
pub(super) fn list(items: impl IntoIterator<Item = Text>) -> Text {
    items
        .into_iter()
        .enumerate()
        .fold(Text::new(), |list, (index, item)| {
            list.md(if index == 0 { "- " } else { "\n- " }).then(item)
        })
}

/// A bulleted list of a question file's texts.
pub(super) fn list_of(lines: &[String]) -> Text {
    list(lines.iter().map(|line| Text::new().line(line)))
}

pub(super) fn topic_title(bank: &Bank, topic: &str) -> String {
    bank.topic(topic)
        .map_or_else(|| topic.to_owned(), |topic| topic.title.clone())
}

/// The titles of topics with commas between; an empty list stands for all topics.
pub(super) fn topic_titles(bank: &Bank, topics: &[String]) -> String {
    if topics.is_empty() {
        return ALL_TOPICS.to_owned();
    }
    let titles = topics.iter().map(|topic| topic_title(bank, topic));
    titles.collect::<Vec<_>>().join(", ")
}

/// Topic, difficulty and tags of a question, in a line.
pub(super) fn about(question: &Question, bank: &Bank) -> String {
    in_a_line([
        topic_title(bank, &question.topic),
        difficulty(question.difficulty).to_owned(),
        question.tags.join(", "),
    ])
}

/// How hard a question is, in a word.
pub fn difficulty(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Medium => "medium",
        Difficulty::Hard => "hard",
    }
}

/// The same before a noun, with a space after it; nothing for any difficulty.
fn of_difficulty(difficulty: Option<Difficulty>) -> String {
    difficulty.map_or_else(String::new, |it| format!("{} ", self::difficulty(it)))
}

/// The parts that aren't empty, with dots between.
pub(super) fn in_a_line(parts: impl IntoIterator<Item = String>) -> String {
    let there = parts.into_iter().filter(|part| !part.trim().is_empty());
    there.collect::<Vec<_>>().join(" · ")
}
