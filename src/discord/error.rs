//! Why the bot cannot start, or has ended.

use poise::serenity_prelude as serenity;
use serenity::gateway::GatewayError;

use super::gateway::Lost;
use crate::tasks::Ended;
use crate::told::chain;

/// Why the bot cannot start. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The token is wrong.
    #[error(
        "Discord refuses the token. Copy it again from https://discord.com/developers/applications (your application, Bot, Reset Token) and set DISCORD_TOKEN."
    )]
    Token,
    /// Nobody answers.
    #[error("cannot reach Discord at {0}: {1}. Check {2}.")]
    Unreachable(String, String, String),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// Why a bot that ran has ended, other than by being told to.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The connection does not come back by itself. Starting anew mends it.
    #[error("the connection to Discord's gateway is lost: {0}")]
    Lost(Lost),
    /// A part of the bot does not go on. Starting anew mends it, unless it happens again.
    #[error("{0}. This is a fault in Greenroom: please report it with the log")]
    Ended(Ended),
    /// Discord closed the connection with a code after which connecting again mends nothing:
    /// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>.
    #[error("Discord closed the connection for good with code {0}: {told}", told = meaning(*.0))]
    Refused(u16),
    /// Anything else.
    #[error("the connection to Discord's gateway is over: {0}")]
    Other(String),
}

impl From<serenity::Error> for RunError {
    fn from(error: serenity::Error) -> Self {
        let serenity::Error::Gateway(gateway) = &error else {
            return Self::Other(chain(&error));
        };
        match gateway {
            GatewayError::InvalidAuthentication => Self::Refused(4004),
            GatewayError::InvalidShardData => Self::Refused(4010),
            GatewayError::OverloadedShard => Self::Refused(4011),
            GatewayError::InvalidGatewayIntents => Self::Refused(4013),
            GatewayError::DisallowedGatewayIntents => Self::Refused(4014),
            _ => Self::Other(chain(&error)),
        }
    }
}

/// What a final close code says, and what to do.
fn meaning(code: u16) -> &'static str {
    match code {
        4004 => {
            "the token is not valid any more. Make a new one on the application's page (Bot, Reset Token)"
        }
        4010 | 4011 => "it wants the servers split over another number of shards. Start again",
        4012 => "this version of its gateway is gone. Update Greenroom",
        4013 | 4014 => {
            "it does not grant what the bot listens for. Update Greenroom, and look at the application's page (Bot, Privileged Gateway Intents)"
        }
        _ => "see its documentation",
    }
}
