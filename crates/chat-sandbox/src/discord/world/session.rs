//! The gateway's sessions: what each one was sent, and through which connection.

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;
use twilight_model::gateway::Intents;

use super::{
    events::{Dispatch, EVENTS},
    shards::{Identifies, Shard},
};
use crate::discord::wire::complete;

/// How many events a session keeps for a client that resumes.
const KEPT: usize = 4_096;

/// How many sessions are kept for clients that may resume them.
pub const SESSIONS: usize = 16;

/// Something for a connection to do.
#[derive(Debug)]
pub enum ToClient {
    /// Send a short message that makes so many MB.
    Bomb { megabytes: usize },
    /// Send these words.
    Say(&'static str),
    /// Send this event.
    Event { seq: u64, text: String },
    /// Ask it to reconnect and resume (opcode 7).
    Reconnect,
    /// Tell it that its session is not valid (opcode 9).
    Invalidate { resumable: bool },
    /// Close with a code and a reason.
    Close(u16, &'static str),
    /// Close without a code.
    CloseBare,
    /// Hang up without a word, as a broken network does.
    Drop,
}

/// Every session there is.
#[derive(Debug)]
pub struct Gateway {
    pub(super) sessions: Vec<Session>,
    pub(super) started: u64,
    /// How many may be started in a day.
    pub starts: u64,
    /// How many shards the application is told to have.
    pub shards: u64,
    pub identifies: Identifies,
}

/// What a client was sent, and through which connection.
#[derive(Debug)]
pub struct Session {
    pub id: String,
    pub intents: Intents,
    pub shard: Shard,
    pub seq: u64,
    pub kept: VecDeque<(u64, String)>,
    pub connection: Option<UnboundedSender<ToClient>>,
}

impl Session {
    pub fn send(&mut self, name: &str, data: &Value) {
        let listed = EVENTS.iter().any(|(event, _)| *event == name);
        debug_assert!(listed, "{name} is missing in the list of events");
        self.seq += 1;
        let mut event = json!({ "op": 0, "t": name, "s": self.seq, "d": data });
        complete(&mut event["d"]);
        let text = event.to_string();
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back((self.seq, text.clone()));
        self.push(ToClient::Event {
            seq: self.seq,
            text,
        });
    }

    pub fn push(&self, what: ToClient) {
        if let Some(connection) = &self.connection {
            // A connection that is gone will resume and be sent what it missed.
            let _ = connection.send(what);
        }
    }
}

/// Why a session can't be resumed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CannotResume {
    /// Nobody has heard of it, or it forgot what the client missed: identify anew.
    Unknown,
    /// The client claims more than it was sent.
    InvalidSequence,
}

impl Gateway {
    /// No sessions yet.
    pub fn new(starts: u64, shards: u64, identifies: Identifies) -> Self {
        Self {
            sessions: Vec::new(),
            started: 0,
            starts,
            shards: shards.max(1),
            identifies,
        }
    }

    /// How many sessions were started.
    pub fn started(&self) -> u64 {
        self.started
    }

    /// How many sessions may still be started today.
    pub fn starts_left(&self) -> u64 {
        self.starts.saturating_sub(self.started)
    }

    /// Sends an event to every session that wants it.
    pub fn dispatch(&mut self, event: &Dispatch) {
        let guild = event.guild();
        for session in &mut self.sessions {
            if !session.intents.contains(event.needs) || !session.shard.has(guild) {
                continue;
            }
            let lesser = event.lesser.as_ref();
            let lesser = lesser.filter(|(takes, _)| !session.intents.contains(*takes));
            let data = lesser.map_or(&event.data, |(_, lesser)| lesser);
            session.send(event.name, data);
        }
    }

    /// Whether any client is connected and identified.
    pub fn online(&self) -> bool {
        self.sessions
            .iter()
            .any(|session| session.connection.is_some())
    }

    /// Sends an event to one session, if it is still there.
    pub fn send_to(&mut self, session: &str, name: &str, data: &Value) {
        if let Some(session) = self.find(session) {
            session.send(name, data);
        }
    }

    /// What a session declared.
    pub fn intents(&mut self, session: &str) -> Option<Intents> {
        self.find(session).map(|session| session.intents)
    }

    /// Tells every connection to do something.
    pub fn everywhere(&self, what: impl Fn() -> ToClient) {
        for session in &self.sessions {
            session.push(what());
        }
    }

    pub fn find(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }
}
