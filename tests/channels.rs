//! Channels and servers that go away, and come back.

use chat_sandbox::{MessageView, Options, Permissions, RestFailure, RestFault};
use chrono::Duration;
use greenroom::discord::Timing;
use rusqlite::Connection;

use crate::harness::{Room, shown};

fn let_bot_write(room: &Room, may: bool) {
    let (allow, deny) = match may {
        true => (Permissions::SEND_MESSAGES, Permissions::empty()),
        false => (Permissions::empty(), Permissions::SEND_MESSAGES),
    };
    room.sandbox
        .world()
        .set_permissions("daily", "bot", allow, deny);
}

async fn is_waiting(room: &Room) -> bool {
    let space = room.member(&room.ana).space;
    let schedules = room.app().store.schedules(space).await.expect("read");
    schedules[0].suspension.is_some()
}

#[tokio::test]
async fn a_schedule_waits_for_its_channel_and_resumes_by_itself() {
    let room = Room::with_schedule().await;
    let other = "/schedule set channel:#daily time:09:59 zone:UTC schedule:other";
    shown(room.ana.slash("staff", other).await);
    let_bot_write(&room, false);
    room.advance(Duration::hours(1));
    room.until(async || is_waiting(&room).await).await;

    let told = room.ana.wait_for("@bot", |message| {
        message.text().contains("I can't post the daily")
    });
    insta::assert_snapshot!(room.reads(&told.await), @r"
    I can't post the daily
    Discord does not let me post in the channel of the schedule “daily”: it says “Missing Permissions (Discord's code 50013)”. Let me see it and send messages there, or choose another with `/schedule set`. I try again by myself: after an hour, then less and less often; `/schedule list` says when.
    ");
    let list = room.told(&room.ana, "/schedule list").await;
    insta::assert_snapshot!(list, @r"
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Waiting: I can't post there. Discord says “Missing Permissions (Discord's code 50013)”. Let me see and write in the channel, or set another; trying again Wed 4 March 10:00 (relative)
    other
    #daily · every day · 09:59 UTC · all topics
    Next: Wed 4 March 09:59
    Only you can see this
    ");

    // In a channel one daily comes after another: when this one's is there, the first was not tried.
    let_bot_write(&room, true);
    room.advance(Duration::minutes(59));
    let others = room
        .ben
        .wait_for("daily", |message| message.button("A").is_some())
        .await;
    room.recorded(&others).await;
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(
        list.contains("Waiting"),
        "it is tried again after an hour: {list}"
    );
    room.advance(Duration::minutes(1));
    let daily = room
        .ben
        .wait_for("daily", |m| m.id != others.id && m.button("A").is_some())
        .await;
    assert!(daily.text().contains("4 March 2026"), "{}", daily.text());
    room.until(async || !is_waiting(&room).await).await;
    room.close().await;
}

#[tokio::test]
async fn another_channel_ends_the_waiting_and_gets_the_daily() {
    let room = Room::with_schedule().await;
    let_bot_write(&room, false);
    room.advance(Duration::hours(1));
    room.until(async || is_waiting(&room).await).await;

    shown(
        room.ana
            .slash(
                "staff",
                "/schedule set channel:#off-topic time:09:00 zone:UTC",
            )
            .await,
    );

    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(!list.contains("Waiting"), "{list}");
    room.advance(Duration::minutes(1));
    room.ben
        .wait_for("off-topic", |message| message.button("A").is_some())
        .await;
    room.close().await;
}

#[tokio::test]
async fn a_channel_that_closes_again_is_told_again() {
    let room = Room::with_schedule().await;
    let told = || {
        let messages = room.ana.messages("@bot").into_iter();
        messages
            .filter(|message| message.text().contains("I can't post the daily"))
            .count()
    };
    let_bot_write(&room, false);
    room.advance(Duration::hours(1));
    room.until(async || is_waiting(&room).await && told() == 1)
        .await;

    let_bot_write(&room, true);
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(room.ana.slash("staff", set).await);
    room.next_daily().await;
    let_bot_write(&room, false);
    room.advance(Duration::days(1));

    room.until(async || is_waiting(&room).await && told() == 2)
        .await;
    room.close().await;
}

#[tokio::test]
async fn a_server_that_removed_the_bot_keeps_its_data_for_thirty_days() {
    let options = Options {
        guilds: 2,
        ..Options::default()
    };
    let room = Room::open_with(options, Timing::default()).await;
    let world = room.sandbox.world();
    let (guild, _) = world.guild();
    let (other, _) = world.guilds().remove(1);
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    for ana in [&room.ana, &room.ana.in_guild(other)] {
        shown(ana.slash("staff", set).await);
    }
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, "A").await);
    let space = room.member(&room.ben).space;
    let is_there = async || {
        let spaces = room.app().store.spaces().await.expect("read");
        spaces.contains(&space)
    };

    world.remove_bot(guild);
    room.until(async || !is_there().await).await;
    room.advance(Duration::days(29));
    // The outbox deletes before it posts.
    let april = |message: &MessageView| message.text().contains("2 April 2026");
    room.ben.in_guild(other).wait_for("daily", april).await;
    world.add_bot(guild);
    room.until(is_there).await;
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(stats.contains("1 answer"), "nothing is lost: {stats}");

    world.remove_bot(guild);
    room.until(async || !is_there().await).await;
    room.advance(Duration::days(31));
    let schedules = async || {
        room.app()
            .store
            .schedules(space.clone())
            .await
            .expect("read")
    };
    room.until(async || schedules().await.is_empty()).await;
    let totals = room
        .app()
        .store
        .totals(room.member(&room.ben), greenroom::store::Reader::Themselves)
        .await
        .expect("read");
    assert_eq!(totals.answers, 0, "everything is deleted");
    room.close().await;
}

