//! Practice: a quiz that a member takes alone, in one message that is edited as they go on.

use chrono::TimeDelta;

use crate::model::{Attempt, Difficulty, Question, Quiz, QuizItem, QuizSession};

use super::action::Action;
use super::card::{Button, Card, Part, Style, Tone};
use super::library::draw;
use super::outcome::{Error, Outcome};
use super::{App, Caller, quiz_card, wording};

/// The most questions of a quiz.
pub const MOST: i64 = 20;
/// How many questions when the member doesn't say.
const USUAL: i64 = 5;
/// How long a quiz that was left halfway is gone on with.
const GOES_ON: TimeDelta = TimeDelta::days(1);

impl App {
    /// Answers `/quiz`: `count` questions, 1 to [`MOST`]; those that the member has not answered come first. Whoever
    /// asks for nothing in particular goes on with the quiz that they left halfway, if there is one of the last day: its
    /// message may be gone.
    pub async fn start_quiz(
        &self,
        caller: &Caller,
        topic: Option<&str>,
        count: Option<i64>,
        difficulty: Option<Difficulty>,
    ) -> Outcome {
        if topic.is_none() && count.is_none() && difficulty.is_none() {
            let since = self.clock.now() - GOES_ON;
            let halfway = self.store.quiz_halfway(caller.member.clone(), since);
            if let Some(session) = halfway.await? {
                return self.go_on(caller, &session).await;
            }
        }
        let count = count.unwrap_or(USUAL);
        if !(1..=MOST).contains(&count) {
            return Err(wording::quiz_count(MOST).into());
        }
        let library = self.library();
        let topic = topic.map(|topic| library.topic_of_difficulty(topic));
        let (topic, asked) = topic.transpose()?.unzip();
        // Whoever sets the option says it more clearly than in words.
        let difficulty = difficulty.or(asked.flatten());
        self.quiz_on(caller, topic.flatten(), count as usize, difficulty)
            .await
    }

    /// Starts another quiz with as many questions as the previous one: on the topic that those share, and of the
    /// difficulty that they share if there were several.
    pub(super) async fn another_quiz(&self, caller: &Caller, quiz: i64) -> Outcome {
        let before = self.own_quiz(caller, quiz).await?;
        let library = self.library();
        let topic = shared(before.items.iter().map(|item| Some(item.topic.clone())));
        let topic = topic.filter(|topic| library.bank.topic(topic).is_some());
        let difficulty = |item: &QuizItem| Some(library.bank.question(&item.question)?.difficulty);
        // One question alone may well be the only one of its difficulty.
        let several = before.items.iter().filter(|_| before.items.len() > 1);
        let difficulty = shared(several.map(difficulty));
        self.quiz_on(caller, topic, before.items.len(), difficulty)
            .await
    }

    /// Starts a quiz of `count` questions, or of all that can be asked.
    async fn quiz_on(
        &self,
        caller: &Caller,
        topic: Option<String>,
        count: usize,
        difficulty: Option<Difficulty>,
    ) -> Outcome {
        let library = self.library();
        let topics: Vec<String> = topic.iter().cloned().collect();
        let withheld = self.withheld(caller).await?;
        let pool = library.askable(&topics, difficulty, &withheld);
        let used = self.store.questions_answered(caller.member.clone()).await?;
        let items = draw(pool, &used, count, &mut rand::rng());
        let items: Vec<_> = items.into_iter().filter_map(item).collect();
        let title = topic.map(|topic| wording::topic_title(&library.bank, &topic));
        if items.is_empty() {
            return Err(wording::no_quiz(title.as_deref(), difficulty).into());
        }
        let fewer = (items.len() < count)
            .then(|| wording::all_there_are(items.len(), title.as_deref(), difficulty));
        let mut card = self.begin(caller, items).await?;
        if let Some(fewer) = fewer {
            card.body.insert(0, Part::Text(fewer));
        }
        Ok(card)
    }

    /// Starts a quiz of one question.
    pub(super) async fn quiz_me(&self, caller: &Caller, id: &str) -> Outcome {
        let library = self.library();
        let question = library
            .bank
            .question(id)
            .ok_or_else(wording::question_gone)?;
        self.refuse_withheld(caller, question).await?;
        let item = item(question).ok_or_else(wording::question_gone)?;
        self.begin(caller, vec![item]).await
    }

