//! What becomes of the gateway's sessions: they begin, are taken up again, and end.

use std::collections::VecDeque;

use serde_json::json;
use tokio::sync::mpsc::UnboundedSender;
use twilight_model::gateway::Intents;

use super::{
    CannotResume, Change, Guild, Presence, Shard, State, ToClient,
    session::{SESSIONS, Session},
};
use crate::discord::wire;

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
