//! Messages as someone sees them.

use serde_json::Value;

use super::elements;
use crate::slack::{
    time::Ts,
    world::{Channel, Content, Ephemeral, Message, State},
};

/// A message as someone sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageView {
    /// The id of the channel it is in.
    pub channel: String,
    /// What it is named by.
    pub ts: String,
    /// The display name of who wrote it.
    pub author: String,
    /// Whether the bot wrote it.
    pub by_bot: bool,
    /// Its text, which notifications and screen readers tell; blocks stand in its place where there are any.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Value>,
    /// The message whose thread it is in.
    pub thread: Option<String>,
    /// Whether nobody else sees it.
    pub ephemeral: bool,
    /// Whether it was changed.
    pub edited: bool,
    /// How many replies are in its thread.
    pub replies: usize,
    /// The titles of its files.
    pub files: Vec<String>,
    /// The reactions, each with how many there are.
    pub reactions: Vec<(String, usize)>,
    /// Whether it is pinned.
    pub pinned: bool,
    pub(super) at: Ts,
}

impl MessageView {
    /// All there is to read: its blocks', or else its text.
    pub fn text(&self) -> String {
        if self.blocks.is_empty() {
            self.text.clone()
        } else {
            elements::read(&self.blocks)
        }
    }

    /// What is written on its buttons, from first to last.
    pub fn buttons(&self) -> Vec<String> {
        let all = elements::elements(&self.blocks);
        let buttons = all.iter().filter(|element| element.is_button());
        buttons.map(|button| button.label.clone()).collect()
    }

    fn new(channel: &str, at: Ts, content: &Content) -> Self {
        Self {
            channel: channel.to_owned(),
            ts: at.to_string(),
            author: String::new(),
            by_bot: true,
            text: content.text.clone(),
            blocks: content.blocks.clone(),
            thread: None,
            ephemeral: false,
            edited: false,
            replies: 0,
            files: Vec::new(),
            reactions: Vec::new(),
            pinned: false,
            at,
        }
    }
}

impl State {
    /// What someone sees in a channel, oldest first: everything in it and in its threads.
    pub(super) fn seen(&self, person: &str, channel: &str) -> Vec<MessageView> {
        let Some(room) = self.channels.get(channel) else {
            return Vec::new();
        };
        let public = room.messages.iter();
        let public = public.map(|message| self.shown_message(room, message));
        let theirs = self.ephemerals.iter();
        let theirs = theirs.filter(|known| known.person == person && known.channel == channel);
        let private = theirs.map(|known| self.shown_ephemeral(known));
        let mut all: Vec<MessageView> = public.chain(private).collect();
        all.sort_by_key(|view| view.at);
        all
    }

    /// One message as someone sees it, if it is there.
    pub(super) fn seen_one(&self, person: &str, channel: &str, at: Ts) -> Option<MessageView> {
        let room = self.channels.get(channel)?;
        if let Some(message) = room.messages.get(at) {
            return Some(self.shown_message(room, message));
        }
        let known = self.ephemeral(at)?;
        (known.person == person && known.channel == channel).then(|| self.shown_ephemeral(known))
    }

    fn shown_message(&self, room: &Channel, message: &Message) -> MessageView {
        let files = message.files.iter().filter_map(|id| self.files.get(id));
        let reactions = message.reactions.iter();
        MessageView {
            author: self.display(&message.user),
            by_bot: message.user == self.app.user,
            thread: message.thread.map(|thread| thread.to_string()),
            edited: message.edited.is_some(),
            replies: room.messages.count_replies(message.ts),
            files: files.map(|file| file.title.clone()).collect(),
            reactions: reactions
                .map(|(name, users)| (name.clone(), users.len()))
                .collect(),
            pinned: message.pinned,
            ..MessageView::new(&room.id, message.ts, &message.content)
        }
    }

    fn shown_ephemeral(&self, known: &Ephemeral) -> MessageView {
        MessageView {
            author: self.display(&self.app.user),
            thread: known.thread.map(|thread| thread.to_string()),
            ephemeral: true,
            ..MessageView::new(&known.channel, known.ts, &known.content)
        }
    }
}
