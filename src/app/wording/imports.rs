//! What `greenroom import` and `greenroom export` tell authors.

use std::path::Path;

use super::exchange::some_of;
use crate::bank::LONGEST_NAME;
use crate::text_file::TextError;
use crate::told::{counted, name};

/// To an author whose word can't be a topic's name.
pub fn not_a_topic_name(typed: &str) -> String {
    format!(
        "`{typed}` isn't a topic's name: 1 to {LONGEST_NAME} lowercase letters, digits and hyphens"
    )
}

/// The file that would be written is there.
pub fn topic_file_exists(file: &Path) -> String {
    format!(
        "{} is there already; name another folder with --into, or another topic",
        name(file)
    )
}

/// The file holds nothing that can be imported.
pub fn no_question_in(file: &Path) -> String {
    format!("{} has no question to take over", name(file))
}

/// The topic's depth was not named, and its questions look like trivia.
pub fn marked_as_trivia(file: &Path) -> String {
    format!(
        "{}: no question in it has key points, so the topic is marked as trivia, which needs no model answers and \
         whys; --depth model asks for them\n",
        name(file)
    )
}

/// The file is too long.
pub fn split_it(error: &TextError) -> String {
    format!("{error}; split it into several files")
}

/// The table isn't text.
pub fn save_as_utf8(error: &TextError) -> String {
    format!("{error}; in a spreadsheet, the format “CSV UTF-8”")
}

/// Some questions of the file that was written lack a difficulty.
pub fn without_difficulty(file: &Path, questions: usize) -> String {
    let has = if questions == 1 { "has" } else { "have" };
    format!(
        "{}: {} {has} no difficulty: write it there, or remove that file and import again with --difficulty easy, \
         medium or hard\n",
        name(file),
        counted(questions, "question")
    )
}

/// The file that was read holds more than was asked for.
pub fn other_topics(file: &Path, topics: &[String]) -> String {
    format!(
        "{}: the file has other topics too; import each by its name: {}\n",
        name(file),
        some_of(topics)
    )
}

/// The file is sound.
pub fn written(file: &Path, questions: usize) -> String {
    format!(
        "{}: {}, ready to move to the others\n",
        name(file),
        counted(questions, "question")
    )
}

/// The file is written, and `check` would find faults in it.
pub fn written_with_faults(file: &Path, questions: usize, faults: usize) -> String {
    format!(
        "{} was written with {}. Fix the {} listed above before you move it to the others.",
        name(file),
        counted(questions, "question"),
        counted(faults, "fault")
    )
}

/// The file is sound, but some things in it are not as they were.
pub fn not_unchanged(file: &Path, things: usize) -> String {
    format!(
        "{} was written, but not everything was taken over unchanged: see the {} listed above",
        name(file),
        counted(things, "thing")
    )
}

/// The topic to export isn't in the bank.
pub fn no_such_topic(topic: &str, topics: &[&str]) -> String {
    format!("there is no topic `{topic}`, only {}", topics.join(", "))
}
