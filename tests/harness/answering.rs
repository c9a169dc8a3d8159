//! How members answer in a test.

use chat_sandbox::{MessageView, Person};

use super::{Room, shown};

impl Room {
    /// Someone presses the right option of a quiz; returns what they see then.
    pub async fn press_right(&self, person: &Person, quiz: &MessageView) -> MessageView {
        shown(person.click(quiz, &self.right_letter(quiz)).await)
    }

    /// Someone types a reply to a daily; returns what the bot answers for all to see.
    pub async fn reply(&self, person: &Person, daily: &MessageView, text: &str) -> MessageView {
        let said = person.reply(daily, text).await;
        self.answer_to(&said).await
    }

    /// What someone reads who presses **My verdict** below their receipt.
    pub async fn verdict_of(&self, person: &Person, receipt: &MessageView) -> String {
        shown(person.click(receipt, "My verdict").await).text()
    }

    /// What the bot answers to a message in the dailies' channel.
    pub async fn answer_to(&self, said: &MessageView) -> MessageView {
        let id = said.id;
        let answers = move |message: &MessageView| message.reply_to == Some(id);
        self.ben.wait_for("daily", answers).await
    }

    /// Fails if the bot answers one of these, once it has answered what came after them.
    pub async fn unanswered(&self, said: &[MessageView], daily: &MessageView) {
        let last = self.sandbox.world().add_person("the-last-one");
        let last = last.reply(daily, "A").await;
        self.answer_to(&last).await;
        shown(self.ana.slash("general", "/topics").await);
        let messages = self.ben.messages("daily");
        for said in said {
            let answer = messages.iter().find(|m| m.reply_to == Some(said.id));
            assert!(
                answer.is_none(),
                "{}: {}",
                said.text(),
                answer.expect("it").text()
            );
        }
    }
}
