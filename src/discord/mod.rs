//! The Discord adapter: parses, calls a use-case, renders its card. No logic of its own.
//!
//! - `settings`, `timing`: how Discord is reached, and how long the bot waits for what.
//! - `bot`, `error`: its life from logging in to its end, and why that may have come.
//! - `gateway`: the connection, and what serenity leaves to us: when it is lost, how often it may begin, how much
//!   of it is handed over, which servers it says the bot is in.
//! - `interactions`: commands, presses and typed replies, from their event to their answer.
//! - `rendering`: cards as embeds and components, texts in Discord's Markdown.
//! - `sending`: every call of the API, paced and bounded; Discord as the engine's platform.

mod bot;
mod error;
mod gateway;
mod interactions;
mod rendering;
mod sending;
mod settings;
mod timing;

pub use self::bot::Bot;
pub use self::error::{RunError, StartError};
pub use self::gateway::{Connection, FatalCloses, Lost, tells_too_much};
pub use self::rendering::preview;
pub use self::settings::{Settings, invite, permissions};
pub use self::timing::Timing;
