//! `[slack]`: the workspaces, and what is wished for there.
//!
//! - `settings`: all of it; `commands`: what they are called; `token_files`: which files hold the tokens of a workspace.
//! - `tokens`: what is in those files and in the environment.

mod commands;
mod settings;
mod token_files;
mod tokens;

pub use self::commands::COMMANDS;
pub use self::settings::Slack;
pub(super) use self::settings::slack;
pub use self::token_files::TokenFiles;
pub use self::tokens::{Door, GivenToken, WorkspaceTokens};
