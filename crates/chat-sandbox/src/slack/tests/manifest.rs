//! Everything that a manifest says has effect.

use serde_json::{Value, json};

use super::{
    Scene,
    app::{next, open},
    button, card,
};
use crate::slack::{AppSeed, Failure, Options, Sandbox};

/// A manifest of an app that may do everything here, but for what is changed in it.
fn manifest(change: impl Fn(&mut Value)) -> AppSeed {
    let mut manifest = json!({
        "display_information": { "name": "Echo" },
        "features": {
            "app_home": { "home_tab_enabled": true, "messages_tab_enabled": true, "messages_tab_read_only_enabled": false },
            "slash_commands": [{ "command": "/echo", "description": "Says it again" }],
            "shortcuts": [{ "name": "Echo this", "type": "message", "callback_id": "echo_this", "description": "Again" }],
        },
        "oauth_config": { "scopes": { "bot": ["commands", "chat:write", "im:write", "channels:history", "groups:history"] } },
        "settings": {
            "event_subscriptions": { "bot_events": ["message.channels", "message.groups", "app_home_opened"] },
            "interactivity": { "is_enabled": true },
            "socket_mode_enabled": true,
        },
    });
    change(&mut manifest);
    AppSeed::from_manifest(&manifest).expect("an app")
}

async fn scene(change: impl Fn(&mut Value)) -> Scene {
    let app = manifest(change);
    Scene::with(Options {
        app,
        ..Options::default()
    })
    .await
}

fn refused<T>(result: Result<T, Failure>) -> bool {
    matches!(result, Err(Failure::Refused(_)))
}

#[tokio::test]
async fn commands_and_shortcuts_are_those_it_names_if_it_has_the_scope() {
    let mut with = scene(|_| {}).await;
    let ana = with.person("ana");
    let (used, _) = tokio::join!(ana.slash("general", "/echo"), with.app.answer(None));
    assert_eq!(used, Ok(()));
    assert!(refused(ana.slash("general", "/other").await));
    with.end().await;
    let without = scene(|it| it["oauth_config"]["scopes"]["bot"] = json!(["chat:write"])).await;
    let ana = without.person("ana");
    let said = ana.say("general", "x").await;
    assert!(refused(ana.slash("general", "/echo").await));
    assert!(refused(ana.use_on_message(&said, "Echo this").await));
    without.end().await;
    let none = scene(|it| it["features"]["slash_commands"] = json!([])).await;
    assert!(refused(none.person("ana").slash("general", "/echo").await));
    none.end().await;
}

#[tokio::test]
async fn events_come_that_it_names_and_has_the_scopes_for() {
    let mut scene = scene(|it| {
        it["oauth_config"]["scopes"]["bot"] = json!(["commands", "groups:history"]);
        it["settings"]["event_subscriptions"]["bot_events"] =
            json!(["message.channels", "message.groups"]);
    })
    .await;
    let ana = scene.person("ana");
    ana.open_home().expect("it has one");
    ana.say("general", "without a scope").await;
    ana.say("@bot", "not named").await;
    ana.say("staff", "heard").await;
    assert_eq!(scene.app.next_event().await["text"], "heard");
    scene.end().await;
}

#[tokio::test]
async fn without_interactivity_nothing_pressed_is_told() {
    let scene = scene(|it| it["settings"]["interactivity"]["is_enabled"] = json!(false)).await;
    let blocks = card("Card", json!([button("Go")]));
    scene
        .post("general", json!({ "text": "x", "blocks": blocks }))
        .await;
    let ana = scene.person("ana");
    let seen = ana.messages("general").remove(0);
    assert!(refused(ana.click(&seen, "Go").await));
    assert!(refused(ana.use_on_message(&seen, "Echo this").await));
    scene.end().await;
}

#[tokio::test]
async fn without_socket_mode_there_is_no_connection() {
    let app = manifest(|it| it["settings"]["socket_mode_enabled"] = json!(false));
    let sandbox = Sandbox::start(Options {
        app,
        ..Options::default()
    })
    .await
    .expect("a free port");
    let http = reqwest::Client::new();
    for _ in 0..2 {
        let mut socket = open(&http, &sandbox.api()).await;
        let told = next(&mut socket).await.expect("a frame");
        assert_eq!(told["reason"], "link_disabled");
        assert_eq!(next(&mut socket).await, None);
        // Clearing faults turns on only what they turned off.
        sandbox.world().clear_faults();
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn home_and_direct_messages_are_there_if_it_has_the_tabs() {
    let closed = scene(|it| {
        it["features"]["app_home"] =
            json!({ "home_tab_enabled": false, "messages_tab_enabled": false });
    })
    .await;
    let ana = closed.person("ana");
    assert!(refused(ana.open_home()) && refused(ana.try_say("@bot", "x")));
    let home = json!({ "user_id": ana.id(), "view": { "type": "home", "blocks": [] } });
    assert_eq!(
        closed.app.call("views.publish", home).await["error"],
        "not_enabled"
    );
    let opened = closed
        .app
        .call("conversations.open", json!({ "users": ana.id() }))
        .await;
    for channel in [json!(ana.id()), opened["channel"]["id"].clone()] {
        let body = json!({ "channel": channel, "text": "x" });
        let answer = closed.app.call("chat.postMessage", body).await;
        assert_eq!(answer["error"], "messages_tab_disabled");
    }
    closed.end_with(&["not_enabled"]).await;
    let read_only =
        scene(|it| it["features"]["app_home"]["messages_tab_read_only_enabled"] = json!(true))
            .await;
    let ana = read_only.person("ana");
    let body = json!({ "channel": ana.id(), "text": "x" });
    assert_eq!(
        read_only.app.call("chat.postMessage", body).await["ok"],
        true
    );
    assert_eq!(ana.messages("@bot").len(), 1);
    assert!(refused(ana.try_say("@bot", "y")));
    read_only.end().await;
}
