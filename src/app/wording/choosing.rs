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
use crate::rules::choosing::{Turn, Unchosen};
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

/// When a queued question is asked: by the schedule's next daily, and by its open one if its question is replaced.
type Turns = (Turn, Option<Turn>);

pub(in crate::app) fn queued(question: &Question, schedule: &Schedule, turns: Turns) -> Text {
    let waits = if turns.0.waits { " is queued, and" } else { "" };
    let text = Text::from("“").line(&question.prompt).md("”").md(waits);
    when_asked(text, schedule, turns).md(" `/schedule list` shows what is queued.")
}

pub(in crate::app) fn queued_already(
    question: &Question,
    schedule: &Schedule,
    turns: Turns,
) -> Refusal {
    let text = Text::from("“").line(&question.prompt);
    let text = text.md("” is already queued, and");
    Refusal::neutral(ALREADY_QUEUED, when_asked(text, schedule, turns))
}

/// Goes on with when a question comes that these words are about.
fn when_asked(text: Text, schedule: &Schedule, (next, another): Turns) -> Text {
    let place = |before| match before {
        0 => "next".to_owned(),
        before => format!("after {}", counted(before, "other queued question")),
    };
    let place_of = |before| {
        let text = Text::from(format!("comes {} in “", place(before)));
        text.plain(&schedule.name).md("”")
    };
    if next.waits {
        let text = text.md(" waits until the open daily that asks it has closed: then it ");
        return text.then(place_of(next.before + next.passed)).md(".");
    }
    let mut text = text.md(" ").then(place_of(next.before)).md(".");
    text = match next.passed {
        0 => text,
        1 => text.md(
            " 1 question queued earlier waits until the open daily that asks it has closed, and comes first from \
             then on.",
        ),
        several => text.md(format!(
            " {several} questions queued earlier wait until the open dailies that ask them have closed, and come \
             first from then on."
        )),
    };
    match another {
        Some(another) if another.waits => text.md(
            " `/daily replace` passes over it now, since the open daily has asked it before.",
        ),
        Some(another) if another.before < next.before => text.md(format!(
            " With `/daily replace` it comes {} now, since the open daily has asked {} of those before it.",
            place(another.before),
            next.before - another.before,
        )),
        _ => text,
    }
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

/// With whether the new question was in the queue, and how many there were before it and still are.
pub(in crate::app) fn replaced(
    daily: &Daily,
    (queued, passed): (bool, usize),
    answers: usize,
) -> Text {
    let asks = match (queued, passed) {
        (true, 0) => "the question that was next in the queue",
        (true, _) => "a question from the queue",
        (false, _) => "another question",
    };
    let mut text = Text::from("The daily in ")
        .channel(&daily.channel)
        .md(format!(" asks {asks}, in the same message."));
    let stays = match passed {
        1 => "stays there, since it is open in a daily or was asked by this one",
        _ => "stay there, since they are open in dailies or were asked by this one",
    };
    if passed > 0 {
        let which = if queued {
            "queued before it"
        } else {
            "in the queue"
        };
        text = text.md(format!(" {} {which} {stays}.", counted(passed, "question")));
    }
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
