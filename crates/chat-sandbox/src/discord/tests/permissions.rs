//! Who may do what where: roles, members and the overwrites of channels.

use serde_json::json;
use serenity::all::{CreateThread, ReactionType};
use twilight_model::guild::Permissions;

use super::{
    refusals::{channel, code, post},
    *,
};

const NONE: Permissions = Permissions::empty();

#[tokio::test]
async fn permissions_decide_where_the_bot_may_write() {
    let scene = Scene::start().await;
    let hi = || json!({ "content": "hi" });
    assert_eq!(post(&scene, "staff", hi()).await.0, 50001);
    let none = Permissions::empty();
    scene
        .world()
        .set_permissions("general", "bot", none, Permissions::SEND_MESSAGES);
    assert_eq!(post(&scene, "general", hi()).await.0, 50013);
    scene
        .world()
        .set_permissions("general", "bot", none, Permissions::EMBED_LINKS);
    assert_eq!(
        post(&scene, "general", json!({ "embeds": [{ "title": "hi" }] }))
            .await
            .0,
        50013
    );
    let sent = channel(&scene, "general").say(&scene.http, "hi").await;
    assert!(sent.is_ok(), "text needs no more than sending: {sent:?}");

    scene
        .world()
        .set_permissions("general", "ben", none, Permissions::VIEW_CHANNEL);
    assert!(
        scene
            .person("ben")
            .channels()
            .iter()
            .all(|channel| channel.name != "general")
    );
    scene.end().await;
}

/// Overwrites of #general, one after another, and what the bot, whose role is called Sandbox Bot, is then
/// told when it posts.
#[tokio::test]
async fn overwrites_of_everyone_come_before_those_of_roles_and_members() {
    let (send, view) = (Permissions::SEND_MESSAGES, Permissions::VIEW_CHANNEL);
    let table = [
        ("@everyone", NONE, send, Some(50013)),
        ("Sandbox Bot", send, NONE, None),
        ("bot", NONE, send, Some(50013)),
        ("bot", NONE, NONE, None),
        ("@everyone", NONE, view, Some(50001)),
        ("Sandbox Bot", NONE, send, Some(50001)),
        ("bot", view | send, NONE, None),
        ("@everyone", view | send, NONE, None),
        ("bot", NONE, NONE, Some(50013)),
    ];
    let scene = Scene::start().await;
    let general = channel(&scene, "general");
    for (who, allow, deny, refused) in table {
        scene.world().set_permissions("general", who, allow, deny);
        let sent = general.say(&scene.http, "hi").await;
        let told = sent.is_err().then(|| code(sent).0);
        assert_eq!(told, refused, "{who} {allow:?} {deny:?}");
    }
    scene.end().await;
}

/// What the bot does in #general, and the permission that it takes.
#[tokio::test]
async fn each_thing_takes_its_permission() {
    let scene = Scene::start().await;
    let (world, http) = (scene.world(), &scene.http);
    let general = channel(&scene, "general");
    let said = scene.person("ben").say("general", "hello").await.id;
    let without = |permission| world.set_permissions("general", "bot", NONE, permission);

    without(Permissions::ADD_REACTIONS);
    let emoji = || ReactionType::Unicode("👍".to_owned());
    assert_eq!(
        code(http.create_reaction(general, said.into(), &emoji()).await).0,
        50013
    );
    without(Permissions::CREATE_PUBLIC_THREADS);
    let thread = general.create_thread_from_message(http, said, CreateThread::new("Talk"));
    assert_eq!(code(thread.await).0, 50013);
    without(Permissions::READ_MESSAGE_HISTORY);
    assert_eq!(code(http.get_message(general, said.into()).await).0, 50013);
    let reply = json!({ "content": "hi", "message_reference": { "message_id": said.to_string() } });
    let (refused, places) = post(&scene, "general", reply).await;
    assert_eq!(refused, 50035);
    assert_eq!(
        places,
        ["message_reference REPLIES_CANNOT_REPLY_WITHOUT_READ_HISTORY"]
    );
    without(Permissions::ATTACH_FILES);
    let file = serenity::all::CreateAttachment::bytes(&b"a"[..], "a.txt");
    let sent = http.send_message(general, vec![file], &json!({})).await;
    assert_eq!(code(sent).0, 50013);
    without(Permissions::SEND_MESSAGES);
    assert_eq!(code(http.broadcast_typing(general).await).0, 50013);
    scene.stop().await;
}

#[tokio::test]
async fn there_are_only_so_many_commands_reactions_and_lines() {
    let scene = Scene::start().await;
    let http = &scene.http;
    let guild = scene.world().guild().0.into();
    let menu = |n: usize| json!({ "name": format!("menu {n}"), "type": 2 });
    for n in 0..15 {
        http.create_guild_command(guild, &menu(n))
            .await
            .expect("made");
    }
    http.create_guild_command(guild, &menu(0))
        .await
        .expect("in place of the first");
    assert_eq!(
        code(http.create_guild_command(guild, &menu(15)).await).0,
        30032
    );

    let general = channel(&scene, "general");
    let said = scene.person("ben").say("general", "hello").await.id;
    let emoji = |n: u32| {
        let symbol = char::from_u32(0x1_f34e + n).expect("a fruit or vegetable");
        ReactionType::Unicode(symbol.to_string())
    };
    for n in 0..20 {
        general
            .create_reaction(http, said, emoji(n))
            .await
            .expect("reacted");
    }
    assert_eq!(
        code(general.create_reaction(http, said, emoji(20)).await).0,
        30010
    );

    let places = |refused: (isize, Vec<String>)| refused.1;
    let guilds = http.get_guilds(None, Some(0)).await;
    assert_eq!(places(code(guilds)), ["limit NUMBER_TYPE_MIN"]);
    let messages = http.get_messages(general, None, Some(101)).await;
    assert_eq!(places(code(messages)), ["limit NUMBER_TYPE_MAX"]);
    let slow = CreateThread::new("Talk").rate_limit_per_user(21_601);
    let thread = general.create_thread_from_message(http, said, slow).await;
    assert_eq!(
        places(code(thread)),
        ["rate_limit_per_user NUMBER_TYPE_MAX"]
    );
    scene.stop().await;
}
