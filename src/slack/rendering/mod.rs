//! Cards as Slack shows them.
//!
//! - `message`: blocks and their text, within Slack's limits; `controls`: what is pressed and chosen from.
//! - `rich_text`: texts, in which every character is literal; `inline`: the pieces of a line; `cutting`: so much of one
//!   as there is room for; `renamed`: commands by their names in the workspace.

mod controls;
mod cutting;
mod inline;
mod message;
mod renamed;
mod rich_text;
#[cfg(all(test, feature = "sandbox"))]
mod tests;

pub(super) use self::message::{Message, members, message};
pub(super) use self::renamed::{called, renamed};
