//! A running local Discord: its server, and the world it shows.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Weak},
    time::Duration,
};

use axum::Router;

use super::{Options, Person, World, gateway, page, rest};
use crate::common::{Listening, Server, Stops};

/// How often it is looked for threads in which nothing has been said for long.
const LOOK: Duration = Duration::from_secs(60);

/// A running local Discord. Dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    world: Arc<World>,
    server: Option<Server>,
}

impl Sandbox {
    /// Starts listening.
    ///
    /// # Errors
    /// When the address is not one of the loopback interface, or can't be bound; when the seed has too many or too
    /// few people or channels, or two users of one name.
    pub async fn start(options: Options) -> io::Result<Self> {
        if let Some(fault) = options.seed.fault() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, fault));
        }
        let listening = Listening::bind(options.listen).await?;
        let address = listening.address();
        let world = Arc::new(World::new(&options, address));
        let server = listening.serve(routes(Arc::clone(&world)));
        tokio::spawn(archive(Arc::downgrade(&world)));
        Ok(Self {
            address,
            world,
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
        if let Some(server) = self.server.take() {
            server.stop().await;
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
}
