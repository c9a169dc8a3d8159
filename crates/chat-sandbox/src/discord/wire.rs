//! What goes over the wire: twilight's types, with the documented fields that those leave out.

mod complete;
mod events;

pub use complete::complete;
pub use events::{deleted, many_deleted, reaction_event, reactions_cleared, typing};
use serde_json::{Value, json};
use twilight_model::{
    application::interaction::{Interaction, InteractionContextType, InteractionPartialGuild},
    channel::{Message, message::MessageType},
    gateway::payload::incoming::Ready,
    guild::{Member, UnavailableGuild},
    id::Id,
    oauth::{ApplicationFlags, PartialApplication},
    user::CurrentUser,
};

use super::world::{Asked, Room, Shard, State, StoredMessage};

/// The version of API and gateway.
pub const VERSION: u64 = 10;

const LOCALE: &str = "en-GB";

/// The largest file one may attach: 10 MiB.
pub const ATTACHMENT_LIMIT: u64 = 10 * 1024 * 1024;

/// A message as REST answers it to the bot.
pub fn message(state: &State, channel: u64, stored: &StoredMessage) -> Value {
    render(state, channel, stored, false)
}

/// A message as its author is answered when they post it: Discord keeps the nonce no longer than that.
pub fn posted(state: &State, channel: u64, stored: &StoredMessage) -> Value {
    let mut value = message(state, channel, stored);
    if let Some(nonce) = &stored.nonce {
        value["nonce"] = nonce.clone();
    }
    value
}

/// A message as the gateway sends it; `blank` without what only the message content intent shows.
pub fn message_event(state: &State, channel: u64, stored: &StoredMessage, blank: bool) -> Value {
    let mut value = render(state, channel, stored, blank);
    if let Some(guild) = state.guild_of(channel) {
        value["guild_id"] = json!(guild.to_string());
        if stored.message.webhook_id.is_none() {
            let author = stored.message.author.id.get();
            if let Some(member) = state.partial_member(guild, author, None) {
                value["member"] = json!(member);
            }
        }
    }
    if let Some(room) = state.rooms.get(&channel) {
        value["channel_type"] = json!(room.channel.kind);
    }
    value
}

fn render(state: &State, channel: u64, stored: &StoredMessage, blank: bool) -> Value {
    let message = stored.message.clone();
    let referenced = referenced(&message).map(|id| {
        let known = state.stored(channel, id);
        known.map(|known| {
            let mut message = known.message.clone();
            message.reference = None;
            shape(state, channel, message, blank)
        })
    });
    let mut value = shape(state, channel, message, blank);
    if !stored.reactions.is_empty() {
        value["reactions"] = json!(stored.wire_reactions(state.application));
    }
    if let Some(referenced) = referenced {
        // Null when it was deleted.
        value["referenced_message"] = json!(referenced);
    }
    value
}

fn shape(state: &State, channel: u64, mut message: Message, blank: bool) -> Value {
    if blank && hidden(state, channel, &message) {
        message.content.clear();
        message.embeds.clear();
        message.components.clear();
        message.attachments.clear();
    }
    let mut value = json!(message);
    // twilight leaves an empty list out; Discord sends it.
    if message.components.is_empty() {
        value["components"] = json!([]);
    }
    complete::number(&mut value["components"]);
    complete::say_defaults(&mut value["components"]);
    // twilight's mentions are less than the users that Discord sends.
    for mention in value["mentions"].as_array_mut().into_iter().flatten() {
        let id = mention["id"].as_str().and_then(|id| id.parse().ok());
        if let Some(someone) = id.and_then(|id| state.someone(id)) {
            mention["global_name"] = json!(someone.user.global_name);
        }
    }
    value
}

fn referenced(message: &Message) -> Option<u64> {
    let reference = message.reference.as_ref()?;
    let replies = matches!(message.kind, MessageType::Reply);
    reference.message_id.filter(|_| replies).map(Id::get)
}

/// "Apps without the intent will receive empty values", except in direct messages and in messages that
/// the app sent or is mentioned in.
fn hidden(state: &State, channel: u64, message: &Message) -> bool {
    let mentioned = message
        .mentions
        .iter()
        .any(|user| user.id.get() == state.application);
    !state.is_direct(channel) && message.author.id.get() != state.application && !mentioned
}

