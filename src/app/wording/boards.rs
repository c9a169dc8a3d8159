//! What members read of the leaderboard and of their record.

use super::super::text::Text;
use super::{BREAK, counted};
use crate::rules::periods::Period;
use crate::store::{Standing, TopicRecord, Totals, UserId};

pub(in crate::app) fn period(period: Period) -> &'static str {
    match period {
        Period::Week => "This week",
        Period::Month => "This month",
        Period::All => "All time",
    }
}

pub(in crate::app) fn board_title(of: Period, topic: Option<&str>) -> String {
    match topic {
        Some(topic) => format!("Leaderboard · {} · {topic}", period(of)),
        None => format!("Leaderboard · {}", period(of)),
    }
}

pub(in crate::app) fn standings(standings: &[Standing], reader: &UserId) -> Text {
    standings.iter().fold(Text::new(), |text, standing| {
        let you = if standing.user == *reader {
            " ← you"
        } else {
            ""
        };
        text.then(standing_line(standing)).md(format!("{you}\n"))
    })
}

fn standing_line(standing: &Standing) -> Text {
    let streak = match standing.streak {
        0 => String::new(),
        days => format!(" · streak {days}"),
    };
    let share = percent(standing.right, standing.answers);
    Text::from(format!("**{}.** ", standing.rank))
        .member(&standing.user)
        .md(format!(
            " · **{}** points · {share} right{streak}",
            standing.points
        ))
}

pub(in crate::app) fn own_line(own: Option<&Standing>) -> Text {
    match own {
        Some(own) => Text::from("You: ").then(standing_line(own)),
        None => "You have no answer on this board yet.".into(),
    }
}

pub(in crate::app) fn board_footer(page: u32, pages: u32, members: u32) -> String {
    format!(
        "Page {} of {pages} · {}",
        page + 1,
        counted(members as usize, "member")
    )
}

pub(in crate::app) fn page_from_one() -> Text {
    "Pages are counted from 1.".into()
}

fn percent(right: u32, answers: u32) -> String {
    format!(
        "{} %",
        (right * 100 + answers / 2)
            .checked_div(answers)
            .unwrap_or(0)
    )
}

pub(in crate::app) fn no_record(user: &UserId, own: bool) -> Text {
    if own {
        return "You have no answers here yet. Answer the daily, or start with /quiz.".into();
    }
    Text::new().member(user).md(" has no answers here yet.")
}

pub(in crate::app) fn points_and_rank(totals: &Totals, rank: Option<&Standing>) -> Text {
    let rank = rank
        .map(|standing| format!(" · rank {}", standing.rank))
        .unwrap_or_default();
    format!("**{}**{rank}", totals.points).into()
}

pub(in crate::app) fn streak(totals: &Totals) -> Text {
    format!("**{}** · longest {}", totals.streak, totals.longest).into()
}

pub(in crate::app) fn accuracy(right: u32, answers: u32) -> Text {
    let share = percent(right, answers);
    format!(
        "{} · {right} right ({share})",
        counted(answers as usize, "answer")
    )
    .into()
}

pub(in crate::app) fn records(records: &[TopicRecord]) -> Text {
    let lines: Vec<String> = records
        .iter()
        .map(|r| {
            format!(
                "{} · {}/{} ({})",
                r.topic,
                r.right,
                r.answers,
                percent(r.right, r.answers)
            )
        })
        .collect();
    lines.join(BREAK).into()
}

pub(in crate::app) fn weakest(record: &TopicRecord) -> Text {
    let topic = &record.topic;
    format!("**{topic}** is your weakest topic: try `/quiz topic:{topic}`").into()
}
