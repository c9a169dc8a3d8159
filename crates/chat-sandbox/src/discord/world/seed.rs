//! What a new world holds: guilds with their roles and channels, people and the bot, as a [`Seed`] names them.
//!
//! The ids are fixed, so that what a bot keeps about these people in its database still holds the next
//! time the sandbox starts.

use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::json;
use tokio::sync::broadcast;
use twilight_model::{
    channel::{
        Channel, ChannelType,
        permission_overwrite::{PermissionOverwrite, PermissionOverwriteType},
    },
    guild::{Permissions, Role, RoleColors, RoleFlags},
    id::Id,
    user::{User, UserFlags},
};

use super::{
    Change, Guild, Presence, Room, Someone, State, fault::Faults, rates::Rates, session::Gateway,
    shards::Identifies,
};
use crate::{
    common::{Clock, Recorder, SeedChannel, SeedUser, secret},
    discord::{Options, Seed},
};

const GUILD: u64 = 1_200_000_000_000_000_000;
const APPLICATION: u64 = GUILD + 1;
/// What is added to a guild's id to make those of its roles and channels.
const ADMIN_ROLE: u64 = 10;
const BOT_ROLE: u64 = 11;
const FIRST_CHANNEL: u64 = 20;
const FIRST_PERSON: u64 = GUILD + 100;
const FIRST_DIRECT: u64 = GUILD + 200;

/// How many worlds there were in this process.
static WORLDS: AtomicU64 = AtomicU64::new(0);

pub(super) fn state(
    options: &Options,
    address: SocketAddr,
    clock: Arc<Clock>,
    changes: broadcast::Sender<Change>,
) -> State {
    let seed = &options.seed;
    let people = people(seed);
    let mut rooms = direct_rooms(&people);
    let mut guilds = BTreeMap::new();
    for number in 0..options.guilds.max(1) as u64 {
        let name = if number == 0 {
            seed.guild.clone()
        } else {
            format!("Guild {}", number + 1)
        };
        let (guild, theirs) = guild(seed, number, &name);
        rooms.extend(theirs);
        guilds.insert(guild.id, guild);
    }
    State {
        address,
        token: options.token.clone(),
        seed: seed.clone(),
        home: GUILD,
        guilds,
        owner: FIRST_PERSON,
        application: APPLICATION,
        rooms,
        people,
        commands: BTreeMap::new(),
        interactions: BTreeMap::new(),
        modals: HashMap::new(),
        files: HashMap::new(),
        gateway: Gateway::new(
            options.session_starts,
            options.shards,
            Identifies::new(options.max_concurrency, options.rate_limits),
        ),
        recorder: Recorder::default(),
        faults: Faults::default(),
        heartbeat: options.heartbeat,
        rates: Rates::new(options.rate_limits),
        clock,
        last_id: 0,
        worker: WORLDS.fetch_add(1, Ordering::Relaxed) % 1_024,
        changes,
    }
}

/// What `@everyone` may do in a new guild, as far as the sandbox has it.
fn everyone() -> Permissions {
    Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::SEND_MESSAGES_IN_THREADS
        | Permissions::CREATE_PUBLIC_THREADS
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES
        | Permissions::ADD_REACTIONS
        | Permissions::USE_EXTERNAL_EMOJIS
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::USE_SLASH_COMMANDS
        | Permissions::CHANGE_NICKNAME
}

/// The guild of that number, from 0, and its channels. A guild's id is a millisecond later than that of
/// the one before, so that they spread over any number of shards.
pub(super) fn guild(seed: &Seed, number: u64, name: &str) -> (Guild, BTreeMap<u64, Room>) {
    let id = GUILD + (number << 22);
    let held = [
        (APPLICATION, vec![id + BOT_ROLE]),
        (FIRST_PERSON, vec![id + ADMIN_ROLE]),
    ];
    let guild = Guild {
        id,
        name: name.to_owned(),
        roles: roles(id, seed),
        held: held.into(),
        memberships: BTreeMap::new(),
        presence: Presence::Member,
    };
    let channels = seed.channels.iter();
    let channels = channels.filter(|channel| number == 0 || channel.everywhere);
    let rooms = channels.zip(id + FIRST_CHANNEL..).zip(0..);
    let rooms = rooms.map(|((seeded, channel_id), position)| {
        let overwrites = if seeded.admins_only {
            admins_only(id)
        } else {
            Vec::new()
        };
        let room = Room {
            channel: channel((channel_id, id), seeded, position, overwrites),
            messages: BTreeMap::new(),
        };
        (channel_id, room)
    });
    (guild, rooms.collect())
}

/// A role that may do nothing, below all others but that of everybody.
pub fn plain_role(id: u64, name: &str) -> Role {
    role(id, name, 1, 0, Permissions::empty(), false)
}

