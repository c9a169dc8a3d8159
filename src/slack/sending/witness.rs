//! Our own messages, as Slack tells of them when they are posted: who may not have been told that a daily is there
//! learns it so, and that it is there twice.

use serde_json::Value;

use super::messenger::{daily_shown_by, is_ours};
use super::sender::{Posted, Sender};
use crate::app::{App, Error};
use crate::model::MessageRef;

/// Takes note of a `message` event, if it is of a message of ours that shows a daily. A duplicate is deleted.
///
/// # Errors
/// When the store fails.
pub(crate) async fn saw_posted(app: &App, sender: &Sender, event: &Value) -> Result<(), Error> {
    // Edits, deletions and what is said in threads are told too.
    if !event["subtype"].is_null() || !event["thread_ts"].is_null() {
        return Ok(());
    }
    let Some(identity) = sender
        .identity()
        .filter(|identity| is_ours(event, identity))
    else {
        return Ok(());
    };
    let text = |key: &str| event[key].as_str().map(str::to_owned);
    let (Some(daily), Some(channel), Some(ts)) =
        (daily_shown_by(event), text("channel"), text("ts"))
    else {
        return Ok(());
    };
    let at = MessageRef::new(identity.space.clone(), channel.as_str(), ts.as_str());
    if app.saw_daily(daily, &at).await? {
        match sender.delete(&Posted { channel, ts }).await {
            Ok(()) => {
                tracing::warn!(message = %at.message, "took a second message of a daily away")
            }
            Err(error) => {
                tracing::warn!(message = %at.message, %error, "a daily has a second message");
            }
        }
    }
    Ok(())
}
