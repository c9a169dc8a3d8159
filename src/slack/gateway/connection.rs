//! How the connection to Slack is, at an instant.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::metrics::Gateway;

/// Tells how the connection is. Workspaces stand where Discord has shards. Clones share it.
#[derive(Clone, Default)]
pub struct Connection(Arc<Mutex<Vec<Workspace>>>);

/// How one workspace is connected.
#[derive(Clone, Copy)]
struct Workspace {
    /// How many of its sockets are open; a door for requests counts as one.
    open: usize,
    /// Since when it has been so, or not.
    since: Instant,
    /// How long the newest pong took.
    latency: Option<Duration>,
    /// Whether it removed the bot, and counts no more.
    removed: bool,
}

impl Connection {
    /// As the sockets last said. A workspace that Slack reaches over HTTP counts as connected while that is served.
    pub fn state(&self) -> Gateway {
        let workspaces = self.workspaces();
        let there = || workspaces.iter().filter(|each| !each.removed);
        Gateway {
            shards: there().count(),
            connected: there().filter(|each| each.open > 0).count(),
            latency: there().filter_map(|each| each.latency).max(),
        }
    }

    /// A further workspace, not connected yet.
    pub(crate) fn place(&self) -> Place {
        let mut workspaces = self.workspaces();
        workspaces.push(Workspace {
            open: 0,
            since: Instant::now(),
            latency: None,
            removed: false,
        });
        Place {
            connection: self.clone(),
            number: workspaces.len() - 1,
        }
    }

    /// For how long no workspace has been connected. One that Slack reaches over HTTP always is.
    pub(crate) fn away(&self) -> Duration {
        let workspaces = self.workspaces();
        let away = workspaces.iter().map(|each| match each.open {
            0 => each.since.elapsed(),
            _ => Duration::ZERO,
        });
        away.min().unwrap_or_default()
    }

    fn workspaces(&self) -> MutexGuard<'_, Vec<Workspace>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one workspace in it.
#[derive(Clone)]
pub(crate) struct Place {
    connection: Connection,
    number: usize,
}

impl Place {
    /// One of its sockets is open, until what this returns is dropped.
    pub(crate) fn open(&self) -> Open {
        self.change(|place| {
            if place.open == 0 {
                place.since = Instant::now();
            }
            place.open += 1;
        });
        Open(self.clone())
    }

    /// The workspace removed the bot: it isn't to be connected any more.
    pub(crate) fn remove(&self) {
        self.change(|place| place.removed = true);
    }

    /// A ping was answered after that time.
    pub(super) fn answered(&self, after: Duration) {
        self.change(|place| place.latency = Some(after));
    }

    fn change(&self, change: impl FnOnce(&mut Workspace)) {
        change(&mut self.connection.workspaces()[self.number]);
    }
}

/// A socket that is open.
pub(crate) struct Open(Place);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.change(|place| {
            place.open -= 1;
            if place.open == 0 {
                place.since = Instant::now();
                place.latency = None;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_workspace_is_connected_while_one_of_its_sockets_is_open() {
        let connection = Connection::default();
        let (one, other) = (connection.place(), connection.place());
        let connected = || {
            let state = connection.state();
            (state.connected, state.shards)
        };
        assert_eq!(connected(), (0, 2));
        let (first, second) = (one.open(), one.open());
        one.answered(Duration::from_millis(30));
        assert_eq!(connected(), (1, 2));
        assert_eq!(connection.state().latency, Some(Duration::from_millis(30)));
        drop(first);
        advance(Duration::from_secs(5)).await;
        assert_eq!(connection.away(), Duration::ZERO);
        let others = other.open();
        drop((second, others));
        advance(Duration::from_secs(7)).await;
        assert_eq!(connected(), (0, 2));
        assert_eq!(connection.state().latency, None);
        assert_eq!(connection.away(), Duration::from_secs(7));
        one.remove();
        assert_eq!(connected(), (0, 1), "nobody waits for it");
        let _others = other.open();
        assert_eq!(connected(), (1, 1));
    }
}
