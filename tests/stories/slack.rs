//! The local Slack, as stories see it.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use chat_sandbox::slack::{self, MessageView, ModalView, PersonSeed, SocketFault, World};
use chrono::Duration;
use greenroom::app::App;
use greenroom::model::{PlatformId, SpaceId, UserId};
use regex::{Captures, Regex};
use serde_json::Value;
use serenity::async_trait;
use tokio::sync::Notify;

use super::idiom::as_on_discord;
use super::message::tidy;
use super::person::Holds;
use super::{Message, Person, Place, blocks};
use crate::harness::APOLOGY;
use crate::slack::Room;

pub struct Slack(Room);

impl Slack {
    pub async fn open() -> Self {
        Self(Room::of_the_manifest().await)
    }
}

#[async_trait(?Send)]
impl Place for Slack {
    fn person(&self, name: &str) -> Box<dyn Person> {
        let world = Arc::clone(self.0.sandbox.world());
        world.add_person(&PersonSeed::new(name, name));
        let person = self.0.sandbox.person(name);
        person.join("daily").expect("it is open to all");
        let taken = Notify::new();
        Box::new(Member {
            person,
            world,
            taken,
        })
    }

    fn space(&self) -> SpaceId {
        SpaceId::new(PlatformId::Slack, self.0.world().team_id())
    }

    fn app(&self) -> &App {
        self.0.app()
    }

    fn database(&self) -> PathBuf {
        self.0.database()
    }

    fn advance(&self, by: Duration) {
        self.0.world().advance(by);
    }

    fn repeat_everything(&self) {
        self.0.world().fault(SocketFault::Duplicate);
    }

    async fn start_bot(&mut self) {
        self.0.start_bot().await;
    }

    async fn stop_bot(&mut self) {
        self.0.stop_bot().await;
    }

    async fn close(self: Box<Self>) {
        self.0.close().await;
    }
}

struct Member {
    person: slack::Person,
    world: Arc<World>,
    /// Told when Slack has heard that a press was taken.
    taken: Notify,
}

impl Member {
    fn seen(&self, view: &MessageView) -> Message {
        let mut ordered = view.clone();
        ordered.blocks.sort_by_key(blocks::order);
        Message {
            id: view.ts.clone(),
            channel: view.channel.clone(),
            text: as_on_discord(&tidy(&self.legible(&ordered.text()))),
            buttons: blocks::buttons(&view.blocks),
            menus: blocks::menus(&view.blocks),
            private: view.ephemeral,
            by_bot: view.by_bot,
        }
    }

    /// Waits for what comes of something, which is new or in place of what was pressed.
    async fn outcome(
        &self,
        channel: &str,
        pressed: Option<&MessageView>,
        known: &[MessageView],
    ) -> Message {
        let is_answer = |view: &MessageView| {
            let changed = pressed.is_some_and(|it| it.ts == view.ts && it.blocks != view.blocks);
            let new = !known.iter().any(|it| it.ts == view.ts);
            view.by_bot && (changed || new)
        };
        let view = self.person.wait_for(channel, is_answer).await;
        assert!(!view.text().contains(APOLOGY), "{}", view.text());
        self.seen(&view)
    }

    /// What a form says above its fields.
    fn read(&self, mut form: ModalView) -> Message {
        form.blocks.retain(|block| !blocks::is_of_form(block));
        form.blocks.sort_by_key(blocks::order);
        Message {
            id: form.id.clone(),
            channel: String::new(),
            text: as_on_discord(&tidy(&self.legible(&form.text()))),
            buttons: Vec::new(),
            menus: Vec::new(),
            private: true,
            by_bot: true,
        }
    }

    /// The message as the local Slack knows it.
    fn view(&self, message: &Message) -> MessageView {
        let mut views = self.person.messages(&message.channel).into_iter();
        let view = views.find(|view| view.ts == message.id);
        view.expect("it is there")
    }

    /// Text with the names of channels.
    fn legible(&self, text: &str) -> String {
        static CHANNEL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<#(\w+)>").expect("valid"));
        let channels = self.world.channels();
        let name = |found: &Captures| {
            let channel = channels.iter().find(|(id, _)| *id == found[1]);
            format!("#{}", channel.expect("a channel").1)
        };
        CHANNEL.replace_all(text, name).into_owned()
    }
}

#[async_trait(?Send)]
impl Person for Member {
    fn user(&self) -> UserId {
        let (team, user) = (self.world.team_id(), self.person.id());
        UserId::new(PlatformId::Slack, format!("{team}:{user}"))
    }

    fn name(&self) -> String {
        self.person.display()
    }

    async fn exported(&self) -> Value {
        let told = self.slash("/privacy export").await;
        assert!(told.private && told.says("as a direct message"), "{told:?}");
        let sent = |view: &MessageView| !view.files.is_empty();
        self.person.wait_for("@bot", sent).await;
        let file = self.world.files().pop().expect("the file");
        serde_json::from_slice(&file.bytes.expect("it is there")).expect("JSON")
    }

    async fn slash_in(&self, channel: &str, line: &str) -> Message {
        // Slack knows channels and members only where a word begins.
        let line = line.replace(":#", ": #").replace(":@", ": @");
        let known = self.person.messages(channel);
        let used = self.person.slash(channel, &line).await;
        used.unwrap_or_else(|why| panic!("{line}: {why}"));
        let answered = self.outcome(channel, None, &known);
        let is_form = |form: &ModalView| !form.callback_id.is_empty();
        tokio::select! {
            message = answered => return message,
            _ = self.person.wait_for_modal(is_form) => {}
        }
        // What there is to fill in is filled in already.
        let sent = self.person.submit(&[]).await;
        sent.unwrap_or_else(|why| panic!("{line}: {why}"));
        match self.person.modal() {
            None => self.outcome(channel, None, &known).await,
            Some(form) => {
                self.person.close_modal().await.expect("it closes");
                self.read(form)
            }
        }
    }

    async fn press(&self, message: &Message, button: &str) -> Message {
        let (view, known) = (self.view(message), self.person.messages(&message.channel));
        let pressed = self.person.click(&view, button).await;
        pressed.unwrap_or_else(|why| panic!("{button}: {why}"));
        self.taken.notify_waiters();
        self.outcome(&view.channel, Some(&view), &known).await
    }

    async fn taken(&self) {
        self.taken.notified().await;
    }

    async fn choose(&self, message: &Message, menu: &str, option: &str) -> Message {
        let (view, known) = (self.view(message), self.person.messages(&message.channel));
        let chosen = self.person.select(&view, menu, &[option]).await;
        chosen.unwrap_or_else(|why| panic!("{option}: {why}"));
        self.outcome(&view.channel, Some(&view), &known).await
    }

    async fn reply(&self, to: &Message, text: &str) -> Message {
        let (view, known) = (self.view(to), self.person.messages(&to.channel));
        self.person.reply(&view, text).await;
        self.outcome(&view.channel, None, &known).await
    }

    fn messages(&self, channel: &str) -> Vec<Message> {
        let views = self.person.messages(channel);
        views.iter().map(|view| self.seen(view)).collect()
    }

    async fn wait_for(&self, channel: &str, holds: &Holds<'_>) -> Message {
        let holds = |view: &MessageView| holds(&self.seen(view));
        self.seen(&self.person.wait_for(channel, holds).await)
    }
}
