//! Discord as the engine's platform.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use poise::serenity_prelude as serenity;
use serenity::{AutoArchiveDuration, CreateMessage, CreateThread, Message, MessageId, Nonce};

use super::failure;
use super::sender::Sender;
use crate::app::card::cut;
use crate::app::delivery::{Failure, Platform};
use crate::app::{Action, Card};
use crate::discord::rendering::{Ready, first_action, render};
use crate::model::{Daily, Member, MessageRef, Place, PlatformId};

/// Discord's codes for a message or channel that is gone: there is nothing left to edit.
const GONE: [i64; 2] = [10_003, 10_008];

/// Discord's codes for a channel that the bot cannot post to: unknown, no access, no permission,
/// an archived thread.
const CLOSED_TO_US: [i64; 4] = [10_003, 50_001, 50_013, 50_083];

/// Discord's code for a message older than an hour that was edited too often of late.
const EDITED_OFTEN: i64 = 30_046;
/// How long such a message is left as it is.
const EDITED_OFTEN_WAITS: std::time::Duration = std::time::Duration::from_secs(3600);

/// Discord's code for a message that has a thread already: it was started before a stop.
const THREAD_IS_THERE: i64 = 160_004;
/// The longest name of a thread, in characters.
const THREAD_NAME: usize = 100;

/// Sends what the engine delivers.
pub(crate) struct Messenger {
    pub sender: Arc<Sender>,
    /// The bot's own user.
    pub me: u64,
    /// Whom the bot takes for its operator.
    pub operator: Option<u64>,
}

impl Platform for Messenger {
    fn platform(&self) -> PlatformId {
        PlatformId::Discord
    }

    /// Discord says "in the past few minutes".
    fn remembers_keys_for(&self) -> TimeDelta {
        TimeDelta::minutes(2)
    }

    async fn post(&self, to: &Place, card: &Card, key: &str) -> Result<MessageRef, Failure> {
        let channel = snowflake(&to.channel.0)?;
        let message = self.sender.post(channel, keyed(card, key)).await?;
        Ok(message_at(to.clone(), message.id))
    }

    /// Our own messages with the buttons of a daily, among those sent right after its last try; or else among
    /// the newest, in case the clock of that try was ahead.
    async fn find(&self, daily: &Daily) -> Result<Vec<MessageRef>, Failure> {
        let channel = snowflake(&daily.tried_in.0)?;
        let place = || Place {
            space: daily.space.clone(),
            channel: daily.tried_in.clone(),
        };
        let shows = |message: &Message| {
            matches!(first_action(message), Some(Action::DailyAnswer { daily: id, .. }) if id == daily.id)
                && message.author.id.get() == self.me
        };
        let shown_in = |mut messages: Vec<Message>| -> Vec<MessageRef> {
            messages.retain(shows);
            let newest_first = messages.into_iter();
            let earliest_first = newest_first.rev();
            earliest_first
                .map(|message| message_at(place(), message.id))
                .collect()
        };
        let tried = self.sender.messages_after(channel, daily.tried_at).await?;
        let found = shown_in(tried);
        if !found.is_empty() {
            return Ok(found);
        }
        Ok(shown_in(self.sender.newest_messages(channel).await?))
    }

    async fn edit(&self, at: &MessageRef, card: &Card) -> Result<(), Failure> {
        let (channel, message) = ids(at)?;
        let edit = render::message_edit(card.clone());
        let edited = self.sender.edit(channel, message, edit).await;
        edited.map_err(or_gone)
    }

    async fn retract(&self, at: &MessageRef) -> Result<(), Failure> {
        let (channel, message) = ids(at)?;
        let retracted = self.sender.delete(channel, message).await;
        retracted.map_err(or_gone)
    }

