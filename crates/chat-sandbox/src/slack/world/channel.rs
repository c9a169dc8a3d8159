//! A channel or direct message, and what was said in it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::message::Message;
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
    pub messages: BTreeMap<Ts, Message>,
}

impl Channel {
    pub fn has(&self, user: &str) -> bool {
        self.members.iter().any(|member| member == user)
    }
}
