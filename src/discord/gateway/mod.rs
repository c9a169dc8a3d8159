//! The connection to Discord's gateway, and what serenity leaves to us.
//!
//! - `client`: serenity's client, which is kept from calling the API.
//! - `relay`: what stands between it and the gateway, and hands over no more than there is room for.
//! - `watchdog`: when a connection is given up; `connection`: how it is at an instant.
//! - `closes`: final close codes, and events that were not read.
//! - `ending`: how what serenity started comes to its end.
//! - `starts`: how long a start waits, so that the sessions of the day last.
//! - `spaces`: which servers have the bot.

mod client;
mod closes;
mod connection;
mod ending;
mod relay;
pub(super) mod spaces;
pub(super) mod starts;
pub(super) mod watchdog;

pub(super) use self::client::gateway_client;
pub use self::closes::{FatalCloses, tells_too_much};
pub use self::connection::Connection;
pub(super) use self::connection::{Heard, ShardCount};
pub(super) use self::ending::end;
pub(super) use self::relay::Relay;
pub(super) use self::spaces::ReadyShards;
pub use self::watchdog::Lost;
