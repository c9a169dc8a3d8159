//! Lookups: a question for what a member types, its answer, and the topics there are.

use crate::bank::{Bank, Difficulty, Named, Question};
use crate::store::UserId;

use super::action::Action;
use super::card::{Button, Card, OPTIONS, Select, SelectOption, Style, Tone, cut};
use super::library::draw;
use super::outcome::{Error, Outcome};
use super::{App, Caller, card, text, wording};

/// How many further matches of a search are offered.
const MATCHES: usize = 10;
/// How many matches are looked at before a filter by difficulty.
const SEARCHED: usize = 200;

/// What a query was taken to mean.
struct Found<'a> {
    /// Questions to draw from; a search's are in order of relevance.
    questions: Vec<&'a Question>,
    /// Whether the order counts.
    ordered: bool,
    /// The topic or tag that the query was corrected to.
    corrected: Option<&'a str>,
}

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
        let mut found = match query {
            None => Found::all(library.bank.questions().iter().collect()),
            Some(query) => match library.bank.named(query) {
                Some(named) => Found::all(questions_of(&library.bank, &named)),
                None => {
                    let ids = library.index.find(query, SEARCHED)?;
                    searched(&library.bank, query, &ids)
                }
            },
        };
        if found.questions.is_empty() {
            return Err(wording::nothing_found(query.unwrap_or_default()).into());
        }
        found
            .questions
            .retain(|question| difficulty.is_none_or(|wanted| question.difficulty == wanted));
        let question = if found.ordered {
            found.questions.first().copied()
        } else {
            self.next_unseen(caller, &found.questions).await?
        };
        let question = question.ok_or_else(|| wording::none_of_difficulty(query, difficulty))?;
        let mut card = self.show_question(caller, question, difficulty).await?;
        if let Some(corrected) = found.corrected {
            let note = wording::corrected(query.unwrap_or_default(), corrected);
            card.body.insert(0, card::Part::Text(note));
        }
        if found.ordered && found.questions.len() > 1 {
            card.selects.push(other_matches(&found.questions[1..]));
        }
        Ok(card)
    }

    /// Shows another question of a topic.
    pub(super) async fn another(
        &self,
        caller: &Caller,
        topic: &str,
        difficulty: Option<Difficulty>,
        asker: &UserId,
    ) -> Outcome {
        let library = self.library();
        let questions: Vec<&Question> = library
            .bank
            .in_topic(topic)
            .filter(|question| difficulty.is_none_or(|wanted| question.difficulty == wanted))
            .collect();
        let question = self.next_unseen(caller, &questions).await?;
        let question = question.ok_or_else(|| wording::unknown_topic(topic, None))?;
        let card = self.show_question(caller, question, difficulty).await?;
        Ok(if *asker == caller.member.user {
            card
        } else {
            card.private()
        })
    }

    /// Answers a menu of topics.
    pub(super) async fn pick_topic(&self, caller: &Caller, topic: &str) -> Outcome {
        let asker = UserId(String::new());
        self.another(caller, topic, None, &asker).await
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

    /// Shows the model answer, unless it is that of a daily the caller can still answer.
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
            .map(|suggestion| (text::plain(&suggestion.label), suggestion.value))
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
        // What was seen only keeps the next one from being the same: worth no refusal on a full disk.
        if let Err(error) = self.store.question_seen(member, id, now).await {
            tracing::warn!(%error, question = question.id, "could not record a lookup");
        }
        let asker = caller.member.user.clone();
        let bank = &self.library().bank;
        Ok(question_card(bank, question, difficulty, asker))
    }
}

/// A question as a lookup shows it. `asker` may have another one of that difficulty in its place.
pub(super) fn question_card(
    bank: &Bank,
    question: &Question,
    difficulty: Option<Difficulty>,
    asker: UserId,
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
        .text(question.prompt.as_str())
        .row(buttons)
        .footer(wording::about(question, bank))
}

/// A question with its model answer.
pub(super) fn answer_card(bank: &Bank, question: &Question) -> Card {
    let mut card = Card::new(Tone::Neutral, &question.prompt)
        .private()
        .text(question.answer.as_str())
        .field(wording::KEY_POINTS, wording::list(&question.key_points));
    if !question.follow_ups.is_empty() {
        card = card.field(wording::FOLLOW_UPS, wording::list(&question.follow_ups));
    }
    if !question.links.is_empty() {
        card = card.field(wording::LINKS, wording::list(&question.links));
    }
    let quiz_me = (!question.quizzes.is_empty()).then(|| {
        let action = Action::QuizMe(question.id.clone());
        Button::new(wording::QUIZ_ME, Style::Primary, action)
    });
    card.row(quiz_me).footer(wording::about(question, bank))
}

impl<'a> Found<'a> {
    fn all(questions: Vec<&'a Question>) -> Self {
        Self {
            questions,
            ordered: false,
            corrected: None,
        }
    }
}

/// By relevance, or else by the nearest topic or tag.
fn searched<'a>(bank: &'a Bank, query: &str, ids: &[String]) -> Found<'a> {
    if !ids.is_empty() {
        let questions = ids.iter().filter_map(|id| bank.question(id)).collect();
        return Found {
            questions,
            ordered: true,
            corrected: None,
        };
    }
    let Some(named) = bank.corrected(query) else {
        return Found::all(Vec::new());
    };
    let corrected = Some(match &named {
        Named::Question(question) => question.id.as_str(),
        Named::Topic(topic) => topic.name.as_str(),
        Named::Tag(tag) => *tag,
    });
    Found {
        corrected,
        ..Found::all(questions_of(bank, &named))
    }
}

fn questions_of<'a>(bank: &'a Bank, named: &Named<'a>) -> Vec<&'a Question> {
    match named {
        Named::Question(question) => vec![question],
        Named::Topic(topic) => bank.in_topic(&topic.name).collect(),
        Named::Tag(tag) => bank.tagged(tag).collect(),
    }
}

fn other_matches(questions: &[&Question]) -> Select {
    Select {
        placeholder: wording::OTHER_MATCHES.to_owned(),
        action: Action::PickQuestion,
        options: questions
            .iter()
            .take(MATCHES)
            .map(|question| SelectOption {
                label: cut(&text::plain(&question.prompt), card::LABEL),
                value: question.id.clone(),
                description: None,
            })
            .collect(),
    }
}
