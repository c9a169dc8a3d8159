//! What keeps the bot from posting in a channel, told before it is to post there.

use serde::Deserialize;
use serde_json::json;

use crate::app::setting::Obstacle;
use crate::model::ChannelId;
use crate::slack::sending::{Failure, Meaning, Sender};

/// What `conversations.info` says of a channel.
#[derive(Debug, Deserialize)]
struct Info {
    channel: Channel,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Channel {
    is_member: bool,
    is_archived: bool,
    is_im: bool,
    is_mpim: bool,
}

/// Why a channel does not do for dailies; none too when Slack does not say.
pub(super) async fn obstacle(sender: &Sender, channel: &ChannelId) -> Option<Obstacle> {
    let arguments = json!({ "channel": channel.0 });
    let found: Result<Info, Failure> = sender.once("conversations.info", &arguments).await;
    match found {
        Ok(Info { channel }) => of(&channel),
        // A private channel is not found before the bot is in it.
        Err(error) if error.meaning() == Some(Meaning::NoChannel) => Some(Obstacle::NotInvited),
        Err(error) => {
            tracing::warn!(%error, channel = channel.0, "could not ask about a channel");
            None
        }
    }
}

fn of(channel: &Channel) -> Option<Obstacle> {
    match channel {
        Channel {
            is_archived: true, ..
        } => Some(Obstacle::Archived),
        Channel { is_im: true, .. } | Channel { is_mpim: true, .. } => Some(Obstacle::NoMessages),
        Channel {
            is_member: false, ..
        } => Some(Obstacle::NotInvited),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(channel: serde_json::Value) -> Option<Obstacle> {
        let info: Info =
            serde_json::from_value(json!({ "ok": true, "channel": channel })).expect("it is read");
        of(&info.channel)
    }

    #[test]
    fn a_channel_does_if_the_bot_is_in_it_and_it_is_not_archived() {
        let told = |member, archived| {
            told(json!({ "id": "C1", "is_member": member, "is_archived": archived }))
        };
        assert_eq!(told(true, false), None);
        assert_eq!(told(false, false), Some(Obstacle::NotInvited));
        assert_eq!(told(true, true), Some(Obstacle::Archived));
    }

    #[test]
    fn direct_messages_do_not_do() {
        assert_eq!(
            told(json!({ "id": "D1", "is_im": true })),
            Some(Obstacle::NoMessages)
        );
        assert_eq!(
            told(json!({ "id": "G1", "is_mpim": true, "is_member": true })),
            Some(Obstacle::NoMessages)
        );
    }
}
