//! Tells admins by direct message what they are to know about their schedules, and the operator
//! what is to be known about the bot.

use poise::serenity_prelude as serenity;
use serenity::Nonce;

use super::outbox::snowflake;
use super::sender::{Failure, Sender};
use crate::app::notices::Notice;
use crate::app::{App, Card};
use crate::discord::rendering::render;

/// Sends the notices that are due. One that Discord refuses, as when the admin takes no direct
/// messages (50007), counts as told; one that failed otherwise is tried again at the next turn.
pub(super) async fn tell(app: &App, sender: &Sender) -> anyhow::Result<()> {
    for notice in app.to_tell().await? {
        let Ok(user) = snowflake(&notice.user.0) else {
            tracing::warn!(
                "nobody could be told, for want of an id of Discord's: {}",
                notice.card.title
            );
            app.told(notice.id).await?;
            continue;
        };
        match send(sender, user, &notice).await {
            Ok(()) => {}
            Err(error @ Failure::Refused { .. }) => {
                tracing::warn!(%error, "an admin could not be told: {}", notice.card.title);
            }
            Err(error) => {
                // That Discord is out of reach is told elsewhere, once.
                tracing::debug!(%error, "could not tell an admin; trying again");
                continue;
            }
        }
        app.told(notice.id).await?;
    }
    Ok(())
}

/// Tells the operator what there is to tell. It is in the log as well, so one round of tries is
/// enough.
pub(super) async fn tell_operator(app: &App, sender: &Sender, operator: Option<u64>) {
    let Some(card) = app.to_tell_operator() else {
        return;
    };
    if let Some(operator) = operator {
        let nonce = format!("operator-{:x}", rand::random::<u32>());
        if let Err(error) = direct(sender, operator, &card, nonce).await {
            tracing::warn!(%error, "the operator could not be told: {}", card.title);
        }
    }
    app.operator_told(&card);
}

async fn send(sender: &Sender, user: u64, notice: &Notice) -> Result<(), Failure> {
    let nonce = format!("notice-{}", notice.id);
    direct(sender, user, &notice.card, nonce).await
}

async fn direct(sender: &Sender, user: u64, card: &Card, nonce: String) -> Result<(), Failure> {
    let channel = sender.direct_channel(user).await?;
    let message = render::message(card.clone())
        .nonce(Nonce::String(nonce))
        .enforce_nonce(true);
    sender.post(channel, &message).await.map(drop)
}
