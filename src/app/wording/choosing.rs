//! What admins read of choosing questions.

use std::fmt::{self, Display, Formatter};

use super::super::card::cut;
use super::super::outcome::Refusal;
use super::super::text::{Text, plain};
use super::dailies::no_pool;
use super::idiom::idiom;
use super::labels::{
    ALREADY_QUEUED, HAS_CHANGED, NO_OPEN_DAILY, ON_ITS_WAY, REPLACED, WHICH_QUESTION,
};
use super::lists::{BREAK, list};
use crate::bank::Bank;
use crate::model::{Daily, NoticeKind, PlatformId, Question, Schedule};
use crate::rules::choosing::Unchosen;
use crate::told::counted;

/// With the questions that may be meant.
pub(in crate::app) fn unknown_question(
    typed: &str,
    near: &[&Question],
    platform: PlatformId,
) -> Refusal {
    let text = Text::from("There is no question called “").plain(cut(typed, 100));
    let text = if near.is_empty() {
        let pick = idiom(platform).pick_question;
        text.md(format!("”. {pick}, and pick it from the list."))
    } else {
        let named = near.iter().map(|question| {
            let prompt = Text::new().line(&question.prompt);
            prompt.md(format!(" (`{}`)", question.id))
        });
        text.md("”. Did you mean one of these? Queue it with its id:\n\n")
            .then(list(named))
    };
    Refusal::neutral(WHICH_QUESTION, text)
}

/// A label that two questions share.
pub(in crate::app) fn two_questions(one: &Question, other: &Question) -> Refusal {
    Refusal::neutral(
        WHICH_QUESTION,
        format!(
            "Two questions are worded like that. Name the one you mean by its id: `{}` or `{}`.",
            one.id, other.id
        ),
    )
}

pub(in crate::app) fn question_without_quiz(question: &Question) -> Refusal {
    Refusal::no(
        Text::from("“")
            .line(&question.prompt)
            .md("” has no quiz, so there would be nothing to press. Choose another question."),
    )
}

pub(in crate::app) fn queued(
    question: &Question,
    schedule: &Schedule,
    place: usize,
    waits: bool,
) -> Text {
    let when = match place {
        1 => "next".to_owned(),
        place => format!("after {}", counted(place - 1, "other queued question")),
    };
    Text::from("“")
        .line(&question.prompt)
        .md(format!("” comes {when} in “"))
        .plain(&schedule.name)
        .md("”. ")
        .md(if waits {
            "It is open in a daily now, so it waits until that one closes. "
        } else {
            ""
        })
        .md("`/schedule list` shows what is queued.")
}

pub(in crate::app) fn queued_already(question: &Question, place: usize) -> Refusal {
    Refusal::neutral(
        ALREADY_QUEUED,
        Text::from("“")
            .line(&question.prompt)
            .md(format!("” is already queued, at place {place}.")),
    )
}

/// The queue of a schedule, below what the schedule is.
pub(in crate::app) fn queue_line(bank: &Bank, questions: &[String]) -> Text {
    match questions {
        [] => Text::new(),
        questions => Text::from(format!("{BREAK}Queued: ")).then(queue(bank, questions)),
    }
}

/// The questions that are queued next.
pub(in crate::app) fn queue(bank: &Bank, questions: &[String]) -> Text {
    const SHOWN: usize = 5;
    const LENGTH: usize = 60;
    let text = questions
        .iter()
        .take(SHOWN)
        .enumerate()
        .fold(Text::new(), |text, (place, id)| {
            let prompt = bank.question(id).map(|question| plain(&question.prompt));
            let between = if place > 0 { ", " } else { "" };
            text.md(format!("{between}“"))
                .plain(cut(prompt.as_deref().unwrap_or(id), LENGTH))
                .md("”")
        });
    match questions.len().saturating_sub(SHOWN) {
        0 => text,
        more => text.md(format!(" and {more} more")),
    }
}

pub(in crate::app) fn no_open_daily() -> Refusal {
    Refusal::neutral(
        NO_OPEN_DAILY,
        "There is no open daily, so there is no question to replace. `/daily queue` chooses what is asked next.",
    )
}

