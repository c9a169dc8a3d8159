//! A message, from what it is to say to what is kept of it.

use std::sync::Arc;

use serde_json::Value;
use twilight_model::channel::{
    Message,
    message::{AllowedMentions, Component, Embed, MessageFlags, MessageType},
};

/// A file on its way in.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    pub content_type: String,
    pub bytes: Arc<[u8]>,
    pub description: Option<String>,
}

/// What a message says. In an edit, what is `None` stays as it was.
#[derive(Clone, Debug, Default)]
pub struct Content {
    pub content: Option<String>,
    pub embeds: Option<Vec<Embed>>,
    pub components: Option<Vec<Component>>,
    /// The attachments of the message that an edit keeps.
    pub keep: Option<Vec<u64>>,
    pub uploads: Vec<Upload>,
    pub flags: Option<MessageFlags>,
    pub allowed_mentions: Option<AllowedMentions>,
}

/// A message to be posted.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub author: u64,
    pub channel: u64,
    pub kind: MessageType,
    /// The only person who will see it.
    pub only: Option<u64>,
    /// Whether it only says that the application is thinking.
    pub thinking: bool,
    pub reply_to: Option<u64>,
    /// The interaction it answers.
    pub answers: Option<u64>,
    pub nonce: Option<Value>,
    pub content: Content,
}

impl NewMessage {
    /// An ordinary message.
    pub fn regular(author: u64, channel: u64, content: Content) -> Self {
        Self {
            author,
            channel,
            kind: MessageType::Regular,
            only: None,
            thinking: false,
            reply_to: None,
            answers: None,
            nonce: None,
            content,
        }
    }
}

/// A message and what is known of it beyond what goes over the wire.
#[derive(Clone, Debug)]
pub struct StoredMessage {
    pub message: Message,
    /// The nonce its author gave.
    pub nonce: Option<Value>,
    /// The only person who sees it.
    pub only: Option<u64>,
    /// Who reacted with what, in order.
    pub reactions: Vec<(String, Vec<u64>)>,
    /// The command it answers, and who used it.
    pub command: Option<(String, u64)>,
    /// Whether the only person who saw it put it away.
    pub dismissed: bool,
}

impl StoredMessage {
    /// Whether someone who sees the channel sees this message in it.
    pub fn visible_to(&self, person: u64) -> bool {
        self.only.is_none_or(|only| only == person) && !self.dismissed
    }
}
