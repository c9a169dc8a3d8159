//! A message, and what one says.

use serde_json::Value;

use crate::{common::weight, slack::time::Ts};

/// What a message says.
#[derive(Clone, Debug, Default)]
pub struct Content {
    pub text: String,
    pub blocks: Vec<Value>,
    pub attachments: Vec<Value>,
    pub metadata: Option<Value>,
}

impl Content {
    /// How many bytes of memory it takes, about.
    pub fn weight(&self) -> usize {
        let json = self
            .blocks
            .iter()
            .chain(&self.attachments)
            .chain(&self.metadata);
        self.text.len() + json.map(weight).sum::<usize>()
    }
}

/// A message that is to be posted.
#[derive(Clone, Debug, Default)]
pub struct NewMessage {
    pub user: String,
    pub content: Content,
    pub thread: Option<Ts>,
    /// Whether a reply is shown in the channel as well.
    pub broadcast: bool,
    pub files: Vec<String>,
}

/// A message that everyone in its channel sees.
#[derive(Clone, Debug)]
pub struct Message {
    pub ts: Ts,
    pub user: String,
    pub content: Content,
    pub thread: Option<Ts>,
    pub broadcast: bool,
    pub edited: Option<Ts>,
    pub files: Vec<String>,
    /// Who reacted with what, in order.
    pub reactions: Vec<(String, Vec<String>)>,
    pub pinned: bool,
}
