//! One of the people: who they are, and what they see change.

use std::{fmt, sync::Arc, time::Duration};

use twilight_model::id::{Id, marker::GuildMarker};

use crate::discord::world::{Change, World};

/// How long anything may take to be seen.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// What Discord's client says of an archived thread.
pub(super) const ARCHIVED: &str = "This thread is archived";

/// One of the people, in one guild. Cheap to clone.
#[derive(Clone)]
pub struct Person {
    pub(super) world: Arc<World>,
    pub(super) id: u64,
    pub(super) name: Arc<str>,
    pub(super) guild: u64,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish()
    }
}

impl Person {
    pub(crate) fn named(world: &Arc<World>, name: &str) -> Option<Self> {
        let state = world.lock();
        let someone = state
            .someone_named(name)
            .filter(|someone| !someone.user.bot)?;
        let id = someone.user.id.get();
        drop(state);
        Some(Self::of(world, id))
    }

    /// The person with that id, who must exist.
    pub(crate) fn of(world: &Arc<World>, id: u64) -> Self {
        let (name, guild) = {
            let state = world.lock();
            (Arc::from(state.user(id).name), state.home)
        };
        Self {
            world: Arc::clone(world),
            id,
            name,
            guild,
        }
    }

    /// The person with that id, if there is one.
    pub fn by_id(world: &Arc<World>, id: u64) -> Option<Self> {
        let known = world
            .lock()
            .someone(id)
            .is_some_and(|someone| !someone.user.bot);
        known.then(|| Self::of(world, id))
    }

    /// Their id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Their user name, such as `ana`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The guild whose channels they name. At first it is the first one.
    pub fn guild(&self) -> u64 {
        self.guild
    }

    /// The same person in another guild: names of channels and roles are that guild's from then on.
    ///
    /// # Panics
    /// When there is no such guild.
    pub fn in_guild(&self, id: u64) -> Self {
        let known = self.world.lock().guilds.contains_key(&id);
        assert!(known, "there is no guild {id}");
        Self {
            guild: id,
            ..self.clone()
        }
    }

    /// Whether what belongs to a guild, or to none, is where they are.
    pub(super) fn around(&self, guild: Option<Id<GuildMarker>>) -> bool {
        guild.is_none_or(|guild| guild.get() == self.guild)
    }

    pub(super) fn sees_channel(&self, channel: u64) -> bool {
        let state = self.world.lock();
        self.around(state.guild_of(channel).map(Id::new)) && state.sees(self.id, channel)
    }

    /// Whether a change is to be seen by them.
    pub fn sees(&self, change: &Change) -> bool {
        match change {
            Change::Message { channel, only, .. } | Change::Deleted { channel, only, .. } => {
                only.is_none_or(|only| only == self.id) && self.sees_channel(*channel)
            }
            Change::Typing { channel, user } => *user != self.id && self.sees_channel(*channel),
            Change::Interaction { person, .. } | Change::Modal { person, .. } => *person == self.id,
            Change::Faults
            | Change::Clock
            | Change::Commands
            | Change::Bot { .. }
            | Change::Reset => true,
        }
    }
}
