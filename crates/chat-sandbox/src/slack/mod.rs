//! The local Slack: Web API, Socket Mode, a workspace, and a chat page.
//!
//! An unmodified Slack client logs in to it over HTTP and WebSocket; people act in it through [`Person`]. Everything
//! there is to know lives in one [`World`].

mod api;
mod app_seed;
mod blocks;
mod failure;
mod manifest;
mod options;
mod page;
mod person;
mod requests;
mod respond;
mod sandbox;
mod seed;
mod socket;
#[cfg(test)]
mod tests;
mod time;
mod world;

pub use api::support;
pub use app_seed::{AppSeed, CommandSeed, ShortcutSeed};
pub use blocks::{MessageFaults, message_faults};
pub use failure::Failure;
pub use options::Options;
pub use person::{MessageView, ModalView, Person};
pub use sandbox::Sandbox;
pub use seed::{ChannelSeed, PersonSeed, Workspace};
pub use world::{Fault, Reason, SlackFailure, SlackFault, SocketFault, StoredFile, World};
