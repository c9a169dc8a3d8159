//! The gateway: one WebSocket connection of a client.
//!
//! Discord's documentation, "Gateway": hello, identify or resume, heartbeats, dispatches, close codes.

mod transport;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{
        Query, State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    sync::mpsc::{self, UnboundedReceiver, UnboundedSender},
    time::{Instant, timeout},
};
use twilight_model::gateway::Intents;

use super::world::{CannotResume, GatewayFault, MembersAsked, Shard, ToClient, World, snowflake};
use transport::Transport;

/// How long an event waits for the next one, to be sent after it, while that fault is on.
const REORDER: Duration = Duration::from_millis(100);

/// "Apps … should never send payloads of more than 4096 bytes."
const LONGEST: usize = 4_096;

/// How long a client may take to answer a close frame, or to hear the answer to its own.
const FAREWELL: Duration = Duration::from_millis(500);

/// The close codes with which Discord ends a session for good.
const FINAL: [u16; 8] = [4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014];

/// Opcodes, as "Gateway Opcodes" numbers them.
mod op {
    pub const HEARTBEAT: u64 = 1;
    pub const IDENTIFY: u64 = 2;
    pub const PRESENCE: u64 = 3;
    pub const VOICE: u64 = 4;
    pub const RESUME: u64 = 6;
    pub const RECONNECT: u64 = 7;
    pub const REQUEST_MEMBERS: u64 = 8;
    pub const INVALID_SESSION: u64 = 9;
    pub const HELLO: u64 = 10;
    pub const HEARTBEAT_ACK: u64 = 11;
    pub const REQUEST_SOUNDS: u64 = 31;
}

#[derive(Deserialize)]
pub(super) struct Parameters {
    compress: Option<String>,
}

/// The gateway's route. Clients that are told another address than `GET /gateway` gives connect to `/`, which the
/// page shares.
pub(super) fn routes(world: Arc<World>) -> Router {
    Router::new()
        .route("/gateway", get(upgrade))
        .route("/gateway/", get(upgrade))
        .with_state(world)
}

