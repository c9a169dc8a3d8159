//! The Slack adapter: parses, calls a use-case, renders its card. No logic of its own.
//!
//! - `gateway`: how events come in: sockets, or requests over HTTP.
//! - `interactions`: commands, presses, forms and typed replies, from their event to their answer.
//! - `rendering`: cards as Block Kit.
//! - `sending`: every call of the Web API, paced and bounded; Slack as the engine's platform.

mod gateway;
mod interactions;
mod rendering;
mod sending;