fn roles(guild: u64, seed: &Seed) -> Vec<Role> {
    vec![
        role(guild, "@everyone", 0, 0, everyone(), false),
        role(
            guild + ADMIN_ROLE,
            "Admin",
            2,
            0x2f_9e_6e,
            Permissions::MANAGE_GUILD,
            false,
        ),
        role(
            guild + BOT_ROLE,
            &seed.application.display,
            1,
            0,
            everyone() | seed.granted,
            true,
        ),
    ]
}

#[expect(
    deprecated,
    reason = "clients still read the field that `colors` replaces"
)]
fn role(
    id: u64,
    name: &str,
    position: i64,
    color: u32,
    permissions: Permissions,
    managed: bool,
) -> Role {
    Role {
        color,
        colors: RoleColors {
            primary_color: color,
            secondary_color: None,
            tertiary_color: None,
        },
        hoist: false,
        icon: None,
        id: Id::new(id),
        managed,
        mentionable: false,
        name: name.to_owned(),
        permissions,
        position,
        flags: RoleFlags::empty(),
        tags: None,
        unicode_emoji: None,
    }
}

fn people(seed: &Seed) -> Vec<Someone> {
    let someone = |seeded: &SeedUser, id, bot| Someone {
        user: user(id, &seeded.name, &seeded.display, bot),
        color: seeded.color,
        key: secret(),
    };
    let bot = someone(&seed.application, APPLICATION, true);
    let people = seed.people.iter().zip(FIRST_PERSON..);
    let people = people.map(|(seeded, id)| someone(seeded, id, false));
    std::iter::once(bot).chain(people).collect()
}

/// A user as others see it. Display names are set, discriminators are gone.
pub(super) fn user(id: u64, name: &str, display: &str, bot: bool) -> User {
    User {
        accent_color: None,
        avatar: None,
        avatar_decoration: None,
        avatar_decoration_data: None,
        banner: None,
        bot,
        discriminator: 0,
        email: None,
        flags: None,
        global_name: Some(display.to_owned()),
        id: Id::new(id),
        locale: None,
        mfa_enabled: None,
        name: name.to_owned(),
        premium_type: None,
        primary_guild: None,
        public_flags: Some(UserFlags::empty()),
        system: None,
        verified: None,
    }
}

/// A channel of each person and the bot.
fn direct_rooms(people: &[Someone]) -> BTreeMap<u64, Room> {
    let people = people.iter().filter(|someone| !someone.user.bot);
    let direct = people
        .zip(FIRST_DIRECT..)
        .map(|(someone, id)| direct(id, &someone.user));
    direct.map(|room| (room.channel.id.get(), room)).collect()
}

/// The channel of one person and the bot.
pub(super) fn direct(id: u64, user: &User) -> Room {
    let mut channel = bare_channel(id, ChannelType::Private);
    channel.recipients = Some(vec![user.clone()]);
    Room {
        channel,
        messages: BTreeMap::new(),
    }
}

fn admins_only(guild: u64) -> Vec<PermissionOverwrite> {
    let overwrite = |id, allow, deny| PermissionOverwrite {
        allow,
        deny,
        id: Id::new(id),
        kind: PermissionOverwriteType::Role,
    };
    vec![
        overwrite(guild, Permissions::empty(), Permissions::VIEW_CHANNEL),
        overwrite(
            guild + ADMIN_ROLE,
            Permissions::VIEW_CHANNEL,
            Permissions::empty(),
        ),
    ]
}

/// A text channel of a guild, without a name.
pub fn text_channel(id: u64, guild: u64) -> Channel {
    let mut channel = bare_channel(id, ChannelType::GuildText);
    channel.guild_id = Some(Id::new(guild));
    channel.topic = Some(String::new());
    channel.position = Some(0);
    channel.nsfw = Some(false);
    channel.rate_limit_per_user = Some(0);
    channel.permission_overwrites = Some(Vec::new());
    channel
}

fn channel(
    (id, guild): (u64, u64),
    seeded: &SeedChannel,
    position: i32,
    overwrites: Vec<PermissionOverwrite>,
) -> Channel {
    let mut channel = text_channel(id, guild);
    channel.name = Some(seeded.name.clone());
    channel.topic = Some(seeded.topic.clone());
    channel.position = Some(position);
    channel.permission_overwrites = Some(overwrites);
    channel
}

/// A channel of which nothing but the id and kind is known.
pub(super) fn bare_channel(id: u64, kind: ChannelType) -> Channel {
    // The only way to a channel without naming its thirty fields.
    serde_json::from_value(json!({ "id": id.to_string(), "type": u8::from(kind), "flags": 0 }))
        .expect("an id and a kind make a channel")
}
