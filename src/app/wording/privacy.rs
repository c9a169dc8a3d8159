//! What members read about their data.

use super::super::outcome::Refusal;

pub(in crate::app) fn export_too_large() -> Refusal {
    Refusal::no(
        "What is stored about you in this server is more than a message can carry, even compressed. Ask \
         whoever runs this bot for it.",
    )
}
