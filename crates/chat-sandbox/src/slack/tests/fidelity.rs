//! Where a Slack that is easier to please would mislead a bot.

use serde_json::{Value, json};

use super::{Scene, button, card};

#[tokio::test]
async fn an_edit_keeps_what_it_does_not_name_unless_it_has_a_text() {
    let scene = Scene::start().await;
    let metadata = json!({ "event_type": "kept", "event_payload": {} });
    let posted = scene
        .post(
            "general",
            json!({
                "text": "x", "blocks": card("Card", json!([button("Go")])), "metadata": metadata,
                "attachments": [{ "fallback": "a", "text": "b" }],
            }),
        )
        .await;
    let edit = async |more: Value| {
        let mut body = json!({ "channel": posted["channel"], "ts": posted["ts"] });
        for (key, value) in more.as_object().expect("an object") {
            body[key] = value.clone();
        }
        let answer = scene.app.call("chat.update", body).await;
        assert_eq!(answer["ok"], true, "{answer}");
        let message = &answer["message"];
        ["blocks", "attachments", "metadata"].map(|key| message.get(key).is_some())
    };
    assert_eq!(
        edit(json!({ "blocks": card("New", json!([button("Go")])) })).await,
        [true, true, true]
    );
    assert_eq!(
        edit(json!({ "attachments": [{ "text": "c" }] })).await,
        [true, true, true]
    );
    assert_eq!(
        edit(json!({ "attachments": [], "blocks": card("New", json!([button("Go")])) })).await,
        [true, false, true]
    );
    assert_eq!(
        edit(json!({ "attachments": [{ "text": "c" }] })).await,
        [true, true, true]
    );
    assert_eq!(edit(json!({ "text": "alone" })).await, [false, false, true]);
    assert_eq!(
        edit(json!({ "text": "alone", "metadata": {} })).await,
        [false, false, false]
    );
    scene.end().await;
}

#[tokio::test]
async fn an_ephemeral_message_is_for_people_in_the_channel_alone() {
    let scene = Scene::start().await;
    let world = scene.sandbox.world();
    world.set_scope("chat:write.public", true);
    let bot = scene.app.call("auth.test", json!({})).await["user_id"].clone();
    let id = |name: &str| json!(scene.person(name).id());
    let tell = async |channel: &str, user: Value| {
        let body = json!({ "channel": scene.channel(channel), "user": user, "text": "psst" });
        let answer = scene.app.call("chat.postEphemeral", body).await;
        answer["error"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(tell("news", id("ana")).await, "");
    assert_eq!(tell("news", id("dai")).await, "user_not_in_channel");
    assert_eq!(tell("news", json!("U1")).await, "user_not_in_channel");
    assert_eq!(tell("news", bot).await, "user_not_in_channel");
    // That the bot may post there does not help.
    assert_eq!(tell("random", id("ana")).await, "not_in_channel");
    world.set_person("ben", false, true);
    assert_eq!(tell("news", id("ben")).await, "user_not_in_channel");
    scene.end().await;
}

#[tokio::test]
async fn a_thread_has_to_be_there_wherever_one_is_named() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let said = ana.say("general", "hello").await;
    let reply = ana.reply(&said, "hello again").await;
    let (_, payload) = tokio::join!(ana.slash("general", "/echo"), scene.app.answer(None));
    for (thread, there) in [
        ("1.000001", false),
        ("soon", false),
        (reply.ts.as_str(), true),
    ] {
        let body =
            json!({ "channel": said.channel, "user": ana.id(), "text": "x", "thread_ts": thread });
        for method in ["chat.postMessage", "chat.postEphemeral"] {
            let answer = scene.app.call(method, body.clone()).await;
            assert_eq!(answer["ok"], there, "{method} {answer}");
        }
        let status = scene
            .app
            .respond(&payload, json!({ "text": "x", "thread_ts": thread }))
            .await;
        assert_eq!(status == 200, there, "{status}");
        let asked = json!({ "filename": "a", "length": 1 });
        let file = scene.app.call("files.getUploadURLExternal", asked).await;
        let url = file["upload_url"].as_str().expect("an address");
        scene
            .app
            .http
            .post(url)
            .body("a")
            .send()
            .await
            .expect("an answer");
        let share = json!({ "files": [{ "id": file["file_id"] }], "channel_id": said.channel, "thread_ts": thread });
        let answer = scene.app.call("files.completeUploadExternal", share).await;
        assert_eq!(answer["ok"], there, "{answer}");
    }
    // Whoever replies to a reply is in its thread.
    let seen = ana.messages("general");
    assert_eq!(seen.len(), 6);
    assert!(
        seen[1..]
            .iter()
            .all(|view| view.thread.as_deref() == Some(said.ts.as_str()))
    );
    scene.stop().await;
}
