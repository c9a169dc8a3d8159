//! Connecting, losing the connection and resuming, shards, and what happens in a guild.

use std::collections::BTreeMap;

use chat_sandbox::GatewayFault;
use twilight_gateway::{EventType, Intents};
use twilight_model::guild::Permissions;

use super::*;

/// The messages among events, by id.
fn messages(events: &[Event]) -> Vec<u64> {
    let message = |event: &Event| match event {
        Event::MessageCreate(message) => Some(message.id.get()),
        _ => None,
    };
    events.iter().filter_map(message).collect()
}

#[tokio::test]
async fn a_session_is_resumed_and_no_event_lost() {
    let room = Room::open(Options::default()).await;
    let mut line = room.connect().await;
    let ben = room.person("ben");
    for fault in [
        GatewayFault::Drop,
        GatewayFault::Reconnect,
        GatewayFault::Close(4000),
        GatewayFault::InvalidSession { resumable: true },
    ] {
        let before = ben.say("general", "before").await.id;
        room.sandbox.world().fault(fault);
        let (one, two) = (ben.say("general", "1").await, ben.say("general", "2").await);
        let seen = messages(&line.until(EventType::Resumed).await);
        assert_eq!(seen, [before, one.id, two.id], "{fault:?}");
    }
    let after = ben.say("general", "after").await.id;
    assert_eq!(
        messages(&line.until(EventType::MessageCreate).await),
        [after]
    );
    room.close().await;
}

#[tokio::test]
async fn a_session_that_is_over_is_begun_anew() {
    let room = Room::open(Options::default()).await;
    let mut line = room.connect().await;
    room.sandbox.world().fault(GatewayFault::Close(4009));
    line.until(EventType::Ready).await;
    line.until(EventType::GuildCreate).await;
    room.close().await;
}

#[tokio::test]
async fn guilds_are_split_over_shards_that_identify_at_once() {
    let options = Options {
        guilds: 5,
        rate_limits: true,
        shards: 3,
        max_concurrency: 3,
        ..Options::default()
    };
    let room = Room::open(options).await;
    let intents = Intents::GUILDS | Intents::GUILD_MESSAGES;
    let mut lines = room.shards(intents).await;
    let mut shard_of = BTreeMap::new();
    for (number, line) in lines.iter_mut().enumerate() {
        let hello = line.until(EventType::Ready).await;
        let Some(Event::Ready(ready)) = hello.last() else {
            panic!("the last is READY");
        };
        for guild in &ready.guilds {
            assert_eq!(line.next().await.guild_id(), Some(guild.id));
            shard_of.insert(guild.id.get(), number);
        }
    }
    assert_eq!(shard_of.len(), 5, "{shard_of:?}");
    // What happens in a guild is told to its shard alone, so it is the next event there.
    let ana = room.person("ana");
    for (guild, number) in shard_of {
        assert_eq!((guild >> 22) % 3, number as u64);
        let said = ana.in_guild(guild).say("general", "hello").await.id;
        assert_eq!(messages(&[lines[number].next().await]), [said]);
    }
    room.close().await;
}

#[tokio::test]
async fn whatever_happens_in_a_guild_can_be_read() {
    let room = Room::open(Options::default()).await;
    let mut line = room.connect().await;
    let world = room.sandbox.world();
    let message = read!(room.http.create_message(room.general).content("Talk"));
    let thread = read!(
        room.http
            .create_thread_from_message(room.general, message.id, "Talk")
    );
    let ben = room.person("ben");
    for on in [true, false] {
        ben.try_react(message.id.get(), "👍", on)
            .expect("a reaction");
    }
    world.archive_thread(thread.id.get(), false);
    world.set_permissions(
        "general",
        "ben",
        Permissions::VIEW_CHANNEL,
        Permissions::empty(),
    );
    world.delete_channel(thread.id.get());
    room.http
        .delete_message(room.general, message.id)
        .await
        .expect("deleted");
    ben.say("@bot", "just between us").await;
    room.http
        .create_typing_trigger(room.general)
        .await
        .expect("typed");
    let (guild, _) = world.guild();
    world.delete_channel(room.general.get());
    world.guild_unavailable(guild, true);
    world.guild_unavailable(guild, false);
    world.remove_bot(guild);
    world.add_bot(guild);
    let mut events = line.until(EventType::GuildCreate).await;
    events.extend(line.until(EventType::GuildCreate).await);
    let kinds: Vec<EventType> = events.iter().map(Event::kind).collect();
    let expected = [
        EventType::MessageCreate,
        EventType::ThreadCreate,
        EventType::MessageUpdate,
        EventType::ReactionAdd,
        EventType::ReactionRemove,
        EventType::ThreadUpdate,
        EventType::ChannelUpdate,
        EventType::ThreadDelete,
        EventType::MessageDelete,
        EventType::MessageCreate,
        EventType::TypingStart,
        EventType::ChannelDelete,
        EventType::GuildDelete,
        EventType::GuildCreate,
        EventType::GuildDelete,
        EventType::GuildCreate,
    ];
    assert_eq!(kinds, expected);
    room.close().await;
}
