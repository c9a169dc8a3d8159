//! Typed replies: answers stand in the thread of a daily, where Slack's people reply, and mentions of the bot anywhere
//! in a channel. All else that is said is none of the bot's business: it is neither kept nor logged.

use std::time::Instant;

use serde_json::Value;
use tracing::Instrument as _;

use super::Data;
use super::receipt::Receipt;
use super::respond::{caller, rendered};
use crate::app::card::Card;
use crate::app::replies::Said;
use crate::app::{Caller, Error, Turn, end_of, whole, wording};
use crate::metrics::{self, Outcome as End};
use crate::model::MessageRef;
use crate::slack::rendering::Message;
use crate::slack::sending::Failure;

/// What people's messages may be besides plain: all others are notices, or tell of a change.
const SUBTYPES: [&str; 3] = ["thread_broadcast", "file_share", "me_message"];

/// A person's message in a thread of the bot's, or one that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub user: String,
    pub channel: String,
    /// Which message it is of its channel. Those that were written later have greater ones.
    pub ts: String,
    /// The message whose thread it is in, or begins.
    pub thread: String,
    /// Whether it is in a thread that a message of the bot began, as far as Slack says.
    replies: bool,
    text: String,
    names_bot: bool,
}

impl Typed {
    /// Reads an event, unless it is not for the bot, whose user is `me`.
    pub(super) fn read(event: &Value, me: &str) -> Option<Self> {
        let text = |key: &str| event[key].as_str();
        let user = text("user").filter(|user| *user != me)?;
        let plain = text("subtype").is_none_or(|subtype| SUBTYPES.contains(&subtype));
        let direct = text("channel_type") == Some("im");
        if text("type") != Some("message") || !plain || direct || event["bot_id"].is_string() {
            return None;
        }
        let ts = text("ts")?;
        let thread = text("thread_ts").filter(|thread| *thread != ts);
        let by_bot = text("parent_user_id").is_none_or(|parent| parent == me);
        let (words, names_bot) = words(text("text").unwrap_or_default(), me);
        let replies = thread.is_some() && by_bot;
        (replies || names_bot).then(|| Self {
            user: user.to_owned(),
            channel: text("channel").unwrap_or_default().to_owned(),
            ts: ts.to_owned(),
            thread: thread.unwrap_or(ts).to_owned(),
            replies,
            text: words,
            names_bot,
        })
    }
}

/// Answers what was typed, if there is anything to say, after what its author typed before: to its author alone where that
/// is possible.
pub(super) async fn said(data: &Data, typed: Typed, turn: Turn<String>, receipt: Receipt) {
    let span = tracing::info_span!("reply", team = data.team, channel = typed.channel);
    let answered = async {
        let begun = Instant::now();
        let caller = caller(data, &typed.user).await;
        turn.comes().await;
        let outcome = match caller {
            Ok(caller) => whole(handled(data, &caller, &typed)).await,
            Err(Error::Refusal(refusal)) if refusal != wording::unidentified() => {
                // Whoever is too fast, or may not take part, may be talking to others.
                return;
            }
            Err(error) => Err(error),
        };
        receipt.kept(!matches!(outcome, Err(Error::Internal(_))));
        let mut end = end_of(&outcome);
        let card = match outcome {
            Ok(None) => return,
            Ok(Some(card)) => card,
            Err(error) => error.card(),
        };
        let message = rendered(data, &card).await;
        // The next message is handled without waiting for Slack to take this answer.
        let _turn = turn.to_answer().await;
        if let Err(error) = answer(data, &typed, &message).await {
            tracing::warn!(%error, "could not answer a message");
            end = End::Unanswered;
        }
        metrics::interaction("reply".into(), end, begun.elapsed());
    };
    answered.instrument(span).await;
}

async fn handled(data: &Data, caller: &Caller, typed: &Typed) -> Result<Option<Card>, Error> {
    let thread = || {
        let space = caller.member.space.clone();
        MessageRef::new(space, typed.channel.as_str(), typed.thread.as_str())
    };
    let said = Said {
        channel: typed.channel.as_str().into(),
        text: typed.text.clone(),
        reply_to: typed.replies.then(|| (thread(), None)),
        names_bot: typed.names_bot,
    };
    data.app.said(caller, said).await
}

