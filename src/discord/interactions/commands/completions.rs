//! What is offered while a member types an option.

use poise::serenity_prelude::{AutocompleteChoice, CreateAutocompleteResponse};

use super::Context;
use crate::app::card::{CHOICE, cut};
use crate::app::{App, Caller};
use crate::discord::interactions::respond;
use crate::metrics;

/// What is offered while a member types: (shown, sent), each at most 100 characters. Rate-limited members get an empty
/// list, at no cost, since completions can't show an error.
pub(super) async fn suggestions(
    ctx: Context<'_>,
    offered: impl AsyncFnOnce(&App, Caller) -> Vec<(String, String)>,
) -> CreateAutocompleteResponse {
    metrics::completed();
    let offered = match respond::caller(ctx) {
        Ok(caller) => offered(&ctx.data().app, caller).await,
        Err(_) => Vec::new(),
    };
    let choices = offered
        .into_iter()
        .map(|(shown, sent)| AutocompleteChoice::new(cut(&shown, CHOICE), sent))
        .collect();
    CreateAutocompleteResponse::new().set_choices(choices)
}

pub(super) async fn topic_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggestions(ctx, async |app, _| app.suggest_topics(typed)).await
}

pub(super) async fn schedule_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggestions(ctx, async |app, caller| {
        app.suggest_schedules(&caller, typed).await
    })
    .await
}
