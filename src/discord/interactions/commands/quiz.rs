//! `/quiz`: practice that only the member sees.

use super::{Context, DifficultyChoice, topic_choices};
use crate::app::card::Audience;
use crate::app::quiz::USUAL;
use crate::discord::interactions::respond;

/// Practise with a quiz that only you see
#[poise::command(slash_command, guild_only)]
pub(super) async fn quiz(
    ctx: Context<'_>,
    #[description = "Only this topic"]
    #[autocomplete = "topic_choices"]
    topic: Option<String>,
    #[description = "How many questions, 1 to 20; 5 when left out"]
    #[min = 1]
    #[max = 20]
    count: Option<i64>,
    #[description = "Only of this difficulty"] difficulty: Option<DifficultyChoice>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Caller, |app, caller| async move {
        let (count, difficulty) = (count.unwrap_or(USUAL), difficulty.map(Into::into));
        app.start_quiz(&caller, topic.as_deref(), count, difficulty)
            .await
    })
    .await
}
