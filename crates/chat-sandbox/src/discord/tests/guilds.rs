//! Many guilds, and guilds that come and go.

use serde_json::json;
use serenity::all::{ChannelId, GuildId};
use tokio::time::Instant;

use super::{refusals::code, *};

/// The id of a channel of a guild.
fn channel(scene: &Scene, guild: u64, name: &str) -> ChannelId {
    let ana = scene.person("ana").in_guild(guild);
    let found = ana
        .channels()
        .into_iter()
        .find(|channel| channel.name == name);
    ChannelId::new(found.expect("the channel").id)
}

#[tokio::test]
async fn people_act_in_one_guild_at_a_time() {
    let scene = Scene::start().await;
    let home = scene.world().guild().0;
    let other = scene.world().add_guild("Elsewhere");
    let guilds = scene.world().guilds();
    assert_eq!(guilds[0].0, home);
    assert_eq!(guilds[1], (other, "Elsewhere".to_owned()));

    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    let names = |person: &Person| -> Vec<String> {
        person
            .channels()
            .into_iter()
            .map(|channel| channel.name)
            .collect()
    };
    assert_eq!(
        names(&ana.in_guild(other)),
        ["general", "news", "staff", "@bot"]
    );
    assert_eq!(names(&ben.in_guild(other)), ["general", "news", "@bot"]);
    assert_eq!(
        names(&ana),
        ["general", "news", "off-topic", "staff", "@bot"]
    );

    let there = ana.in_guild(other);
    let line = "/ask who:@ben place:#news";
    let reply = there.slash("general", line).await.expect("an answer");
    let answer = reply.message().expect("a message");
    assert_eq!(answer.channel, channel(&scene, other, "general").get());
    assert!(
        reply.text().contains("ben") && reply.text().contains("news"),
        "{}",
        reply.text()
    );
    there
        .slash("staff", "/manage")
        .await
        .expect("an admin there, too");
    assert!(
        ana.messages("general").is_empty(),
        "nothing was said at home"
    );
    scene.end().await;
}

#[tokio::test]
async fn a_new_client_is_told_of_a_thousand_guilds_at_once() {
    let options = Options {
        guilds: 1_000,
        ..Options::default()
    };
    let started = Instant::now();
    let scene = Scene::made(options, GatewayIntents::non_privileged()).await;
    let took = started.elapsed();
    assert!(took.as_secs() < 10, "it took {took:?}");
    let guilds = scene.world().guilds();
    assert_eq!(guilds.len(), 1_000);
    let last = guilds[999].0;
    let ben = scene.person("ben").in_guild(last);
    ben.slash("news", "/hello").await.expect("an answer");
    let page = scene.http.get_guilds(None, None).await.expect("a page");
    assert_eq!((page.len(), page[0].id.get()), (200, guilds[0].0));
    scene.end().await;
}

#[tokio::test]
async fn a_bot_thrown_out_is_refused_until_it_is_back() {
    let scene = Scene::start().await;
    let other = scene.world().add_guild("Elsewhere");
    let general = channel(&scene, other, "general");
    general.say(&scene.http, "hi").await.expect("sent");

    scene.world().remove_bot(other);
    assert_eq!(code(general.say(&scene.http, "hi").await).0, 50001);
    assert_eq!(
        code(scene.http.get_guild(GuildId::new(other)).await).0,
        10004
    );
    let ben = scene.person("ben").in_guild(other);
    assert!(ben.commands("general").is_empty());
    assert_eq!(ben.messages("general").len(), 1, "people stay");

    scene.world().add_bot(other);
    general.say(&scene.http, "hi again").await.expect("sent");
    ben.slash("general", "/hello").await.expect("an answer");
    scene.end().await;
}

#[tokio::test]
async fn a_guild_out_of_order_answers_503() {
    let scene = Scene::start().await;
    let home = scene.world().guild().0;
    let general = channel(&scene, home, "general");
    scene.world().guild_unavailable(home, true);
    let hi = general.send_message(
        &scene.http,
        serenity::all::CreateMessage::new().content("hi"),
    );
    assert_eq!(status(hi.await), 503);
    assert_eq!(status(scene.http.get_guild(GuildId::new(home)).await), 503);
    scene.world().guild_unavailable(home, false);
    general.say(&scene.http, "hi").await.expect("sent");
    scene.end().await;
}

#[tokio::test]
async fn coming_and_going_is_told_over_the_gateway() {
    let sandbox = wire::sandbox().await;
    let world = sandbox.world();
    let mut wire = wire::Wire::open(&sandbox, "").await;
    wire.identify(1).await;
    let home = wire.next().await;
    assert_eq!(home["t"], "GUILD_CREATE");
    let other = world.add_guild("Elsewhere");
    let created = wire.next().await;
    assert_eq!(
        (&created["t"], &created["d"]["name"]),
        (&json!("GUILD_CREATE"), &json!("Elsewhere"))
    );
    assert_eq!(created["d"]["channels"].as_array().map(Vec::len), Some(3));
    world.remove_bot(other);
    let gone = wire.next().await;
    assert_eq!(
        (&gone["t"], &gone["d"]),
        (&json!("GUILD_DELETE"), &json!({ "id": other.to_string() }))
    );
    world.add_bot(other);
    assert_eq!(wire.next().await["t"], "GUILD_CREATE");
    world.guild_unavailable(other, true);
    let gone = wire.next().await;
    assert_eq!(
        gone["d"],
        json!({ "id": other.to_string(), "unavailable": true })
    );

    // A client that comes now learns of it in READY alone.
    let mut late = wire::Wire::open(&sandbox, "").await;
    late.send(wire::identify(TOKEN, 1)).await;
    let ready = late.next().await;
    assert_eq!(ready["d"]["guilds"].as_array().map(Vec::len), Some(2));
    assert_eq!(late.next().await["d"]["id"], home["d"]["id"]);
    world.guild_unavailable(other, false);
    assert_eq!(late.next().await["d"]["name"], "Elsewhere");
    sandbox.stop().await;
}

/// The HTTP status of a refusal.
fn status<T: std::fmt::Debug>(result: serenity::Result<T>) -> u16 {
    match result.expect_err("a refusal") {
        serenity::Error::Http(error) => error.status_code().expect("a status").as_u16(),
        other => panic!("{other}"),
    }
}
