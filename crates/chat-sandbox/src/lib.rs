//! A Discord on loopback: REST, gateway and a chat page.
//!
//! An unmodified Discord client logs in to it over HTTP and WebSocket; people act in it through
//! [`Person`], which the tests, the chat page and load generators share. Everything there is to know
//! lives in one [`World`].

mod gateway;
mod guard;
mod introduction;
mod line;
mod page;
mod person;
mod previews;
mod rest;
mod seed;
mod serving;
mod support;
#[cfg(test)]
mod tests;
mod wire;
mod world;

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Weak},
    time::Duration,
};

use axum::{Router, middleware};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle, time::timeout};

pub use introduction::{Introduction, Step, StepButton, StepDone};
use line::{Breakable, Lines};
pub use person::{
    AttachmentView, AuthorView, ButtonView, ChannelView, Choice, Failure, FieldView, MemberView,
    MessageView, ModalView, Person, ReactionView, Reply, SelectView, SentMessage,
};
pub use previews::{Preview, PreviewFault, PreviewMessage, Previews, shown};
pub use seed::{Seed, SeedChannel, SeedUser};
pub use support::support;
pub use twilight_model::guild::Permissions;
pub use world::{
    Change, Fault, GatewayFault, InteractionState, Odd, RequestRecord, RestFailure, RestFault,
    Stops, StoredFile, World,
};

/// How long a request that is under way may still take when the sandbox stops.
const GRACE: Duration = Duration::from_secs(1);

/// How long a connection may take to ask for something, and then for something else.
const ASKING: Duration = Duration::from_secs(60);

/// How long the body of a request may take.
const TELLING: Duration = Duration::from_secs(30);

/// How often it is looked for threads in which nothing has been said for long.
const LOOK: Duration = Duration::from_secs(60);

/// How a sandbox is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen: an address of the loopback interface, port 0 for any free port.
    pub listen: SocketAddr,
    /// The one bot token that is accepted.
    pub token: String,
    /// Who and what there is at the start.
    pub seed: Seed,
    /// What the page tells a newcomer.
    pub introduction: Introduction,
    /// How many guilds there are at the start, at least one. The page shows the first.
    pub guilds: usize,
    /// Whether requests are rate limited as Discord documents it: 50 a second overall, and for each
    /// channel 5 messages in 5 seconds.
    pub rate_limits: bool,
    /// How many shards `GET /gateway/bot` tells a bot to have, at least one.
    pub shards: u64,
    /// How many sessions may be started in a day.
    pub session_starts: u64,
    /// How many shards may identify at once, at least one. With `rate_limits`, one that does so within
    /// five seconds of another of the same "rate limit key" is told that its session is invalid.
    pub max_concurrency: u64,
    /// How often clients of the gateway are to send a heartbeat.
    pub heartbeat: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            token: "sandbox".to_owned(),
            seed: Seed::default(),
            introduction: Introduction::default(),
            guilds: 1,
            rate_limits: false,
            shards: 1,
            session_starts: 1_000,
            max_concurrency: 1,
            heartbeat: Duration::from_millis(41_250),
        }
    }
}

/// A running local Discord. Dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    world: Arc<World>,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts listening.
    ///
    /// # Errors
    /// When the address is not one of the loopback interface, or can't be bound; when the seed has too many or too
    /// few people or channels, or two users of one name.
    pub async fn start(options: Options) -> io::Result<Self> {
        if !options.listen.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "the sandbox listens on the loopback interface only, not on {}",
                    options.listen
                ),
            ));
        }
        if let Some(fault) = options.seed.fault() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, fault));
        }
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let world = Arc::new(World::new(&options, address));
        let app = routes(Arc::clone(&world));
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async {
            // Dropping the sandbox stops it as well.
            let _ = stopped.await;
        };
        let server = serving::serve(Lines(listener), app, ASKING, Breakable::line, stopped);
        let server = tokio::spawn(server);
        tokio::spawn(archive(Arc::downgrade(&world)));
        Ok(Self {
            address,
            world,
            stop: Some(stop),
            server: Some(server),
        })
    }

    /// Where it listens: REST, gateway and page on one port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address for a browser, and for a client's `proxy` setting.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The shared state.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// Calls `moved` whenever someone moves the clock, so that the bot's clock can move along.
    pub fn on_advance(&self, moved: impl Fn(chrono::Duration) + Send + Sync + 'static) {
        self.world.on_advance(moved);
    }

    /// Has the clock, when it is moved on the page, stop where something is to happen, and wait for that.
    pub fn stop_at(&self, stops: Arc<dyn Stops>) {
        self.world.stop_at(stops);
    }

    /// One of the people, by name.
    ///
    /// # Panics
    /// When nobody has that name; [`Sandbox::try_person`] does not.
    pub fn person(&self, name: &str) -> Person {
        self.try_person(name).unwrap_or_else(|| {
            panic!(
                "nobody is called {name:?} here; there are {}",
                self.world.names().join(", ")
            )
        })
    }

    /// One of the people, by name, if there is one.
    pub fn try_person(&self, name: &str) -> Option<Person> {
        Person::named(&self.world, name)
    }

    /// Closes the listener and every connection; one that is busy has a second to finish.
    pub async fn stop(mut self) {
        self.world.close_gateway();
        if let Some(stop) = self.stop.take() {
            // The server may have ended by itself.
            let _ = stop.send(());
        }
        if let Some(mut server) = self.server.take()
            && timeout(GRACE, &mut server).await.is_err()
        {
            server.abort();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if self.server.is_some() {
            self.world.close_gateway();
        }
    }
}

/// Archives idle threads for as long as there is a world.
async fn archive(world: Weak<World>) {
    let mut looks = tokio::time::interval(LOOK);
    loop {
        looks.tick().await;
        let Some(world) = world.upgrade() else { return };
        world.lock().archive_idle();
    }
}

fn routes(world: Arc<World>) -> Router {
    Router::new()
        .merge(gateway::routes(Arc::clone(&world)))
        .merge(page::routes(Arc::clone(&world)))
        .merge(rest::routes(world))
        .layer(middleware::from_fn(guard::same_machine))
}