pub(in crate::app) fn daily_not_there_yet() -> Refusal {
    Refusal::neutral(
        ON_ITS_WAY,
        "The daily is still on its way. Try again once it has been posted.",
    )
}

pub(in crate::app) fn no_other_question(bank: &Bank, why: Unchosen, topics: &[String]) -> Refusal {
    match why {
        Unchosen::NoneAskable => no_pool(bank, topics),
        Unchosen::AllTaken => Refusal::no(
            "There is no other question to ask: every question with a quiz is open in another daily, or this \
             daily has asked it before. Give the schedule more topics, or write more questions.",
        ),
    }
}

/// Why a schedule has no question for a daily, and what to do.
pub(in crate::app) fn no_question(bank: &Bank, why: Unchosen, topics: &[String]) -> Refusal {
    match why {
        Unchosen::NoneAskable => no_pool(bank, topics),
        Unchosen::AllTaken => Refusal::no(
            "Every question with a quiz is open in another daily, and a question is open only once. \
             Wait until one of them closes, give the schedule more topics, or write more questions.",
        ),
    }
}

/// For the log.
impl Display for Unchosen {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoneAskable => "no question of its topics has a quiz",
            Self::AllTaken => "each question of its topics with a quiz is open in another daily",
        })
    }
}

pub(in crate::app) fn daily_changed() -> Refusal {
    Refusal::neutral(
        HAS_CHANGED,
        "Someone else replaced this question, or the daily closed, at the same time. Look at the \
         daily again before you replace the new one.",
    )
}

pub(in crate::app) fn daily_replaced() -> Text {
    "This daily has another question now. Look at the message again, and answer the new one.".into()
}

/// To members who press a letter of the previous question.
pub(in crate::app) fn refuse_replaced() -> Refusal {
    Refusal::neutral(REPLACED, daily_replaced())
}

/// To members who ask for their verdict on the previous question.
pub(in crate::app) fn verdict_of_replaced() -> Refusal {
    let text = "This daily has another question now, which you have not answered yet: look at the message \
                again. If you answered the previous one, you keep your streak but get no points for it.";
    Refusal::neutral(REPLACED, text)
}

/// To somebody who used the old name of the command, beside what it did.
pub(in crate::app) const NOW_CALLED_REPLACE: &str =
    "`/daily skip` is called `/daily replace` now, and the old name will go.";

pub(in crate::app) fn replaced(daily: &Daily, queued: bool, answers: usize) -> Text {
    let text = Text::from("The daily in ")
        .channel(&daily.channel)
        .md(match queued {
            true => " asks the question that was next in the queue, in the same message.",
            false => " asks another question, in the same message.",
        });
    match answers {
        0 => text,
        1 => text.md(
            " 1 answer to the previous question no longer counts. That member keeps their streak.",
        ),
        answers => text.md(format!(
            " {answers} answers to the previous question no longer count. Those members keep their streaks."
        )),
    }
}

pub(in crate::app) fn notice_title(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::RunningOut => "Few questions are left",
        NoticeKind::ChannelClosed => "I can't post the daily",
        NoticeKind::InDoubt => "Is the daily there?",
        NoticeKind::Damaged => "A schedule can't be read",
    }
}

/// `why` is what the platform said.
pub(in crate::app) fn channel_closed(schedule: &str, why: &str, platform: PlatformId) -> Text {
    let idiom = idiom(platform);
    let text = Text::from(format!(
        "{} does not let me post in the channel of the schedule “",
        idiom.name
    ));
    text.plain(schedule)
        .md("”: it says “")
        .plain(why)
        .md(format!(
            "”. {}, or choose another with `/schedule set`. I try \
         again by myself: after an hour, then less and less often; `/schedule list` says when.",
            idiom.let_me_post_there
        ))
}

pub(in crate::app) fn running_out(schedule: &str) -> Text {
    Text::from("The schedule “").plain(schedule).md(format!(
        "” has at most {} left that it has not asked yet. After them it repeats the ones that were asked \
         longest ago. Give it more topics, or write more questions.",
        counted(crate::rules::picking::RUNNING_OUT, "question")
    ))
}
