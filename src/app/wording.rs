//! Every text that members read, in one place.

use chrono::{DateTime, NaiveDate, Utc};

use super::text::{InstantStyle, Text};
use crate::bank::{Bank, Difficulty, Question, Quiz};
use crate::rules::periods::Period;
use crate::store::{
    Answer, ChannelId, Daily, Schedule, ScheduleState, Standing, TopicRecord, Totals, UserId, Vote,
};

/// CommonMark's hard line break.
pub(super) const BREAK: &str = "  \n";

// Titles, headings and labels.
pub(super) const REFUSED: &str = "Not this time";
pub(super) const SHOW_ANSWER: &str = "Show answer";
pub(super) const QUIZ_ME: &str = "Quiz me";
pub(super) const ANOTHER: &str = "Another";
pub(super) const KEY_POINTS: &str = "What an interviewer listens for";
pub(super) const FOLLOW_UPS: &str = "They may ask next";
pub(super) const LINKS: &str = "Read more";
pub(super) const TOPICS: &str = "Topics";
pub(super) const PICK_TOPIC: &str = "Pick a topic for a question";
pub(super) const OTHER_MATCHES: &str = "Other questions that match";
pub(super) const YOURS: &str = " ← your answer";
pub(super) const NEXT: &str = "Next";
pub(super) const RESULT: &str = "See the result";
pub(super) const SKIP: &str = "Skip it here";
pub(super) const MISSED: &str = "Missed";
pub(super) const BACK_TO_OPEN: &str = "Back to the open one";
pub(super) const PRACTISE_MISSED: &str = "Practise the missed ones";
pub(super) const VOTES: &str = "Votes";
pub(super) const FIRST: &str = "First with the right answer";
pub(super) const RECORDED: &str = "Recorded";
pub(super) const MY_VERDICT: &str = "My verdict";
pub(super) const ALREADY_ANSWERED: &str =
    "You answered this daily before; your first answer counts.";
pub(super) const DAILY_ON_ITS_WAY: &str = "Today's daily";
pub(super) const EMPTY_BOARD: &str =
    "Nobody has answered a daily here yet. The first right answer takes the top.";
pub(super) const PREVIOUS_PAGE: &str = "◀ Better";
pub(super) const NEXT_PAGE: &str = "Further ▶";
pub(super) const STATS: &str = "Record";
pub(super) const POINTS: &str = "Points";
pub(super) const STREAK: &str = "Streak";
pub(super) const DAILIES: &str = "Dailies";
pub(super) const BY_TOPIC: &str = "By topic";
pub(super) const WEAKEST: &str = "Worth practising";
pub(super) const STATS_FOOTER: &str = "By topic: dailies and practice together";
pub(super) const SCHEDULES: &str = "Schedules";
pub(super) const SCHEDULE_SET: &str = "Schedule set";
pub(super) const SCHEDULE_SET_FOOTER: &str = "/daily post posts today's question at once";
pub(super) const PREVIEW: &str = "Preview";
pub(super) const UPCOMING: &str = "Next dailies";
pub(super) const EXPORT: &str = "Your data";
pub(super) const EXPORTED: &str = "Everything stored about you in this server is in the file.";
pub(super) const DELETE: &str = "Delete your data";
pub(super) const DELETE_ASKED: &str = "This removes every answer, point, streak, quiz and lookup of \
    yours in this server. It cannot be undone.";
pub(super) const DELETE_CONFIRM: &str = "Delete everything";
pub(super) const KEEP: &str = "Keep it";
pub(super) const KEPT: &str = "Nothing was deleted.";

/// What an operator's error looks like to a member.
pub fn internal_error(id: &str) -> Text {
    Text::from(
        "Something went wrong on my side, and nothing was recorded. Please try again; if it \
        happens again, tell the person who runs this bot this id: ",
    )
    .md(format!("`{id}`"))
}

/// A button of a version that this program does not know.
pub fn unknown_button() -> Text {
    "This button is from another version of me. Please run the command again.".into()
}

/// A command used where there is no server.
pub fn only_in_a_server() -> Text {
    "I work in servers, where there are dailies and a leaderboard. Please use me in one.".into()
}

/// The letter of an option, from its position.
pub(super) fn letter(position: usize) -> String {
    char::from(b'A' + position.min(25) as u8).to_string()
}

/// A bulleted list.
pub(super) fn list(lines: &[impl AsRef<str>]) -> Text {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("- {}", line.as_ref()))
        .collect();
    lines.join("\n").into()
}

