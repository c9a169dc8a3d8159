//! Which files hold the tokens for a workspace.

use std::path::PathBuf;

use crate::config::ConfigProblem;
use crate::config::token::Token;
use crate::toml_reader::Table;

/// Which files hold the tokens for a workspace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenFiles {
    /// The bot token.
    pub bot: Option<PathBuf>,
    /// The app-level token.
    pub app: Option<PathBuf>,
    /// The signing secret.
    pub signing: Option<PathBuf>,
}

/// Reads which files hold the tokens for a workspace.
pub(super) fn files(table: &mut Table<'_, ConfigProblem>) -> TokenFiles {
    TokenFiles {
        bot: table.value(Token::SlackBot.key()),
        app: table.value(Token::SlackApp.key()),
        signing: table.value(Token::SlackSigning.key()),
    }
}

/// Reads a `[[slack.workspace]]`, whose tokens can be in files only.
pub(super) fn workspace(mut table: Table<'_, ConfigProblem>) -> TokenFiles {
    let files = files(&mut table);
    if !table.has(Token::SlackBot.key()) {
        table.required_value::<PathBuf>(Token::SlackBot.key());
    }
    if !table.has(Token::SlackApp.key()) && !table.has(Token::SlackSigning.key()) {
        table.fault("", ConfigProblem::NoDoor);
    }
    table.end();
    files
}
