//! A question as members will see it, for its author. Nothing is asked, answered or recorded.

use chrono::{DateTime, Utc};

use crate::bank::Bank;
use crate::model::{Daily, DailyState, Question, Quiz, Reveal, SpaceId, Vote};

use super::daily::{posted_card, revealed_card};
use super::lookup::{answer_card, question_card};
use super::{Card, wording};

/// Every card of a question, each with a caption: looked up, answered, and each of its quizzes as a daily of the date
/// of `now`, open and closed.
pub fn preview(bank: &Bank, question: &Question, now: DateTime<Utc>) -> Vec<(String, Card)> {
    let looked_up = question_card(bank, question, None, String::new());
    let mut cards = vec![
        (wording::LOOKED_UP.to_owned(), looked_up),
        (wording::SHOW_ANSWER.to_owned(), answer_card(bank, question)),
    ];
    for (position, quiz) in question.quizzes.iter().enumerate() {
        let daily = daily(question, quiz, now);
        let votes = vec![Vote::default(); quiz.options.len()];
        let (asked, revealed) = wording::quiz_captions(position, question.quizzes.len());
        cards.push((asked, posted_card(bank, &daily)));
        cards.push((revealed, revealed_card(bank, &daily, &votes)));
    }
    cards
}

/// A daily that is in no store.
pub(super) fn daily(question: &Question, quiz: &Quiz, now: DateTime<Utc>) -> Daily {
    Daily {
        id: 0,
        schedule: 0,
        space: SpaceId::discord(""),
        channel: "".into(),
        date: now.date_naive(),
        question: question.id.clone(),
        topic: question.topic.clone(),
        difficulty: question.difficulty,
        quiz: quiz.clone(),
        state: DailyState::Posted,
        due_at: now,
        claimed_at: now,
        tried_at: now,
        tried_in: "".into(),
        given_up: false,
        message: None,
        posted_at: Some(now),
        reveal: Reveal::AtOnce,
        version: 0,
    }
}
