//! `/question`: a question for a topic, a tag, or any words.

use poise::serenity_prelude::CreateAutocompleteResponse;

use super::{Context, DifficultyChoice, choices};
use crate::app::card::Audience;
use crate::discord::interactions::respond;

/// Get an interview question on a topic, a tag, or any words
#[poise::command(slash_command, guild_only)]
pub(super) async fn question(
    ctx: Context<'_>,
    #[description = "A topic, a tag, or any words; leave it out for any question"]
    #[autocomplete = "offered"]
    #[max_length = 200]
    query: Option<String>,
    #[description = "Only of this difficulty"] difficulty: Option<DifficultyChoice>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Everyone, |app, caller| async move {
        app.question(&caller, query.as_deref(), difficulty.map(Into::into))
            .await
    })
    .await
}

async fn offered(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    choices(ctx, async |app, _| app.suggest(typed)).await
}
