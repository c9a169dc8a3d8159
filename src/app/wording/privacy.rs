//! What members read about their data.

use super::super::outcome::Refusal;
use super::super::text::Text;

/// After so many rows were deleted.
pub(in crate::app) fn deleted(rows: usize) -> Text {
    match rows {
        0 => "There was nothing stored about you in this server.",
        _ => "Done: everything stored about you in this server has been deleted. If you had answered a daily that is \
              still open, a mark that says so stays until it closes, without your id or your answer.",
    }
    .into()
}

pub(in crate::app) fn export_too_large() -> Refusal {
    Refusal::no(
        "What is stored about you in this server doesn't fit into a message, even compressed. Ask the \
         person who runs this bot for it.",
    )
}