pub(super) fn topic_title(bank: &Bank, topic: &str) -> String {
    bank.topic(topic)
        .map_or_else(|| topic.to_owned(), |topic| topic.title.clone())
}

/// Topic, difficulty and tags of a question, in a line.
pub(super) fn about(question: &Question, bank: &Bank) -> String {
    let title = topic_title(bank, &question.topic);
    format!(
        "{title} · {} · {}",
        question.difficulty,
        question.tags.join(", ")
    )
}

pub(super) fn topic_list(bank: &Bank) -> Text {
    let lines: Vec<String> = bank
        .topics()
        .iter()
        .map(|topic| {
            let count = bank.in_topic(&topic.name).count();
            format!("**{}** · {}", topic.title, counted(count, "question"))
        })
        .collect();
    lines.join(BREAK).into()
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

// Lookups.

pub(super) fn nothing_found(query: &str) -> Text {
    Text::from("I found nothing for “")
        .plain(query)
        .md("”. Try other words, or see /topics.")
}

pub(super) fn none_of_difficulty(query: Option<&str>, difficulty: Option<Difficulty>) -> Text {
    let difficulty = difficulty.map(|d| format!("{d} ")).unwrap_or_default();
    let text = Text::from(format!("There is no {difficulty}question"));
    let text = match query {
        Some(query) => text.md(" for “").plain(query).md("”"),
        None => text,
    };
    text.md(". Leave the difficulty out to see the others.")
}

pub(super) fn corrected(query: &str, to: &str) -> Text {
    Text::from("Nothing is called “")
        .plain(query)
        .md("”; this is for ")
        .md(format!("**{to}**."))
}

pub(super) fn unknown_topic(topic: &str, near: Option<&str>) -> Text {
    let text = Text::from("There is no topic “").plain(topic).md("”. ");
    match near {
        Some(near) => text.md(format!("Did you mean **{near}**?")),
        None => text.md("See /topics for those there are."),
    }
}

pub(super) fn question_gone() -> Text {
    "This question is not in the bank any more. See /topics for others.".into()
}

pub(super) fn answer_the_daily_first() -> Text {
    "This is the question of an open daily. Answer the daily first; then you can see everything \
     about it."
        .into()
}

// Quizzes.

pub(super) fn quiz_count(most: i64) -> Text {
    format!("A quiz has 1 to {most} questions. Please choose a count in between.").into()
}

pub(super) fn no_quiz(topic: Option<&str>, difficulty: Option<Difficulty>) -> Text {
    let difficulty = difficulty.map(|d| format!("{d} ")).unwrap_or_default();
    let text = Text::from(format!("There is no {difficulty}quiz question"));
    let text = match topic {
        Some(topic) => text.md(" in “").plain(topic).md("”"),
        None => text,
    };
    text.md(" to ask you now. Try another topic or difficulty.")
}

pub(super) fn quiz_gone() -> Text {
    "This quiz is not there any more. Start a new one with /quiz.".into()
}

pub(super) fn not_your_quiz() -> Text {
    "This is somebody else's quiz. Start your own with /quiz.".into()
}

pub(super) fn nothing_missed() -> Text {
    "You missed none of these. Start another quiz with /quiz.".into()
}

pub(super) fn quiz_title(position: usize, count: usize) -> String {
    if count == 1 {
        "Quiz".to_owned()
    } else {
        format!("Question {} of {count}", position + 1)
    }
}

pub(super) fn verdict_title(right: bool, quiz: &Quiz) -> String {
    if right {
        "Right!".to_owned()
    } else {
        format!("Not right: the answer is {}", letter(quiz.right()))
    }
}

pub(super) fn progress(position: usize, count: usize, about: &str) -> String {
    if count == 1 {
        about.to_owned()
    } else {
        format!("{} of {count} · {about}", position + 1)
    }
}

pub(super) fn quiz_score(right: usize, count: usize) -> String {
    format!("{right} of {count} right")
}

pub(super) fn quiz_summary(none_missed: bool, open: bool) -> Text {
    match (none_missed, open) {
        (_, true) => "One is still open: a daily's question is answered at the daily first.",
        (true, false) => "All right. Well done!",
        (false, false) => "Practice makes it stick: here is what to look at again.",
    }
    .into()
}

pub(super) fn missed(quiz: &Quiz) -> String {
    let right = &quiz.options[quiz.right()];
    format!("{} → **{}**", quiz.prompt, right.text)
}

// Dailies.

pub(super) fn daily_title(date: NaiveDate) -> String {
    format!("Daily question · {}", date.format("%A, %-d %B %Y"))
}

pub(super) fn about_daily(bank: &Bank, daily: &Daily) -> String {
    let topic = topic_title(bank, &daily.topic);
    format!("{topic} · {}", daily.difficulty)
}

pub(super) fn open_footer(bank: &Bank, daily: &Daily) -> String {
    let about = about_daily(bank, daily);
    format!("{about} · press a letter, or reply with it")
}

pub(super) fn closed_footer(bank: &Bank, daily: &Daily) -> String {
    format!("{} · closed", about_daily(bank, daily))
}

pub(super) fn daily_on_its_way(channel: &ChannelId) -> Text {
    Text::from("It is on its way to ").channel(channel).md(".")
}

pub(super) fn daily_is_posted(daily: &Daily) -> Text {
    let text = Text::from("Today's daily is already posted in ")
        .channel(&daily.channel)
        .md(".");
    text.md(" There is one for each schedule and date.")
}

pub(super) fn no_pool(topics: &[String]) -> Text {
    if topics.is_empty() {
        return "No question in the bank has a quiz, so there is nothing to post.".into();
    }
    Text::from("No question of these topics has a quiz: ")
        .plain(topics.join(", "))
        .md(".")
}

pub(super) fn daily_gone() -> Text {
    "This daily is not there any more.".into()
}

pub(super) fn daily_closed(daily: &Daily) -> Text {
    Text::from("This daily is closed. Practise its topic with ").md(format!(
        "`/quiz topic:{}`, or answer the newest daily.",
        daily.topic
    ))
}

pub(super) fn not_answered() -> Text {
    "You have not answered this daily. Press a letter on it, or reply to it with one.".into()
}

pub(super) fn ambiguous(options: &[usize]) -> Text {
    let letters: Vec<String> = options.iter().map(|option| letter(*option)).collect();
    let which = letters.join(" or ");
    format!("I can't tell whether you mean {which}. Reply with one letter.").into()
}

pub(super) fn unclear(options: usize) -> Text {
    let last = letter(options.saturating_sub(1));
    format!("To answer, reply with one letter from A to {last}, its number, or the option's words.")
        .into()
}

pub(super) fn reply_recorded(user: &UserId) -> Text {
    Text::new()
        .member(user)
        .md(", your answer is recorded. Only you can see the verdict:")
}

pub(super) fn reply_already(user: &UserId) -> Text {
    Text::new()
        .member(user)
        .md(", your first answer counts. Only you can see its verdict:")
}

pub(super) fn points_made(answer: &Answer) -> Text {
    let streak = match answer.streak {
        1 => "Your streak begins today.".to_owned(),
        days => format!("Streak: {days} dailies in a row."),
    };
    format!("**+{} points** · {streak}", answer.points).into()
}

/// A bar of votes an option, the right one marked.
pub(super) fn votes(quiz: &Quiz, votes: &[Vote]) -> Text {
    const WIDTH: u32 = 12;
    let total: u32 = votes.iter().map(|vote| vote.count).sum();
    let mut lines: Vec<String> = votes
        .iter()
        .enumerate()
        .map(|(position, vote)| {
            let filled = (vote.count * WIDTH + total / 2)
                .checked_div(total)
                .unwrap_or(0);
            let bar = "█".repeat(filled as usize) + &"░".repeat((WIDTH - filled) as usize);
            let mark = if position == quiz.right() { " ✅" } else { "" };
            format!("`{} {bar}` {}{mark}", letter(position), vote.count)
        })
        .collect();
    lines.push(format!("{} in all", counted(total as usize, "answer")));
    lines.join(BREAK).into()
}

// Leaderboard and record.

pub(super) fn period(period: Period) -> &'static str {
    match period {
        Period::Week => "This week",
        Period::Month => "This month",
        Period::All => "All time",
    }
}

