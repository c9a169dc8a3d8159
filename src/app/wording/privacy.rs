//! What members read about their data.

use crate::app::text::Text;

pub(in crate::app) fn export_too_large() -> Text {
    "What is stored about you in this server is more than a message can carry, even compressed. Ask \
     whoever runs this bot for it."
        .into()
}
