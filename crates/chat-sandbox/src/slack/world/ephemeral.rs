//! A message for one person.

use super::message::Content;
use crate::slack::time::Ts;

/// A message that one person sees.
#[derive(Clone, Debug)]
pub struct Ephemeral {
    pub ts: Ts,
    pub channel: String,
    pub person: String,
    pub content: Content,
    pub thread: Option<Ts>,
}