/// What INTERACTION_CREATE carries.
#[expect(
    deprecated,
    reason = "`channel_id` is still sent, and clients require it"
)]
pub fn interaction(state: &State, id: u64, token: &str, asked: Asked) -> Value {
    let guild = state.guild_of(asked.channel);
    let room = &state.rooms[&asked.channel];
    let interaction = Interaction {
        app_permissions: Some(state.app_permissions(asked.channel)),
        application_id: Id::new(state.application),
        attachment_size_limit: ATTACHMENT_LIMIT,
        authorizing_integration_owners: state.installed(asked.channel),
        channel: Some(room.channel.clone()),
        channel_id: Some(room.channel.id),
        context: Some(match guild {
            Some(_) => InteractionContextType::Guild,
            None => InteractionContextType::BotDm,
        }),
        data: Some(asked.data),
        entitlements: Vec::new(),
        guild: guild.map(|guild| InteractionPartialGuild {
            features: Some(Vec::new()),
            id: Some(Id::new(guild)),
            locale: Some(LOCALE.to_owned()),
        }),
        guild_id: guild.map(Id::new),
        guild_locale: guild.map(|_| LOCALE.to_owned()),
        id: Id::new(id),
        kind: asked.kind,
        locale: Some(LOCALE.to_owned()),
        member: guild
            .and_then(|guild| state.partial_member(guild, asked.person, Some(asked.channel))),
        message: None,
        token: token.to_owned(),
        user: guild.is_none().then(|| state.user(asked.person)),
    };
    let mut value = json!(interaction);
    value["version"] = json!(1);
    let options = value
        .pointer_mut("/data/options")
        .and_then(Value::as_array_mut);
    for option in options.into_iter().flatten() {
        name_options(option);
    }
    // Where nothing was resolved, Discord leaves the field out.
    if let Some(data) = value["data"].as_object_mut() {
        data.retain(|field, value| field != "resolved" || !value.is_null());
    }
    value["channel"]["permissions"] = json!(state.permissions(asked.person, asked.channel));
    if let Some(stored) = asked.message.and_then(|id| state.stored(asked.channel, id)) {
        value["message"] = message(state, asked.channel, stored);
    }
    value
}

/// Discord gives every subcommand its options, also when there are none; twilight leaves those out.
fn name_options(option: &mut Value) {
    let subcommand = [1, 2].map(Value::from).contains(&option["type"]);
    if let (true, Some(fields)) = (subcommand, option.as_object_mut()) {
        let options = fields.entry("options").or_insert_with(|| json!([]));
        options
            .as_array_mut()
            .into_iter()
            .flatten()
            .for_each(name_options);
    }
}

/// What READY carries.
pub fn ready(state: &State, session: &str, shard: Option<Shard>) -> Value {
    let its = shard.unwrap_or(Shard::ALL);
    let mut value = json!(Ready {
        application: PartialApplication {
            flags: ApplicationFlags::empty(),
            id: Id::new(state.application),
        },
        guilds: state
            .joined()
            .filter(|guild| its.has(Some(guild.id)))
            .map(|guild| UnavailableGuild {
                id: Id::new(guild.id),
                unavailable: true
            })
            .collect(),
        resume_gateway_url: gateway_url(state),
        session_id: session.to_owned(),
        shard: None,
        user: current_user(state),
        version: VERSION,
    });
    value["application"]["flags_new"] = json!("0");
    // What is a person's only is empty for a bot, and there all the same.
    for field in [
        "private_channels",
        "relationships",
        "presences",
        "guild_join_requests",
        "_trace",
    ] {
        value[field] = json!([]);
    }
    value["user_settings"] = json!({});
    value["session_type"] = json!("normal");
    if let Some(shard) = shard {
        value["shard"] = shard.wire();
    }
    value
}

/// Where clients find the gateway.
pub fn gateway_url(state: &State) -> String {
    format!("ws://{}/gateway", state.address)
}

/// The bot's own user.
pub fn current_user(state: &State) -> CurrentUser {
    let user = state.user(state.application);
    CurrentUser {
        accent_color: None,
        avatar: None,
        banner: None,
        bot: true,
        discriminator: user.discriminator,
        email: None,
        flags: None,
        global_name: user.global_name,
        id: user.id,
        locale: Some(LOCALE.to_owned()),
        mfa_enabled: false,
        name: user.name,
        premium_type: None,
        public_flags: user.public_flags,
        verified: Some(true),
    }
}

