//! Servers that add or remove the bot. One that is unavailable, in an outage, is neither.

use poise::serenity_prelude as serenity;
use serenity::GuildId;

use crate::app::App;

/// The bot is in a server.
pub(super) async fn joined(app: &App, guild: GuildId) -> anyhow::Result<()> {
    Ok(app
        .store
        .space_joined(guild.get().into(), app.clock.now())
        .await?)
}

/// A server removed the bot.
pub(super) async fn left(app: &App, guild: GuildId) -> anyhow::Result<()> {
    tracing::info!(%guild, "a server removed the bot; its data is kept for 30 days");
    Ok(app
        .store
        .space_left(guild.get().into(), app.clock.now())
        .await?)
}

/// Servers that removed the bot while it was away are those that a shard does not list.
pub(super) async fn ready(app: &App, ready: &serenity::Ready) -> anyhow::Result<()> {
    for space in app.store.spaces().await? {
        let Some(guild) = space.0.parse().ok().filter(|id| *id != 0).map(GuildId::new) else {
            continue;
        };
        let ours = ready
            .shard
            .is_none_or(|shard| guild.shard_id(shard.total) == shard.id.0);
        if ours && !ready.guilds.iter().any(|listed| listed.id == guild) {
            left(app, guild).await?;
        }
    }
    Ok(())
}
