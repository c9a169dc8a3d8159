//! `/daily`: the daily question, for admins.

use poise::serenity_prelude::CreateAutocompleteResponse;

use super::Context;
use super::completions::{schedule_choices, suggestions};
use crate::app::card::Audience;
use crate::discord::interactions::respond;

#[poise::command(
    slash_command,
    guild_only,
    subcommands("post", "queue", "replace", "skip"),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
pub(super) async fn daily(_: Context<'_>) -> anyhow::Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn post(
    ctx: Context<'_>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.post_now(&caller, schedule.as_deref()).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn queue(
    ctx: Context<'_>,
    #[autocomplete = "question_choices"]
    #[max_length = 400]
    question: String,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.queue_question(&caller, &question, schedule.as_deref())
            .await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn replace(
    ctx: Context<'_>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.replace_daily(&caller, schedule.as_deref()).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn skip(
    ctx: Context<'_>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.replace_daily_by_old_name(&caller, schedule.as_deref())
            .await
    })
    .await
}

async fn question_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggestions(ctx, async |app, caller| app.suggest_askable(&caller, typed)).await
}
