//! The Web API.

mod apps;
mod arguments;
mod calls;
mod chat;
mod conversations;
mod error;
mod files;
mod history;
mod methods;
mod reactions;
mod scopes;
mod uploads;
mod users;
mod views;

pub(super) use calls::routes;
pub use methods::support;
