//! What people do and see, on whatever platform they are.

use std::fmt::Write;

use greenroom::model::UserId;
use serde_json::Value;
use serenity::async_trait;

use super::Message;

/// What is waited for of a message.
pub type Holds<'a> = dyn Fn(&Message) -> bool + 'a;

/// Somebody in a room. Each verb that returns a message waits for what they see of the bot then.
#[async_trait(?Send)]
pub trait Person {
    /// What others see as their name.
    fn name(&self) -> String;

    /// How the use-cases know them.
    fn user(&self) -> UserId;

    /// Uses a command in a channel.
    async fn slash_in(&self, channel: &str, line: &str) -> Message;

    /// Presses the button on which that is written.
    async fn press(&self, message: &Message, button: &str) -> Message;

    /// Waits until the platform has heard that something of theirs was taken, whether or not it is answered yet. It is
    /// to be waited for while they do it.
    async fn taken(&self);

    /// Chooses in the menu that says that while nothing is chosen.
    async fn choose(&self, message: &Message, menu: &str, option: &str) -> Message;

    /// Types a reply, in the way that it is done there: to a message, or in its thread.
    async fn reply(&self, to: &Message, text: &str) -> Message;

    /// Asks for everything that is stored about them, and opens the file.
    async fn exported(&self) -> Value;

    /// What they see in a channel, oldest first.
    fn messages(&self, channel: &str) -> Vec<Message>;

    /// Waits until they see such a message in a channel; of several, the newest.
    async fn wait_for(&self, channel: &str, holds: &Holds<'_>) -> Message;

    /// Uses a command in #general.
    async fn slash(&self, line: &str) -> Message {
        self.slash_in("general", line).await
    }

    /// What they read after a command.
    async fn told(&self, line: &str) -> String {
        self.slash(line).await.reads()
    }

    /// Commands, each with what they read after it.
    async fn conversation(&self, lines: &[&str]) -> String {
        let mut conversation = String::new();
        for line in lines {
            let told = self.told(line).await;
            writeln!(conversation, "> {line}\n{told}\n").expect("text takes it");
        }
        conversation
    }

    /// Presses the right option of a quiz.
    async fn press_right(&self, quiz: &Message) -> Message {
        self.press(quiz, &quiz.right()).await
    }

    /// Presses a wrong option of a quiz: of those, the first in the bank.
    async fn press_wrong(&self, quiz: &Message) -> Message {
        self.press(quiz, &quiz.wrong()).await
    }

    /// A message as it is now, if they see it.
    fn again(&self, message: &Message) -> Option<Message> {
        let mut seen = self.messages(&message.channel).into_iter();
        seen.find(|seen| seen.id == message.id)
    }
}
