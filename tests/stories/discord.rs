//! The local Discord, as stories see it.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use chat_sandbox::{Change, GatewayFault, InteractionState, MessageView, Reply, World};
use chrono::{DateTime, Duration};
use greenroom::app::App;
use greenroom::model::{SpaceId, UserId};
use regex::{Captures, Regex};
use serde_json::Value;
use serenity::async_trait;

use super::message::tidy;
use super::person::Holds;
use super::{Button, Menu, Message, Person, Place};
use crate::harness::{Room, shown};

pub struct Discord {
    room: Room,
    /// Whether the bot is told of everything more than once.
    repeats: Cell<bool>,
}

impl Discord {
    pub async fn open() -> Self {
        Self {
            room: Room::open().await,
            repeats: Cell::default(),
        }
    }
}

#[async_trait(?Send)]
impl Place for Discord {
    fn person(&self, name: &str) -> Box<dyn Person> {
        let world = Arc::clone(self.room.sandbox.world());
        let person = match world.names().iter().any(|known| known == name) {
            true => self.room.sandbox.person(name),
            false => world.add_person(name),
        };
        Box::new(Member { person, world })
    }

    fn space(&self) -> SpaceId {
        SpaceId::discord(self.room.sandbox.world().guild().0)
    }

    fn app(&self) -> &App {
        self.room.app()
    }

    fn database(&self) -> PathBuf {
        self.room.database()
    }

    fn advance(&self, by: Duration) {
        self.room.advance(by);
    }

    fn repeat_everything(&self) {
        let world = self.room.sandbox.world();
        world.fault(GatewayFault::DuplicateEvents);
        world.fault(GatewayFault::DuplicateEvents);
        world.fault(GatewayFault::ReorderEvents);
        self.repeats.set(true);
    }

    async fn start_bot(&mut self) {
        self.room.start_bot().await;
    }

    async fn stop_bot(&mut self) {
        self.room.stop_bot().await;
    }

    async fn close(self: Box<Self>) {
        let requests = self.room.sandbox.world().requests();
        let refused = requests.iter().find(|request| request.status >= 400);
        let refused = refused.filter(|_| self.repeats.get());
        assert!(
            refused.is_none(),
            "what was answered is answered again: {refused:?}"
        );
        self.room.close().await;
    }
}

struct Member {
    person: chat_sandbox::Person,
    world: Arc<World>,
}

impl Member {
    fn seen(&self, view: &MessageView) -> Message {
        let menus = view.selects().into_iter().map(|menu| Menu {
            says: menu.placeholder.unwrap_or_default(),
            options: menu.options.into_iter().map(|(label, _)| label).collect(),
        });
        let buttons = view.buttons().into_iter().map(|button| Button {
            label: button.label,
            id: button.custom_id.unwrap_or_default(),
        });
        Message {
            id: view.id.to_string(),
            channel: view.channel.to_string(),
            text: format!("{}{}", mood(view), tidy(&self.legible(&view.text()))),
            buttons: buttons.collect(),
            menus: menus.collect(),
            private: view.ephemeral,
            by_bot: view.author.bot,
        }
    }

    fn answered(&self, reply: Result<Reply, chat_sandbox::Failure>) -> Message {
        self.seen(&shown(reply))
    }

    /// The message as the local Discord knows it.
    fn view(&self, message: &Message) -> MessageView {
        let id = message.id.parse().expect("an id");
        self.person.message(id).expect("it is there")
    }

    /// Text as Discord's people see it.
    fn legible(&self, text: &str) -> String {
        static MARKS: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(concat!(
                r"(?m)```(?:\w*\n)?(?<block>[\s\S]*?)```|`(?<code>[^`]*)`",
                r"|\\(?<escaped>[[:punct:]])|\*\*|\|\||(?<item>^- )",
                r"|<@(?<person>\d+)>|<#(?<channel>\d+)>|<t:(?<instant>\d+):\w>",
            ))
            .expect("valid")
        });
        let legible = |found: &Captures| {
            let text = |name| found.name(name).map(|it| it.as_str().to_owned());
            let number = |name| Some(text(name)?.parse::<u64>().expect("an id"));
            let literal = text("block").or(text("code")).or(text("escaped"));
            let named = number("person").map(|id| self.name_of(id));
            let channel = number("channel").map(|id| self.channel_of(id));
            let item = text("item").map(|_| "• ".to_owned());
            let meant = literal.or(named).or(channel).or(item);
            meant.or(number("instant").map(dated)).unwrap_or_default()
        };
        MARKS.replace_all(text, legible).into_owned()
    }

    fn name_of(&self, id: u64) -> String {
        let mut members = self.world.members().into_iter();
        let member = members.find(|member| member.author.id == id);
        member.expect("a member").author.display
    }

    fn channel_of(&self, id: u64) -> String {
        let mut channels = self.person.channels().into_iter();
        let channel = channels.find(|channel| channel.id == id);
        format!("#{}", channel.expect("a channel").name)
    }
}

#[async_trait(?Send)]
impl Person for Member {
    fn user(&self) -> UserId {
        UserId::discord(self.person.id())
    }

    fn name(&self) -> String {
        self.name_of(self.person.id())
    }

    async fn exported(&self) -> Value {
        let message = shown(self.person.slash("general", "/privacy export").await);
        assert!(message.ephemeral);
        let file = self.world.file(&message.attachments[0].url);
        serde_json::from_slice(&file.expect("the file").bytes).expect("JSON")
    }

    async fn slash_in(&self, channel: &str, line: &str) -> Message {
        self.answered(self.person.slash(channel, line).await)
    }

    async fn press(&self, message: &Message, button: &str) -> Message {
        self.answered(self.person.click(&self.view(message), button).await)
    }

    async fn taken(&self) {
        let (id, mut changes) = (self.person.id(), self.world.changes());
        let taken = |change: &Change| match change {
            Change::Interaction { person, state, .. } => {
                *person == id && matches!(state, InteractionState::Acknowledged)
            }
            _ => false,
        };
        while !changes.recv().await.is_ok_and(|change| taken(&change)) {}
    }

    async fn choose(&self, message: &Message, menu: &str, option: &str) -> Message {
        let view = self.view(message);
        let mut menus = view.selects().into_iter();
        let menu = menus.find(|it| it.placeholder.as_deref() == Some(menu));
        let menu = menu.expect("the menu is there");
        let mut options = menu.options.iter();
        let option = options.find(|(label, _)| label == option);
        let (_, value) = option.expect("the option is there");
        let chosen = [value.as_str()];
        let chosen = self.person.select(&view, &menu.custom_id, &chosen);
        self.answered(chosen.await)
    }

    async fn reply(&self, to: &Message, text: &str) -> Message {
        let said = self.person.reply(&self.view(to), text).await;
        let answers = |view: &MessageView| view.reply_to == Some(said.id);
        self.seen(&self.person.wait_for(&said.channel_name, answers).await)
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

/// The mood of a card: a colour here, and a sign elsewhere.
fn mood(view: &MessageView) -> &'static str {
    match view.embeds.first().and_then(|embed| embed.color) {
        Some(0x2d_9d5f) => "✅ ",
        Some(0xd8_3c3e) => "❌ ",
        _ => "",
    }
}

fn dated(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).expect("an instant");
    let instant = DateTime::from_timestamp(seconds, 0).expect("an instant");
    instant.format("%a, %-d %b %Y, %H:%M UTC").to_string()
}
