//! The Slack adapter: parses, calls a use-case, renders its card. No logic of its own.
//!
//! - `bot`: its life, from the log-in to the end; `settings`, `timing` and `error` are what it is told and tells.
//! - `gateway`: how events come in: sockets, or requests over HTTP.
//! - `interactions`: commands, presses, forms and typed replies, from their event to their answer.
//! - `manifest`: what the app is to Slack; `scopes`: what it asks for.
//! - `rendering`: cards as Block Kit.
//! - `sending`: every call of the Web API, paced and bounded; Slack as the engine's platform.

mod bot;
mod error;
mod gateway;
mod interactions;
mod manifest;
mod rendering;
mod scopes;
mod sending;
mod settings;
mod timing;

pub use self::bot::Bot;
pub use self::error::{RunError, StartError, Token};
pub use self::gateway::Connection;
pub use self::manifest::{ManifestOptions, manifest};
pub use self::settings::{Commands, Door, Given, Settings, Workspace};
pub use self::timing::Timing;
