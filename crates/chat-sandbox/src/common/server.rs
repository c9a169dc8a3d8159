//! The server of a local platform: on the loopback interface, and for this machine only.

use std::{io, net::SocketAddr, time::Duration};

use axum::{Router, middleware};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle, time::timeout};

use super::{
    guard,
    line::{Breakable, Lines},
    serving,
};

/// How long a request that is under way may still take when the server stops.
const GRACE: Duration = Duration::from_secs(1);

/// How long a connection may take to ask for something, and then for something else.
const ASKING: Duration = Duration::from_secs(60);

/// How long the body of a request may take.
pub const TELLING: Duration = Duration::from_secs(30);

/// A listener on the loopback interface that nothing is served on yet.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
}

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Listening {
    /// Listens at an address; port 0 is any free port.
    ///
    /// # Errors
    /// When the address is not one of the loopback interface, or can't be bound.
    pub async fn bind(listen: SocketAddr) -> io::Result<Self> {
        if !listen.ip().is_loopback() {
            let why =
                format!("the sandbox listens on the loopback interface only, not on {listen}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves the routes from now on, to this machine only.
    pub fn serve(self, routes: Router) -> Server {
        let routes = routes.layer(middleware::from_fn(guard::same_machine));
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async {
            // Dropping the server stops it as well.
            let _ = stopped.await;
        };
        let lines = Lines(self.listener);
        let task = tokio::spawn(serving::serve(
            lines,
            routes,
            ASKING,
            Breakable::line,
            stopped,
        ));
        Server { stop, task }
    }
}

impl Server {
    /// Closes the listener and every connection; one that is busy has a second to finish.
    pub async fn stop(mut self) {
        // It may have ended by itself.
        let _ = self.stop.send(());
        if timeout(GRACE, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}
