//! The use-cases, one file a feature. Each answers with a [`Card`] or an [`Error`]; none knows a
//! platform.

pub mod action;
mod backups;
mod caller;
pub mod card;
pub mod choosing;
pub mod daily;
pub mod delivery;
mod lateness;
pub mod leaderboard;
mod library;
mod lists;
pub mod lookup;
mod named_topics;
mod outcome;
mod pace;
pub mod preview;
pub mod privacy;
pub mod quiz;
mod quiz_card;
mod reload;
mod replacing;
pub mod replies;
mod retention;
pub mod schedule;
pub mod setting;
pub mod skipping;
mod spaces;
pub mod stats;
pub mod text;
pub mod topics;
mod withheld;
pub mod wording;

use std::sync::Arc;

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, Utc};
use tokio::sync::Mutex;

pub use action::Action;
pub use caller::Caller;
pub use card::Card;
pub use library::Library;
pub use outcome::{Error, Outcome, Refusal};

use delivery::{Failing, Wakes};
use lateness::LoggedOnce;
use pace::Pace;

use crate::bank::Bank;
use crate::clock::Clock;
use crate::model::MessageRef;
use crate::store::Store;

/// Everything the use-cases need. Clones share it.
#[derive(Clone)]
pub struct App {
    /// What is remembered. Platforms leave it to the use-cases.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    library: Arc<ArcSwap<Library>>,
    wakes: Arc<Wakes>,
    logged: Arc<LoggedOnce>,
    failing: Arc<Failing>,
    /// When due dailies were last claimed; held while they are.
    looked_at: Arc<Mutex<Option<DateTime<Utc>>>>,
    pace: Arc<Pace>,
    to_operator: Arc<ArcSwapOption<Card>>,
}

impl App {
    /// Puts the parts together.
    pub fn new(store: Store, bank: impl Into<Arc<Bank>>, clock: Clock) -> Self {
        Self {
            store,
            clock,
            library: Arc::new(ArcSwap::from_pointee(Library::new(bank))),
            wakes: Arc::default(),
            logged: Arc::default(),
            failing: Arc::default(),
            looked_at: Arc::default(),
            pace: Arc::default(),
            to_operator: Arc::default(),
        }
    }

    /// What can be asked at this moment.
    pub fn library(&self) -> Arc<Library> {
        self.library.load_full()
    }

    /// Does what a button or menu stands for. `message` is the one that it is on, `chosen` the
    /// option chosen in a menu.
    ///
    /// # Errors
    /// A refusal, or the store's error.
    pub async fn press(
        &self,
        caller: &Caller,
        action: Action,
        message: MessageRef,
        chosen: Option<String>,
    ) -> Outcome {
        match action {
            Action::ShowAnswer(question) => self.show_answer(caller, &question).await,
            Action::QuizMe(question) => self.quiz_me(caller, &question).await,
            Action::Another {
                topic,
                difficulty,
                asker,
            } => self.another(caller, &topic, difficulty, &asker).await,
            Action::Topics(page) => Ok(self.topics_page(page)),
            Action::PickTopic => self.pick_topic(caller, &chosen.unwrap_or_default()).await,
            Action::PickQuestion => {
                self.pick_question(caller, &chosen.unwrap_or_default())
                    .await
            }
            Action::QuizAnswer {
                quiz,
                position,
                option,
            } => self.answer_quiz(caller, quiz, position, option).await,
            Action::QuizGo { quiz, position } => self.show_quiz(caller, quiz, position).await,
            Action::QuizMissed(quiz) => self.retry_missed(caller, quiz).await,
            Action::QuizLike(quiz) => self.another_quiz(caller, quiz).await,
            Action::DailyAnswer {
                daily,
                option,
                version,
            }
            | Action::HintAnswer {
                daily,
                option,
                version,
                ..
            } => {
                self.answer_daily(caller, (daily, version), message, option)
                    .await
            }
            Action::DailyVerdict { daily, version } => {
                self.daily_verdict(caller, (daily, version)).await
            }
            Action::Board {
                period,
                page,
                topic,
                asker,
            } => self.board_page(caller, period, topic, page, &asker).await,
            Action::DeleteMine => self.delete_mine(caller).await,
            Action::KeepMine => Ok(self.keep_mine()),
        }
    }
}
