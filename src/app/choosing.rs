//! Choosing what a daily asks: drawn by the rules, queued by a host, or in place of another.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use rand::seq::IndexedRandom;

use crate::bank::{Named, Question};
use crate::metrics;
use crate::rules::picking::{Candidate, RUNNING_OUT, pick_next};
use crate::rules::timetable::LATENESS;
use crate::store::{Daily, DailyState, NewDaily, Queued, Schedule};

use super::card::{CHOICE, Card, OPTIONS, Tone, cut};
use super::outcome::{Error, Outcome};
use super::text::plain;
use super::{App, Caller, Library, wording};

impl App {
    /// Takes a date, whose daily is due at an instant, for a question. `None` when the date is
    /// taken or there is no question.
    pub(super) async fn claim(
        &self,
        schedule: &Schedule,
        occurrence: (NaiveDate, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Result<Option<Daily>, Error> {
        match self.choose(schedule, occurrence, None).await? {
            Some(new) => {
                let claimed = self.store.claim_daily(new, now).await?;
                if claimed.is_some() {
                    metrics::daily(metrics::Daily::Due);
                }
                Ok(claimed)
            }
            None => Ok(None),
        }
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
        let question = library.question_typed(question)?;
        if question.quizzes.is_empty() {
            return Err(wording::question_without_quiz(question).into());
        }
        match self
            .store
            .queue_question(schedule.id, question.id.clone())
            .await?
        {
            Queued::At(place) => Ok(Card::new(Tone::Good, wording::QUEUED)
                .private()
                .text(wording::queued(question, &schedule, place))),
            Queued::Already(place) => Err(wording::queued_already(question, place).into()),
        }
    }

    /// Answers `/daily skip`: the open daily asks another question, in the same message.
    pub async fn skip_daily(&self, caller: &Caller, schedule: Option<&str>) -> Outcome {
        let schedule = self.schedule_named(caller, schedule).await?;
        let now = self.clock.now();
        let daily = self.open_daily(&schedule, now).await?;
        let new = self
            .choose(&schedule, (daily.date, daily.due_at), Some(&daily))
            .await?;
        let new = new.ok_or_else(wording::no_other_question)?;
        let answers = self
            .store
            .replace_question(daily.id, daily.version, new, now)
            .await?
            .ok_or_else(wording::daily_replaced)?;
        self.to_show.send_replace(());
        Ok(Card::new(Tone::Good, wording::SKIPPED)
            .private()
            .text(wording::skipped(&daily, answers)))
    }

    /// The newest daily of a schedule, if it takes answers; of whatever date that is.
    async fn open_daily(&self, schedule: &Schedule, now: DateTime<Utc>) -> Result<Daily, Error> {
        let on = async |date| match date {
            Some(date) => self.store.daily_on(schedule.id, date).await,
            None => Ok(None),
        };
        let newest = on(schedule.newest).await?;
        let coming =
            |daily: Daily| daily.state == DailyState::Claimed && now - daily.due_at <= LATENESS;
        if newest.is_some_and(coming) {
            return Err(wording::daily_not_there_yet().into());
        }
        let posted = on(schedule.newest_posted).await?;
        let open = posted.filter(|daily| daily.state == DailyState::Posted);
        Ok(open.ok_or_else(wording::no_open_daily)?)
    }

    /// Offers questions that can be a daily while an admin types; to nobody else, since what is queued
    /// is among them.
    pub fn suggest_askable(&self, caller: &Caller, typed: &str) -> Vec<(String, String)> {
        if !caller.host {
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

    /// The question of a schedule's daily: the next one queued, else drawn from its topics. Not
    /// that of `instead_of`. `None` when there is none.
    async fn choose(
        &self,
        schedule: &Schedule,
        (date, due_at): (NaiveDate, DateTime<Utc>),
        instead_of: Option<&Daily>,
    ) -> Result<Option<NewDaily>, Error> {
        let library = self.library();
        let choosing = self
            .store
            .choosing(
                schedule.space.clone(),
                schedule.id,
                instead_of.map(|daily| daily.id),
            )
            .await?;
        let used: HashMap<&str, i64> = choosing
            .used
            .iter()
            .map(|(id, at)| (id.as_str(), *at))
            .collect();
        let other = |id: &str| instead_of.is_none_or(|daily| daily.question != id);
        let candidates: Vec<Candidate<'_>> = library
            .askable(&schedule.settings.topics, None, &[])
            .into_iter()
            .filter(|question| other(&question.id))
            .map(|question| Candidate {
                question: &question.id,
                topic: &question.topic,
                difficulty: question.difficulty,
                last_used: used.get(question.id.as_str()).copied(),
            })
            .collect();
        let queued = choosing
            .queue
            .iter()
            .filter_map(|id| library.can_ask(id))
            .find(|question| other(&question.id));
        let was_queued = queued.is_some();
        let question = queued.or_else(|| {
            let picked = pick_next(&candidates, &choosing.past, &mut rand::rng())?;
            library.bank.question(picked.question)
        });
        let Some(question) = question else {
            return Ok(None);
        };
        let left = candidates
            .iter()
            .filter(|candidate| candidate.last_used.is_none() && candidate.question != question.id)
            .count();
        let gone = choosing.queue.iter();
        let gone = gone.filter(|id| library.can_ask(id).is_none());
        let rng = &mut rand::rng();
        Ok(question.quizzes.choose(rng).map(|quiz| NewDaily {
            schedule: schedule.id,
            date,
            due_at,
            question: question.id.clone(),
            topic: question.topic.clone(),
            difficulty: question.difficulty,
            quiz: quiz.shuffled(rng),
            queued: was_queued,
            not_askable: gone.cloned().collect(),
            running_out: left <= RUNNING_OUT,
        }))
    }
}

/// What a question is offered as.
fn label(question: &Question) -> String {
    cut(&plain(&question.prompt), CHOICE)
}

impl Library {
    /// The question that an admin typed: its id in any case, or the label under which it is offered,
    /// which some clients send in its place.
    fn question_typed(&self, typed: &str) -> Result<&Question, Error> {
        let typed = typed.trim();
        if let Some(Named::Question(question)) = self.bank.named(typed) {
            return Ok(question);
        }
        let wanted = plain(typed).to_lowercase();
        let said = |question: &Question| {
            let labels = [label(question), plain(&question.prompt)];
            labels.iter().any(|label| label.to_lowercase() == wanted)
        };
        let mut questions = self.bank.questions().iter();
        match (questions.find(|q| said(q)), questions.find(|q| said(q))) {
            (Some(question), None) => Ok(question),
            (Some(one), Some(other)) => Err(wording::two_questions(one, other).into()),
            _ => Err(wording::unknown_question(typed).into()),
        }
    }

    /// A question that can be a daily, by its id.
    fn can_ask(&self, id: &str) -> Option<&Question> {
        let question = self.bank.question(id);
        question.filter(|question| !question.quizzes.is_empty())
    }
}