    /// Starts a quiz of the items missed in another.
    pub(super) async fn retry_missed(&self, caller: &Caller, quiz: i64) -> Outcome {
        let quiz = self.own_quiz(caller, quiz).await?;
        let missed: Vec<_> = quiz
            .items
            .into_iter()
            .filter(|item| item.attempt.is_some_and(|attempt| !attempt.right))
            .map(|item| {
                (
                    item.question,
                    item.topic,
                    item.quiz.shuffled(&mut rand::rng()),
                )
            })
            .collect();
        if missed.is_empty() {
            return Err(wording::nothing_missed().into());
        }
        self.begin(caller, missed).await
    }

    /// Records the answer to an item, then shows what is right and why.
    pub(super) async fn answer_quiz(
        &self,
        caller: &Caller,
        quiz: i64,
        position: usize,
        option: usize,
    ) -> Outcome {
        let session = self.own_quiz(caller, quiz).await?;
        let item = session.items.get(position).ok_or_else(wording::quiz_gone)?;
        let chosen = item
            .quiz
            .options
            .get(option)
            .ok_or_else(wording::quiz_gone)?;
        let withheld = self.withheld(caller).await?;
        let bank = &self.library().bank;
        if withheld.holds_quiz(bank, &item.question, &item.quiz) {
            let unanswered = withheld.unanswered();
            let answered = !unanswered.holds_quiz(bank, &item.question, &item.quiz);
            return Err(wording::refuse_withheld(caller.platform(), answered).into());
        }
        let attempt = Attempt {
            option,
            right: chosen.right,
        };
        let session = self
            .store
            .answer_quiz(quiz, position, attempt, self.clock.now())
            .await?
            .ok_or_else(wording::quiz_gone)?;
        self.quiz_card(caller, &session, position).await
    }

    /// Shows an item as it is, or the summary after the last.
    pub(super) async fn show_quiz(&self, caller: &Caller, quiz: i64, position: usize) -> Outcome {
        let session = self.own_quiz(caller, quiz).await?;
        self.quiz_card(caller, &session, position).await
    }

    /// Shows the first item that is still open.
    async fn go_on(&self, caller: &Caller, session: &QuizSession) -> Outcome {
        let open = session.items.iter().position(|item| item.attempt.is_none());
        let mut card = self
            .quiz_card(caller, session, open.unwrap_or_default())
            .await?;
        card.body.insert(0, Part::Text(wording::quiz_goes_on()));
        let another = Action::QuizLike(session.id);
        let another = Button::new(wording::ANOTHER_QUIZ, Style::Secondary, another);
        Ok(card.row([another]))
    }

    async fn begin(&self, caller: &Caller, items: Vec<(String, String, Quiz)>) -> Outcome {
        let now = self.clock.now();
        let session = self
            .store
            .start_quiz(caller.member.clone(), items, now)
            .await?;
        self.quiz_card(caller, &session, 0).await
    }

    async fn own_quiz(&self, caller: &Caller, quiz: i64) -> Result<QuizSession, Error> {
        let session = self
            .store
            .quiz(quiz)
            .await?
            .ok_or_else(wording::quiz_gone)?;
        if session.member != caller.member {
            return Err(wording::not_your_quiz().into());
        }
        Ok(session)
    }

