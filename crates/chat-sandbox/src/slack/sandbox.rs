//! A running local Slack: its server, and the world it shows.

use std::{io, net::SocketAddr, sync::Arc};

use axum::Router;

use super::{Options, Person, World, api, page, respond, socket};
use crate::common::{Listening, Server, Stops};

/// A running local Slack. Dropping it stops it.
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
    /// When the address is not one of the loopback interface, or can't be bound; when there are too many or too few
    /// people or channels, or two of one name.
    pub async fn start(options: Options) -> io::Result<Self> {
        if let Some(fault) = options.workspace.fault() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, fault));
        }
        let listening = Listening::bind(options.listen).await?;
        let address = listening.address();
        let world = Arc::new(World::new(&options, address));
        let routes = Router::new()
            .merge(api::routes(Arc::clone(&world)))
            .merge(page::routes(Arc::clone(&world)))
            .merge(respond::routes(Arc::clone(&world)))
            .merge(socket::routes(Arc::clone(&world)));
        let server = listening.serve(routes);
        world.keep_deadlines();
        Ok(Self {
            address,
            world,
            server: Some(server),
        })
    }

    /// Where it listens: Web API, sockets and page on one port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of its page for a browser.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base address of the Web API, with the slash that clients want at its end.
    pub fn api(&self) -> String {
        format!("http://{}/api/", self.address)
    }

    /// The shared state.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// Calls `moved` whenever someone moves the clock, so that the bot's clock can move along.
    pub fn on_advance(&self, moved: impl Fn(chrono::Duration) + Send + Sync + 'static) {
        self.world.clock.on_advance(moved);
    }

    /// Has the clock, when it is moved on the page, stop where something is to happen, and wait for that.
    pub fn stop_at(&self, stops: Arc<dyn Stops>) {
        self.world.clock.stop_at(stops);
    }

    /// One of the people, by name.
    ///
    /// # Panics
    /// When nobody has that name; [`Sandbox::try_person`] does not.
    pub fn person(&self, name: &str) -> Person {
        self.try_person(name).unwrap_or_else(|| {
            let all = self.world.names().join(", ");
            panic!("nobody is called {name:?} here; there are {all}")
        })
    }

    /// One of the people, by name, if there is one.
    pub fn try_person(&self, name: &str) -> Option<Person> {
        Person::named(&self.world, name)
    }

    /// Closes the listener and every connection; one that is busy has a second to finish.
    pub async fn stop(mut self) {
        self.world.close_sockets();
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if self.server.is_some() {
            self.world.close_sockets();
        }
    }
}
