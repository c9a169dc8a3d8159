//! Tells each open page that something changed; it then loads what it shows.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, StreamExt};
use serde_json::json;
use tokio_stream::wrappers::WatchStream;

use crate::slack::World;

/// `GET /page/events`: one event at first, and one after changes. Of many changes at once it tells once.
pub(super) async fn events(
    State(world): State<Arc<World>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(world.changes());
    let lines =
        changes.map(|_| Ok(Event::default().data(json!({ "type": "changed" }).to_string())));
    Sse::new(lines).keep_alive(KeepAlive::default())
}
