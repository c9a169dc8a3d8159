//! What members read about their data.

use super::super::outcome::Refusal;
use super::super::text::Text;
use super::idiom::idiom;
use crate::model::PlatformId;

pub(in crate::app) fn exported(platform: PlatformId) -> Text {
    let space = idiom(platform).space;
    format!("Everything stored about you in this {space} is in the file.").into()
}

pub(in crate::app) fn delete_asked(platform: PlatformId) -> Text {
    let space = idiom(platform).space;
    format!(
        "This removes every answer, point, streak, quiz and lookup of yours in this {space}. It cannot be undone. A \
         daily that is open now and that you have answered stays answered until it closes: you can't answer it again."
    )
    .into()
}

/// After so many rows were deleted.
pub(in crate::app) fn deleted(rows: usize, platform: PlatformId) -> Text {
    let space = idiom(platform).space;
    match rows {
        0 => format!("There was nothing stored about you in this {space}."),
        _ => format!(
            "Done: everything stored about you in this {space} has been deleted. If you had answered a daily that is \
             still open, a mark that says so stays until it closes, without your id or your answer."
        ),
    }
    .into()
}

pub(in crate::app) fn export_too_large(platform: PlatformId) -> Refusal {
    let space = idiom(platform).space;
    Refusal::no(format!(
        "What is stored about you in this {space} doesn't fit into a message, even compressed. Ask the \
         person who runs this bot for it.",
    ))
}

/// Where a file went that a card can't have with it.
pub fn sent_by_message() -> Text {
    "I've sent you the file as a direct message.".into()
}

/// When it couldn't be sent.
pub fn file_not_sent() -> Refusal {
    Refusal::no(
        "I couldn't send you the file as a direct message. Try again in a minute. If it stays so, the person who runs this \
         bot finds the reason in its log.",
    )
}
