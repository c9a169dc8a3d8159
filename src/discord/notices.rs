//! Tells hosts by direct message what they are to know about their schedules.

use poise::serenity_prelude as serenity;
use serenity::Nonce;

use super::outbox::snowflake;
use super::render;
use super::sender::{Failure, Sender};
use crate::app::App;
use crate::app::notices::Notice;

/// Sends the notices that are due. One that Discord refuses, as when the host takes no direct
/// messages (50007), counts as told; one that failed otherwise is tried again at the next turn.
pub(super) async fn tell(app: &App, sender: &Sender) -> anyhow::Result<()> {
    for notice in app.to_tell().await? {
        match send(sender, &notice).await {
            Ok(()) => {}
            Err(error @ Failure::Refused { .. }) => {
                tracing::warn!(user = %notice.user, %error, "a host could not be told: {}", notice.card.title);
            }
            Err(error) => {
                tracing::warn!(user = %notice.user, %error, "could not tell a host; trying again");
                continue;
            }
        }
        app.told(notice.id).await?;
    }
    Ok(())
}

async fn send(sender: &Sender, notice: &Notice) -> Result<(), Failure> {
    let user = snowflake(&notice.user.0).unwrap_or_default();
    let channel = sender.direct_channel(user).await?;
    let nonce = Nonce::String(format!("notice-{}", notice.id));
    let message = render::message(notice.card.clone())
        .nonce(nonce)
        .enforce_nonce(true);
    sender.post(channel, &message).await.map(drop)
}
