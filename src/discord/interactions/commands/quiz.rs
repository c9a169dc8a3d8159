//! `/quiz`: practice that only the member sees.

use super::Context;
use super::choices::Choice;
use super::completions::topic_choices;
use crate::app::card::Audience;
use crate::discord::interactions::respond;
use crate::model::Difficulty;

#[poise::command(slash_command, guild_only)]
pub(super) async fn quiz(
    ctx: Context<'_>,
    #[autocomplete = "topic_choices"] topic: Option<String>,
    #[min = 1]
    #[max = 20]
    count: Option<i64>,
    difficulty: Option<Choice<Difficulty>>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        let difficulty = difficulty.map(|Choice(difficulty)| difficulty);
        app.start_quiz(&caller, topic.as_deref(), count, difficulty)
            .await
    })
    .await
}
