//! `/leaderboard`: who has the most points.

use super::{Context, topic_choices};
use crate::app::card::Audience;
use crate::discord::interactions::respond;
use crate::rules::periods::Period;

/// A period, as Discord offers it.
#[derive(Clone, Copy, poise::ChoiceParameter)]
enum PeriodChoice {
    #[name = "week"]
    Week,
    #[name = "month"]
    Month,
    #[name = "all"]
    All,
}

impl From<PeriodChoice> for Period {
    fn from(choice: PeriodChoice) -> Self {
        match choice {
            PeriodChoice::Week => Self::Week,
            PeriodChoice::Month => Self::Month,
            PeriodChoice::All => Self::All,
        }
    }
}

/// See who has the most points from dailies
#[poise::command(slash_command, guild_only)]
pub(super) async fn leaderboard(
    ctx: Context<'_>,
    #[description = "This week when left out"] period: Option<PeriodChoice>,
    #[description = "Only this topic"]
    #[autocomplete = "topic_choices"]
    topic: Option<String>,
    #[description = "Which page, from 1"]
    #[min = 1]
    #[max = 100_000]
    page: Option<i64>,
) -> anyhow::Result<()> {
    respond::command(ctx, Audience::Everyone, |app, caller| async move {
        let period = period.map_or(Period::Week, Into::into);
        app.leaderboard(&caller, period, topic.as_deref(), page.unwrap_or(1))
            .await
    })
    .await
}