#[tokio::test]
async fn a_server_without_a_schedule_that_removed_the_bot_while_it_was_away_is_forgotten_too() {
    let mut room = Room::open().await;
    shown(room.ben.slash("general", "/question caching").await);
    let member = room.member(&room.ben);
    let (guild, _) = room.sandbox.world().guild();
    let seen = async |room: &Room| {
        let seen = room.app().store.questions_seen(member.clone()).await;
        seen.expect("read").len()
    };
    assert_eq!(seen(&room).await, 1);

    room.stop_bot().await;
    room.sandbox.world().remove_bot(guild);
    room.start_bot().await;
    let spaces = async || room.app().store.spaces().await.expect("read");
    room.until(async || spaces().await.is_empty()).await;
    room.advance(Duration::days(31));

    room.until(async || seen(&room).await == 0).await;
    room.close().await;
}

#[tokio::test]
async fn a_server_that_removed_the_bot_while_it_was_away_is_sent_nothing() {
    // The server's is the second shard, which connects seconds after the first one.
    let options = Options {
        shards: 2,
        ..Options::default()
    };
    let mut room = Room::open_with(options, Timing::default()).await;
    let world = room.sandbox.world().clone();
    room.until(async || world.sessions_started() == 2).await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(room.ana.slash("staff", set).await);
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, "A").await);
    room.stop_bot().await;

    let (guild, _) = world.guild();
    world.remove_bot(guild);
    room.advance(Duration::days(1));
    let before = world.requests().len();
    room.start_bot().await;
    let spaces = async || room.app().store.spaces().await.expect("read");
    room.until(async || spaces().await.is_empty()).await;
    assert!(!is_waiting(&room).await, "its schedule was suspended");
    room.advance(Duration::days(29));
    world.add_bot(guild);
    room.until(async || !spaces().await.is_empty()).await;
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(stats.contains("1 answer"), "nothing is lost: {stats}");
    room.next_daily().await;

    let requests = world.requests().split_off(before);
    let channel = format!("/channels/{}/messages", daily.channel);
    let posts = requests.iter().filter(|r| r.method == "POST");
    let posts = posts.filter(|request| request.path.ends_with(&channel));
    assert_eq!(posts.count(), 1, "the last daily: {requests:#?}");
    let mut told = room.ana.messages("@bot").into_iter();
    assert!(!told.any(|message| message.text().contains("I can't post")));
    room.close().await;
}

#[tokio::test]
async fn an_outage_is_no_removal() {
    let room = Room::with_schedule().await;
    let world = room.sandbox.world();
    let (guild, _) = world.guild();

    world.guild_unavailable(guild, true);
    world.guild_unavailable(guild, false);

    let daily = room.next_daily().await;
    assert!(daily.text().contains("Daily question"), "{}", daily.text());
    room.close().await;
}

#[tokio::test]
async fn nobody_is_written_to_for_want_of_an_id_and_the_notice_is_done_with() {
    let mut room = Room::with_schedule().await;
    room.stop_bot().await;
    let sql = Connection::open(room.database()).expect("the database");
    let of_another = "UPDATE schedules SET set_by = 'discord:U012AB3CD'";
    assert_eq!(sql.execute(of_another, []).expect("written"), 1);
    drop(sql);
    // Who is written to all the same waits for ever.
    let stalls = RestFault::new(RestFailure::Stall).path("/users/@me/channels");
    room.sandbox.world().fault(stalls);
    room.start_bot().await;
    let_bot_write(&room, false);
    room.advance(Duration::hours(1));
    room.until(async || is_waiting(&room).await).await;
    let done = async || {
        let unsent = room.app().store.unsent_notices().await;
        unsent.expect("read").is_empty()
    };
    room.until(done).await;
    room.close().await;
}
