//! Slack as the engine's platform. It knows no keys that keep a message from being posted twice: each daily says in its
//! metadata which one it is, and whatever may have been posted is looked for before it is posted again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::failure;
use super::looks::Looks;
use super::meaning::Meaning;
use super::over::UNTIL_MENDED;
use super::sender::{Identity, Posted, Sender};
use crate::app::delivery::{Failure, Platform, tried_at};
use crate::app::{Action, Card};
use crate::model::{Daily, Member, MessageRef, Place, PlatformId, SpaceId};
use crate::slack::rendering::Message;
use crate::time::InstantSums as _;

/// Of which kind the metadata of a daily's message is, and that of what we say in its thread.
const OF_DAILY: &str = "greenroom_daily";
const OF_THREAD: &str = "greenroom_thread";

/// How many messages are asked for at a time.
const PAGE: u32 = 100;
/// The most pages that are looked through.
pub(super) const PAGES: usize = 40;
/// How much earlier than its try by our clock a message may be there by Slack's, and how much later.
const BEFORE: TimeDelta = TimeDelta::minutes(1);
const AFTER: TimeDelta = TimeDelta::minutes(5);
/// How far clocks may differ when it is looked for what we said in a thread.
const CLOCKS: TimeDelta = TimeDelta::hours(1);

/// Sends what the engine delivers, to each workspace through its own sender.
pub(crate) struct Messenger {
    workspaces: HashMap<SpaceId, Arc<Sender>>,
    settle: Duration,
    pub(super) looks: Looks,
}

impl Messenger {
    /// For these workspaces. A message that a channel's history doesn't show after `settle` isn't there.
    pub(crate) fn new(
        workspaces: impl IntoIterator<Item = (SpaceId, Arc<Sender>)>,
        settle: Duration,
    ) -> Self {
        Self {
            workspaces: workspaces.into_iter().collect(),
            settle,
            looks: Looks::default(),
        }
    }
}

impl Platform for Messenger {
    fn platform(&self) -> PlatformId {
        PlatformId::Slack
    }

    /// There are no keys.
    fn remembers_keys_for(&self) -> TimeDelta {
        TimeDelta::zero()
    }

    async fn post(&self, to: &Place, card: &Card, key: &str) -> Result<MessageRef, Failure> {
        let sender = self.sender(&to.space)?;
        let message = rendered(sender, card).await;
        let daily = daily_of(card);
        let metadata = daily.map(|daily| {
            json!({ "event_type": OF_DAILY, "event_payload": { "daily": daily, "key": key } })
        });
        let posted = sender
            .post(&to.channel.0, None, &message, metadata.as_ref())
            .await;
        if let Some(daily) = daily
            && matches!(posted, Ok(_) | Err(failure::Failure::Unsure(_)))
        {
            self.looks.may_be_sent(daily);
            self.looks.forget(&name_of(daily));
        }
        let Posted { channel, ts } = posted?;
        Ok(message_at(&to.space, &channel, &ts))
    }

    /// Our own messages that show a daily, among those around its last try; or else among the newest, in case a clock is
    /// off. A daily that wasn't tried needs no second look, nor the permission for the first: nothing can be there but
    /// what a database knew that was replaced by an older one.
    async fn find(&self, daily: &Daily) -> Result<Vec<MessageRef>, Failure> {
        let sender = self.sender(&daily.space)?;
        if !daily.was_tried() {
            self.looks.unsent(daily.id);
        }
        let unsent = self.looks.is_unsent(daily.id);
        let found = match shown(sender, daily, unsent).await {
            Err(failure) if failure.meaning() == Some(Meaning::Scope) => match unsent {
                true => return Ok(Vec::new()),
                false => return Err(Failure::Unseen(failure.to_string())),
            },
            found => found?,
        };
        let name = name_of(daily.id);
        if !found.is_empty() || unsent {
            self.looks.forget(&name);
        } else if let Some(wait) = self.looks.missed(&name, self.settle) {
            let why = "the channel's history doesn't show it yet".to_owned();
            return Err(Failure::Later(why, wait));
        }
        Ok(found)
    }

    async fn edit(&self, at: &MessageRef, card: &Card) -> Result<(), Failure> {
        let sender = self.sender(&at.place.space)?;
        let message = rendered(sender, card).await;
        let Err(failure) = sender.edit(&posted(at), &message).await else {
            return Ok(());
        };
        match failure.meaning().is_some_and(Meaning::is_unchangeable) {
            true => self.say_instead(sender, at, &message).await,
            false => Err(or_gone(failure)),
        }
    }

