//! What someone says, and what they see.

use serde_json::{Value, json};

use super::{view::MessageView, who::Person};
use crate::slack::{
    failure::Failure,
    time::Ts,
    world::{Content, Kind, NewMessage, State},
};

/// The longest message that Slack's client sends.
const LONGEST: usize = 12_000;

impl Person {
    /// Says something in a channel, by its name; `@bot` is the conversation with the bot. `@name` is a mention.
    ///
    /// # Panics
    /// When Slack would not let them; [`Person::try_say`] does not.
    pub async fn say(&self, channel: &str, text: &str) -> MessageView {
        self.must(self.try_say(channel, text))
    }

    /// Replies to a message in its thread.
    ///
    /// # Panics
    /// When Slack would not let them; [`Person::try_reply`] does not.
    pub async fn reply(&self, to: &MessageView, text: &str) -> MessageView {
        self.must(self.try_reply(to, text))
    }

    fn must<T>(&self, result: Result<T, Failure>) -> T {
        result.unwrap_or_else(|why| panic!("{}: {why}", self.name))
    }

    /// Says something in a channel.
    ///
    /// # Errors
    /// When Slack would not let them.
    pub fn try_say(&self, channel: &str, text: &str) -> Result<MessageView, Failure> {
        if channel == "@bot" && self.world.lock().app.seed.messages_read_only {
            return Err(Failure::refused(
                "Sending messages to this app has been turned off.",
            ));
        }
        let channel = self.open_channel(channel)?;
        self.write(&channel, text, None)
    }

    /// Replies to a message in its thread.
    ///
    /// # Errors
    /// When Slack would not let them: nobody else sees an ephemeral message, so it has no thread.
    pub fn try_reply(&self, to: &MessageView, text: &str) -> Result<MessageView, Failure> {
        if to.ephemeral {
            return Err(Failure::refused("an ephemeral message has no thread"));
        }
        let channel = self.open_channel(&to.channel)?;
        let thread = to.thread.as_ref().and_then(|thread| thread.parse().ok());
        self.write(&channel, text, Some(thread.unwrap_or(to.at)))
    }

    fn write(&self, channel: &str, text: &str, thread: Option<Ts>) -> Result<MessageView, Failure> {
        if text.trim().is_empty() || text.chars().count() > LONGEST {
            return Err(Failure::refused("a message has 1 to 12,000 characters"));
        }
        let mut state = self.world.lock();
        let text = state.marked_up(text);
        let content = Content {
            blocks: rich_text(&text),
            text,
            ..Content::default()
        };
        let new = NewMessage {
            user: self.id.clone(),
            content,
            thread,
            ..NewMessage::default()
        };
        let ts = state.post(channel, new);
        let mine = state.seen_one(&self.id, channel, ts);
        mine.ok_or_else(|| Failure::refused("the message is gone"))
    }

    /// Reacts to a message, with the name of an emoji.
    pub async fn react(&self, message: &MessageView, emoji: &str) {
        let mut state = self.world.lock();
        state.react(&message.channel, message.at, &self.id, emoji);
    }

    /// Invites the bot into a channel, as `/invite` does.
    ///
    /// # Errors
    /// When they are not in it themselves.
    pub fn invite_bot(&self, channel: &str) -> Result<(), Failure> {
        let channel = self.open_channel(channel)?;
        let mut state = self.world.lock();
        let bot = state.app.user.clone();
        state.join(&channel, &bot);
        Ok(())
    }

    /// Joins a channel that is open to everyone in the workspace.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn join(&self, channel: &str) -> Result<(), Failure> {
        let mut state = self.world.lock();
        let open = state.channel_named(channel);
        let open = open.filter(|channel| channel.kind == Kind::Public && !channel.archived);
        let open = open.map(|channel| channel.id.clone());
        let id =
            open.ok_or_else(|| Failure::refused(format!("there is no channel {channel:?}")))?;
        state.join(&id, &self.id);
        Ok(())
    }

    /// What they see in a channel, oldest first, replies in threads and messages for them alone among it.
    pub fn messages(&self, channel: &str) -> Vec<MessageView> {
        let Ok(channel) = self.channel(channel) else {
            return Vec::new();
        };
        self.world.lock().seen(&self.id, &channel)
    }

    /// A message as it is now, if it is still there.
    pub fn again(&self, message: &MessageView) -> Option<MessageView> {
        let state = self.world.lock();
        state.seen_one(&self.id, &message.channel, message.at)
    }

    /// Waits until they see a message in a channel of which something holds. The newest of several is taken.
    ///
    /// # Panics
    /// When there is none within 10 seconds.
    pub async fn wait_for(
        &self,
        channel: &str,
        holds: impl Fn(&MessageView) -> bool,
    ) -> MessageView {
        let look = || {
            self.messages(channel)
                .into_iter()
                .rev()
                .find(|view| holds(view))
        };
        let found = self.until(look).await;
        found.unwrap_or_else(|| {
            panic!(
                "{} never saw it; there is {:#?}",
                self.name,
                self.messages(channel)
            )
        })
    }

    /// Loads Slack anew: messages for them alone and open forms are gone.
    pub fn reload(&self) {
        let mut state = self.world.lock();
        state.ephemerals.retain(|known| known.person != self.id);
        state.views.remove(&self.id);
        state.changed();
    }
}

/// A text as Slack sends it on.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

impl State {
    /// What someone typed as Slack sends it on: escaped, with mentions for the names of people.
    fn marked_up(&self, text: &str) -> String {
        let mut people: Vec<_> = self.people.iter().collect();
        // The longest name first: one may begin with another.
        people.sort_by_key(|user| std::cmp::Reverse(user.name.len()));
        let mention = |text: String, name: &str, id: &str| {
            text.replace(&format!("@{name}"), &format!("<@{id}>"))
        };
        people.iter().fold(escaped(text), |text, user| {
            mention(text, &user.name, &user.id)
        })
    }
}

/// The text of a message as the blocks that Slack's client sends along.
fn rich_text(text: &str) -> Vec<Value> {
    let plain = |text: &str| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let mut elements = Vec::new();
    for (number, piece) in text.split("<@").enumerate() {
        let mention = (number > 0).then(|| piece.split_once('>')).flatten();
        let rest = mention.map_or(piece, |(user, rest)| {
            elements.push(json!({ "type": "user", "user_id": user }));
            rest
        });
        if !rest.is_empty() {
            elements.push(json!({ "type": "text", "text": plain(rest) }));
        }
    }
    let section = json!({ "type": "rich_text_section", "elements": elements });
    vec![json!({ "type": "rich_text", "elements": [section] })]
}
