//! `/schedule`: where and when dailies post, for admins.

use poise::serenity_prelude as serenity;
use serenity::CreateAutocompleteResponse;

use super::Context;
use super::choices::Choice;
use super::completions::{schedule_choices, suggestions};
use crate::app::card::Audience;
use crate::app::setting::ScheduleRequest;
use crate::app::skipping::DatesRequest;
use crate::discord::interactions::{allowed, respond};
use crate::model::{Reveal, ScheduleState};

#[poise::command(
    slash_command,
    guild_only,
    subcommands(
        "set", "list", "preview", "pause", "resume", "skip", "unskip", "remove"
    ),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
pub(super) async fn schedule(_: Context<'_>) -> anyhow::Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
#[allow(clippy::too_many_arguments)] // one an option of the command
async fn set(
    ctx: Context<'_>,
    #[channel_types("Text", "News", "Voice", "PublicThread", "NewsThread")] channel: Option<
        serenity::PartialChannel,
    >,
    time: Option<String>,
    #[autocomplete = "zone_choices"] zone: Option<String>,
    #[autocomplete = "day_choices"] days: Option<String>,
    #[autocomplete = "topic_list_choices"] topics: Option<String>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
    reveal: Option<Choice<Reveal>>,
    discuss: Option<bool>,
) -> anyhow::Result<()> {
    let (data, guild) = (ctx.data(), ctx.interaction.guild_id);
    let request = ScheduleRequest {
        name: schedule,
        channel: channel.map(|channel| channel.id.get().into()),
        time,
        zone,
        weekdays: days,
        topics,
        reveal: reveal.map(|Choice(reveal)| reveal.as_str().to_owned()),
        discuss,
    };
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        let obstacle =
            async |channel, threads| allowed::obstacle(data, guild, &channel, threads).await;
        app.set_schedule(&caller, request, obstacle).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn list(ctx: Context<'_>) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.list_schedules(&caller).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn preview(
    ctx: Context<'_>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.preview_schedule(&caller, schedule.as_deref()).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn pause(
    ctx: Context<'_>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    set_state(ctx, schedule, ScheduleState::Paused).await
}

#[poise::command(slash_command, guild_only)]
async fn resume(
    ctx: Context<'_>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    set_state(ctx, schedule, ScheduleState::Active).await
}

#[poise::command(slash_command, guild_only)]
async fn skip(
    ctx: Context<'_>,
    #[autocomplete = "date_choices"] date: String,
    #[autocomplete = "date_choices"] until: Option<String>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    let request = DatesRequest {
        date,
        until,
        schedule,
    };
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.skip_dates(&caller, request).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn unskip(
    ctx: Context<'_>,
    #[autocomplete = "skipped_choices"] date: String,
    #[autocomplete = "skipped_choices"] until: Option<String>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    let request = DatesRequest {
        date,
        until,
        schedule,
    };
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.unskip_dates(&caller, request).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Context<'_>,
    #[autocomplete = "schedule_choices"] schedule: Option<String>,
) -> anyhow::Result<()> {
    set_state(ctx, schedule, ScheduleState::Removed).await
}

async fn set_state(
    ctx: Context<'_>,
    name: Option<String>,
    state: ScheduleState,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.set_schedule_state(&caller, name.as_deref(), state)
            .await
    })
    .await
}

async fn date_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    offered_dates(ctx, typed, false).await
}

async fn skipped_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    offered_dates(ctx, typed, true).await
}

async fn offered_dates(ctx: Context<'_>, typed: &str, skipped: bool) -> CreateAutocompleteResponse {
    suggestions(ctx, async |app, caller| {
        app.suggest_dates(&caller, skipped, typed).await
    })
    .await
}

async fn zone_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggestions(ctx, async |app, _| app.suggest_zones(typed)).await
}

async fn day_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggestions(ctx, async |app, _| app.suggest_days(typed)).await
}

async fn topic_list_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggestions(ctx, async |app, _| app.suggest_topic_list(typed)).await
}