    async fn retract(&self, at: &MessageRef) -> Result<(), Failure> {
        let sender = self.sender(&at.place.space)?;
        sender.delete(&posted(at)).await.map_err(or_gone)
    }

    /// Every message has a thread, which has no title: what there is to say is said there.
    async fn discuss(
        &self,
        at: &MessageRef,
        _title: &str,
        opening: Option<&Card>,
        key: (&str, DateTime<Utc>),
    ) -> Result<(), Failure> {
        let Some(opening) = opening else {
            return Ok(());
        };
        let sender = self.sender(&at.place.space)?;
        let message = rendered(sender, opening).await;
        self.say_in_thread(sender, at, &message, key).await
    }

    /// What may have arrived isn't sent again: the bot has no permission to look into direct messages.
    async fn tell(&self, to: &Member, card: &Card, _key: &str) -> Result<(), Failure> {
        let sender = self.sender(&to.space)?;
        let message = rendered(sender, card).await;
        match sender.direct(to.user.own_id(), &message).await {
            Ok(_) => Ok(()),
            Err(failure::Failure::Unsure(why)) => {
                Err(Failure::Refused(format!("it may not have arrived: {why}")))
            }
            Err(failure) => Err(failure.into()),
        }
    }

    /// Slack doesn't say whose app it is.
    async fn tell_operator(&self, _card: &Card, _key: &str) -> Result<(), Failure> {
        Ok(())
    }
}

impl Messenger {
    /// What sends to a workspace. What is to be sent to one where the bot isn't, for now, waits: no channel is to blame,
    /// nor is there anybody who could be told.
    fn sender(&self, space: &SpaceId) -> Result<&Sender, Failure> {
        let sender = self.workspaces.get(space).map(Arc::as_ref);
        let sender = sender.filter(|sender| !sender.is_over());
        sender.ok_or_else(|| {
            let why = "the bot isn't connected to that workspace: the log says why";
            Failure::Later(why.to_owned(), UNTIL_MENDED)
        })
    }

    /// Says something in the thread of a message of ours, unless it was said there before, since that instant.
    async fn say_in_thread(
        &self,
        sender: &Sender,
        at: &MessageRef,
        message: &Message,
        (key, since): (&str, DateTime<Utc>),
    ) -> Result<(), Failure> {
        if said_in_thread(sender, at, key, since).await? {
            self.looks.forget(key);
            return Ok(());
        }
        self.looked_twice(key)?;
        self.say(sender, at, message, key).await
    }

    /// Fails until something was looked for twice and not found, with some time between.
    pub(super) fn looked_twice(&self, key: &str) -> Result<(), Failure> {
        let wait = self.looks.missed(key, self.settle);
        wait.map_or(Ok(()), |wait| {
            let why = "whether it was said before shows later".to_owned();
            Err(Failure::Later(why, wait))
        })
    }

    /// Says it.
    pub(super) async fn say(
        &self,
        sender: &Sender,
        at: &MessageRef,
        message: &Message,
        key: &str,
    ) -> Result<(), Failure> {
        let metadata = json!({ "event_type": OF_THREAD, "event_payload": { "key": key } });
        let (channel, ts) = (&at.place.channel.0, &at.message.0);
        let said = sender.post(channel, Some(ts), message, Some(&metadata));
        said.await.map(drop).map_err(Failure::from)
    }
}

/// A page of a channel's or thread's messages.
#[derive(Deserialize)]
struct Page {
    messages: Vec<Value>,
    #[serde(default)]
    response_metadata: Option<Next>,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next_cursor: String,
}

/// Asks for messages, page after page, until the last or so many.
pub(super) async fn read(
    sender: &Sender,
    method: &'static str,
    mut arguments: Value,
    pages: usize,
) -> Result<Vec<Value>, failure::Failure> {
    arguments["limit"] = json!(PAGE);
    arguments["include_all_metadata"] = json!(true);
    let mut messages = Vec::new();
    for _ in 0..pages {
        let page: Page = sender.call(method, &arguments).await?;
        messages.extend(page.messages);
        let next = page.response_metadata.map(|next| next.next_cursor);
        match next.filter(|cursor| !cursor.is_empty()) {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => return Ok(messages),
        }
    }
    match pages {
        1 => Ok(messages),
        _ => Err(failure::Failure::Unsure(
            "there are too many messages to look through".to_owned(),
        )),
    }
}