    /// The card of an item: asked until it is answered, then explained.
    async fn quiz_card(&self, caller: &Caller, session: &QuizSession, position: usize) -> Outcome {
        let (id, count) = (session.id, session.items.len());
        let withheld = self.withheld(caller).await?;
        let Some(item) = session.items.get(position) else {
            let library = self.library();
            let withheld =
                |item: &QuizItem| withheld.holds_quiz(&library.bank, &item.question, &item.quiz);
            return Ok(summary(session, withheld));
        };
        let next = Action::QuizGo {
            quiz: id,
            position: position + 1,
        };
        let title = wording::quiz_title(position, count);
        let footer = self.library().bank.question(&item.question).map_or_else(
            || wording::topic_title(&self.library().bank, &item.topic),
            |question| wording::about(question, &self.library().bank),
        );
        let bank = &self.library().bank;
        if withheld.holds_quiz(bank, &item.question, &item.quiz) {
            let unanswered = withheld.unanswered();
            let answered = !unanswered.holds_quiz(bank, &item.question, &item.quiz);
            let skip = Button::new(wording::SKIP, Style::Primary, next);
            let card = Card::new(Tone::Neutral, title).private();
            let until = wording::until_the_verdict(caller.platform(), answered);
            return Ok(card.text(until).row([skip]));
        }
        let Some(attempt) = item.attempt else {
            let answer = |option| Action::QuizAnswer {
                quiz: id,
                position,
                option,
            };
            return Ok(Card::new(Tone::Neutral, title)
                .private()
                .text(quiz_card::asked(&item.quiz))
                .row(quiz_card::buttons(&item.quiz, answer))
                .footer(footer));
        };
        let tone = if attempt.right { Tone::Good } else { Tone::Bad };
        let label = if position + 1 < count {
            wording::NEXT
        } else {
            wording::RESULT
        };
        let on = if count > 1 {
            Button::new(label, Style::Primary, next)
        } else {
            Button::new(wording::ANOTHER, Style::Primary, Action::QuizLike(id))
        };
        let answer = self
            .library()
            .bank
            .question(&item.question)
            .map(|question| {
                let action = Action::ShowAnswer(question.id.clone());
                Button::new(wording::MODEL_ANSWER, Style::Secondary, action)
            });
        Ok(
            Card::new(tone, wording::verdict_title(attempt.right, &item.quiz))
                .private()
                .text(quiz_card::explained(&item.quiz, Some(attempt.option)))
                .row([on].into_iter().chain(answer))
                .footer(wording::progress(position, count, &footer)),
        )
    }
}

/// The score, and what was missed; the right options of `withheld` questions are left out.
/// Unanswered items are named, and can still be answered.
fn summary(session: &QuizSession, withheld: impl Fn(&QuizItem) -> bool) -> Card {
    let right = session
        .items
        .iter()
        .filter(|i| i.attempt.is_some_and(|a| a.right))
        .count();
    let missed: Vec<_> = session
        .items
        .iter()
        .filter(|item| item.attempt.is_some_and(|attempt| !attempt.right))
        .collect();
    let open = session.items.iter().position(|item| item.attempt.is_none());
    let tone = if missed.is_empty() && open.is_none() {
        Tone::Good
    } else {
        Tone::Neutral
    };
    let mut card = Card::new(tone, wording::quiz_score(right, session.items.len()))
        .private()
        .text(wording::quiz_summary(missed.is_empty(), open.is_some()));
    if !missed.is_empty() {
        let list = missed
            .iter()
            .map(|item| wording::missed(&item.quiz, withheld(item)));
        card = card.field(wording::MISSED, wording::list(list));
    }
    let back = open.map(|position| {
        let action = Action::QuizGo {
            quiz: session.id,
            position,
        };
        Button::new(wording::BACK_TO_OPEN, Style::Primary, action)
    });
    let again = (!missed.is_empty()).then(|| {
        Button::new(
            wording::PRACTISE_MISSED,
            Style::Secondary,
            Action::QuizMissed(session.id),
        )
    });
    let like = Action::QuizLike(session.id);
    let another = Button::new(wording::ANOTHER_QUIZ, Style::Secondary, like);
    card.row(back.into_iter().chain(again).chain([another]))
}

/// The value that all of them share; none when they differ or one has none.
fn shared<T: PartialEq>(mut all: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = all.next()??;
    all.all(|other| other.as_ref() == Some(&first))
        .then_some(first)
}

/// One of a question's quizzes, its options in random order.
pub(super) fn item(question: &Question) -> Option<(String, String, Quiz)> {
    use rand::seq::IndexedRandom;
    let rng = &mut rand::rng();
    let quiz = question.quizzes.choose(rng)?.shuffled(rng);
    Some((question.id.clone(), question.topic.clone(), quiz))
}