pub(super) fn board_title(of: Period, topic: Option<&str>) -> String {
    match topic {
        Some(topic) => format!("Leaderboard · {} · {topic}", period(of)),
        None => format!("Leaderboard · {}", period(of)),
    }
}

pub(super) fn standings(standings: &[Standing], reader: &UserId) -> Text {
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

pub(super) fn own_line(own: Option<&Standing>) -> Text {
    match own {
        Some(own) => Text::from("You: ").then(standing_line(own)),
        None => "You have no answer on this board yet.".into(),
    }
}

pub(super) fn board_footer(page: u32, pages: u32, members: u32) -> String {
    format!(
        "Page {} of {pages} · {}",
        page + 1,
        counted(members as usize, "member")
    )
}

pub(super) fn page_from_one() -> Text {
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

pub(super) fn no_record(user: &UserId, own: bool) -> Text {
    if own {
        return "You have no answers here yet. Answer the daily, or start with /quiz.".into();
    }
    Text::new().member(user).md(" has no answers here yet.")
}

pub(super) fn points_and_rank(totals: &Totals, rank: Option<&Standing>) -> Text {
    let rank = rank
        .map(|standing| format!(" · rank {}", standing.rank))
        .unwrap_or_default();
    format!("**{}**{rank}", totals.points).into()
}

pub(super) fn streak(totals: &Totals) -> Text {
    format!("**{}** · longest {}", totals.streak, totals.longest).into()
}

pub(super) fn accuracy(right: u32, answers: u32) -> Text {
    let share = percent(right, answers);
    format!(
        "{} · {right} right ({share})",
        counted(answers as usize, "answer")
    )
    .into()
}

pub(super) fn records(records: &[TopicRecord]) -> Text {
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

pub(super) fn weakest(record: &TopicRecord) -> Text {
    let topic = &record.topic;
    format!("**{topic}** is your weakest topic: try `/quiz topic:{topic}`").into()
}

// Schedules.

pub(super) fn hosts_only() -> Text {
    "Only members who may manage this server can do that.".into()
}

/// What a member typed and the parser refused, in the parser's words.
pub fn not_understood(error: &dyn std::fmt::Display) -> Text {
    Text::new().plain(error.to_string())
}

pub(super) fn schedule_name(most: usize) -> Text {
    format!("A schedule's name has 1 to {most} characters.").into()
}

pub(super) fn no_schedule(name: Option<&str>) -> Text {
    let text = match name {
        Some(name) => Text::from("There is no schedule called “")
            .plain(name)
            .md("”. "),
        None => Text::from("There is no schedule yet. "),
    };
    text.md("Set one with `/schedule set`; `/schedule list` shows those there are.")
}

pub(super) fn which_schedule(schedules: &[Schedule]) -> Text {
    let names: Vec<&str> = schedules
        .iter()
        .map(|schedule| schedule.name.as_str())
        .collect();
    Text::from("Which schedule? Name one of: ")
        .plain(names.join(", "))
        .md(".")
}

pub(super) fn schedule(schedule: &Schedule, next: Option<DateTime<Utc>>) -> Text {
    let settings = &schedule.settings;
    let timetable = &settings.timetable;
    let topics = match settings.topics.as_slice() {
        [] => "all topics".to_owned(),
        topics => topics.join(", "),
    };
    let text = Text::new().channel(&settings.channel).md(format!(
        " · {} · {} {} · {topics}",
        timetable.weekdays,
        timetable.time.format("%H:%M"),
        timetable.zone.name().replace('_', " "),
    ));
    match (schedule.state, next) {
        (ScheduleState::Paused, _) => text.md("\nPaused: `/schedule resume` starts it again."),
        (_, Some(next)) => text.md("\nNext: ").instant(next, InstantStyle::Relative),
        _ => text,
    }
}

pub(super) fn instants(instants: &[DateTime<Utc>]) -> Text {
    instants.iter().fold(Text::new(), |text, at| {
        text.md("- ").instant(*at, InstantStyle::Full).md("\n")
    })
}

pub(super) fn state_title(state: ScheduleState) -> &'static str {
    match state {
        ScheduleState::Active => "Schedule resumed",
        ScheduleState::Paused => "Schedule paused",
        ScheduleState::Removed => "Schedule removed",
    }
}

pub(super) fn state_is_so(schedule: &Schedule) -> Text {
    let is = if schedule.state == ScheduleState::Paused {
        "paused"
    } else {
        "running"
    };
    Text::from("The schedule “")
        .plain(&schedule.name)
        .md(format!("” is {is} already."))
}

pub(super) fn state_set(schedule: &Schedule) -> Text {
    let text = Text::from("“")
        .plain(&schedule.name)
        .md("” in ")
        .channel(&schedule.settings.channel);
    text.md(match schedule.state {
        ScheduleState::Active => " posts again.",
        ScheduleState::Paused => " posts nothing until you resume it. Streaks do not break.",
        ScheduleState::Removed => {
            " is gone; its open daily closes. Setting it again brings its streaks back."
        }
    })
}

pub(super) fn deleted(rows: usize) -> Text {
    format!("Done: {} about you were removed.", counted(rows, "row")).into()
}
