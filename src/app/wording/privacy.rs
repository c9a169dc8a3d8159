//! What members read about their data.

use super::super::outcome::Refusal;

pub(in crate::app) fn export_too_large() -> Refusal {
    Refusal::no(
        "What is stored about you in this server doesn't fit into a message, even compressed. Ask the \
         person who runs this bot for it.",
    )
}
