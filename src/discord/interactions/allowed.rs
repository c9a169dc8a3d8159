//! What keeps the bot from posting in a channel, told before it is to post there.

use poise::serenity_prelude as serenity;
use reqwest::StatusCode;
use serenity::{Channel, ChannelType, GuildId, Member, PartialGuild, Permissions};

use super::Data;
use crate::app::setting::Obstacle;
use crate::discord::sending::{Failure, Sender, snowflake};
use crate::model::ChannelId;

/// Why a channel does not do for dailies, with threads or without; none too when Discord does not say.
pub(super) async fn obstacle(
    data: &Data,
    guild: Option<GuildId>,
    channel: &ChannelId,
    threads: bool,
) -> Option<Obstacle> {
    let (guild, channel) = (guild?, snowflake(&channel.0).ok()?);
    let found = find(&data.sender, (guild, data.me), channel.into(), threads).await;
    found.unwrap_or_else(|error| {
        tracing::warn!(%error, %guild, channel, "could not ask what the bot may do in a channel");
        None
    })
}

async fn find(
    sender: &Sender,
    (guild, me): (GuildId, serenity::UserId),
    id: serenity::ChannelId,
    threads: bool,
) -> Result<Option<Obstacle>, Failure> {
    let channel_of = async |id| sender.look::<Channel>(&format!("/channels/{id}")).await;
    let (server, member) = (
        format!("/guilds/{guild}"),
        format!("/guilds/{guild}/members/{me}"),
    );
    let (channel, guild, member) = tokio::join!(
        channel_of(id),
        sender.look::<PartialGuild>(&server),
        sender.look::<Member>(&member),
    );
    let channel = match channel {
        Err(error) if refused(&error) => return Ok(lacks(Permissions::VIEW_CHANNEL)),
        channel => channel?.guild(),
    };
    let Some(channel) = channel else {
        return Ok(Some(Obstacle::NoMessages));
    };
    let needed = match needed(channel.kind, threads) {
        Ok(needed) => needed,
        Err(obstacle) => return Ok(Some(obstacle)),
    };
    // A thread has its parent's permissions.
    let holder = match channel.parent_id.filter(|_| is_thread(channel.kind)) {
        Some(parent) => channel_of(parent).await?.guild().unwrap_or(channel),
        None => channel,
    };
    let granted = guild?.user_permissions_in(&holder, &member?);
    Ok(lacks(needed.difference(granted)))
}

/// What it takes to post in a channel of a kind.
/// <https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags>
fn needed(kind: ChannelType, threads: bool) -> Result<Permissions, Obstacle> {
    let base = Permissions::VIEW_CHANNEL | Permissions::EMBED_LINKS;
    let needed = match kind {
        ChannelType::Text | ChannelType::News => base | Permissions::SEND_MESSAGES,
        ChannelType::Voice | ChannelType::Stage => {
            base | Permissions::SEND_MESSAGES | Permissions::CONNECT
        }
        kind if is_thread(kind) => base | Permissions::SEND_MESSAGES_IN_THREADS,
        _ => return Err(Obstacle::NoMessages),
    };
    match kind {
        _ if !threads => Ok(needed),
        ChannelType::Text | ChannelType::News => {
            Ok(needed | Permissions::CREATE_PUBLIC_THREADS | Permissions::SEND_MESSAGES_IN_THREADS)
        }
        _ => Err(Obstacle::NoThreads),
    }
}

fn is_thread(kind: ChannelType) -> bool {
    matches!(
        kind,
        ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread
    )
}

fn lacks(permissions: Permissions) -> Option<Obstacle> {
    let names = permissions.get_permission_names();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    (!names.is_empty()).then_some(Obstacle::Lacks(names))
}

/// Whether Discord says that there is no such channel for the bot.
fn refused(failure: &Failure) -> bool {
    let Failure::Refused { status, .. } = failure else {
        return false;
    };
    [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_channel_takes_what_it_takes() {
        let names = |kind, threads| match needed(kind, threads) {
            Ok(needed) => lacks(needed),
            Err(obstacle) => Some(obstacle),
        };
        let takes = |names: &[&str]| {
            Some(Obstacle::Lacks(
                names.iter().map(ToString::to_string).collect(),
            ))
        };
        let text = ["View Channel", "Send Messages", "Embed Links"];
        for kind in [ChannelType::Text, ChannelType::News] {
            assert_eq!(names(kind, false), takes(&text));
        }
        let voice = ["View Channel", "Send Messages", "Embed Links", "Connect"];
        assert_eq!(names(ChannelType::Voice, false), takes(&voice));
        let thread = ["View Channel", "Embed Links", "Send Messages in Threads"];
        for kind in [ChannelType::PublicThread, ChannelType::NewsThread] {
            assert_eq!(names(kind, false), takes(&thread));
            assert_eq!(names(kind, true), Some(Obstacle::NoThreads));
        }
        assert_eq!(names(ChannelType::Voice, true), Some(Obstacle::NoThreads));
        for kind in [ChannelType::Forum, ChannelType::Category] {
            assert_eq!(names(kind, false), Some(Obstacle::NoMessages));
        }
    }
}
