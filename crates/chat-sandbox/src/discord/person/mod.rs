//! Someone who uses the local Discord, as they would with Discord's own client.

mod command_line;
mod forms;
mod interact;
mod menus;
mod options;
mod reply;
mod rooms;
mod view;
mod who;
mod words;

use reply::refused;
pub use reply::{Failure, Reply, SentMessage};
pub use rooms::{ChannelView, MemberView};
pub use view::{
    AttachmentView, AuthorView, ButtonView, Choice, MessageView, ReactionView, SelectView,
};
pub use who::Person;
use who::{ARCHIVED, PATIENCE};
