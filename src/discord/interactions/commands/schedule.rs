//! `/schedule`: where and when dailies post, for admins.

use poise::serenity_prelude as serenity;
use serenity::CreateAutocompleteResponse;

use super::daily::schedule_choices;
use super::{Context, choices};
use crate::app::card::Audience;
use crate::app::setting::ScheduleRequest;
use crate::app::skipping::DatesRequest;
use crate::discord::interactions::{allowed, respond};
use crate::model::ScheduleState;

/// Where and when the daily question posts
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

/// When verdicts are shown, as Discord offers it.
#[derive(Clone, Copy, poise::ChoiceParameter)]
enum RevealChoice {
    #[name = "at-once"]
    AtOnce,
    #[name = "at-close"]
    AtClose,
}

/// Set a schedule, or change what you name of it
#[poise::command(slash_command, guild_only)]
#[allow(clippy::too_many_arguments)] // one an option of the command
async fn set(
    ctx: Context<'_>,
    #[description = "Where to post; a new schedule needs it"]
    #[channel_types("Text", "News", "Voice", "PublicThread", "NewsThread")]
    channel: Option<serenity::PartialChannel>,
    #[description = "When, for example 09:00 or 9pm; a new schedule needs it"] time: Option<String>,
    #[description = "A city, a country or a time zone, for example Berlin; a new schedule needs it"]
    #[autocomplete = "zone_choices"]
    zone: Option<String>,
    #[description = "Days, for example mon-fri or mon,wed,fri; every day unless you say so"]
    #[autocomplete = "day_choices"]
    days: Option<String>,
    #[description = "Topics with commas between, or all; all unless you say so"]
    #[autocomplete = "topic_list_choices"]
    topics: Option<String>,
    #[description = "Which schedule, if there are several; a new name makes another"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
    #[description = "When members see whether they are right; at once unless you say so"]
    reveal: Option<RevealChoice>,
    #[description = "Start a thread on each closed daily that somebody answered; no unless you say so"]
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
        reveal: reveal.map(|reveal| poise::ChoiceParameter::name(&reveal).to_owned()),
        discuss,
    };
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        let obstacle =
            async |channel, threads| allowed::obstacle(data, guild, &channel, threads).await;
        app.set_schedule(&caller, request, obstacle).await
    })
    .await
}

/// See the schedules of this server
#[poise::command(slash_command, guild_only)]
async fn list(ctx: Context<'_>) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.list_schedules(&caller).await
    })
    .await
}

/// See when the next dailies post
#[poise::command(slash_command, guild_only)]
async fn preview(
    ctx: Context<'_>,
    #[description = "Of which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        app.preview_schedule(&caller, schedule.as_deref()).await
    })
    .await
}

/// Stop a schedule until it is resumed
#[poise::command(slash_command, guild_only)]
async fn pause(
    ctx: Context<'_>,
    #[description = "Which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
) -> anyhow::Result<()> {
    set_state(ctx, schedule, ScheduleState::Paused).await
}

/// Start a paused schedule again
#[poise::command(slash_command, guild_only)]
async fn resume(
    ctx: Context<'_>,
    #[description = "Which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
) -> anyhow::Result<()> {
    set_state(ctx, schedule, ScheduleState::Active).await
}

/// Post nothing on a date, or on several
#[poise::command(slash_command, guild_only)]
async fn skip(
    ctx: Context<'_>,
    #[description = "The date, for example 24 Dec, tomorrow or 2026-12-24; or several: 24-26 Dec"]
    #[autocomplete = "date_choices"]
    date: String,
    #[description = "The last date, to skip several days"]
    #[autocomplete = "date_choices"]
    until: Option<String>,
    #[description = "Of which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
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

/// Post on dates after all that were to be skipped
#[poise::command(slash_command, guild_only)]
async fn unskip(
    ctx: Context<'_>,
    #[description = "The date, for example 24 Dec, tomorrow or 2026-12-24; or several: 24-26 Dec"]
    #[autocomplete = "skipped_choices"]
    date: String,
    #[description = "The last date, for several days"]
    #[autocomplete = "skipped_choices"]
    until: Option<String>,
    #[description = "Of which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
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

/// Remove a schedule
#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Context<'_>,
    #[description = "Which schedule, if there are several"]
    #[autocomplete = "schedule_choices"]
    schedule: Option<String>,
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
    choices(ctx, async |app, caller| {
        app.suggest_dates(&caller, skipped, typed).await
    })
    .await
}

async fn zone_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    choices(ctx, async |app, _| app.suggest_zones(typed)).await
}

async fn day_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    choices(ctx, async |app, _| app.suggest_days(typed)).await
}

async fn topic_list_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    choices(ctx, async |app, _| app.suggest_topic_list(typed)).await
}
