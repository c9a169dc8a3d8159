//! What members read of dailies.

use super::super::outcome::Refusal;
use super::super::text::{InstantStyle, Text};
use super::dates::{date_of, long_date};
use super::idiom::idiom;
use super::labels::{ALREADY_ANSWERED, ALREADY_POSTED, CLOSED, GONE, MY_VERDICT, OWN_VERDICT};
use super::lists::{BREAK, in_a_line};
use super::questions::{difficulty, letter, topic_title, topic_titles};
use crate::bank::Bank;
use crate::model::{
    Answer, ChannelId, Daily, DailyState, PlatformId, Quiz, Schedule, ScheduleState, UserId, Vote,
};
use crate::rules::closing::Closing;
use crate::told::counted;
use chrono::{DateTime, NaiveDate, Utc};

pub(in crate::app) fn daily_title(date: NaiveDate) -> String {
    format!("Daily question · {}", long_date(date))
}

pub(in crate::app) fn about_daily(bank: &Bank, daily: &Daily) -> String {
    in_a_line([
        topic_title(bank, &daily.topic),
        difficulty(daily.difficulty).to_owned(),
    ])
}

pub(in crate::app) fn open_footer(bank: &Bank, daily: &Daily) -> String {
    let about = about_daily(bank, daily);
    let replaced = if daily.version > 0 {
        " · replaces an earlier question; answers to that one keep streaks but earn no points"
    } else {
        ""
    };
    let verdict = if daily.hides_verdicts() {
        " · verdicts when it closes; until then you may change your answer"
    } else {
        ""
    };
    let type_it = idiom(daily.space.platform()).type_it;
    format!("{about} · press a letter, or {type_it}{verdict}{replaced}")
}

pub(in crate::app) fn closed_footer(bank: &Bank, daily: &Daily) -> String {
    format!("{} · closed", about_daily(bank, daily))
}

/// After what is said of a daily that an admin posts: whether its schedule posts others.
fn stays_paused(state: ScheduleState) -> &'static str {
    match state {
        ScheduleState::Paused => {
            " The schedule stays paused; `/schedule resume` has it post again."
        }
        ScheduleState::Active | ScheduleState::Removed => "",
    }
}

/// Of a schedule in this state.
pub(in crate::app) fn daily_on_its_way(channel: &ChannelId, of: ScheduleState) -> Text {
    let text = Text::from("It is on its way to ").channel(channel).md(".");
    text.md(stays_paused(of))
}

/// For a date that has already had its daily, with when the next one comes.
pub(in crate::app) fn daily_is_posted(
    schedule: &Schedule,
    daily: &Daily,
    next: Option<DateTime<Utc>>,
) -> Refusal {
    let (posted, end) = match daily.state {
        DailyState::Closed => ("was posted in ", " and has closed."),
        _ => ("is already posted in ", "."),
    };
    let text = format!("The daily of {} {posted}", date_of(schedule, daily.date));
    let text = Text::from(text).channel(&daily.channel).md(end);
    let text = text.md(" A schedule posts at most once a day");
    let text = match next {
        Some(next) => text
            .md("; the next one is due ")
            .instant(next, InstantStyle::Full),
        None => text,
    };
    Refusal::neutral(
        ALREADY_POSTED,
        text.md(".").md(stays_paused(schedule.state)),
    )
}

pub(in crate::app) fn no_pool(bank: &Bank, topics: &[String]) -> Refusal {
    if topics.is_empty() {
        return Refusal::no("No question in the bank has a quiz, so there is nothing to post.");
    }
    Refusal::no(
        Text::from("No question of these topics has a quiz: ")
            .plain(topic_titles(bank, topics))
            .md(". Choose others with `/schedule set`."),
    )
}

pub(in crate::app) fn daily_gone() -> Refusal {
    Refusal::neutral(GONE, "This daily is no longer there.")
}

/// With what else to answer: `another` says whether the reader can still answer a daily that is open there.
pub(in crate::app) fn daily_closed(daily: &Daily, another: bool) -> Text {
    let or = if another {
        ", or answer one that is still open here"
    } else {
        ""
    };
    let topic = &daily.topic;
    format!("This daily is closed. Practise its topic with `/quiz topic:{topic}`{or}.").into()
}

