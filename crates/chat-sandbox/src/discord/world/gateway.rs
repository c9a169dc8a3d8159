//! The gateway's sessions: what each one was sent, and through which connection.

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;
use twilight_model::gateway::Intents;

use super::{Change, Dispatch, EVENTS, Guild, Identifies, Presence, Shard, State};
use crate::discord::wire;

/// How many events a session keeps for a client that resumes.
const KEPT: usize = 4_096;

/// How many sessions are kept for clients that may resume them.
const SESSIONS: usize = 16;

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
    sessions: Vec<Session>,
    started: u64,
    /// How many may be started in a day.
    pub starts: u64,
    /// How many shards the application is told to have.
    pub shards: u64,
    pub identifies: Identifies,
}

#[derive(Debug)]
struct Session {
    id: String,
    intents: Intents,
    shard: Shard,
    seq: u64,
    kept: VecDeque<(u64, String)>,
    connection: Option<UnboundedSender<ToClient>>,
}

impl Session {
    fn send(&mut self, name: &str, data: &Value) {
        let listed = EVENTS.iter().any(|(event, _)| *event == name);
        debug_assert!(listed, "{name} is missing in the list of events");
        self.seq += 1;
        let mut event = json!({ "op": 0, "t": name, "s": self.seq, "d": data });
        wire::complete(&mut event["d"]);
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

    fn push(&self, what: ToClient) {
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

    fn find(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }
}

impl State {
    /// A new session for a connection, with READY and what a new client is sent after it.
    pub fn identify(
        &mut self,
        intents: Intents,
        shard: Option<Shard>,
        connection: UnboundedSender<ToClient>,
    ) -> String {
        self.gateway.started += 1;
        let id = format!(
            "{:032x}",
            u128::from(self.next_id()) << 32 | u128::from(self.gateway.started)
        );
        let ready = wire::ready(self, &id, shard);
        let shard = shard.unwrap_or(Shard::ALL);
        let mut session = Session {
            id: id.clone(),
            intents,
            shard,
            seq: 0,
            kept: VecDeque::new(),
            connection: Some(connection),
        };
        session.send("READY", &ready);
        if intents.contains(Intents::GUILDS) {
            let available =
                |guild: &&Guild| guild.presence == Presence::Member && shard.has(Some(guild.id));
            for guild in self.joined().filter(available) {
                let members = intents.contains(Intents::GUILD_MEMBERS);
                session.send("GUILD_CREATE", &wire::guild_create(self, guild.id, members));
            }
        }
        if self.gateway.sessions.len() >= SESSIONS {
            let oldest = self
                .gateway
                .sessions
                .iter()
                .position(|s| s.connection.is_none());
            self.gateway.sessions.remove(oldest.unwrap_or_default());
        }
        self.gateway.sessions.push(session);
        self.announce(Change::Bot { online: true });
        id
    }

    /// Takes a session up again: sends what came after `seq`, then RESUMED.
    pub fn resume(
        &mut self,
        id: &str,
        seq: u64,
        connection: UnboundedSender<ToClient>,
    ) -> Result<(), CannotResume> {
        let session = self.gateway.find(id).ok_or(CannotResume::Unknown)?;
        if seq > session.seq {
            return Err(CannotResume::InvalidSequence);
        }
        let first = session
            .kept
            .front()
            .map_or(session.seq + 1, |(first, _)| *first);
        if seq + 1 < first {
            return Err(CannotResume::Unknown);
        }
        session.connection = Some(connection);
        for (seq, text) in session.kept.iter().filter(|(sent, _)| *sent > seq) {
            session.push(ToClient::Event {
                seq: *seq,
                text: text.clone(),
            });
        }
        session.send("RESUMED", &json!({}));
        self.announce(Change::Bot { online: true });
        Ok(())
    }

    /// Notes that a connection ended. One that said goodbye can't be resumed.
    pub fn disconnected(
        &mut self,
        id: &str,
        connection: &UnboundedSender<ToClient>,
        goodbye: bool,
    ) {
        let theirs = |session: &Session| {
            session.id == id
                && session
                    .connection
                    .as_ref()
                    .is_some_and(|c| c.same_channel(connection))
        };
        if goodbye {
            self.gateway.sessions.retain(|session| !theirs(session));
        } else if let Some(session) = self.gateway.sessions.iter_mut().find(|s| theirs(s)) {
            session.connection = None;
        }
        if !self.gateway.online() {
            self.announce(Change::Bot { online: false });
        }
    }
}
