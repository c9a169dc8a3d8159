//! Saying something, replying, reacting, putting away.

use twilight_model::{
    channel::message::{AllowedMentions, MentionType, MessageType},
    guild::Permissions,
};
use twilight_validate::message::MESSAGE_CONTENT_LENGTH_MAX;

use super::{ARCHIVED, Failure, MessageView, Person, SentMessage, refused};
use crate::discord::world::{Change, Content, InThread, NewMessage, State};

impl Person {
    /// Says something in a channel.
    ///
    /// # Panics
    /// When Discord's client would not let them; [`Person::try_say`] does not.
    pub async fn say(&self, channel: &str, text: &str) -> SentMessage {
        self.must(self.try_say(channel, text, None, false))
    }

    /// Replies to a message, and mentions its author.
    ///
    /// # Panics
    /// When Discord's client would not let them; [`Person::try_say`] does not.
    pub async fn reply(&self, to: &MessageView, text: &str) -> SentMessage {
        self.must(self.try_say(&to.channel.to_string(), text, Some(to.id), true))
    }

    /// Replies to a message with the mention of its author switched off.
    ///
    /// # Panics
    /// When Discord's client would not let them; [`Person::try_say`] does not.
    pub async fn reply_silently(&self, to: &MessageView, text: &str) -> SentMessage {
        self.must(self.try_say(&to.channel.to_string(), text, Some(to.id), false))
    }

    /// Says something in a channel, named or by its id, perhaps in reply to a message.
    ///
    /// # Errors
    /// When they see no such channel, may not write there, or the text is empty or too long.
    pub fn try_say(
        &self,
        channel: &str,
        text: &str,
        reply_to: Option<u64>,
        mention: bool,
    ) -> Result<SentMessage, Failure> {
        let mut state = self.world.lock();
        let room = self.room(&mut state, channel)?;
        let needed = state.send_permission(room);
        if !state.permissions(self.id, room).contains(needed) {
            return refused("You do not have permission to send messages in this channel");
        }
        if state.thread_lets(self.id, room, InThread::Post).is_err() {
            return refused("This thread is locked");
        }
        let text = text.trim();
        if text.is_empty() {
            return refused("A message needs some text");
        }
        if text.chars().count() > MESSAGE_CONTENT_LENGTH_MAX {
            return refused(format!(
                "A message has at most {MESSAGE_CONTENT_LENGTH_MAX} characters"
            ));
        }
        if let Some(to) = reply_to {
            self.visible(&state, to)?;
        }
        let content = Content {
            content: Some(named(&state, self.guild, text)),
            allowed_mentions: Some(AllowedMentions {
                parse: vec![
                    MentionType::Everyone,
                    MentionType::Roles,
                    MentionType::Users,
                ],
                replied_user: mention,
                roles: Vec::new(),
                users: Vec::new(),
            }),
            ..Content::default()
        };
        let mut new = NewMessage::regular(self.id, room, content);
        if let Some(to) = reply_to {
            new.kind = MessageType::Reply;
            new.reply_to = Some(to);
        }
        let id = state.post(new);
        drop(state);
        Ok(self.message(id).expect("one sees what one says"))
    }

    /// Reacts to a message.
    ///
    /// # Panics
    /// When Discord's client would not let them; [`Person::try_react`] does not.
    pub async fn react(&self, message: &MessageView, emoji: &str) {
        self.must(self.try_react(message.id, emoji, true));
    }

    /// Reacts to a message, or takes the reaction back.
    ///
    /// # Errors
    /// When they don't see the message, it is ephemeral, or they may not react there.
    pub fn try_react(&self, message: u64, emoji: &str, on: bool) -> Result<(), Failure> {
        let mut state = self.world.lock();
        let channel = self.visible(&state, message)?;
        if state
            .stored(channel, message)
            .is_some_and(|stored| stored.only.is_some())
        {
            return refused("One can't react to a message that only one person sees");
        }
        if state
            .thread_lets(self.id, channel, InThread::React)
            .is_err()
        {
            return refused(ARCHIVED);
        }
        if on {
            if !state
                .permissions(self.id, channel)
                .contains(Permissions::ADD_REACTIONS)
            {
                return refused("You do not have permission to react in this channel");
            }
            state.react(channel, message, self.id, emoji);
        } else {
            state.unreact(channel, message, self.id, emoji);
        }
        Ok(())
    }

    /// Puts away a message that only they see. The bot does not learn of it.
    ///
    /// # Panics
    /// When others see it too; [`Person::try_dismiss`] does not.
    pub fn dismiss(&self, message: &MessageView) {
        self.must(self.try_dismiss(message.id));
    }

    /// Puts away a message that only they see.
    ///
    /// # Errors
    /// When they don't see it, or others do too.
    pub fn try_dismiss(&self, message: u64) -> Result<(), Failure> {
        let mut state = self.world.lock();
        let channel = self.visible(&state, message)?;
        let mine = state
            .stored_mut(channel, message)
            .filter(|stored| stored.only.is_some());
        let Some(stored) = mine else {
            return refused("Only a message that nobody else sees can be dismissed");
        };
        stored.dismissed = true;
        state.announce(Change::Deleted {
            channel,
            id: message,
            only: Some(self.id),
        });
        Ok(())
    }

    /// The channel of a message they see.
    pub(super) fn visible(&self, state: &State, message: u64) -> Result<u64, Failure> {
        let channel = state
            .channel_of(message)
            .filter(|channel| state.sees(self.id, *channel));
        let seen = channel.filter(|channel| {
            state
                .stored(*channel, message)
                .is_some_and(|stored| stored.visible_to(self.id))
        });
        seen.ok_or_else(|| Failure::Refused("This message is gone".to_owned()))
    }

    fn must<T>(&self, result: Result<T, Failure>) -> T {
        result.unwrap_or_else(|why| panic!("{}: {why}", self.name()))
    }
}

/// Discord's client sends `@ben` as `<@id>` and `#news` as `<#id>`.
fn named(state: &State, guild: u64, text: &str) -> String {
    let tag = |word: &str| {
        let end = word.trim_end_matches(['.', ',', '!', '?', ':', ';', ')']);
        let rest = &word[end.len()..];
        let tag = match end.split_at_checked(1)? {
            ("@", name) => format!("<@{}>", state.someone_named(name)?.user.id),
            ("#", name) => {
                let named = |room: &&crate::discord::world::Room| {
                    room.channel.name.as_deref() == Some(name)
                };
                format!("<#{}>", state.rooms_of(guild).find(named)?.channel.id)
            }
            _ => return None,
        };
        Some(format!("{tag}{rest}"))
    };
    // Splitting at every white space and keeping it leaves the rest of the text as it was.
    text.split_inclusive(char::is_whitespace)
        .map(|part| {
            let word = part.trim_end();
            let space = &part[word.len()..];
            tag(word).map_or_else(|| part.to_owned(), |tag| tag + space)
        })
        .collect()
}
