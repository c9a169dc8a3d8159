//! `/leaderboard`: who has the most points.

use super::Context;
use super::choices::Choice;
use super::completions::topic_choices;
use crate::app::card::Audience;
use crate::discord::interactions::respond;
use crate::rules::periods::Period;

#[poise::command(slash_command, guild_only)]
pub(super) async fn leaderboard(
    ctx: Context<'_>,
    period: Option<Choice<Period>>,
    #[autocomplete = "topic_choices"] topic: Option<String>,
    #[min = 1]
    #[max = 100_000]
    page: Option<i64>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Everyone, |app, caller| async move {
        let period = period.map_or(Period::Week, |Choice(period)| period);
        app.leaderboard(&caller, period, topic.as_deref(), page.unwrap_or(1))
            .await
    })
    .await
}
