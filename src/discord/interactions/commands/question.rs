//! `/question`: a question for a topic, a tag, or any words.

use poise::serenity_prelude::CreateAutocompleteResponse;

use super::Context;
use super::choices::Choice;
use super::completions::suggestions;
use crate::app::card::Audience;
use crate::discord::interactions::respond;
use crate::model::Difficulty;

#[poise::command(slash_command, guild_only)]
pub(super) async fn question(
    ctx: Context<'_>,
    #[autocomplete = "offered"]
    #[max_length = 200]
    query: Option<String>,
    difficulty: Option<Choice<Difficulty>>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Everyone, |app, caller| async move {
        app.question(
            &caller,
            query.as_deref(),
            difficulty.map(|Choice(difficulty)| difficulty),
        )
        .await
    })
    .await
}

async fn offered(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggestions(ctx, async |app, _| app.suggest(typed)).await
}
