//! `/daily`: the daily question, for admins.

use poise::serenity_prelude::CreateAutocompleteResponse;

use super::{Context, choices};
use crate::app::card::Audience;
use crate::discord::interactions::respond;

/// The daily question
#[poise::command(
    slash_command,
    guild_only,
    subcommands("post", "queue", "skip"),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
pub(super) async fn daily(_: Context<'_>) -> anyhow::Result<()> {
    Ok(())
}

/// Post today's daily question now
#[poise::command(slash_command, guild_only)]
async fn post(
    ctx: Context<'_>,
    #[description = "Of which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.post_now(&caller, schedule.as_deref()).await
    })
    .await
}

/// Ask a question of your choice next
#[poise::command(slash_command, guild_only)]
async fn queue(
    ctx: Context<'_>,
    #[description = "Type words of it, and pick it from the list"]
    #[autocomplete = "question_choices"]
    #[max_length = 400]
    question: String,
    #[description = "For which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.queue_question(&caller, &question, schedule.as_deref())
            .await
    })
    .await
}

/// Replace the open daily's question with another one
#[poise::command(slash_command, guild_only)]
async fn skip(
    ctx: Context<'_>,
    #[description = "Of which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.skip_daily(&caller, schedule.as_deref()).await
    })
    .await
}

async fn question_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    choices(ctx, async |app, caller| app.suggest_askable(&caller, typed)).await
}

pub(super) async fn schedule_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    choices(ctx, async |app, caller| {
        app.suggest_schedules(&caller, typed).await
    })
    .await
}