/// To members who press a letter of it.
pub(in crate::app) fn refuse_closed(closed: Text) -> Refusal {
    Refusal::neutral(CLOSED, closed)
}

/// To members who ask for their verdict, maybe below another member's receipt.
pub(in crate::app) fn not_answered(daily: &Daily) -> Refusal {
    let instead = if daily.state == DailyState::Closed {
        "You didn't answer this daily's question; its message shows the result.".to_owned()
    } else {
        let type_one = idiom(daily.space.platform()).type_one;
        format!("You have not answered this daily yet: press a letter on it, or {type_one}.")
    };
    Refusal::neutral(MY_VERDICT, format!("{OWN_VERDICT} {instead}"))
}

pub(in crate::app) fn ambiguous(options: &[usize], veiled: bool) -> Text {
    let which = one_of(options, veiled);
    format!("I can't tell whether you mean {which}. Reply with one letter.").into()
}

/// To members whose reply is a part of these options.
pub(in crate::app) fn part(options: &[usize], veiled: bool) -> Text {
    let which = one_of(options, veiled);
    format!("Do you mean {which}? Then reply with the letter, or press it.").into()
}

/// To a member who answered no to that.
pub(in crate::app) fn which_then(options: usize) -> Text {
    let last = letter(options.saturating_sub(1));
    format!("Which one do you mean? Reply with one letter from A to {last}, or press it.").into()
}

fn one_of(options: &[usize], veiled: bool) -> String {
    let mark = if veiled { "||" } else { "" };
    let letters: Vec<String> = options.iter().map(|option| letter(*option)).collect();
    format!("{mark}{}{mark}", letters.join(" or "))
}

/// After an unclear reply from a member who has already answered.
pub(in crate::app) const ANSWER_STAYS: &str = " Until you do, your earlier answer stands.";

pub(in crate::app) fn unclear(options: usize) -> Text {
    format!("To answer, {}.", reply_with(options)).into()
}

/// To members who may have been chatting.
pub(in crate::app) fn maybe_talk(options: usize) -> Text {
    let how = reply_with(options);
    format!(
        "If that was an answer, I couldn't tell which: {how}. If you were just chatting, carry on!"
    )
    .into()
}

/// To members who may change their answer, and want to take it back or don't say what to change it to.
pub(in crate::app) fn to_change(daily: &Daily) -> Text {
    let how = reply_with(daily.quiz.options.len());
    let space = idiom(daily.space.platform()).space;
    format!(
        "You can change your answer until the daily closes, but not withdraw it (`/privacy delete` \
         erases your data in this {space}, and this daily then takes no other answer from you). To change it, {how}."
    )
    .into()
}

fn reply_with(options: usize) -> String {
    let last = letter(options.saturating_sub(1));
    format!("reply with one letter from A to {last}, its number, or the whole text of the option")
}

/// To members who may have named the option that is their answer already.
pub(in crate::app) fn answered_so(named: &str) -> Text {
    format!("{named} is your answer already. To change it, reply with another letter, or press it.")
        .into()
}

pub(in crate::app) fn reply_recorded(user: &UserId) -> Text {
    Text::new()
        .member(user)
        .md(", your answer is recorded. Only you can see the verdict:")
}

pub(in crate::app) fn reply_already(user: &UserId) -> Text {
    Text::new()
        .member(user)
        .md(", your first answer counts and stays. Only you can see its verdict:")
}

/// To a member who answered a daily that is closed.
pub(in crate::app) fn reply_counts(user: &UserId) -> Text {
    Text::new()
        .member(user)
        .md(", this daily is closed, and your answer counts. Only you can see the verdict:")
}

/// The option that a typed reply was read as, `veiled` where the reply was. So a member who wrote "no, the last one"
/// sees what was understood.
pub(in crate::app) fn named_option(option: usize, veiled: bool) -> String {
    let mark = if veiled { "||" } else { "" };
    format!("{mark}**{}**{mark}", letter(option))
}

/// Below a reply that everyone can read.
pub(in crate::app) fn reply_kept(user: &UserId, named: &str) -> Text {
    Text::new().member(user).md(format!(
        ", your answer is recorded as {named}. You can change it with another reply until the daily \
         closes; only you will see the verdict. Everyone can read your replies, so press a letter to \
         answer privately.",
    ))
}

