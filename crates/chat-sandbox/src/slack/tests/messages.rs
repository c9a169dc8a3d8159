//! Messages, threads and ephemerals.

use serde_json::{Value, json};

use super::{Scene, button, card};
use crate::slack::{Fault, MessageView};

#[tokio::test]
async fn a_message_is_posted_changed_and_deleted_and_the_app_hears_of_each() {
    let mut scene = Scene::start().await;
    let answer = scene
        .post(
            "general",
            json!({ "text": "First", "blocks": card("*First*", json!([button("Go")])) }),
        )
        .await;
    let message = &answer["message"];
    assert_eq!(
        (&message["text"], &message["ts"]),
        (&json!("First"), &answer["ts"])
    );
    assert!(
        message["blocks"][0]["block_id"]
            .as_str()
            .is_some_and(|id| !id.is_empty())
    );
    let event = scene.app.event("message").await;
    assert_eq!(
        (&event["ts"], &event["bot_id"]),
        (&answer["ts"], &message["bot_id"])
    );
    assert_eq!(event["channel_type"], "channel");
    let ana = scene.person("ana");
    let seen = ana.messages("general");
    assert_eq!(
        (seen[0].text(), seen[0].buttons()),
        ("*First*".to_owned(), vec!["Go".to_owned()])
    );
    let change =
        json!({ "channel": answer["channel"], "ts": answer["ts"], "text": "Second", "blocks": [] });
    let changed = scene.app.call("chat.update", change).await;
    assert_eq!(
        (&changed["ok"], &changed["text"]),
        (&json!(true), &json!("Second"))
    );
    let event = scene.app.event("message").await;
    assert_eq!(
        (&event["subtype"], &event["previous_message"]["text"]),
        (&json!("message_changed"), &json!("First"))
    );
    assert!(ana.messages("general")[0].edited);
    let gone = scene
        .app
        .call(
            "chat.delete",
            json!({ "channel": answer["channel"], "ts": answer["ts"] }),
        )
        .await;
    assert_eq!(gone["ok"], true);
    assert_eq!(
        scene.app.event("message").await["subtype"],
        "message_deleted"
    );
    assert_eq!(ana.messages("general"), []);
    let again = scene
        .app
        .call(
            "chat.delete",
            json!({ "channel": answer["channel"], "ts": answer["ts"] }),
        )
        .await;
    assert_eq!(again["error"], "message_not_found");
    scene.end().await;
}

#[tokio::test]
async fn where_the_bot_is_not_it_cannot_post() {
    let scene = Scene::start().await;
    let try_in = |channel: String| scene_call(&scene, channel);
    assert_eq!(try_in(scene.channel("random")).await, "not_in_channel");
    assert_eq!(try_in("C1".to_owned()).await, "channel_not_found");
    scene.sandbox.world().archive("news", true);
    assert_eq!(try_in(scene.channel("news")).await, "is_archived");
    scene.person("ana").invite_bot("random").expect("invited");
    assert_eq!(try_in(scene.channel("random")).await, "");
    scene.sandbox.world().remove_bot("random");
    assert_eq!(try_in(scene.channel("random")).await, "not_in_channel");
    let ana = scene.person("ana");
    assert_eq!(try_in(ana.id().to_owned()).await, "");
    assert_eq!(ana.messages("@bot")[0].text, "x");
    scene.end().await;
}

