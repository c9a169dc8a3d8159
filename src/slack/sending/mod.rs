//! What the bot sends, and what it asks of the Web API.
//!
//! - `api`: one call, bounded in time and size; `failure`: why one came to nothing; `meaning`: what Slack's words for
//!   that mean; `over`: that a workspace takes the bot no more.
//! - `sender`: calls of one workspace with what they are worth: tries and pace; `patience`: how long they
//!   may wait; `methods`, `pace`: Slack's limits.
//! - `response`: what answers a command or press; `person`: what Slack says of one; `people`: what is known of all.
//! - `messenger`: Slack as the platform on which dailies and notices are delivered; `looks`: what it has looked for;
//!   `witness`: what it posted, seen as an event.

mod api;
mod failure;
mod instead;
mod looks;
mod meaning;
mod messenger;
mod methods;
mod over;
mod pace;
mod patience;
mod people;
mod person;
mod response;
mod sender;
#[cfg(all(test, feature = "sandbox"))]
mod tests;
mod witness;

pub(super) use self::failure::Failure;
pub(super) use self::meaning::Meaning;
pub(super) use self::messenger::Messenger;
pub(super) use self::over::Over;
pub(super) use self::response::Response;
pub(super) use self::sender::Sender;
pub(super) use self::witness::saw_posted;
