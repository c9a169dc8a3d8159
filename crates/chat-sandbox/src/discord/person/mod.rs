//! Someone who uses the local Discord, as they would with Discord's own client.

mod command_line;
mod forms;
mod interact;
mod menus;
mod options;
mod rooms;
mod view;
mod words;

use std::{fmt, sync::Arc, time::Duration};

use thiserror::Error;
use twilight_model::id::{Id, marker::GuildMarker};

pub use rooms::{ChannelView, MemberView};
pub use view::{
    AttachmentView, AuthorView, ButtonView, Choice, FieldView, MessageView, ModalView,
    ReactionView, SelectView,
};

use super::world::{Change, World};

/// A message one sent.
pub type SentMessage = MessageView;

/// How long anything may take to be seen.
const PATIENCE: Duration = Duration::from_secs(10);

/// What Discord's client says of an archived thread.
const ARCHIVED: &str = "This thread is archived";

/// What came of an interaction.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A new message.
    Message(MessageView),
    /// The message whose component was used, changed.
    Updated(MessageView),
    /// A form.
    Modal(ModalView),
}

impl Reply {
    /// The new or changed message, if it is one.
    pub fn message(&self) -> Option<&MessageView> {
        match self {
            Self::Message(message) | Self::Updated(message) => Some(message),
            Self::Modal(_) => None,
        }
    }

    /// The form, if it is one.
    pub fn modal(&self) -> Option<&ModalView> {
        if let Self::Modal(modal) = self {
            Some(modal)
        } else {
            None
        }
    }

    /// What there is to read: the message's text, or the form's title.
    pub fn text(&self) -> String {
        match self {
            Self::Message(message) | Self::Updated(message) => message.text(),
            Self::Modal(modal) => modal.title.clone(),
        }
    }
}

/// Why nothing came of what someone did.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum Failure {
    /// The bot did not acknowledge it within 3 seconds.
    #[error("The application did not respond")]
    NotAcknowledged,
    /// The bot acknowledged it, but nothing was to be seen within 10 seconds.
    #[error("The application acknowledged this but showed nothing")]
    NothingShown,
    /// Discord's client would not have let them; the text says why.
    #[error("{0}")]
    Refused(String),
}

/// One of the people, in one guild. Cheap to clone.
#[derive(Clone)]
pub struct Person {
    world: Arc<World>,
    id: u64,
    name: Arc<str>,
    guild: u64,
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
    fn around(&self, guild: Option<Id<GuildMarker>>) -> bool {
        guild.is_none_or(|guild| guild.get() == self.guild)
    }

    fn sees_channel(&self, channel: u64) -> bool {
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

fn refused<T>(why: impl Into<String>) -> Result<T, Failure> {
    Err(Failure::Refused(why.into()))
}