/// In the thread, for the author alone, or else for everyone; by direct message while Slack has us wait.
async fn answer(data: &Data, typed: &Typed, message: &Message) -> Result<(), Failure> {
    let (channel, thread) = (&typed.channel, Some(typed.thread.as_str()));
    let whispered = data.sender.whisper(channel, thread, &typed.user, message);
    match whispered.await {
        Err(Failure::Refused { error, .. }) => {
            tracing::info!(error, "answering for everyone");
            let posted = data.sender.post(channel, thread, message, None).await;
            posted.map(drop)
        }
        Err(Failure::Later(why, _)) => {
            tracing::info!(why, "answering by direct message");
            data.sender.direct(&typed.user, message).await.map(drop)
        }
        done => done,
    }
}

/// What a text says to its readers, without the mentions of the bot, and whether there are any:
/// <https://docs.slack.dev/messaging/formatting-message-text>.
fn words(text: &str, me: &str) -> (String, bool) {
    let (mut said, mut names_bot) = (String::with_capacity(text.len()), false);
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once('<') {
        said.push_str(before);
        let Some((mark, after)) = marked.split_once('>') else {
            said.push('<');
            rest = marked;
            continue;
        };
        let (target, label) = mark.split_once('|').unwrap_or((mark, ""));
        let shown = if label.is_empty() { target } else { label };
        match target.strip_prefix('@') {
            Some(id) if id == me => {
                names_bot = true;
                said.push(' ');
            }
            Some(_) => said.push_str(&format!("@{}", shown.trim_start_matches('@'))),
            None => said.push_str(shown.trim_start_matches('!')),
        }
        rest = after;
    }
    said.push_str(rest);
    let said = said
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    (said, names_bot)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ME: &str = "U0BOT";

    #[test]
    fn a_text_is_read_as_people_see_it() {
        for (text, said) in [
            ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
            ("&amp;lt;", "&lt;"),
            ("see <https://example.org/a|the page>", "see the page"),
            ("<https://example.org/a>", "https://example.org/a"),
            ("<@U2|ben>: B", "@ben: B"),
            ("<@U2>: B", "@U2: B"),
            ("<#C1|general> <!here>", "general here"),
            ("a < b", "a < b"),
        ] {
            assert_eq!(words(text, ME), (said.to_owned(), false), "{text}");
        }
        let (said, names_bot) = words("<@U0BOT> B", ME);
        assert_eq!((said.trim(), names_bot), ("B", true));
    }

    fn message(more: Value) -> Value {
        let mut event = json!({
            "type": "message", "user": "U1", "channel": "C1", "ts": "2.1", "text": "B", "channel_type": "channel",
        });
        let (Some(event_keys), Some(more)) = (event.as_object_mut(), more.as_object()) else {
            unreachable!("both are objects");
        };
        event_keys.extend(more.clone());
        event
    }

    #[test]
    fn only_replies_in_the_bots_threads_and_mentions_are_for_it() {
        let is_for = |more| Typed::read(&message(more), ME).is_some();
        assert!(is_for(json!({ "thread_ts": "1.1" })));
        assert!(is_for(json!({ "thread_ts": "1.1", "parent_user_id": ME })));
        assert!(is_for(
            json!({ "thread_ts": "1.1", "subtype": "thread_broadcast" })
        ));
        assert!(is_for(json!({ "text": "<@U0BOT> B" })));
        for not in [
            json!({}),
            json!({ "thread_ts": "2.1" }),
            json!({ "thread_ts": "1.1", "parent_user_id": "U2" }),
            json!({ "thread_ts": "1.1", "bot_id": "B1" }),
            json!({ "thread_ts": "1.1", "user": ME }),
            json!({ "thread_ts": "1.1", "user": null }),
            json!({ "thread_ts": "1.1", "subtype": "message_changed" }),
            json!({ "thread_ts": "1.1", "subtype": "message_deleted" }),
            json!({ "thread_ts": "1.1", "channel_type": "im" }),
        ] {
            assert!(!is_for(not.clone()), "{not}");
        }
        let elsewhere =
            message(json!({ "thread_ts": "1.1", "parent_user_id": "U2", "text": "<@U0BOT> B" }));
        let typed = Typed::read(&elsewhere, ME).expect("it names the bot");
        assert!(!typed.replies && typed.names_bot);
        assert_eq!(typed.thread, "1.1");
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "[<>@#!|&a-z;é]{0,40}") {
            let (said, _) = words(&text, ME);
            prop_assert!(said.len() <= text.len() + 1);
        }
    }
}
