//! A card as the JSON of a message, for those who show messages without sending them.

use serde_json::Value;

use super::render;
use crate::app::Card;

/// The body with which a card is posted.
///
/// # Panics
/// Never: all keys of a message are text.
pub fn message(card: Card) -> Value {
    serde_json::to_value(render::message(card).message).expect("a message is JSON")
}