/// The messages that show a daily, earliest first. One that certainly wasn't sent is looked for once, around its
/// claim.
async fn shown(
    sender: &Sender,
    daily: &Daily,
    unsent: bool,
) -> Result<Vec<MessageRef>, failure::Failure> {
    let identity = sender.log_in().await?;
    let channel = &daily.tried_in.0;
    let around = json!({
        "channel": channel, "inclusive": true,
        "oldest": seconds(daily.tried_at.minus(BEFORE)), "latest": seconds(daily.tried_at.plus(AFTER)),
    });
    let newest = json!({ "channel": channel });
    let looks = if unsent { 1 } else { 2 };
    for (asked, pages) in [(around, PAGES), (newest, 1)].into_iter().take(looks) {
        let messages = read(sender, "conversations.history", asked, pages).await?;
        let ours = messages.iter().filter(|message| {
            is_ours(message, &identity) && daily_shown_by(message) == Some(daily.id)
        });
        let since = |message: &&Value| is_since_claim(message, daily);
        let found = ours.filter(since).filter_map(|message| {
            let ts = message["ts"].as_str()?;
            Some(message_at(&daily.space, channel, ts))
        });
        let mut found: Vec<MessageRef> = found.collect();
        if !found.is_empty() {
            found.sort_by(|one, other| one.message.cmp(&other.message));
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

async fn said_in_thread(
    sender: &Sender,
    at: &MessageRef,
    key: &str,
    since: DateTime<Utc>,
) -> Result<bool, failure::Failure> {
    let identity = sender.log_in().await?;
    // A thread is full of what people typed before the daily closed.
    let asked = json!({
        "channel": at.place.channel.0, "ts": at.message.0, "oldest": seconds(since.minus(CLOCKS)),
    });
    let messages = read(sender, "conversations.replies", asked, PAGES).await?;
    let said = |message: &Value| is_said(message, key, &identity);
    Ok(messages.iter().any(said))
}

/// Whether we said a message in a thread, by that key.
pub(super) fn is_said(message: &Value, key: &str, identity: &Identity) -> bool {
    let metadata = &message["metadata"];
    is_ours(message, identity)
        && metadata["event_type"] == OF_THREAD
        && metadata["event_payload"]["key"] == key
}

/// Whether the bot wrote a message.
pub(super) fn is_ours(message: &Value, identity: &Identity) -> bool {
    let bot = message["bot_id"].as_str().filter(|bot| !bot.is_empty());
    bot == Some(&identity.bot) || message["user"] == identity.user.as_str()
}

/// The daily that a message of ours shows: its metadata say so, or else its buttons.
pub(super) fn daily_shown_by(message: &Value) -> Option<i64> {
    let metadata = &message["metadata"];
    if metadata["event_type"] == OF_DAILY {
        return metadata["event_payload"]["daily"].as_i64();
    }
    answers_to(message)
}

/// The daily that a message's buttons answer.
pub(super) fn answers_to(message: &Value) -> Option<i64> {
    let blocks = message["blocks"].as_array()?.iter();
    let elements = blocks.filter_map(|block| block["elements"].as_array());
    let mut ids = elements.flatten().filter_map(|it| it["action_id"].as_str());
    ids.find_map(|id| match Action::decode(id)? {
        Action::DailyAnswer { daily, .. } => Some(daily),
        _ => None,
    })
}

/// Whether a message was tried by this database: another one, made anew, may have had a daily with the same number.
fn is_since_claim(message: &Value, daily: &Daily) -> bool {
    let key = message["metadata"]["event_payload"]["key"].as_str();
    let tried_at = key.and_then(tried_at);
    tried_at.is_none_or(|tried_at| tried_at.timestamp() >= daily.claimed_at.timestamp())
}

/// The daily whose buttons a card has.
fn daily_of(card: &Card) -> Option<i64> {
    let mut buttons = card.buttons.iter().flatten();
    buttons.find_map(|button| match button.action {
        Action::DailyAnswer { daily, .. } => Some(daily),
        _ => None,
    })
}

async fn rendered(sender: &Sender, card: &Card) -> Message {
    sender.rendered(card).await
}

/// By what a daily is looked for.
fn name_of(daily: i64) -> String {
    format!("daily {daily}")
}

pub(super) fn seconds(at: DateTime<Utc>) -> String {
    format!("{}.000000", at.timestamp().max(0))
}

fn posted(at: &MessageRef) -> Posted {
    Posted {
        channel: at.place.channel.0.clone(),
        ts: at.message.0.clone(),
    }
}

fn message_at(space: &SpaceId, channel: &str, ts: &str) -> MessageRef {
    MessageRef::new(space.clone(), channel, ts)
}

/// What a call about a message of ours came to: one in a channel that is gone is gone too.
pub(super) fn or_gone(failure: failure::Failure) -> Failure {
    match failure.meaning() {
        Some(Meaning::NoChannel) => Failure::Gone,
        _ => failure.into(),
    }
}
