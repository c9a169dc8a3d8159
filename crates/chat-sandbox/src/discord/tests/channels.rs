//! Channels that are deleted, threads that are archived.

use chrono::Duration;
use serde_json::json;
use serenity::all::{AutoArchiveDuration, ChannelId, CreateThread, EditMessage};
use twilight_model::guild::Permissions;

use super::{refusals::code, wire::Wire, *};

fn channel(person: &Person, name: &str) -> ChannelId {
    let all = person.channels();
    let found = all.iter().find(|channel| channel.name == name);
    ChannelId::new(found.expect("the channel").id)
}

#[tokio::test]
async fn a_deleted_channel_is_unknown() {
    let scene = Scene::start().await;
    let other = scene.world().add_guild("Elsewhere");
    let ana = scene.person("ana").in_guild(other);
    let news = channel(&ana, "news");
    let sent = news.say(&scene.http, "hi").await.expect("sent");
    let again = ana.slash("news", "/hello").await.expect("an answer");
    scene.world().delete_channel(news.get());
    assert_eq!(code(news.say(&scene.http, "hi").await).0, 10003);
    assert_eq!(code(news.message(&scene.http, sent.id).await).0, 10003);
    assert!(ana.channels().iter().all(|channel| channel.name != "news"));
    let gone = ana
        .click(again.message().expect("a message"), "Again")
        .await;
    assert!(gone.is_err());
    let home = scene.person("ana");
    assert!(home.channels().iter().any(|channel| channel.name == "news"));
    scene.end().await;
}

#[tokio::test]
async fn permissions_are_set_in_any_guilds_channel() {
    let scene = Scene::start().await;
    let other = scene.world().add_guild("Elsewhere");
    let news = channel(&scene.person("ana").in_guild(other), "news");
    let set = |deny| {
        let none = Permissions::empty();
        scene
            .world()
            .set_permissions(&news.to_string(), "@everyone", none, deny);
    };
    set(Permissions::SEND_MESSAGES);
    assert_eq!(code(news.say(&scene.http, "hi").await).0, 50013);
    set(Permissions::VIEW_CHANNEL);
    assert_eq!(code(news.say(&scene.http, "hi").await).0, 50001);
    let home = channel(&scene.person("ana"), "news");
    home.say(&scene.http, "hi").await.expect("sent");
    scene.end().await;
}

#[tokio::test]
async fn an_archived_thread_takes_messages_unless_it_is_locked() {
    let scene = Scene::start().await;
    let (http, ben) = (&scene.http, scene.person("ben"));
    let general = channel(&ben, "general");
    let message = general.say(http, "talk it over").await.expect("sent");
    let thread = CreateThread::new("Talk").auto_archive_duration(AutoArchiveDuration::OneDay);
    let thread = general
        .create_thread_from_message(http, message.id, thread)
        .await;
    let thread = thread.expect("a thread").id;
    let mut said = thread.say(http, "so?").await.expect("sent");

    scene.world().archive_thread(thread.get(), false);
    let edit = |text: &str| EditMessage::new().content(text);
    assert_eq!(code(said.edit(http, edit("well?")).await).0, 50083);
    assert_eq!(code(said.react(http, '👍').await).0, 50083);
    assert!(ben.slash("Talk", "/hello").await.is_err());
    thread.say(http, "again").await.expect("it is active again");
    said.edit(http, edit("well?")).await.expect("edited");

    scene.world().archive_thread(thread.get(), true);
    assert_eq!(code(thread.say(http, "hi").await).0, 50083);
    assert!(ben.try_say("Talk", "hi", None, false).is_err());
    assert_eq!(ben.messages("Talk").len(), 2);
    scene.end().await;
}

#[tokio::test]
async fn a_thread_in_which_nobody_speaks_is_archived_in_time() {
    let scene = Scene::start().await;
    let (http, ben) = (&scene.http, scene.person("ben"));
    let general = channel(&ben, "general");
    let message = general.say(http, "talk it over").await.expect("sent");
    let thread = CreateThread::new("Talk").auto_archive_duration(AutoArchiveDuration::OneDay);
    let thread = general
        .create_thread_from_message(http, message.id, thread)
        .await;
    let thread = thread.expect("a thread").id.get();
    let archived = || {
        let mut channels = ben.channels().into_iter();
        let thread = channels.find(|channel| channel.id == thread);
        thread.expect("it is there").archived
    };
    scene.world().advance(Duration::hours(23));
    assert!(!archived());
    ben.say("Talk", "so?").await;
    scene.world().advance(Duration::hours(23));
    assert!(!archived());
    scene.world().advance(Duration::hours(1));
    assert!(archived());
    ben.say("Talk", "well?").await;
    assert!(!archived());
    scene.end().await;
}

#[tokio::test]
async fn the_gateway_tells_of_what_is_deleted() {
    let sandbox = wire::sandbox().await;
    let news = channel(&sandbox.person("ana"), "news");
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(1).await;
    assert_eq!(wire.next().await["t"], "GUILD_CREATE");
    sandbox.world().delete_channel(news.get());
    let gone = wire.next().await;
    let told = (&gone["t"], &gone["d"]["id"]);
    assert_eq!(told, (&json!("CHANNEL_DELETE"), &json!(news.to_string())));
    sandbox.stop().await;
}
