//! The tokens that there are: the bot runs on each platform for which it has them.

use greenroom::config::{self, Config, Token, TokenError, WorkspaceTokens};
use secrecy::SecretString;

/// The tokens of the configuration and the environment.
pub struct Tokens {
    /// That for Discord.
    pub discord: Option<SecretString>,
    /// Those for each workspace on Slack.
    pub slack: Vec<WorkspaceTokens>,
    /// How many more workspaces there are, whose tokens can't be used.
    pub unusable: usize,
    /// What is wrong with the others.
    pub wrong: Vec<TokenError>,
    /// The first token of each platform for which there is none at all.
    absent: Vec<Token>,
}

impl Tokens {
    /// Reads them.
    pub fn read(config: &Config) -> Self {
        let variable = |name: &str| std::env::var(name).ok();
        let (slack, of_slack) = config.slack.tokens(variable);
        let mut absent = Vec::new();
        let mut wrong = Vec::new();
        let given = variable(Token::Discord.variable());
        let discord = match config::token(Token::Discord, given, config.token_file.as_deref()) {
            Ok(token) => Some(token),
            Err(TokenError::Missing(token)) => {
                absent.push(token);
                None
            }
            Err(error) => {
                wrong.push(error);
                None
            }
        };
        if slack.is_empty() && of_slack.is_empty() {
            absent.push(Token::SlackBot);
        }
        let unusable = of_slack.len();
        wrong.extend(of_slack);
        Self {
            discord,
            slack,
            unusable,
            wrong,
            absent,
        }
    }

    /// Logs which platforms the bot is not on, and how it gets there.
    ///
    /// # Errors
    /// When it is on none.
    pub fn tell(&self) -> anyhow::Result<()> {
        let absent = self.absent.iter();
        let absent: Vec<String> = absent
            .map(|token| TokenError::Missing(*token).to_string())
            .collect();
        let wrong: Vec<String> = self.wrong.iter().map(ToString::to_string).collect();
        if self.discord.is_none() && self.slack.is_empty() {
            // Whoever has a token for one platform may not care for another.
            let told = if wrong.is_empty() { absent } else { wrong };
            anyhow::bail!(told.join("\n"));
        }
        wrong.iter().for_each(|wrong| tracing::error!("{wrong}"));
        absent.iter().for_each(|absent| tracing::info!("{absent}"));
        Ok(())
    }
}
