//! The slash commands, one file a feature: each parses, calls one use-case and renders its card.

mod daily;
mod leaderboard;
mod privacy;
mod question;
mod quiz;
mod schedule;
mod stats;
mod topics;

use poise::serenity_prelude::{AutocompleteChoice, CreateAutocompleteResponse};

use super::{Command, Context, respond};
use crate::app::card::{CHOICE, cut};
use crate::app::{App, Caller};
use crate::metrics;
use crate::model::Difficulty;

/// Every command.
pub(crate) fn all() -> Vec<Command> {
    vec![
        question::question(),
        topics::topics(),
        quiz::quiz(),
        daily::daily(),
        leaderboard::leaderboard(),
        stats::stats(),
        schedule::schedule(),
        privacy::privacy(),
    ]
}

/// A difficulty, as Discord offers it.
#[derive(Clone, Copy, poise::ChoiceParameter)]
enum DifficultyChoice {
    #[name = "easy"]
    Easy,
    #[name = "medium"]
    Medium,
    #[name = "hard"]
    Hard,
}

impl From<DifficultyChoice> for Difficulty {
    fn from(choice: DifficultyChoice) -> Self {
        match choice {
            DifficultyChoice::Easy => Self::Easy,
            DifficultyChoice::Medium => Self::Medium,
            DifficultyChoice::Hard => Self::Hard,
        }
    }
}

/// What is offered while a member types: (shown, sent), each at most 100 characters. Nothing, and at
/// no cost, to who is too fast: there is no place for a word to them.
async fn choices(
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

async fn topic_choices(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    choices(ctx, async |app, _| app.suggest_topics(typed)).await
}
