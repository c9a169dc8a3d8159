//! A small bot, made with an unmodified Discord client, lives in the sandbox.

mod answers;
mod basics;
mod bot;
mod channels;
mod commands;
mod faults;
mod forms;
mod gateway;
mod guilds;
mod menus;
mod moderation;
mod others;
mod pages;
mod permissions;
mod posts;
mod protocol;
mod rates;
mod refusals;
mod unread;
mod wire;
mod words;

use std::sync::Arc;

use serenity::all::{GatewayIntents, Http, HttpBuilder, ShardManager};
use tokio::{sync::broadcast::error::RecvError, task::JoinHandle};

use super::{Options, Person, Sandbox, World};

const TOKEN: &str = "a.b.c";

/// A sandbox with the bot connected to it.
struct Scene {
    sandbox: Sandbox,
    http: Arc<Http>,
    shards: Arc<ShardManager>,
    bot: JoinHandle<()>,
    unread: unread::Unread,
}

impl Scene {
    /// Starts both and waits until the bot has registered its commands.
    async fn start() -> Self {
        Self::with(GatewayIntents::non_privileged()).await
    }

    async fn with(intents: GatewayIntents) -> Self {
        Self::made(Options::default(), intents).await
    }

    async fn made(options: Options, intents: GatewayIntents) -> Self {
        let unread = unread::Unread::listen();
        let options = Options {
            token: TOKEN.to_owned(),
            ..options
        };
        let sandbox = Sandbox::start(options).await.expect("a free port");
        let mut client = bot::client(&sandbox.url(), TOKEN, intents).await;
        let (http, shards) = (Arc::clone(&client.http), Arc::clone(&client.shard_manager));
        let bot = tokio::spawn(async move { client.start().await.expect("the bot runs") });
        let world = Arc::clone(sandbox.world());
        until(&world, |world| {
            let ana = Person::named(world, "ana").expect("ana is there");
            world.bot_online() && !ana.commands("general").is_empty()
        })
        .await;
        Self {
            sandbox,
            http,
            shards,
            bot,
            unread,
        }
    }

    fn person(&self, name: &str) -> Person {
        self.sandbox.person(name)
    }

    fn world(&self) -> &Arc<World> {
        self.sandbox.world()
    }

    /// Ends both, and fails if anything went wrong that the sandbox noticed.
    async fn end(self) {
        assert_eq!(self.world().problems(), [""; 0]);
        assert_eq!(self.unread.events(), [""; 0]);
        self.stop().await;
    }

    async fn stop(self) {
        self.shards.shutdown_all().await;
        self.bot.await.expect("the bot did not panic");
        self.sandbox.stop().await;
    }
}

/// A client for requests beside those of the bot.
fn http(sandbox: &Sandbox, token: &str) -> Http {
    HttpBuilder::new(token)
        .proxy(sandbox.url())
        .ratelimiter_disabled(true)
        .build()
}

/// Waits until something holds, looking again after every change.
async fn until(world: &Arc<World>, holds: impl Fn(&Arc<World>) -> bool) {
    let mut changes = world.changes();
    let wait = async {
        while !holds(world) {
            if let Err(RecvError::Closed) = changes.recv().await {
                panic!("the world ended");
            }
        }
    };
    let patience = std::time::Duration::from_secs(10);
    tokio::time::timeout(patience, wait)
        .await
        .expect("it holds within 10 seconds");
}
