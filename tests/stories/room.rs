//! A room with the bot in it, on whatever platform it is.

use std::path::PathBuf;

use chrono::Duration;
use greenroom::app::wording::unknown_button;
use greenroom::app::{Action, App, Caller, Outcome};
use greenroom::model::{Member, MessageRef, PlatformId, SpaceId};
use serenity::async_trait;

use super::discord::Discord;
use super::slack::Slack;
use super::{Message, Person};
use crate::harness::eventually;

/// A local chat with the bot on it.
#[async_trait(?Send)]
pub trait Place {
    /// Someone of it, who comes if they aren't there.
    fn person(&self, name: &str) -> Box<dyn Person>;

    /// The server or workspace.
    fn space(&self) -> SpaceId;

    /// The bot's use-cases, for what nobody can see.
    fn app(&self) -> &App;

    /// The database file.
    fn database(&self) -> PathBuf;

    /// Moves everybody's clock.
    fn advance(&self, by: Duration);

    /// Has the bot be told of everything more than once from now on.
    fn repeat_everything(&self);

    /// Starts the bot on the room's database, and waits until it is there.
    async fn start_bot(&mut self);

    /// Stops the bot, as when its machine is turned off.
    async fn stop_bot(&mut self);

    /// Stops the bot and fails if anything happened that must not.
    async fn close(self: Box<Self>);
}

/// A room with an admin and two members.
pub struct Room {
    /// The admin.
    pub ana: Box<dyn Person>,
    pub ben: Box<dyn Person>,
    pub chloe: Box<dyn Person>,
    place: Box<dyn Place>,
}

impl Room {
    /// Opens a room with the tests' bank. Its clock stands at 08:00 in UTC.
    pub async fn on(platform: PlatformId) -> Self {
        let place: Box<dyn Place> = match platform {
            PlatformId::Discord => Box::new(Discord::open().await),
            PlatformId::Slack => Box::new(Slack::open().await),
        };
        Self {
            ana: place.person("ana"),
            ben: place.person("ben"),
            chloe: place.person("chloe"),
            place,
        }
    }

    /// Has a schedule post to #daily at 09:00 UTC; `more` is what else is set. What the admin reads then.
    pub async fn schedule(&self, more: &str) -> String {
        let set = format!("/schedule set channel:#daily time:09:00 zone:UTC {more}");
        self.ana.told(set.trim_end()).await
    }

    /// Has the next dailies ask these questions.
    pub async fn queue(&self, questions: &[&str]) {
        for question in questions {
            let line = format!("/daily queue question:{question}");
            let queued = self.ana.told(&line).await;
            assert!(queued.contains("Queued"), "{queued}");
        }
    }

    /// Has that schedule post these questions.
    pub async fn ask(&self, questions: &[&str]) {
        self.schedule("").await;
        self.queue(questions).await;
    }

    /// Posts the day's daily by moving the clock to the next 09:00, and returns its message once it is recorded.
    pub async fn next_daily(&self) -> Message {
        let known = self.ben.messages("daily");
        let now = self.app().clock.now();
        let nine = now.date_naive().and_hms_opt(9, 0, 0);
        let nine = nine.expect("a time").and_utc();
        let day = Duration::days(i64::from(now >= nine));
        self.advance(nine + day - now);
        let is_new = |message: &Message| !known.iter().any(|it| it.id == message.id);
        let posted = |message: &Message| is_new(message) && is_open(message);
        let message = self.ben.wait_for("daily", &posted).await;
        self.recorded(&message).await;
        message
    }

    /// Waits until the bot has recorded the message of a daily.
    pub async fn recorded(&self, message: &Message) {
        let recorded = async || {
            let daily = self.app().store.daily_of_message(self.at(message)).await;
            daily.expect("read").is_some()
        };
        eventually(recorded).await;
    }

    /// Waits until a daily's message shows the result.
    pub async fn closed(&self, daily: &Message) -> Message {
        let closed = |message: &Message| message.id == daily.id && !is_open(message);
        self.ben.wait_for("daily", &closed).await
    }

    /// Waits until a daily's message asks another question.
    pub async fn replaced(&self, daily: &Message) -> Message {
        let other = |message: &Message| {
            message.id == daily.id && message.question().id != daily.question().id
        };
        self.ben.wait_for("daily", &other).await
    }

    /// The dailies posted so far.
    pub fn dailies(&self) -> Vec<Message> {
        let mut messages = self.ben.messages("daily");
        messages.retain(|message| message.by_bot && message.text.contains("Daily question"));
        messages
    }

    /// A message as the use-cases know it.
    pub fn at(&self, message: &Message) -> MessageRef {
        let (channel, id) = (message.channel.as_str(), message.id.as_str());
        MessageRef::new(self.place.space(), channel, id)
    }

    /// A person as the use-cases know a member.
    pub fn member(&self, person: &dyn Person) -> Member {
        Member {
            space: self.place.space(),
            user: person.user(),
        }
    }

    /// What comes of a press on a button that a message had, if somebody's client still shows it.
    pub async fn pressed_late(&self, person: &dyn Person, message: &Message, id: &str) -> Outcome {
        let caller = self.caller(person);
        let action = Action::decode(id).ok_or_else(unknown_button)?;
        self.app()
            .press(&caller, action, self.at(message), None)
            .await
    }

    /// A person as the use-cases know a plain member who keeps to the pace.
    pub fn caller(&self, person: &dyn Person) -> Caller {
        let caller = self.app().admit(self.member(person), false);
        caller.expect("within the pace")
    }

    /// Someone more.
    pub fn person(&self, name: &str) -> Box<dyn Person> {
        self.place.person(name)
    }

    /// The bot's use-cases, for what nobody can see.
    pub fn app(&self) -> &App {
        self.place.app()
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.place.database()
    }

    /// Moves everybody's clock.
    pub fn advance(&self, by: Duration) {
        self.place.advance(by);
    }

    /// Has the bot be told of everything more than once from now on.
    pub fn repeat_everything(&self) {
        self.place.repeat_everything();
    }

    /// Stops the bot and starts it again on the same database.
    pub async fn restart_bot(&mut self) {
        self.stop_bot().await;
        self.start_bot().await;
    }

    /// Stops the bot, as when its machine is turned off.
    pub async fn stop_bot(&mut self) {
        self.place.stop_bot().await;
    }

    /// Starts the bot on the room's database, and waits until it is there.
    pub async fn start_bot(&mut self) {
        self.place.start_bot().await;
    }

    /// Stops the bot and fails if anything happened that must not.
    pub async fn close(self) {
        self.place.close().await;
    }
}

fn is_open(message: &Message) -> bool {
    message.by_bot && !message.private && message.has_button("A")
}
