//! Which question a daily asks: the next in the queue, otherwise one that is drawn; never one that is open in another
//! daily.

use std::collections::{HashMap, HashSet};

use rand::seq::IndexedRandom;

use super::picking::{Candidate, Past, RUNNING_OUT, pick_next};
use crate::bank::Bank;
use crate::model::{Difficulty, Question, Quiz};

/// A question as a daily asks it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The id that it had then.
    pub question: String,
    /// The quiz as posted.
    pub quiz: Quiz,
}

/// What is known before a question is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// When each question was last the daily of the space, in milliseconds since 1970.
    pub used: Vec<(String, i64)>,
    /// What the schedule asked before, newest first.
    pub past: Vec<Past>,
    /// The questions that admins queued, the next one first.
    pub queue: Vec<String>,
    /// What is open in the space's other schedules, or is about to be.
    pub open: Vec<Asked>,
    /// The questions that the same daily asked before, when its question is replaced.
    pub had: Vec<String>,
    /// What is open in the schedule itself, which closes when its next daily is posted.
    pub closing: Vec<Asked>,
}

/// The question that was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The question's id.
    pub question: String,
    /// Its topic.
    pub topic: String,
    /// Its difficulty.
    pub difficulty: Difficulty,
    /// One of its quizzes, options in the order to show.
    pub quiz: Quiz,
    /// Whether an admin had queued it.
    pub queued: bool,
    /// How many questions before it in the queue were passed over, since they can't be asked now; of one that was not
    /// queued, how many there are in all.
    pub passed: usize,
    /// Queued questions that cannot be asked any more.
    pub not_askable: Vec<String>,
    /// Whether few questions are left that the space has not been asked yet.
    pub running_out: bool,
}

/// When a question of the queue is asked, as things are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Whether it can't be asked now.
    pub waits: bool,
    /// How many questions before it in the queue can be asked now.
    pub before: usize,
    /// How many questions before it in the queue can't be asked now.
    pub passed: usize,
}

/// Why there is no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchosen {
    /// No question of the topics has a quiz.
    NoneAskable,
    /// Each question with a quiz is open, or was asked by the same daily before.
    AllTaken,
}

impl Asked {
    /// Whether this is a question of the bank, whose id or text may have been edited since the daily was posted.
    pub fn is(&self, question: &Question) -> bool {
        let asks = |quiz: &Quiz| self.quiz.is_as(quiz);
        self.question == question.id || question.quizzes.iter().any(asks)
    }

    /// Whether a quiz gives this one's answer away; the question that the quiz was made of had this id then.
    pub fn is_of(&self, bank: &Bank, id: &str, quiz: &Quiz) -> bool {
        let other = Asked {
            question: id.to_owned(),
            quiz: quiz.clone(),
        };
        let both = |question: &Question| other.is(question) && self.is(question);
        self.question == id || self.quiz.is_as(quiz) || bank.questions().iter().any(both)
    }
}

impl Known {
    /// Whether a question can't be asked now: a daily has it open, or the one whose question is replaced had it before.
    fn keeps_back(&self, question: &Question) -> bool {
        !self.frees(question) || taken(question, &self.closing)
    }

    /// Whether nothing but the schedule's own open daily keeps a question back.
    fn frees(&self, question: &Question) -> bool {
        !taken(question, &self.open) && !self.had.contains(&question.id)
    }

    /// The questions of the queue that the bank has, with a quiz, whenever they can be asked.
    fn queued<'a>(&self, bank: &'a Bank) -> impl Iterator<Item = &'a Question> {
        self.queue.iter().filter_map(move |id| can_ask(bank, id))
    }

    /// When a question of the queue is asked that has this id.
    pub fn turn(&self, bank: &Bank, id: &str) -> Turn {
        let before = self.queued(bank).take_while(|question| question.id != id);
        let (passed, before): (Vec<_>, Vec<_>) =
            before.partition(|question| self.keeps_back(question));
        Turn {
            waits: can_ask(bank, id).is_some_and(|question| self.keeps_back(question)),
            before: before.len(),
            passed: passed.len(),
        }
    }
}

fn taken(question: &Question, by: &[Asked]) -> bool {
    by.iter().any(|asked| asked.is(question))
}

/// A question of the bank that can be a daily, by its id.
fn can_ask<'a>(bank: &'a Bank, id: &str) -> Option<&'a Question> {
    bank.question(id).filter(|one| !one.quizzes.is_empty())
}

/// Chooses what a daily of these topics asks; an empty list stands for all topics.
///
/// # Errors
/// Why there is nothing to ask.
pub fn choose(
    bank: &Bank,
    topics: &[String],
    known: &Known,
    rng: &mut impl rand::Rng,
) -> Result<Chosen, Unchosen> {
    let pool = askable(bank, topics);
    let (closing, mut drawable): (Vec<&Question>, Vec<&Question>) = pool
        .iter()
        .filter(|question| known.frees(question))
        .partition(|question| taken(question, &known.closing));
    let passed = known.queued(bank);
    let passed = passed.take_while(|question| known.keeps_back(question));
    let passed = passed.count();
    let queued = known.queued(bank).nth(passed);
    if drawable.is_empty() {
        // Better the schedule's own again than none.
        drawable = closing;
    }
    let candidates = candidates(&drawable, &known.used);
    let question = match queued {
        Some(queued) => queued,
        None => {
            let drawn = pick_next(&candidates, &known.past, rng);
            let drawn = drawn.and_then(|drawn| bank.question(drawn.question));
            let none = match pool.is_empty() {
                true => Unchosen::NoneAskable,
                false => Unchosen::AllTaken,
            };
            drawn.ok_or(none)?
        }
    };
    let used: HashSet<&str> = known.used.iter().map(|(id, _)| id.as_str()).collect();
    let left = pool
        .iter()
        .filter(|other| other.id != question.id && !used.contains(other.id.as_str()))
        .count();
    let gone = known.queue.iter().filter(|id| can_ask(bank, id).is_none());
    let quiz = question.quizzes.choose(rng).ok_or(Unchosen::NoneAskable)?;
    Ok(Chosen {
        question: question.id.clone(),
        topic: question.topic.clone(),
        difficulty: question.difficulty,
        quiz: quiz.shuffled(rng),
        queued: queued.is_some(),
        passed,
        not_askable: gone.cloned().collect(),
        running_out: left <= RUNNING_OUT,
    })
}

/// The questions of these topics that have a quiz; an empty list stands for all topics.
pub fn askable<'a>(bank: &'a Bank, topics: &[String]) -> Vec<&'a Question> {
    bank.questions()
        .iter()
        .filter(|question| !question.quizzes.is_empty())
        .filter(|question| topics.is_empty() || topics.contains(&question.topic))
        .collect()
}

fn candidates<'a>(questions: &[&'a Question], used: &[(String, i64)]) -> Vec<Candidate<'a>> {
    let used: HashMap<&str, i64> = used.iter().map(|(id, at)| (id.as_str(), *at)).collect();
    questions
        .iter()
        .map(|question| Candidate {
            question: &question.id,
            topic: &question.topic,
            difficulty: question.difficulty,
            last_used: used.get(question.id.as_str()).copied(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
