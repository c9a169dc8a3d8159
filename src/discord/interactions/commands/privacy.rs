//! `/privacy`: what is stored about a member, to read and to remove.

use super::Context;
use crate::app::card::Audience;
use crate::discord::interactions::respond;

#[poise::command(
    slash_command,
    guild_only,
    subcommands("export", "delete"),
    subcommand_required
)]
pub(super) async fn privacy(_: Context<'_>) -> anyhow::Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn export(ctx: Context<'_>) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.export_mine(&caller).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn delete(ctx: Context<'_>) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.ask_to_delete(&caller).await
    })
    .await
}