/// The application, whose owner is the guilds'.
pub fn application(state: &State) -> Value {
    let bot = state.user(state.application);
    json!({
        "id": state.application.to_string(),
        "name": bot.global_name,
        "icon": null,
        "description": "",
        "summary": "",
        "type": null,
        "redirect_uris": [],
        "rpc_origins": [],
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "explicit_content_filter": 0,
        "bot_public": true,
        "bot_require_code_grant": false,
        "integration_types_config": {},
        "owner": state.user(state.owner),
        "bot": bot,
        "team": null,
        "flags": 0,
        "flags_new": "0",
        "verify_key": "0".repeat(64),
        "approximate_guild_count": state.joined().count(),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
    })
}

/// A guild, which must exist, as REST answers it.
pub fn guild(state: &State, id: u64) -> Value {
    let guild = &state.guilds[&id];
    json!({
        "id": id.to_string(),
        "name": guild.name,
        "owner_id": state.owner.to_string(),
        "roles": guild.roles,
        "preferred_locale": LOCALE,
        "emojis": [], "stickers": [], "features": [],
        "icon": null, "splash": null, "discovery_splash": null, "banner": null,
        "description": null, "vanity_url_code": null, "application_id": null,
        "afk_channel_id": null, "afk_timeout": 300,
        "system_channel_id": null, "system_channel_flags": 0,
        "rules_channel_id": null, "public_updates_channel_id": null,
        "safety_alerts_channel_id": null,
        "verification_level": 1, "default_message_notifications": 1,
        "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0,
        "premium_tier": 0, "premium_subscription_count": 0,
        "premium_progress_bar_enabled": false,
        "home_header": null, "hub_type": null, "incidents_data": null, "nsfw": false, "region": "deprecated",
        "widget_enabled": false, "widget_channel_id": null, "max_presences": null,
        "max_members": 500_000, "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
    })
}

/// What GUILD_CREATE carries: a guild that exists and all its channels, also those the bot may not see,
/// but only active threads that it sees; with all its `members`, or the bot alone.
pub fn guild_create(state: &State, id: u64, members: bool) -> Value {
    let (threads, channels): (Vec<&Room>, Vec<&Room>) = state
        .rooms_of(id)
        .partition(|room| room.channel.kind.is_thread());
    let channels: Vec<_> = channels.iter().map(|room| &room.channel).collect();
    let seen = threads.iter().map(|room| &room.channel);
    let threads: Vec<_> = seen
        .filter(|thread| !state.archived(thread.id.get()))
        .filter(|thread| state.sees(state.application, thread.id.get()))
        .collect();
    let all = state.members_of(id);
    let count = all.len();
    let is_bot = |member: &Member| member.user.id.get() == state.application;
    let joined = all.iter().find(|member| is_bot(member));
    let joined = joined.and_then(|bot| bot.joined_at);
    let told: Vec<Member> = all.into_iter().filter(|it| members || is_bot(it)).collect();
    let mut value = guild(state, id);
    let more = json!({
        "joined_at": joined,
        "large": false,
        "unavailable": false,
        "member_count": count,
        "voice_states": [],
        "members": told,
        "channels": channels,
        "threads": threads,
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    });
    if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
    value
}

#[cfg(test)]
mod tests {
    use twilight_model::{
        channel::Message, gateway::payload::incoming::Ready, guild::Guild, oauth::Application,
    };

    use super::*;
    use crate::discord::{
        Options, World,
        world::{Content, NewMessage},
    };

    #[test]
    fn what_is_written_by_hand_is_what_twilight_reads() {
        let world = World::new(&Options::default(), ([127, 0, 0, 1], 1).into());
        let mut state = world.lock();
        let guild: Guild =
            serde_json::from_value(guild_create(&state, state.home, false)).expect("a guild");
        assert_eq!((guild.channels.len(), guild.members.len()), (4, 1));
        let _: Application = serde_json::from_value(application(&state)).expect("an application");
        let _: Ready = serde_json::from_value(ready(&state, "s", None)).expect("ready");

        let (channel, author) = (guild.channels[0].id.get(), state.owner);
        let id = state.post(NewMessage::regular(author, channel, Content::default()));
        state.react(channel, id, author, "👍");
        let stored = state.stored(channel, id).expect("it was posted");
        let event = message_event(&state, channel, stored, false);
        let message: Message = serde_json::from_value(event).expect("a message");
        assert_eq!(message.reactions[0].count, 1);
    }
}
