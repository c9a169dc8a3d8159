//! The state of the local Discord: one value behind one lock, and what changes in it.

mod ask;
mod channels;
mod commands;
mod control;
mod dispatch;
mod events;
mod faults;
mod files;
mod gateway;
mod guilds;
mod interactions;
mod members;
mod membership;
mod mentions;
mod messages;
mod metadata;
mod people;
mod pins;
mod rates;
mod reactions;
mod seed;
mod shards;
mod threads;

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::sync::{Notify, broadcast, watch};
use twilight_model::{
    application::command::Command,
    channel::{Channel, Message},
    user::User,
    util::Timestamp,
};

pub use ask::nothing;
pub use dispatch::Dispatch;
pub use events::EVENTS;
pub use faults::{Fault, Faults, GatewayFault};
pub use files::{Asker, StoredFile};
pub use gateway::{CannotResume, Gateway, ToClient};
pub use guilds::{Guild, Presence};
pub use interactions::{
    Acknowledged, Answer, Asked, Interaction, Progress, SILENCE, Shown, TokenRefused, describe,
};
pub use members::{MembersAsked, is_called};
pub use membership::Membership;
pub use messages::{Content, NewMessage, Upload};
pub use metadata::Trigger;
pub use people::Refused;
pub use rates::{Admission, Bucket, Quota, Rate, Rates};
pub use seed::{plain_role, text_channel};
pub use shards::{Identifies, Shard};
pub use threads::InThread;

use super::{Options, Seed, person::ModalView, previews::Previews};
use crate::common::{Clock, Introduction, Recorder};

/// How many changes a reader may lag behind before it must read everything anew.
const CHANGES: usize = 4_096;

/// Discord's epoch, the first second of 2015, in milliseconds since 1970.
const EPOCH: i64 = 1_420_070_400_000;

/// Something that happened, for those who show the world to someone.
#[derive(Clone, Debug)]
pub enum Change {
    /// A message is new or looks different.
    Message {
        /// The channel it is in.
        channel: u64,
        /// The message.
        id: u64,
        /// The only person who sees it, if it is ephemeral.
        only: Option<u64>,
    },
    /// A message is gone.
    Deleted {
        /// The channel it was in.
        channel: u64,
        /// The message.
        id: u64,
        /// The only person who saw it, if it was ephemeral.
        only: Option<u64>,
    },
    /// Someone types.
    Typing {
        /// The channel.
        channel: u64,
        /// Who types.
        user: u64,
    },
    /// An interaction was acknowledged or failed.
    Interaction {
        /// The interaction.
        id: u64,
        /// Who started it; nobody else learns of it.
        person: u64,
        /// What came of it.
        state: InteractionState,
    },
    /// A form popped up.
    Modal {
        /// Whose screen it popped up on.
        person: u64,
        /// The form.
        modal: Arc<ModalView>,
    },
    /// What is made to go wrong changed.
    Faults,
    /// The clock was moved.
    Clock,
    /// The registered commands changed.
    Commands,
    /// The bot came or went.
    Bot {
        /// Whether it is connected now.
        online: bool,
    },
    /// Channels, people or permissions changed: everything may look different.
    Reset,
}

/// What came of an interaction, as its author's client shows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum InteractionState {
    /// The application acknowledged it in time.
    Acknowledged,
    /// It did not, or could not; the text is what Discord's client would show.
    Failed(String),
}

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

/// A message and what is known of it beyond what goes over the wire.
#[derive(Clone, Debug)]
pub struct StoredMessage {
    pub message: Message,
    /// The nonce its author gave.
    pub nonce: Option<Value>,
    /// The only person who sees it.
    pub only: Option<u64>,
    /// Who reacted with what, in order.
    pub reactions: Vec<(String, Vec<u64>)>,
    /// The command it answers, and who used it.
    pub command: Option<(String, u64)>,
    /// Whether the only person who saw it put it away.
    pub dismissed: bool,
}

impl StoredMessage {
    /// Whether someone who sees the channel sees this message in it.
    pub fn visible_to(&self, person: u64) -> bool {
        self.only.is_none_or(|only| only == person) && !self.dismissed
    }
}

/// A form on someone's screen, and what brought it up.
#[derive(Clone, Debug)]
pub struct Form {
    pub modal: Arc<ModalView>,
    pub trigger: Trigger,
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
    last_id: u64,
    /// The number of this world among those of the process, below 1024.
    worker: u64,
    changes: broadcast::Sender<Change>,
}

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

/// The shared state of a sandbox.
pub struct World {
    state: Mutex<State>,
    changes: broadcast::Sender<Change>,
    clock: Arc<Clock>,
    /// Tells those that a fault holds up that the faults are cleared.
    pub(crate) cleared: Notify,
    /// What the page tells a newcomer.
    pub(crate) introduction: Introduction,
    /// What the page of previews shows.
    pub(crate) previews: watch::Sender<Arc<Previews>>,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

impl World {
    /// A new world as [`seed`] has it, whose files will be found at `address`.
    pub(crate) fn new(options: &Options, address: SocketAddr) -> Self {
        let (changes, _) = broadcast::channel(CHANGES);
        let clock = Arc::new(Clock::start());
        let state = seed::state(options, address, Arc::clone(&clock), changes.clone());
        Self {
            state: Mutex::new(state),
            changes,
            clock,
            cleared: Notify::new(),
            introduction: options.introduction.clone(),
            previews: watch::Sender::default(),
        }
    }

    /// The state. No one may await while holding it; a panic elsewhere leaves it usable, since every
    /// change is complete before anything that could panic.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that changes from now on, for everyone; [`super::Person::sees`] tells what is whose.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}
