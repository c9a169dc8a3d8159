//! `/stats`: a member's record.

use poise::serenity_prelude as serenity;

use super::Context;
use crate::app::card::Audience;
use crate::discord::interactions::respond;
use crate::model::UserId;

#[poise::command(slash_command, guild_only)]
pub(super) async fn stats(ctx: Context<'_>, member: Option<serenity::User>) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.stats(&caller, member.map(|member| UserId::discord(member.id)))
            .await
    })
    .await
}
