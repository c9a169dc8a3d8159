//! What people do, from its event to its answer.
//!
//! - `dispatch`: brings each event to what handles it; `payloads`: what Slack says of them; `load`: how many there may be.
//! - `commands`: what each does; `arguments`: the words after one.
//! - `forms`: what is filled in instead; `offered`: what menus offer while somebody types.
//! - `buttons`: presses; `replies`: typed replies and mentions; `home`: App Home.
//! - `allowed`: what keeps the bot from a channel; `channels`: those that are named.
//! - `respond`: answers, and says what went wrong; `receipt`: what Slack is told once something is kept.
//! - `data`: what all of these can reach.

mod allowed;
mod arguments;
mod buttons;
mod channels;
pub(super) mod commands;
mod data;
mod dispatch;
mod forms;
mod home;
mod load;
mod offered;
mod payloads;
mod receipt;
mod replies;
mod respond;

pub(super) use self::data::Data;
pub(super) use self::dispatch::Dispatch;