/// Makes a connection of the gateway of an HTTP request for one.
pub(super) async fn upgrade(
    State(world): State<Arc<World>>,
    Query(parameters): Query<Parameters>,
    upgrade: WebSocketUpgrade,
) -> Response {
    match Transport::asked(parameters.compress.as_deref()) {
        Ok(transport) => {
            upgrade.on_upgrade(move |socket| Connection::new(world, socket, transport).run())
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Why a connection ends.
enum End {
    /// We close it with a code.
    Close(u16, &'static str),
    /// The client closed it; with 1000 or 1001 its session is over.
    Closed { goodbye: bool },
    /// It is gone.
    Gone,
}

const UNREADABLE: End = End::Close(4002, "Error while decoding payload.");
const TOO_LONG: End = End::Close(4002, "Payload too large.");

struct Connection {
    world: Arc<World>,
    socket: WebSocket,
    transport: Transport,
    sender: UnboundedSender<ToClient>,
    receiver: UnboundedReceiver<ToClient>,
    session: Option<String>,
    heard: Instant,
    heartbeat: Duration,
}

impl Connection {
    fn new(world: Arc<World>, socket: WebSocket, transport: Transport) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        let heartbeat = world.lock().heartbeat;
        Self {
            world,
            socket,
            transport,
            sender,
            receiver,
            session: None,
            heard: Instant::now(),
            heartbeat,
        }
    }

    async fn run(mut self) {
        let end = match self.hello().await {
            Ok(()) => self.serve().await,
            Err(end) => end,
        };
        let goodbye = match end {
            End::Closed { goodbye } => goodbye,
            End::Close(code, _) => FINAL.contains(&code),
            End::Gone => false,
        };
        self.leave(goodbye);
        match end {
            End::Close(code, reason) => {
                let reason = reason.into();
                let frame = Message::Close(Some(CloseFrame { code, reason }));
                if self.socket.send(frame).await.is_ok() {
                    self.part().await;
                }
            }
            End::Closed { .. } => self.part().await,
            End::Gone => {}
        }
    }

    /// Reads on until the client hangs up. Meanwhile its close frame is answered.
    async fn part(&mut self) {
        let hangs_up = async { while let Some(Ok(_)) = self.socket.recv().await {} };
        // Who does not hang up is hung up on.
        let _ = timeout(FAREWELL, hangs_up).await;
    }

    async fn hello(&mut self) -> Result<(), End> {
        let world = Arc::clone(&self.world);
        let cleared = world.cleared.notified();
        if world.lock().faults.stalls_handshake() {
            let hangs_up = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            tokio::select! {
                () = cleared => {}
                () = hangs_up => {}
            }
            return Err(End::Gone);
        }
        let interval = u64::try_from(self.heartbeat.as_millis()).unwrap_or(u64::MAX);
        self.send(op::HELLO, json!({ "heartbeat_interval": interval }))
            .await
    }

    async fn serve(&mut self) -> End {
        loop {
            // A client that misses one heartbeat altogether is taken for dead.
            let silence = self.heard + self.heartbeat * 2;
            let step = tokio::select! {
                biased;
                order = self.receiver.recv() => match order {
                    Some(order) => self.obey(order).await,
                    None => Err(End::Gone),
                },
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => self.hear(message).await,
                    Some(Err(_)) | None => Err(End::Gone),
                },
                () = tokio::time::sleep_until(silence) => Err(End::Close(4009, "Session timed out.")),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn obey(&mut self, order: ToClient) -> Result<(), End> {
        match order {
            ToClient::Event { seq, text } => self.tell(seq, text).await,
            ToClient::Reconnect => self.send(op::RECONNECT, Value::Null).await,
            ToClient::Invalidate { resumable } => {
                self.leave(!resumable);
                self.session = None;
                self.invalid_session(resumable).await
            }
            ToClient::Close(code, reason) => Err(End::Close(code, reason)),
            ToClient::CloseBare => {
                let sent = self.socket.send(Message::Close(None)).await;
                if sent.is_ok() {
                    self.part().await;
                }
                Err(End::Gone)
            }
            ToClient::Bomb { megabytes } => {
                let message = transport::bomb(megabytes).map_err(|_| End::Gone)?;
                self.socket.send(message).await.map_err(|_| End::Gone)
            }
            ToClient::Say(text) => self.transmit(text.to_owned()).await,
            ToClient::Drop => Err(End::Gone),
        }
    }

    /// Sends an event, or makes of it what faults make of it.
    async fn tell(&mut self, seq: u64, text: String) -> Result<(), End> {
        let (copies, reordered) = {
            let faults = &self.world.lock().faults;
            (faults.copies(), faults.on(GatewayFault::ReorderEvents))
        };
        // READY is always the first.
        if reordered && seq > 1 {
            let next = timeout(REORDER, self.receiver.recv()).await.ok().flatten();
            if let Some(ToClient::Event { text: next, .. }) = next {
                self.repeat(next, copies).await?;
            } else if let Some(order) = next {
                self.repeat(text, copies).await?;
                return Box::pin(self.obey(order)).await;
            }
        }
        self.repeat(text, copies).await
    }

    async fn repeat(&mut self, text: String, copies: usize) -> Result<(), End> {
        for _ in 1..copies {
            self.transmit(text.clone()).await?;
        }
        self.transmit(text).await
    }

    /// Notes that the session is no longer that of this connection.
    fn leave(&self, goodbye: bool) {
        if let Some(session) = &self.session {
            let mut state = self.world.lock();
            state.disconnected(session, &self.sender, goodbye);
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), End> {
        let payload: Value = match message {
            Message::Text(text) if text.len() > LONGEST => return Err(TOO_LONG),
            Message::Binary(bytes) if bytes.len() > LONGEST => return Err(TOO_LONG),
            Message::Text(text) => serde_json::from_str(&text),
            Message::Binary(bytes) => serde_json::from_slice(&bytes),
            Message::Close(frame) => {
                let goodbye = frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                return Err(End::Closed { goodbye });
            }
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
        }
        .map_err(|_| UNREADABLE)?;
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(op::HEARTBEAT) => {
                self.heard = Instant::now();
                if self.world.lock().faults.on(GatewayFault::WithholdAcks) {
                    return Ok(());
                }
                self.send(op::HEARTBEAT_ACK, Value::Null).await
            }
            Some(op::IDENTIFY) => self.identify(data).await,
            Some(op::RESUME) => self.resume(data).await,
            Some(op::PRESENCE | op::VOICE | op::REQUEST_MEMBERS | op::REQUEST_SOUNDS)
                if self.session.is_none() =>
            {
                Err(End::Close(4003, "Not authenticated."))
            }
            Some(op::PRESENCE | op::VOICE) => Ok(()),
            Some(op::REQUEST_MEMBERS) => self.tell_members(data),
            Some(op::REQUEST_SOUNDS) => self.tell_sounds(data),
            _ => Err(End::Close(4001, "Unknown opcode.")),
        }
    }

    /// Answers a request for members with events.
    fn tell_members(&self, data: &Value) -> Result<(), End> {
        let session = self.session.as_deref().unwrap_or_default();
        let asked = MembersAsked::read(data).ok_or(UNREADABLE)?;
        self.world.lock().send_members(session, &asked);
        Ok(())
    }

    /// Answers a request for the sounds of guilds with events.
    fn tell_sounds(&self, data: &Value) -> Result<(), End> {
        let session = self.session.as_deref().unwrap_or_default();
        let guilds = data["guild_ids"].as_array().ok_or(UNREADABLE)?;
        let mut state = self.world.lock();
        for guild in guilds.iter().filter_map(snowflake) {
            state.send_sounds(session, guild);
        }
        Ok(())
    }

    async fn identify(&mut self, data: &Value) -> Result<(), End> {
        if self.session.is_some() {
            return Err(End::Close(4005, "Already authenticated."));
        }
        self.authenticate(data)?;
        let bits = data["intents"]
            .as_u64()
            .ok_or(End::Close(4013, "Invalid intent(s)."))?;
        let intents = Intents::from_bits(bits).ok_or(End::Close(4013, "Invalid intent(s)."))?;
        if data["compress"] == true {
            self.transport.compress_payloads();
        }
        let shard = match data.get("shard").filter(|shard| !shard.is_null()) {
            Some(shard) => {
                let shard = Shard::read(shard).ok_or(End::Close(4010, "Invalid shard."))?;
                Some(shard)
            }
            None => None,
        };
        let session = {
            let mut state = self.world.lock();
            if state.gateway.starts_left() == 0 {
                state
                    .recorder
                    .problem("a session was started although none was left for today".to_owned());
                // Discord resets the token.
                return Err(End::Close(4004, "Authentication failed."));
            }
            let identifies = &mut state.gateway.identifies;
            identifies
                .admit(shard.unwrap_or(Shard::ALL), Instant::now())
                .then(|| state.identify(intents, shard, self.sender.clone()))
        };
        if session.is_none() {
            return self.invalid_session(false).await;
        }
        self.session = session;
        Ok(())
    }

    async fn resume(&mut self, data: &Value) -> Result<(), End> {
        if self.session.is_some() {
            return Err(End::Close(4005, "Already authenticated."));
        }
        self.authenticate(data)?;
        let id = data["session_id"].as_str().unwrap_or_default().to_owned();
        let seq = data["seq"].as_u64().unwrap_or_default();
        let resumed = self.world.lock().resume(&id, seq, self.sender.clone());
        match resumed {
            Ok(()) => {
                self.session = Some(id);
                Ok(())
            }
            Err(CannotResume::Unknown) => self.invalid_session(false).await,
            Err(CannotResume::InvalidSequence) => Err(End::Close(4007, "Invalid seq.")),
        }
    }

    fn authenticate(&self, data: &Value) -> Result<(), End> {
        let token = data["token"].as_str().unwrap_or_default();
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        if token == self.world.lock().token {
            Ok(())
        } else {
            Err(End::Close(4004, "Authentication failed."))
        }
    }

    async fn invalid_session(&mut self, resumable: bool) -> Result<(), End> {
        self.send(op::INVALID_SESSION, json!(resumable)).await
    }

    /// Sends what is no event. Clients read all four fields of every payload.
    async fn send(&mut self, op: u64, data: Value) -> Result<(), End> {
        self.transmit(json!({ "t": null, "s": null, "op": op, "d": data }).to_string())
            .await
    }

    async fn transmit(&mut self, text: String) -> Result<(), End> {
        let message = self.transport.encode(text).map_err(|_| End::Gone)?;
        self.socket.send(message).await.map_err(|_| End::Gone)
    }
}
