//! Lookups: a question for what a member types, and its answer.

use std::collections::HashMap;

use crate::bank::{Bank, Lookup, Named};
use crate::model::{Difficulty, Question};

use super::action::Action;
use super::card::{Button, Card, OPTIONS, Select, SelectOption, Style, Tone, cut};
use super::library::draw;
use super::outcome::{Error, Outcome};
use super::text::{Text, plain};
use super::typed_options::option_of;
use super::{App, Caller, card, wording};

/// The commands whose options a query may have been meant to be narrowed by.
const NARROWED: [&str; 2] = ["question", "quiz"];
/// How many other questions are offered below the one that is shown.
const OTHERS: usize = 10;

impl App {
    /// Answers `/question`: a topic, a tag, an id, any words, or nothing for any question.
    pub async fn question(
        &self,
        caller: &Caller,
        query: Option<&str>,
        difficulty: Option<Difficulty>,
    ) -> Outcome {
        let library = self.library();
        let query = query.map(str::trim).filter(|query| !query.is_empty());
        let alone = query.and_then(|query| library.bank.difficulty_alone(query));
        let difficulty = difficulty.or(alone);
        let Some(query) = query.filter(|_| alone.is_none()) else {
            let all: Vec<&Question> = library.bank.questions().iter().collect();
            let all = of_difficulty(all, difficulty);
            let question = self.next_unseen(caller, &all).await?;
            let question = question.ok_or_else(|| wording::none_of_difficulty(None, difficulty))?;
            return self.show_question(caller, question, difficulty).await;
        };
        let lookup = library.bank.look_up(query);
        if let (Some(option), None) = (option_of(&NARROWED, query), &lookup.named) {
            return Err(wording::holds_option(query, option).into());
        }
        if lookup.found.is_empty() {
            return Err(wording::nothing_found(query).into());
        }
        if !lookup.fits {
            return Ok(near_card(query, &lookup));
        }
        let (asked, rest) = lookup.narrowed.clone().unzip();
        let query = rest.as_deref().unwrap_or(query);
        // Whoever sets the option says it more clearly than in words.
        let asked = asked.filter(|_| difficulty.is_none());
        let difficulty = difficulty.or(asked);
        let found = lookup.found.iter().map(|found| found.question).collect();
        let mut found = of_difficulty(found, difficulty);
        let question = self.shown_of(caller, &lookup, &found).await?;
        let question =
            question.ok_or_else(|| wording::none_of_difficulty(Some(query), difficulty))?;
        let mut card = self.show_question(caller, question, difficulty).await?;
        let corrected = lookup.corrected.as_deref();
        if let Some(shown_for) = corrected.or(asked.and(Some(query))) {
            let note = wording::results_for(shown_for, asked);
            card.body.insert(0, card::Part::Text(note));
        }
        found.retain(|other| other.id != question.id);
        if !found.is_empty() {
            card.selects
                .push(questions_menu(wording::OTHER_MATCHES, &found));
        }
        Ok(card)
    }

    /// Which question to show of those found, the best of which is first: of a topic, one that the member has not seen
    /// yet; of a tag, the best of those; otherwise the best.
    async fn shown_of<'a>(
        &self,
        caller: &Caller,
        lookup: &Lookup<'a>,
        found: &[&'a Question],
    ) -> Result<Option<&'a Question>, Error> {
        let own = |named: &Named<'_>| -> Vec<&'a Question> {
            let own = found.iter().filter(|question| named.holds(question));
            own.copied().collect()
        };
        match &lookup.named {
            Some(named @ Named::Topic(_)) => self.next_unseen(caller, &own(named)).await,
            Some(named @ Named::Tag(_)) => {
                let seen = self.store.questions_seen(caller.member.clone()).await?;
                let seen: HashMap<&str, i64> =
                    seen.iter().map(|(id, at)| (id.as_str(), *at)).collect();
                let own = own(named).into_iter();
                Ok(own.min_by_key(|question| seen.get(question.id.as_str()).copied()))
            }
            Some(Named::Question(_)) | None => Ok(found.first().copied()),
        }
    }

    /// Shows another question of a topic.
    pub(super) async fn another(
        &self,
        caller: &Caller,
        topic: &str,
        difficulty: Option<Difficulty>,
        asker: &str,
    ) -> Outcome {
        let library = self.library();
        let questions: Vec<&Question> = library
            .bank
            .in_topic(topic)
            .filter(|question| difficulty.is_none_or(|wanted| question.difficulty == wanted))
            .collect();
        let question = self.next_unseen(caller, &questions).await?;
        let question = question.ok_or_else(|| wording::unknown_topic(topic, &[]))?;
        let card = self.show_question(caller, question, difficulty).await?;
        Ok(if asker == caller.member.user.id() {
            card
        } else {
            card.private()
        })
    }

    /// Answers a menu of topics.
    pub(super) async fn pick_topic(&self, caller: &Caller, topic: &str) -> Outcome {
        self.another(caller, topic, None, "").await
    }

    /// Answers a menu of questions.
    pub(super) async fn pick_question(&self, caller: &Caller, id: &str) -> Outcome {
        let library = self.library();
        let question = library
            .bank
            .question(id)
            .ok_or_else(wording::question_gone)?;
        Ok(self.show_question(caller, question, None).await?.private())
    }

    /// Shows the model answer, unless it belongs to a daily that the caller can still answer.
    pub(super) async fn show_answer(&self, caller: &Caller, id: &str) -> Outcome {
        let library = self.library();
        let question = library
            .bank
            .question(id)
            .ok_or_else(wording::question_gone)?;
        self.refuse_withheld(caller, question).await?;
        Ok(answer_card(&library.bank, question))
    }

    /// Offers topics, tags and questions while a member types: (what is shown, what is sent).
    pub fn suggest(&self, typed: &str) -> Vec<(String, String)> {
        self.library()
            .bank
            .suggest(typed, OPTIONS)
            .into_iter()
            .map(|suggestion| (plain(&suggestion.label), suggestion.value))
            .collect()
    }

    /// Offers topics only.
    pub fn suggest_topics(&self, typed: &str) -> Vec<(String, String)> {
        let library = self.library();
        let mut topics = library.bank.suggest(typed, usize::MAX);
        topics.retain(|suggestion| library.bank.topic(&suggestion.value).is_some());
        topics.truncate(OPTIONS);
        topics
            .into_iter()
            .map(|topic| (topic.label, topic.value))
            .collect()
    }

    /// The question that the member has not seen yet, or saw longest ago.
    async fn next_unseen<'a>(
        &self,
        caller: &Caller,
        questions: &[&'a Question],
    ) -> Result<Option<&'a Question>, Error> {
        let seen = self.store.questions_seen(caller.member.clone()).await?;
        Ok(draw(questions.to_vec(), &seen, 1, &mut rand::rng()).pop())
    }

    async fn show_question(
        &self,
        caller: &Caller,
        question: &Question,
        difficulty: Option<Difficulty>,
    ) -> Outcome {
        let (member, now) = (caller.member.clone(), self.clock.now());
        let id = question.id.clone();
        // This only keeps the next question from being the same: no reason to refuse on a full disk.
        if let Err(error) = self.store.question_seen(member, id, now).await {
            tracing::warn!(%error, question = question.id, "could not record a lookup");
        }
        let asker = caller.member.user.id().to_owned();
        let bank = &self.library().bank;
        Ok(question_card(bank, question, difficulty, asker))
    }
}

