//! Somebody else's client on the local Discord. twilight must be able to read every event and every
//! answer: what it can't read fails the test.

/// The answer to a request, which twilight must be able to read.
macro_rules! read {
    ($request:expr) => {{
        let answer = $request.await.expect("it is granted");
        answer.model().await.expect("twilight can read it")
    }};
}

mod gateway;
mod rest;

use std::time::Duration;

use chat_sandbox::{Failure, Options, Person, Reply, Sandbox};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use twilight_gateway::error::ReceiveMessageErrorType;
use twilight_gateway::queue::InMemoryQueue;
use twilight_gateway::{
    ConfigBuilder, Event, EventType, EventTypeFlags, Intents, Message, Shard, ShardId,
};
use twilight_http::Client;
use twilight_model::application::interaction::Interaction;
use twilight_model::gateway::connection_info::BotConnectionInfo;
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, ChannelMarker};

use super::harness;

/// How long an event may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The local Discord with twilight on it.
struct Room {
    sandbox: Sandbox,
    http: Client,
    application: Id<ApplicationMarker>,
    general: Id<ChannelMarker>,
}

impl Room {
    async fn open(options: Options) -> Self {
        let token = options.token.clone();
        let sandbox = Sandbox::start(options).await.expect("a free port");
        let http = Client::builder()
            .token(token)
            .proxy(sandbox.address().to_string(), true)
            .build();
        let application = read!(http.current_user_application()).id;
        let channels = sandbox.person("ana").channels();
        let general = channels.iter().find(|channel| channel.name == "general");
        let general = Id::new(general.expect("there is one").id);
        Self {
            sandbox,
            http,
            application,
            general,
        }
    }

    /// How to connect to the gateway.
    async fn gateway(&self) -> BotConnectionInfo {
        read!(self.http.gateway().authed())
    }

    /// As many shards as the gateway says, none of them connected yet.
    async fn shards(&self, intents: Intents) -> Vec<Line> {
        let gateway = self.gateway().await;
        // A queue that never waits: what identifies too early is the sandbox's to refuse.
        let limit = gateway.session_start_limit;
        assert_eq!(u32::from(limit.max_concurrency), gateway.shards);
        let queue = InMemoryQueue::new(0, limit.remaining, Duration::ZERO, limit.total);
        let config = ConfigBuilder::new(Options::default().token, intents)
            .proxy_url(gateway.url)
            .queue(queue)
            .build();
        let id = |number| ShardId::new(number, gateway.shards);
        let shard = |number| Line(Shard::with_config(id(number), config.clone()));
        (0..gateway.shards).map(shard).collect()
    }

    /// The one shard, connected and told of the guild.
    async fn connect(&self) -> Line {
        let intents = Intents::all() - Intents::MESSAGE_CONTENT;
        let mut line = self.shards(intents).await.remove(0);
        line.until(EventType::GuildCreate).await;
        line
    }

    fn person(&self, name: &str) -> Person {
        self.sandbox.person(name)
    }

    /// Has Ana use a command, and returns the interaction that came of it.
    async fn slash(&self, line: &mut Line, text: &str) -> (Interaction, Asking) {
        let (ana, text) = (self.person("ana"), text.to_owned());
        let asking = tokio::spawn(async move { ana.slash("general", &text).await });
        (line.interaction().await, asking)
    }

    async fn close(self) {
        harness::record(&self.sandbox);
        assert_eq!(self.sandbox.world().problems(), [""; 0]);
        self.sandbox.stop().await;
    }
}

/// Someone who waits for the answer to an interaction.
type Asking = JoinHandle<Result<Reply, Failure>>;

/// A shard of which every event is read.
struct Line(Shard);

impl Line {
    /// The next event. Lost connections are twilight's to mend.
    async fn next(&mut self) -> Event {
        loop {
            let item = tokio::time::timeout(PATIENCE, self.0.next()).await;
            match item.expect("an event comes").expect("the shard goes on") {
                Ok(Message::Text(text)) => {
                    let event = twilight_gateway::parse(text.clone(), EventTypeFlags::all());
                    match event {
                        Ok(Some(event)) => return event.into(),
                        unread => panic!("{unread:?} in {text}"),
                    }
                }
                Ok(Message::Close(_)) => {}
                Err(why) => assert!(
                    matches!(why.kind(), ReceiveMessageErrorType::Reconnect),
                    "{why:?}"
                ),
            }
        }
    }

    /// The events up to the first of a kind.
    async fn until(&mut self, kind: EventType) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            events.push(self.next().await);
            if events.last().is_some_and(|event| event.kind() == kind) {
                return events;
            }
        }
    }

    async fn interaction(&mut self) -> Interaction {
        loop {
            if let Event::InteractionCreate(created) = self.next().await {
                return created.0;
            }
        }
    }
}

/// A value of twilight's from JSON, which is shorter than naming all its fields.
fn made<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("twilight's own form")
}

fn buttons() -> Value {
    json!([{ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Again", "custom_id": "again" },
        { "type": 2, "style": 5, "label": "More", "url": "https://example.org/" },
    ]}])
}
