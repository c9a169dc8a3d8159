//! Choosing what a daily asks: drawn by the rules, or queued by an admin.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::bank::Named;
use crate::metrics;
use crate::model::{PlatformId, Question, Schedule};
use crate::rules::choosing::{Known, choose};
use crate::store::{Choose, Claim, Queued};

use super::card::{CHOICE, Card, OPTIONS, Tone, cut};
use super::outcome::{Error, Outcome};
use super::text::plain;
use super::typed_options::{option_in_name, option_of};
use super::{App, Caller, Library, wording};

/// How many questions are suggested when none is named exactly.
const NEAR: usize = 5;

impl App {
    /// Claims a date, whose daily is due at an instant, and chooses its question.
    pub(super) async fn claim(
        &self,
        schedule: &Schedule,
        occurrence: (NaiveDate, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Result<Claim, Error> {
        let claim = self
            .store
            .claim_daily(schedule.id, occurrence, self.choose(), now)
            .await?;
        if let Claim::Claimed(_) = claim {
            metrics::daily(metrics::Daily::Due);
            // Whichever platform's engine claims it, its own one is to post it.
            self.wakes.posts.call();
        }
        Ok(claim)
    }

    /// How a question is chosen, from the library as it is now.
    pub(super) fn choose(&self) -> Box<Choose<'static>> {
        let library = self.library();
        Box::new(move |topics, known| choose(&library.bank, topics, known, &mut rand::rng()))
    }

    /// Answers `/daily queue`: the question is asked next, after those queued before.
    pub async fn queue_question(
        &self,
        caller: &Caller,
        question: &str,
        schedule: Option<&str>,
    ) -> Outcome {
        let schedule = self.schedule_named(caller, schedule).await?;
        let library = self.library();
        let question = library.question_typed(question, caller.platform())?;
        if question.quizzes.is_empty() {
            return Err(wording::question_without_quiz(question).into());
        }
        let queued = self.store.queue_question(schedule.id, question.id.clone());
        let Queued { new, next, another } = queued.await?;
        let turn = |known: &Known| known.turn(&library.bank, &question.id);
        let turns = (turn(&next), another.as_ref().map(turn));
        match new {
            true => Ok(Card::new(Tone::Good, wording::QUEUED)
                .private()
                .text(wording::queued(question, &schedule, turns))),
            false => Err(wording::queued_already(question, &schedule, turns).into()),
        }
    }

    /// Offers questions that can be a daily while an admin types, and to nobody else: queued ones are among them.
    pub fn suggest_askable(&self, caller: &Caller, typed: &str) -> Vec<(String, String)> {
        if !caller.admin {
            return Vec::new();
        }
        let library = self.library();
        let typed = typed.trim().to_lowercase();
        let by_id = library.bank.questions().iter();
        let by_id = by_id.filter(|question| question.id.contains(&typed));
        let by_id = by_id.map(|question| question.id.clone());
        let by_words = library.bank.suggest(&typed, usize::MAX).into_iter();
        let by_words = by_words.map(|suggestion| suggestion.value);
        let mut seen = HashSet::new();
        by_id
            .chain(by_words)
            .filter(|id| seen.insert(id.clone()))
            .filter_map(|id| Some((label(library.can_ask(&id)?), id)))
            .take(OPTIONS)
            .collect()
    }
}

/// A prompt as people type it: in any case, with or without its final punctuation.
fn bare(prompt: &str) -> String {
    let end = |sign: char| sign.is_whitespace() || matches!(sign, '?' | '.' | '…');
    prompt.trim_end_matches(end).to_lowercase()
}

/// How a question is shown when it is offered.
fn label(question: &Question) -> String {
    cut(&plain(&question.prompt), CHOICE)
}

impl Library {
    /// The question that an admin typed: its id in any case, or the label under which it is offered,
    /// which some clients send in its place.
    fn question_typed(&self, typed: &str, platform: PlatformId) -> Result<&Question, Error> {
        let typed = typed.trim();
        if let Some(Named::Question(question)) = self.bank.named(typed) {
            return Ok(question);
        }
        let wanted = bare(&plain(typed));
        let said = |question: &Question| {
            let labels = [label(question), plain(&question.prompt)];
            labels.iter().any(|label| bare(label) == wanted)
        };
        let mut questions = self.bank.questions().iter();
        match (questions.find(|q| said(q)), questions.find(|q| said(q))) {
            (Some(question), None) => Ok(question),
            (Some(one), Some(other)) => Err(wording::two_questions(one, other).into()),
            // The nearest is a guess, and a guess isn't posted for all to see.
            _ => {
                let found = self.bank.look_up(typed).found.into_iter();
                let near = found.map(|found| found.question);
                let near = near.filter(|question| !question.quizzes.is_empty());
                let near: Vec<&Question> = near.take(NEAR).collect();
                let none_near = || near.is_empty().then(|| option_in_name(typed));
                let held = option_of(&["daily queue"], typed).or_else(|| none_near()?);
                Err(match held {
                    Some(option) => wording::holds_option(typed, option),
                    None => wording::unknown_question(typed, &near, platform),
                }
                .into())
            }
        }
    }

    /// A question that can be a daily, by its id.
    fn can_ask(&self, id: &str) -> Option<&Question> {
        let question = self.bank.question(id);
        question.filter(|question| !question.quizzes.is_empty())
    }
}