/// Another reply, in place of an answer before.
pub(in crate::app) fn reply_changed(user: &UserId, named: &str) -> Text {
    let text = format!(", your answer is now {named}.");
    Text::new().member(user).md(text)
}

/// The same answer again.
pub(in crate::app) fn reply_stays(user: &UserId, named: &str) -> Text {
    let text = format!(", your answer is still {named}.");
    Text::new().member(user).md(text)
}

/// To a member who deleted an answer, which is nobody else's business.
pub(in crate::app) fn reply_answered(user: &UserId) -> Text {
    Text::new()
        .member(user)
        .md(", you can no longer answer this daily. The next one counts again.")
}

pub(in crate::app) fn answered_before_deletion() -> Refusal {
    Refusal::neutral(
        ALREADY_ANSWERED,
        "You answered this daily before you deleted your data, so it stays answered until it \
         closes. The next one counts again.",
    )
}

pub(in crate::app) fn how_to_answer_any(platform: PlatformId) -> Text {
    let type_one = idiom(platform).type_one;
    format!(
        "To answer a daily, press a letter below it, or {type_one}. `/question` shows you any \
         other question, and `/quiz` asks you some."
    )
    .into()
}

pub(in crate::app) fn which_daily(platform: PlatformId) -> Text {
    let type_to_one = idiom(platform).type_to_one;
    format!("More than one daily is open here. {type_to_one}, or press a letter below it.").into()
}

/// An answer whose verdict would be that of another daily, which the member has none of yet, and maybe has not answered.
pub(in crate::app) fn receipt_before_another(
    daily: &Daily,
    option: usize,
    unanswered: bool,
) -> Text {
    let options = &daily.quiz.options;
    let text = options.get(option).map_or("", |option| &option.text);
    let elsewhere = idiom(daily.space.platform()).elsewhere;
    let text = Text::from(format!("Your answer is **{}** · ", letter(option))).line(text);
    text.md(match unanswered {
        true => format!(
            "\n\nAnother daily that you can still answer, {elsewhere}, asks the same. \
             The verdict comes once you have answered that one, or one of the two has closed.",
        ),
        false => format!(
            "\n\nAnother daily that is still open, {elsewhere}, asks the same, and shows verdicts when it \
             closes. The verdict comes once one of the two has closed.",
        ),
    })
}

/// An answer whose verdict is hidden until the daily closes.
pub(in crate::app) fn receipt(quiz: &Quiz, option: usize, closing: Option<Closing>) -> Text {
    let text = quiz.options.get(option).map_or("", |option| &option.text);
    let text = Text::from(format!("Your answer is **{}** · ", letter(option)))
        .line(text)
        .md("\n\nThe verdict and the points come when the daily closes");
    let text = match closing {
        Some(Closing::At(at)) => text.md(": ").instant(at, InstantStyle::Full),
        Some(Closing::WithNext(due)) => text
            .md(", which is when the next one is posted: due ")
            .instant(due, InstantStyle::Full),
        None => text,
    };
    text.md(". Until then you may change it: press or type another letter.")
}

pub(in crate::app) fn points_made(answer: &Answer) -> Text {
    let streak = match answer.streak {
        1 => "Your streak begins today.".to_owned(),
        days => format!("Streak: {days} dailies in a row."),
    };
    format!("**+{} points** · {streak}", answer.points).into()
}

/// A bar for the votes of each option, the right one marked; none where nobody voted.
pub(in crate::app) fn votes(quiz: &Quiz, votes: &[Vote]) -> Text {
    const WIDTH: u32 = 12;
    let total: u32 = votes.iter().map(|vote| vote.count).sum();
    if total == 0 {
        return "Nobody answered.".into();
    }
    let mut lines: Vec<String> = votes
        .iter()
        .enumerate()
        .map(|(position, vote)| {
            let filled = (vote.count * WIDTH + total / 2) / total;
            let bar = "█".repeat(filled as usize) + &"░".repeat((WIDTH - filled) as usize);
            let mark = if position == quiz.right() { " ✅" } else { "" };
            format!("`{} {bar}` {}{mark}", letter(position), vote.count)
        })
        .collect();
    lines.push(format!("{} in all", counted(total as usize, "answer")));
    lines.join(BREAK).into()
}
