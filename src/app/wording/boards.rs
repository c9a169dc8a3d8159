//! What members read of the leaderboard and of their record.

use super::super::outcome::Refusal;
use super::super::text::Text;
use super::labels::WHICH_PAGE;
use super::lists::BREAK;
use super::questions::topic_title;
use crate::bank::Bank;
use crate::model::{Standing, TopicRecord, Totals, UserId};
use crate::rules::periods::Period;
use crate::told::counted;

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

/// The same for every reader, whatever they have answered.
const WHEN_COUNTED: &str =
    "Typed answers, and answers with a hidden verdict, count once the daily closes.";

/// Everyone reads it, so nobody is "you" in it.
pub(in crate::app) fn standings(standings: &[Standing]) -> Text {
    standings.iter().fold(Text::new(), |text, standing| {
        text.then(standing_line(standing)).md("\n")
    })
}

/// A board that is empty, of a period and maybe a topic.
pub(in crate::app) fn empty_board(of: Period, topic: Option<&str>) -> Text {
    let on = on(topic);
    let board = match of {
        Period::Week => format!("This week's board{on}"),
        Period::Month => format!("This month's board{on}"),
        Period::All => format!("The board{on}"),
    };
    format!("{board} is empty so far. {WHEN_COUNTED}").into()
}

fn standing_line(standing: &Standing) -> Text {
    let streak = match standing.streak {
        0 => String::new(),
        days => format!(" · streak {days}"),
    };
    let share = percent(standing.right, standing.answers);
    let rank = rank(standing).map_or("–".to_owned(), |rank| format!("{rank}."));
    Text::from(format!("**{rank}** "))
        .member(&standing.user)
        .md(format!(
            " · **{}** points · {share} right{streak}",
            standing.points
        ))
}

/// The rank of a member with points: without any, nobody is first.
fn rank(standing: &Standing) -> Option<u32> {
    (standing.points > 0).then_some(standing.rank)
}

/// The row of a reader who isn't on the page.
pub(in crate::app) fn own_line(
    own: Option<&Standing>,
    (of, topic): (Period, Option<&str>),
    reader: &UserId,
) -> Text {
    match own {
        Some(own) => Text::from("…\n").then(standing_line(own)),
        None => Text::new()
            .member(reader)
            .md(format!(" has no answer{}", on(topic)))
            .md(format!(
                " that counts{} so far. ({WHEN_COUNTED})",
                within(of)
            )),
    }
}

fn on(topic: Option<&str>) -> String {
    topic
        .map(|topic| format!(" on {topic}"))
        .unwrap_or_default()
}

fn within(of: Period) -> &'static str {
    match of {
        Period::Week => " this week",
        Period::Month => " this month",
        Period::All => "",
    }
}

/// For one member: how many of their answers will count on boards later.
pub(in crate::app) fn waiting(answers: u32) -> Option<Text> {
    let text = match answers {
        0 => return None,
        1 => "Your answer to an open daily will count on the leaderboard once that daily closes."
            .into(),
        more => format!(
            "{more} of your answers will count on the leaderboard once their dailies close."
        )
        .into(),
    };
    Some(text)
}

pub(in crate::app) fn board_footer(page: u32, pages: u32, members: u32) -> Option<String> {
    let members = (members > 0).then(|| counted(members as usize, "member"))?;
    Some(format!("Page {} of {pages} · {members}", page + 1))
}

/// Over the last page of a board, for whoever asked for one behind it.
pub(in crate::app) fn last_page(pages: u32) -> Text {
    match pages {
        1 => "There is only one page.".into(),
        pages => format!("There are only {pages} pages; this is the last.").into(),
    }
}

pub(in crate::app) fn page_from_one() -> Refusal {
    Refusal::neutral(WHICH_PAGE, "Pages are counted from 1.")
}

fn percent(right: u32, answers: u32) -> String {
    format!(
        "{}%",
        (right * 100 + answers / 2)
            .checked_div(answers)
            .unwrap_or(0)
    )
}

pub(in crate::app) fn stats_title(own: bool) -> &'static str {
    if own { "Your stats" } else { "Stats" }
}

/// For a member without any verdicts yet; so many answers have one that the reader may not know.
pub(in crate::app) fn no_record(user: &UserId, own: bool, waiting: u32) -> Text {
    if own {
        return "There is nothing to show yet. Each answer with a verdict counts here: to a \
                daily, or in practice with `/quiz`."
            .into();
    }
    let has = match waiting {
        0 => " has no answers to show here yet.".to_owned(),
        waiting => {
            let (answers, once) = (counted(waiting as usize, "answer"), once_closed(waiting));
            format!(" has {answers} to show here {once}.")
        }
    };
    Text::new().member(user).md(has)
}

/// When so many answers count, each to another daily.
fn once_closed(answers: u32) -> &'static str {
    match answers {
        1 => "when its daily closes",
        _ => "when their dailies close",
    }
}

pub(in crate::app) fn points_and_rank(totals: &Totals, rank: Option<&Standing>) -> Text {
    let rank = match rank.and_then(self::rank) {
        Some(rank) => format!("rank {rank}"),
        None => "no rank yet".to_owned(),
    };
    format!("**{}** · {rank}", totals.points).into()
}

/// With what it is where there are `several` schedules.
pub(in crate::app) fn streak(totals: &Totals, several: bool) -> Text {
    let text = Text::from(format!(
        "**{}** · longest {}",
        totals.streak, totals.longest
    ));
    match several {
        true => text.md(format!(
            "{BREAK}Each schedule has its own streak; the best is shown."
        )),
        false => text,
    }
}

/// How many answers to dailies were right, and how many are not told yet: a streak counts those too.
pub(in crate::app) fn accuracy(totals: &Totals) -> Text {
    let (answers, right) = (totals.answers, totals.right);
    let given = counted(answers as usize, "answer");
    let text = match answers {
        0 => given,
        _ => format!("{given} · {right} right ({})", percent(right, answers)),
    };
    match totals.waiting {
        0 => text.into(),
        waiting => format!("{text} · {waiting} more {}", once_closed(waiting)).into(),
    }
}

pub(in crate::app) fn records(bank: &Bank, records: &[TopicRecord]) -> Text {
    let lines: Vec<String> = records
        .iter()
        .map(|r| {
            format!(
                "{} · {}/{} ({})",
                topic_title(bank, &r.topic),
                r.right,
                r.answers,
                percent(r.right, r.answers)
            )
        })
        .collect();
    lines.join(BREAK).into()
}

/// The weakest of the topics with `enough` answers or more.
pub(in crate::app) fn weakest(bank: &Bank, record: &TopicRecord, enough: u32) -> Text {
    let (name, title) = (&record.topic, topic_title(bank, &record.topic));
    format!(
        "Of the topics in which you have answered at least {enough} questions, **{title}** is your weakest: try \
         `/quiz topic:{name}`"
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::waiting;

    #[test]
    fn answers_that_wait_are_told_by_their_number() {
        let told = |answers| waiting(answers).map(|text| text.to_string());
        assert_eq!(told(0), None);
        assert_eq!(
            told(1).as_deref(),
            Some(
                "Your answer to an open daily will count on the leaderboard once that daily closes."
            )
        );
        assert_eq!(
            told(2).as_deref(),
            Some("2 of your answers will count on the leaderboard once their dailies close.")
        );
    }
}
