//! Tells hosts by direct message what they are to know about their schedules.

use poise::serenity_prelude as serenity;
use serenity::{Builder, Http, HttpError, Nonce, UserId};

use super::outbox::{NOT_DISCORDS, snowflake};
use super::render;
use crate::app::App;
use crate::app::notices::Notice;

/// Sends the notices that are due. One that Discord refuses, as when the host takes no direct
/// messages (50007), counts as told; one that failed otherwise is tried again at the next turn.
pub(super) async fn tell(app: &App, http: &Http) -> anyhow::Result<()> {
    for notice in app.to_tell().await? {
        match send(http, &notice).await {
            Ok(()) => {}
            Err(error) if is_final(&error) => {
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

async fn send(http: &Http, notice: &Notice) -> serenity::Result<()> {
    let user = snowflake(&notice.user.0).ok_or(NOT_DISCORDS)?;
    let channel = UserId::from(user).create_dm_channel(http).await?;
    render::message(notice.card.clone())
        .nonce(Nonce::String(format!("notice-{}", notice.id)))
        .enforce_nonce(true)
        .execute(http, (channel.id, None))
        .await?;
    Ok(())
}

/// Whether the same request would be refused again: 4xx, but for time-outs and rate limits.
pub(super) fn is_final(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            let status = response.status_code;
            status.is_client_error() && ![408, 429].contains(&status.as_u16())
        }
        // What never left this program: an id that is not Discord's, a message over a limit.
        serenity::Error::Http(_) => false,
        _ => true,
    }
}
