//! One connection of Socket Mode.

use std::sync::Arc;

use axum::{
    Router,
    extract::{
        Query, State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Duration, timeout};

use super::world::{Orders, ToClient, World, queue};

/// How long a client may take to answer a close frame.
const FAREWELL: Duration = Duration::from_millis(500);

/// The largest frame that a client may send.
const LONGEST: usize = 1 << 20;

/// How long a client may take to read what it is sent.
const SENDING: Duration = Duration::from_secs(10);

/// How long a connection is held at most that says and hears nothing.
const SILENT: Duration = Duration::from_secs(600);

/// How often the client is pinged.
const PING: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
struct Parameters {
    ticket: Option<String>,
}

/// Where sockets are opened, which only `apps.connections.open` tells.
pub(super) fn routes(world: Arc<World>) -> Router {
    Router::new()
        .route("/link/", get(upgrade))
        .with_state(world)
}

async fn upgrade(
    State(world): State<Arc<World>>,
    Query(parameters): Query<Parameters>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let ticket = parameters.ticket.unwrap_or_default();
    if !world.lock().sockets.admit(&ticket) {
        world
            .lock()
            .problem("a socket was opened with a ticket that is unknown or was used before");
        return StatusCode::FORBIDDEN.into_response();
    }
    let upgrade = upgrade.max_message_size(LONGEST).max_frame_size(LONGEST);
    upgrade.on_upgrade(move |socket| run(world, socket))
}

async fn run(world: Arc<World>, mut socket: WebSocket) {
    let withheld = world.lock().faults.withhold_hello();
    if withheld {
        return fall(&mut socket, &world).await;
    }
    let (sender, mut orders) = queue();
    let number = world.lock().connected(sender);
    let end = serve(&world, &mut socket, &mut orders).await;
    match end {
        End::Gone => {}
        End::Fall => fall(&mut socket, &world).await,
        End::Close => {
            if send(&mut socket, Message::Close(None)).await.is_ok() {
                let hangs_up = async { while let Some(Ok(_)) = socket.recv().await {} };
                // Who does not hang up is hung up on.
                let _ = timeout(FAREWELL, hangs_up).await;
            }
        }
    }
    world.lock().disconnected(number);
}

/// Says nothing and hears nothing, until the faults are cleared, or for so long that nobody is waiting any more.
async fn fall(socket: &mut WebSocket, world: &World) {
    let _open = socket;
    // From now on: faults that were cleared earlier are not these.
    let _ = timeout(SILENT, world.cleared.notified()).await;
}

/// Sends a message, unless the client is gone or does not read.
async fn send(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    let sent = timeout(SENDING, socket.send(message)).await;
    sent.is_ok_and(|sent| sent.is_ok())
        .then_some(())
        .ok_or(End::Gone)
}

enum End {
    Close,
    Gone,
    Fall,
}

async fn serve(world: &World, socket: &mut WebSocket, orders: &mut Orders) -> End {
    let mut pings = tokio::time::interval(PING);
    loop {
        let message = tokio::select! {
            biased;
            order = orders.next() => match order {
                Some(ToClient::Frame(frame)) => Message::Text(frame.into()),
                Some(ToClient::Close) => return End::Close,
                Some(ToClient::Fall) => return End::Fall,
                Some(ToClient::Drop) | None => return End::Gone,
            },
            message = socket.recv() => {
                match message {
                    Some(Ok(Message::Text(text))) => hear(world, &text),
                    Some(Ok(Message::Binary(_))) => world.lock().problem("a binary frame came over a socket"),
                    Some(Ok(Message::Close(_))) => return End::Close,
                    Some(Ok(Message::Ping(_))) => dally(world).await,
                    Some(Ok(Message::Pong(_))) => {}
                    Some(Err(_)) | None => return End::Gone,
                }
                continue;
            }
            _ = pings.tick() => Message::Ping("Ping from the local Slack".into()),
        };
        if let Err(end) = send(socket, message).await {
            return end;
        }
    }
}

/// Waits while pongs are to come late: the one for a ping is sent with whatever is read or said next.
async fn dally(world: &World) {
    let cleared = world.cleared.notified();
    let late = world.lock().faults.late_pongs;
    if let Some(late) = late {
        let _ = timeout(late, cleared).await;
    }
}

/// Takes an acknowledgement.
fn hear(world: &World, text: &str) {
    let frame: Value = serde_json::from_str(text).unwrap_or_default();
    let mut state = world.lock();
    let Some(envelope) = frame["envelope_id"].as_str() else {
        return state.problem("a frame came over a socket that acknowledges nothing");
    };
    let payload = frame.get("payload").filter(|payload| !payload.is_null());
    state.acknowledged(envelope, payload.cloned());
}
