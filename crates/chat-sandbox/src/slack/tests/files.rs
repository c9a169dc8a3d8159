//! Files, reactions, pins and what happens to channels.

use serde_json::{Value, json};

use super::Scene;

#[tokio::test]
async fn a_file_is_announced_uploaded_and_shared() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let opened = scene
        .app
        .call("conversations.open", json!({ "users": ana.id() }))
        .await;
    let direct = &opened["channel"]["id"];
    let announced = scene
        .app
        .call(
            "files.getUploadURLExternal",
            json!({ "filename": "all.json", "length": 4 }),
        )
        .await;
    let share = json!({ "files": [{ "id": announced["file_id"], "title": "All" }], "channel_id": direct, "initial_comment": "Here" });
    assert_eq!(
        scene
            .app
            .call("files.completeUploadExternal", share.clone())
            .await["error"],
        "file_not_found"
    );
    let url = announced["upload_url"].as_str().expect("an address");
    let upload = |bytes: &'static [u8]| scene.app.http.post(url).body(bytes).send();
    assert_eq!(upload(b"too long").await.expect("an answer").status(), 400);
    assert_eq!(upload(b"data").await.expect("an answer").status(), 200);
    let shared = scene.app.call("files.completeUploadExternal", share).await;
    assert_eq!(shared["files"][0]["title"], "All", "{shared}");
    let seen = ana.messages("@bot").remove(0);
    assert_eq!(
        (seen.text.as_str(), seen.files),
        ("Here", vec!["All".to_owned()])
    );
    assert_eq!(
        scene.sandbox.world().files()[0].bytes.as_deref(),
        Some(&b"data"[..])
    );
    let big = scene
        .app
        .call(
            "files.getUploadURLExternal",
            json!({ "filename": "x", "length": u32::MAX }),
        )
        .await;
    assert_eq!(big["error"], "file_upload_size_restricted");
    scene.stop().await;
}

#[tokio::test]
async fn a_message_is_reacted_to_and_pinned_once() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let said = ana.say("general", "hello").await;
    let body = |more: Value| {
        let mut body = json!({ "channel": said.channel, "timestamp": said.ts });
        body["name"] = more;
        body
    };
    assert_eq!(
        scene.app.call("reactions.add", body(json!("tada"))).await["ok"],
        true
    );
    assert_eq!(
        scene.app.event("reaction_added").await["item_user"],
        ana.id()
    );
    assert_eq!(
        scene.app.call("reactions.add", body(json!("tada"))).await["error"],
        "already_reacted"
    );
    assert_eq!(
        scene
            .app
            .call("reactions.add", body(json!("no such name!")))
            .await["error"],
        "invalid_name"
    );
    assert_eq!(
        scene.app.call("pins.add", body(Value::Null)).await["ok"],
        true
    );
    assert_eq!(
        scene.app.call("pins.add", body(Value::Null)).await["error"],
        "already_pinned"
    );
    let seen = ana.again(&said).expect("still there");
    assert_eq!(
        (seen.reactions, seen.pinned),
        (vec![("tada".to_owned(), 1)], true)
    );
    scene.end_with(&["invalid_name"]).await;
}

#[tokio::test]
async fn the_app_is_told_what_happens_to_channels_it_is_in() {
    let mut scene = Scene::start().await;
    let world = scene.sandbox.world();
    scene.person("ana").invite_bot("random").expect("invited");
    assert_eq!(
        scene.app.event("member_joined_channel").await["channel"],
        scene.channel("random").as_str()
    );
    world.rename("news", "old-news");
    assert_eq!(
        scene.app.event("channel_rename").await["channel"]["name"],
        "old-news"
    );
    world.archive("old-news", true);
    assert_eq!(
        scene.app.event("channel_archive").await["channel"],
        scene.channel("old-news").as_str()
    );
    assert!(scene.person("ana").try_say("old-news", "x").is_err());
    world.archive("staff", true);
    scene.app.event("group_archive").await;
    world.delete_channel("staff");
    assert!(scene.app.event("group_deleted").await["channel"].is_string());
    assert!(scene.person("ana").try_say("staff", "x").is_err());
    world.remove_bot("random");
    scene.app.event("member_left_channel").await;
    world.uninstall();
    assert!(scene.app.event("tokens_revoked").await["tokens"]["bot"].is_array());
    scene.app.event("app_uninstalled").await;
    scene.end().await;
}
