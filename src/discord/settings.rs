//! How Discord is reached, and what the bot asks of the servers it is invited to.

use poise::serenity_prelude as serenity;
use secrecy::SecretString;

use super::gateway::FatalCloses;
use super::timing::Timing;

/// How to reach Discord.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token. Never printed.
    pub token: SecretString,
    /// Where the API is, when not at Discord: the sandbox, or a proxy.
    pub api: Option<String>,
    /// How long it waits for what.
    pub timing: Timing,
    /// Where to hear of final close codes that serenity only logs.
    pub closes: FatalCloses,
}

impl Settings {
    /// The usual ones, with this token and the API there.
    pub fn new(token: SecretString, api: Option<String>) -> Self {
        Self {
            token,
            api,
            timing: Timing::default(),
            closes: FatalCloses::default(),
        }
    }
}

/// The intents in use; none is privileged: <https://docs.discord.com/developers/events/gateway#gateway-intents>.
pub(super) fn intents() -> serenity::GatewayIntents {
    serenity::GatewayIntents::GUILDS
        | serenity::GatewayIntents::GUILD_MESSAGES
        | serenity::GatewayIntents::DIRECT_MESSAGES
}

/// What the bot may do where it is invited: see and write in channels, embed, attach, read back, and
/// start threads from its own messages and write in them.
pub fn permissions() -> serenity::Permissions {
    serenity::Permissions::VIEW_CHANNEL
        | serenity::Permissions::SEND_MESSAGES
        | serenity::Permissions::EMBED_LINKS
        | serenity::Permissions::ATTACH_FILES
        | serenity::Permissions::READ_MESSAGE_HISTORY
        | serenity::Permissions::CREATE_PUBLIC_THREADS
        | serenity::Permissions::SEND_MESSAGES_IN_THREADS
}

/// The link that adds the bot to a server.
pub fn invite(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        permissions().bits()
    )
}