/// A question as a lookup shows it. For `asker`, another one of that difficulty replaces it.
pub(super) fn question_card(
    bank: &Bank,
    question: &Question,
    difficulty: Option<Difficulty>,
    asker: String,
) -> Card {
    let id = &question.id;
    let show = Action::ShowAnswer(id.clone());
    let mut buttons = vec![Button::new(wording::SHOW_ANSWER, Style::Secondary, show)];
    if !question.quizzes.is_empty() {
        let quiz_me = Action::QuizMe(id.clone());
        buttons.push(Button::new(wording::QUIZ_ME, Style::Primary, quiz_me));
    }
    let another = Action::Another {
        topic: question.topic.clone(),
        difficulty,
        asker,
    };
    buttons.push(Button::new(wording::ANOTHER, Style::Secondary, another));
    Card::new(Tone::Neutral, wording::topic_title(bank, &question.topic))
        .text(Text::new().line(&question.prompt))
        .row(buttons)
        .footer(wording::about(question, bank))
}

/// A question with its model answer.
pub(super) fn answer_card(bank: &Bank, question: &Question) -> Card {
    let answer = match question.answer.as_str() {
        "" => wording::right_options(question),
        answer => Text::new().blocks(answer),
    };
    let mut card = Card::new(Tone::Neutral, plain(&question.prompt))
        .private()
        .text(answer);
    if !question.key_points.is_empty() {
        card = card.field(wording::KEY_POINTS, wording::list_of(&question.key_points));
    }
    if !question.follow_ups.is_empty() {
        card = card.field(wording::FOLLOW_UPS, wording::list_of(&question.follow_ups));
    }
    if !question.links.is_empty() {
        card = card.field(wording::LINKS, wording::list_of(&question.links));
    }
    let quiz_me = (!question.quizzes.is_empty()).then(|| {
        let action = Action::QuizMe(question.id.clone());
        Button::new(wording::QUIZ_ME, Style::Primary, action)
    });
    card.row(quiz_me).footer(wording::about(question, bank))
}

/// What is offered when nothing fits.
fn near_card(query: &str, lookup: &Lookup<'_>) -> Card {
    let near: Vec<&Question> = lookup.found.iter().map(|found| found.question).collect();
    let mut card = Card::new(Tone::Neutral, wording::NOTHING_FITS)
        .private()
        .text(wording::only_near(
            query,
            lookup.corrected.as_deref(),
            &near,
        ));
    card.selects
        .push(questions_menu(wording::NEAR_MATCHES, &near));
    card
}

fn of_difficulty(mut questions: Vec<&Question>, difficulty: Option<Difficulty>) -> Vec<&Question> {
    questions.retain(|question| difficulty.is_none_or(|wanted| question.difficulty == wanted));
    questions
}

fn questions_menu(placeholder: &str, questions: &[&Question]) -> Select {
    Select {
        placeholder: placeholder.to_owned(),
        action: Action::PickQuestion,
        options: questions
            .iter()
            .take(OTHERS)
            .map(|question| SelectOption {
                label: cut(&plain(&question.prompt), card::LABEL),
                value: question.id.clone(),
                description: None,
            })
            .collect(),
    }
}