    async fn discuss(
        &self,
        at: &MessageRef,
        title: &str,
        opening: Option<&Card>,
        (key, _): (&str, DateTime<Utc>),
    ) -> Result<(), Failure> {
        let (channel, message) = ids(at)?;
        let thread = CreateThread::new(cut(title, THREAD_NAME))
            .auto_archive_duration(AutoArchiveDuration::ThreeDays);
        let there = match self.sender.start_thread(channel, message, &thread).await {
            Err(failure::Failure::Refused { code, .. }) if code == THREAD_IS_THERE => true,
            started => started.map(|()| false)?,
        };
        match opening {
            Some(opening) => self.open(message, there, opening, key).await,
            None => Ok(()),
        }
    }

    async fn tell(&self, to: &Member, card: &Card, key: &str) -> Result<(), Failure> {
        let user = snowflake(to.user.id()).map_err(|_| Failure::Gone)?;
        self.direct(user, card, key).await
    }

    async fn tell_operator(&self, card: &Card, key: &str) -> Result<(), Failure> {
        match self.operator {
            Some(operator) => self.direct(operator, card, key).await,
            None => Ok(()),
        }
    }
}

impl Messenger {
    /// Begins a thread, whose id is that of its message. One that was `there` may have been begun before
    /// a stop, so long ago that the nonce does not tell.
    async fn open(
        &self,
        thread: u64,
        there: bool,
        opening: &Card,
        key: &str,
    ) -> Result<(), Failure> {
        if there {
            let begun = MessageId::new(thread).created_at();
            let messages = self.sender.messages_after(thread, *begun).await?;
            let ours = |m: &Message| m.author.id.get() == self.me && !m.embeds.is_empty();
            if messages.iter().any(ours) {
                return Ok(());
            }
        }
        let posted = self.sender.post(thread, keyed(opening, key)).await;
        Ok(posted.map(drop)?)
    }

    async fn direct(&self, user: u64, card: &Card, key: &str) -> Result<(), Failure> {
        let channel = self.sender.direct_channel(user).await?;
        let posted = self.sender.post(channel, keyed(card, key)).await;
        Ok(posted.map(drop)?)
    }
}

impl From<failure::Failure> for Failure {
    fn from(failure: failure::Failure) -> Self {
        let told = failure.to_string();
        match failure {
            failure::Failure::Unsure(_) => Self::Unsure(told),
            failure::Failure::Refused { code, .. } if CLOSED_TO_US.contains(&code) => {
                Self::Closed(told)
            }
            failure::Failure::Refused { code, .. } if code == EDITED_OFTEN => {
                Self::Later(told, EDITED_OFTEN_WAITS)
            }
            failure::Failure::Refused { .. } => Self::Refused(told),
        }
    }
}

/// What a call about a message of ours came to.
fn or_gone(failure: failure::Failure) -> Failure {
    match failure {
        failure::Failure::Refused { code, .. } if GONE.contains(&code) => Failure::Gone,
        other => other.into(),
    }
}

/// A card as a message of which Discord makes no second one with the same key.
fn keyed(card: &Card, key: &str) -> Ready<CreateMessage> {
    let nonce = Nonce::String(key.to_owned());
    render::message(card.clone()).map(|message| message.nonce(nonce).enforce_nonce(true))
}

fn message_at(place: Place, message: MessageId) -> MessageRef {
    MessageRef {
        place,
        message: message.get().into(),
    }
}

/// A message's channel and its own id.
fn ids(at: &MessageRef) -> Result<(u64, u64), Failure> {
    Ok((snowflake(&at.place.channel.0)?, snowflake(&at.message.0)?))
}

/// Ids of ours are text; Discord's are numbers, of digits only and never 0.
pub(crate) fn snowflake(id: &str) -> Result<u64, Failure> {
    let number = id.parse().ok().filter(|number| *number != 0);
    let number = number.filter(|_| !id.starts_with('+'));
    number.ok_or_else(|| Failure::Refused(format!("{id:?} is not one of Discord's ids")))
}
