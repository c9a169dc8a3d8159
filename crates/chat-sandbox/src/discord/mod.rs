//! The local Discord: REST, gateway and a chat page.

mod gateway;
mod options;
mod page;
mod person;
mod previews;
mod rest;
mod sandbox;
mod seed;
mod support;
#[cfg(test)]
mod tests;
mod wire;
mod world;

pub use options::Options;
pub use page::shown;
pub use person::{
    AttachmentView, AuthorView, ButtonView, ChannelView, Choice, Failure, MemberView, MessageView,
    Person, ReactionView, Reply, SelectView, SentMessage,
};
pub use previews::{Preview, PreviewFault, PreviewMessage, Previews, Search};
pub use sandbox::Sandbox;
pub use seed::Seed;
pub use support::support;
pub use world::{
    Change, Fault, FieldView, GatewayFault, InteractionState, ModalView, StoredFile, World,
};
