//! How events come in: sockets, or requests over HTTP.
//!
//! - `envelope`: what comes in, whichever way.
//! - `sockets`: keeps a workspace connected; `socket`: one of them; `back_off`: how soon there is another.
//! - `requests`: what Slack sends over HTTP, once its signature is checked; `claim`: that it is signed; `unproven`: its
//!   body until then.
//! - `connection`: how the connection is at an instant.

mod back_off;
mod claim;
mod connection;
mod envelope;
mod requests;
mod socket;
mod sockets;
mod unproven;

pub use self::connection::Connection;
pub(super) use self::connection::Place;
pub(super) use self::envelope::{Ack, Admission, Envelope, Inbox};
pub(super) use self::requests::{Requests, Signed};
pub(super) use self::sockets::Sockets;
