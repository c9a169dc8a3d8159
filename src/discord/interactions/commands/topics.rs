//! `/topics`: what can be asked about.

use super::Context;
use crate::app::card::Audience;
use crate::discord::interactions::respond;

#[poise::command(slash_command, guild_only)]
pub(super) async fn topics(ctx: Context<'_>) -> anyhow::Result<()> {
    respond::command(
        ctx,
        Audience::Caller,
        |app, _| async move { app.topics().await },
    )
    .await
}
