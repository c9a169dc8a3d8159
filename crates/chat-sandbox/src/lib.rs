//! Chat platforms on loopback, each with a chat page: a Discord, and a [Slack](slack).
//!
//! An unmodified Discord client logs in to it over HTTP and WebSocket; people act in it through
//! [`Person`], which the tests, the chat page and load generators share. Everything there is to know
//! lives in one [`World`].
//!
//! `common/` is what does not depend on the platform.

mod common;
mod discord;
pub mod slack;

pub use common::{
    Introduction, Odd, RequestRecord, RestFailure, RestFault, SeedChannel, SeedUser, Sibling, Step,
    StepButton, StepDone, Stops,
};
pub use discord::{
    AttachmentView, AuthorView, ButtonView, Change, ChannelView, Choice, Failure, Fault, FieldView,
    GatewayFault, InteractionState, MemberView, MessageView, ModalView, Options, Person, Preview,
    PreviewFault, PreviewMessage, Previews, ReactionView, Reply, Sandbox, Search, Seed, SelectView,
    SentMessage, StoredFile, World, shown, support,
};
pub use twilight_model::guild::Permissions;
