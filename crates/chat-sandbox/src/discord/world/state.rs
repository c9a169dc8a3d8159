//! Everything there is in a local Discord. Its methods are in the files named for their subject.

use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::sync::broadcast;
use twilight_model::{
    application::command::Command, channel::Channel, user::User, util::Timestamp,
};

use super::{
    change::Change,
    fault::Faults,
    file::StoredFile,
    guild::Guild,
    interaction::{Form, Interaction},
    message::StoredMessage,
    rates::Rates,
    session::Gateway,
};
use crate::{
    common::{Clock, Recorder},
    discord::Seed,
};

/// A member of every guild, the bot included.
#[derive(Clone, Debug)]
pub struct Someone {
    pub user: User,
    pub color: u32,
    /// What the page proves with that it asks for them.
    pub key: String,
}

/// A channel and what was said in it.
#[derive(Clone, Debug)]
pub struct Room {
    pub channel: Channel,
    pub messages: BTreeMap<u64, StoredMessage>,
}

/// Everything there is. Methods are in the files named for their subject.
pub struct State {
    pub address: SocketAddr,
    pub token: String,
    /// What guilds founded later are made of.
    pub seed: Seed,
    /// The first guild, which the page shows and people are in unless told otherwise.
    pub home: u64,
    pub guilds: BTreeMap<u64, Guild>,
    /// The owner of every guild.
    pub owner: u64,
    pub application: u64,
    pub people: Vec<Someone>,
    pub rooms: BTreeMap<u64, Room>,
    pub commands: BTreeMap<u64, Command>,
    /// By id, which is by age.
    pub interactions: BTreeMap<u64, Interaction>,
    pub modals: HashMap<u64, Form>,
    pub files: HashMap<u64, StoredFile>,
    pub gateway: Gateway,
    pub recorder: Recorder,
    pub rates: Rates,
    pub faults: Faults,
    /// How often clients of the gateway are to send a heartbeat.
    pub heartbeat: std::time::Duration,
    pub clock: Arc<Clock>,
    pub(super) last_id: u64,
    /// The number of this world among those of the process, below 1024.
    pub(super) worker: u64,
    pub(super) changes: broadcast::Sender<Change>,
}

/// Discord's epoch, the first second of 2015, in milliseconds since 1970.
const EPOCH: i64 = 1_420_070_400_000;

impl State {
    /// The time here.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The time here as the wire wants it.
    pub fn timestamp(&self) -> Timestamp {
        let micros = self.now().timestamp_micros();
        Timestamp::from_micros(micros).expect("the clock stays within four-digit years")
    }

    /// A new id: the milliseconds since Discord's epoch in the upper 42 bits, then ten that say which
    /// world made it, and always greater than the one before ("Snowflakes").
    pub fn next_id(&mut self) -> u64 {
        let millis = u64::try_from(self.now().timestamp_millis() - EPOCH).unwrap_or_default();
        // There are bits until 2154 only; shortly before, ids begin to count on from the last.
        let millis = millis.min((1 << 42) - (1 << 20));
        self.last_id = (millis << 22 | self.worker << 12).max(self.last_id + 1);
        self.last_id
    }

    /// Tells everyone who watches.
    pub fn announce(&self, change: Change) {
        // Nobody may be watching.
        let _ = self.changes.send(change);
    }
}

/// An id, which may be written as a number or a text.
pub fn snowflake(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
