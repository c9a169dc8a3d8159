//! What is said below a daily that can't be edited any more: a workspace may limit for how long messages can be.

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};

use super::meaning::Meaning;
use super::messenger::{Messenger, PAGES, answers_to, is_said, or_gone, read, seconds};
use super::sender::{Posted, Sender};
use crate::app::delivery::Failure;
use crate::model::MessageRef;
use crate::slack::rendering::Message;
use crate::time::InstantSums as _;

/// Nothing is said instead of the edit of a message that is older.
const EDITS: TimeDelta = TimeDelta::days(30);

impl Messenger {
    /// Says below a daily that can't be changed any more what became of it: once, while it still looks open. What was said
    /// there before is changed, or else taken away, so that nobody reads a result twice, nor one that isn't so any more.
    pub(super) async fn say_instead(
        &self,
        sender: &Sender,
        at: &MessageRef,
        message: &Message,
    ) -> Result<(), Failure> {
        let identity = sender.log_in().await?;
        let asked = json!({ "channel": at.place.channel.0, "ts": at.message.0 });
        let thread = match read(sender, "conversations.replies", asked, PAGES).await {
            Err(failure) if failure.meaning() == Some(Meaning::Scope) => {
                // It may have been said already.
                tracing::warn!(%failure, "a daily can't be changed any more, and what became of it can't be said below it");
                return Ok(());
            }
            thread => thread?,
        };
        let key = format!("result {}", at.message);
        let said = thread.iter().find(|said| is_said(said, &key, &identity));
        if let Some(said) = said {
            self.looks.forget(&key);
            return match message.is_shown_by(&said["blocks"]) {
                true => Ok(()),
                false => correct(sender, at, said, message).await,
            };
        }
        let old = seconds(Utc::now().minus(EDITS));
        let open = |shown: &Value| shown["ts"] == *at.message.0 && answers_to(shown).is_some();
        if at.message.0 < old || !thread.iter().any(open) {
            tracing::info!(message = %at.message, "a daily of earlier can't be changed any more");
            return Ok(());
        }
        self.looked_twice(&key)?;
        self.say(sender, at, message, &key).await
    }
}

/// Puts another message in the place of what we said in the thread of a message, or takes it away.
async fn correct(
    sender: &Sender,
    at: &MessageRef,
    said: &Value,
    message: &Message,
) -> Result<(), Failure> {
    let said = Posted {
        channel: at.place.channel.0.clone(),
        ts: said["ts"].as_str().unwrap_or_default().to_owned(),
    };
    let corrected = match sender.edit(&said, message).await {
        Err(failure) if failure.meaning().is_some_and(Meaning::is_unchangeable) => {
            sender.delete(&said).await
        }
        edited => edited,
    };
    match corrected.map_err(or_gone) {
        Err(Failure::Gone) => Ok(()),
        corrected => corrected,
    }
}
