//! The state of the local Discord, and what changes in it. A file with a name in the singular says what something is;
//! the others say what becomes of it.

mod ask;
mod change;
mod channels;
mod commands;
mod control;
mod dispatch;
mod events;
mod fault;
mod faults;
mod file;
mod files;
mod form;
mod gateway;
mod guild;
mod guilds;
mod interaction;
mod interactions;
mod members;
mod membership;
mod mentions;
mod message;
mod messages;
mod metadata;
mod people;
mod pins;
mod rates;
mod reactions;
mod refused;
mod seed;
mod session;
mod shards;
mod shared;
mod state;
mod threads;

pub use ask::nothing;
pub use change::{Change, InteractionState};
pub use events::{Dispatch, EVENTS};
pub use fault::{Fault, GatewayFault};
pub use file::{Asker, StoredFile};
pub use form::{FieldView, ModalView};
pub use guild::{Guild, Membership, Presence};
pub use interaction::{
    Acknowledged, Answer, Asked, Form, Interaction, Progress, SILENCE, Shown, TokenRefused,
    Trigger, describe,
};
pub use members::{MembersAsked, is_called};
pub use message::{Content, NewMessage, StoredMessage, Upload};
pub use rates::{Admission, Bucket, Quota, Rate};
pub use refused::Refused;
pub use seed::{plain_role, text_channel};
pub use session::{CannotResume, ToClient};
pub use shards::Shard;
pub use shared::World;
pub use state::{Room, Someone, State, snowflake};
pub use threads::InThread;
