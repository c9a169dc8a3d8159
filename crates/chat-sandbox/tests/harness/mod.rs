//! What the tests share: a browser, and a record of what was said over HTTP.

#[allow(dead_code, reason = "whoever tests a bot on the page uses more of it")]
pub mod browser;
mod record;

pub use record::record;

/// How long a bot or a page may take.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
