//! Someone who uses the local Slack, as they would with Slack's own client.

mod acts;
mod elements;
mod exact;
mod forms;
mod limits;
mod payloads;
mod view;
mod who;
mod words;

pub use forms::ModalView;
pub(in crate::slack) use payloads::Surface;
pub use view::MessageView;
pub use who::Person;
