//! A press of a button or a choice in a menu: the use-case that its action stands for.

use super::{Action, App, Caller, Outcome};
use crate::model::MessageRef;

impl App {
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
            } => {
                let message = Some(message);
                self.answer_daily(caller, (daily, version), message, option)
                    .await
            }
            Action::HintAnswer {
                daily,
                option,
                version,
                ..
            } => {
                self.answer_daily(caller, (daily, version), None, option)
                    .await
            }
            Action::PostAgain { daily, tried } => self.post_again(caller, daily, tried).await,
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
