//! A channel or direct message, and what was said in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::message::{Content, Message};
use crate::slack::time::Ts;

/// What a conversation is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    Public,
    Private,
    /// A direct message.
    Direct,
}

impl Kind {
    /// The part of a scope's name, as in `channels:read`.
    pub fn family(self) -> &'static str {
        match self {
            Self::Public => "channels",
            Self::Private => "groups",
            Self::Direct => "im",
        }
    }

    /// As `types` of `conversations.list` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public_channel",
            Self::Private => "private_channel",
            Self::Direct => "im",
        }
    }

    /// As events name it.
    pub fn channel_type(self) -> &'static str {
        match self {
            Self::Public => "channel",
            Self::Private => "group",
            Self::Direct => "im",
        }
    }
}

/// How many messages of a channel are kept, and how many bytes of memory they may take, about; the oldest go first.
const MOST: usize = 20_000;
const BYTES: usize = 64 << 20;

/// A conversation and what was said in it.
#[derive(Clone, Debug)]
pub struct Channel {
    pub id: String,
    pub name: String,
    pub topic: String,
    pub kind: Kind,
    pub members: Vec<String>,
    pub archived: bool,
    pub general: bool,
    pub created: DateTime<Utc>,
    pub creator: String,
    pub messages: Messages,
}

/// The messages of a channel, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    all: BTreeMap<Ts, Message>,
    /// The replies to each message that has any.
    replies: BTreeMap<Ts, BTreeSet<Ts>>,
    bytes: usize,
}

impl Messages {
    /// Adds a message. The oldest of too many go.
    pub fn add(&mut self, message: Message) {
        if let Some(thread) = message.thread {
            self.replies.entry(thread).or_default().insert(message.ts);
        }
        self.bytes += message.content.weight();
        self.all.insert(message.ts, message);
        self.forget();
    }

    fn forget(&mut self) {
        while self.all.len() > MOST || (self.bytes > BYTES && self.all.len() > 1) {
            let Some(oldest) = self.all.keys().next().copied() else {
                return;
            };
            self.remove(oldest);
        }
    }

    /// Takes a message away.
    pub fn remove(&mut self, ts: Ts) {
        let Some(message) = self.all.remove(&ts) else {
            return;
        };
        self.bytes = self.bytes.saturating_sub(message.content.weight());
        let thread = message.thread.unwrap_or(ts);
        if let Some(replies) = self.replies.get_mut(&thread) {
            replies.remove(&ts);
            if replies.is_empty() {
                self.replies.remove(&thread);
            }
        }
    }

    /// Has a message say something else.
    pub fn change(&mut self, ts: Ts, content: Content, edited: Ts) {
        if let Some(message) = self.all.get_mut(&ts) {
            self.bytes = self.bytes.saturating_sub(message.content.weight());
            self.bytes += content.weight();
            message.content = content;
            message.edited = Some(edited);
        }
        self.forget();
    }

    pub fn get(&self, ts: Ts) -> Option<&Message> {
        self.all.get(&ts)
    }

    /// A message whose marks change; what it says is changed by [`Messages::change`].
    pub fn get_mut(&mut self, ts: Ts) -> Option<&mut Message> {
        self.all.get_mut(&ts)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.all.values()
    }

    /// The replies to a message, oldest first.
    pub fn replies(&self, to: Ts) -> impl DoubleEndedIterator<Item = &Message> {
        let replies = self.replies.get(&to).into_iter().flatten();
        replies.filter_map(|ts| self.all.get(ts))
    }

    /// How many replies there are to a message.
    pub fn count_replies(&self, to: Ts) -> usize {
        self.replies.get(&to).map_or(0, BTreeSet::len)
    }
}

impl Channel {
    pub fn has(&self, user: &str) -> bool {
        self.members.iter().any(|member| member == user)
    }
}
