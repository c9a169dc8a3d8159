//! Cards as Discord shows them.
//!
//! - `render`: embeds and components, within Discord's limits.
//! - `markdown`: texts in Discord's dialect.
//! - `first_action`: what a message of ours is about, read back from its buttons.
//! - `preview`: a card as JSON, for those who show messages without sending them.

mod first_action;
mod markdown;
pub mod preview;
pub(super) mod render;

pub(super) use self::first_action::first_action;
pub(super) use self::render::Ready;