/// The error of posting in a channel, or nothing.
async fn scene_call(scene: &Scene, channel: String) -> String {
    let answer = scene
        .app
        .call(
            "chat.postMessage",
            json!({ "channel": channel, "text": "x" }),
        )
        .await;
    answer["error"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn texts_blocks_and_metadata_beyond_the_limits_are_refused() {
    let scene = Scene::start().await;
    let channel = scene.channel("general");
    let long = |count: usize| "x".repeat(count);
    let section = |count: usize| json!({ "type": "section", "text": { "type": "mrkdwn", "text": "x".repeat(count) } });
    for (body, error) in [
        (json!({}), "no_text"),
        (json!({ "blocks": "{" }), "invalid_blocks_format"),
        (json!({ "blocks": [{ "type": "poll" }] }), "invalid_blocks"),
        (json!({ "blocks": [section(3_001)] }), "invalid_blocks"),
        (
            json!({ "blocks": vec![section(2_700); 5] }),
            "msg_blocks_too_long",
        ),
        (
            json!({ "text": "x", "markdown_text": "y" }),
            "markdown_text_conflict",
        ),
        (
            json!({ "text": "x", "metadata": "{" }),
            "invalid_metadata_format",
        ),
        (
            json!({ "text": "x", "metadata": { "event_type": "a b", "event_payload": {} } }),
            "invalid_metadata_schema",
        ),
        (
            json!({ "text": "x", "metadata": { "event_type": "a", "event_payload": { "b": long(9_000) } } }),
            "metadata_too_large",
        ),
        (
            json!({ "text": "x", "thread_ts": "1.2" }),
            "cannot_reply_to_message",
        ),
    ] {
        let mut asked = body.clone();
        asked["channel"] = json!(channel);
        let answer = scene.app.call("chat.postMessage", asked).await;
        assert_eq!(answer["error"], error, "{body}");
        assert_eq!(
            error == "invalid_blocks",
            answer["response_metadata"]["messages"].is_array()
        );
    }
    let cut = scene.post("general", json!({ "text": long(50_000) })).await;
    assert_eq!(cut["message"]["text"].as_str().map(str::len), Some(40_000));
    let change = json!({ "channel": channel, "ts": cut["ts"], "text": long(4_001) });
    assert_eq!(
        scene.app.call("chat.update", change).await["error"],
        "msg_too_long"
    );
    let mute = scene
        .post("general", json!({ "blocks": [section(1)] }))
        .await;
    assert_eq!(
        mute["response_metadata"]["warnings"],
        json!(["missing_text_in_message"])
    );
    scene.stop().await;
}

#[tokio::test]
async fn history_is_read_newest_first_and_tells_metadata_only_when_asked() {
    let scene = Scene::start().await;
    let metadata = json!({ "event_type": "daily", "event_payload": { "id": 7 } });
    let first = scene
        .post("general", json!({ "text": "one", "metadata": metadata }))
        .await;
    for text in ["two", "three"] {
        scene.post("general", json!({ "text": text })).await;
    }
    let read = |more: Value| {
        let mut body = json!({ "channel": first["channel"] });
        for (key, value) in more.as_object().expect("an object") {
            body[key] = value.clone();
        }
        async { scene.app.call("conversations.history", body).await }
    };
    let texts = |answer: &Value| -> Vec<String> {
        let all = answer["messages"].as_array().expect("messages").iter();
        all.map(|message| message["text"].as_str().expect("a text").to_owned())
            .collect()
    };
    let all = read(json!({})).await;
    assert_eq!(texts(&all), ["three", "two", "one"]);
    assert!(all["messages"][2].get("metadata").is_none());
    let told = read(json!({ "include_all_metadata": true })).await;
    assert_eq!(told["messages"][2]["metadata"], metadata);
    let page = read(json!({ "limit": 2 })).await;
    assert_eq!((texts(&page).len(), &page["has_more"]), (2, &json!(true)));
    let rest =
        read(json!({ "limit": 2, "cursor": page["response_metadata"]["next_cursor"] })).await;
    assert_eq!(
        (texts(&rest), &rest["has_more"]),
        (vec!["one".to_owned()], &json!(false))
    );
    let after = read(json!({ "oldest": first["ts"] })).await;
    assert_eq!(texts(&after), ["three", "two"]);
    let from = read(json!({ "oldest": first["ts"], "inclusive": true })).await;
    assert_eq!(texts(&from).len(), 3);
    assert_eq!(
        read(json!({ "oldest": "soon" })).await["error"],
        "invalid_ts_oldest"
    );
    scene
        .sandbox
        .world()
        .fault(Fault::HistoryLags(std::time::Duration::from_secs(5)));
    assert_eq!(texts(&read(json!({})).await), [""; 0]);
    scene.sandbox.world().advance(chrono::Duration::seconds(6));
    assert_eq!(texts(&read(json!({})).await).len(), 3);
    scene.end_with(&["invalid_ts_oldest"]).await;
}

#[tokio::test]
async fn a_reply_is_in_the_thread_and_the_app_hears_whose_thread_it_is() {
    let mut scene = Scene::start().await;
    let parent = scene.post("general", json!({ "text": "Lunch" })).await;
    scene.app.event("message").await;
    let ben = scene.person("ben");
    let lunch = ben.wait_for("general", |view| view.text == "Lunch").await;
    let reply = ben.reply(&lunch, "B & <me>").await;
    let event = scene.app.event("message").await;
    assert_eq!(
        (&event["thread_ts"], &event["user"]),
        (&parent["ts"], &json!(ben.id()))
    );
    assert_eq!(event["parent_user_id"], parent["message"]["user"]);
    assert_eq!(event["text"], "B &amp; &lt;me&gt;");
    assert_eq!(
        (reply.text().as_str(), reply.thread.as_deref()),
        ("B & <me>", parent["ts"].as_str())
    );
    let body = json!({ "channel": parent["channel"], "ts": parent["ts"] });
    let thread = scene.app.call("conversations.replies", body).await;
    assert_eq!(thread["messages"][0]["reply_count"], 1);
    assert_eq!(thread["messages"][1]["ts"], reply.ts.as_str());
    let flat = scene
        .app
        .call(
            "conversations.history",
            json!({ "channel": parent["channel"] }),
        )
        .await;
    assert_eq!(flat["messages"].as_array().map(Vec::len), Some(1));
    assert_eq!(ben.again(&lunch).map(|view| view.replies), Some(1));
    scene.end().await;
}

#[tokio::test]
async fn a_mention_is_an_event_of_its_own_and_another_channel_is_none_of_the_bots_business() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    ana.say("random", "not for the bot").await;
    ana.say("staff", "@sandbox-bot hello").await;
    // What was said elsewhere would have come first.
    let mention = scene.app.next_event().await;
    assert_eq!(mention["type"], "app_mention");
    assert!(
        mention["text"]
            .as_str()
            .is_some_and(|text| text.starts_with("<@U")),
        "{mention}"
    );
    let message = scene.app.next_event().await;
    assert_eq!(
        (&message["type"], &message["channel_type"]),
        (&json!("message"), &json!("group"))
    );
    ana.say("@bot", "between us").await;
    assert_eq!(scene.app.next_event().await["channel_type"], "im");
    assert!(scene.person("dai").try_say("news", "a guest").is_err());
    scene.end().await;
}

#[tokio::test]
async fn an_ephemeral_message_is_seen_by_one_person_until_they_reload() {
    let scene = Scene::start().await;
    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    let body =
        |user: &str, channel: String| json!({ "channel": channel, "user": user, "text": "psst" });
    let answer = scene
        .app
        .call(
            "chat.postEphemeral",
            body(ana.id(), scene.channel("general")),
        )
        .await;
    let ts = answer["message_ts"].as_str().expect("a timestamp");
    let seen: Vec<MessageView> = ana.messages("general");
    assert!(seen[0].ephemeral && seen[0].ts == ts);
    assert_eq!(ben.messages("general"), []);
    let change = json!({ "channel": scene.channel("general"), "ts": ts, "text": "x" });
    assert_eq!(
        scene.app.call("chat.update", change).await["error"],
        "message_not_found"
    );
    let outside = scene
        .app
        .call(
            "chat.postEphemeral",
            body(scene.person("dai").id(), scene.channel("news")),
        )
        .await;
    assert_eq!(outside["error"], "user_not_in_channel");
    let history = scene
        .app
        .call(
            "conversations.history",
            json!({ "channel": scene.channel("general") }),
        )
        .await;
    assert_eq!(history["messages"], json!([]));
    ana.reload();
    assert_eq!(ana.messages("general"), []);
    scene.end().await;
}

#[tokio::test]
async fn rich_text_is_not_replaced_by_blocks_without_any() {
    let scene = Scene::start().await;
    let rich = json!([{ "type": "rich_text", "elements": [
        { "type": "rich_text_section", "elements": [{ "type": "text", "text": "<literal>" }] },
    ] }]);
    let posted = scene
        .post("general", json!({ "text": "x", "blocks": rich }))
        .await;
    assert_eq!(
        scene.person("ana").messages("general")[0].text(),
        "<literal>"
    );
    let change = |blocks: Value| json!({ "channel": posted["channel"], "ts": posted["ts"], "text": "y", "blocks": blocks });
    let refused = scene
        .app
        .call("chat.update", change(json!([{ "type": "divider" }])))
        .await;
    assert_eq!(refused["error"], "block_mismatch");
    assert_eq!(
        scene.app.call("chat.update", change(rich)).await["ok"],
        true
    );
    scene.end_with(&["block_mismatch"]).await;
}
