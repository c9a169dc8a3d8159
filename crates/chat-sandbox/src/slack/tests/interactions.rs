//! Commands, presses, choices and shortcuts.

use chrono::Duration;
use serde_json::{Value, json};

use super::{Scene, button, card, plain};
use crate::slack::{AppSeed, CommandSeed, Failure, Options, ShortcutSeed};

#[tokio::test]
async fn a_command_is_answered_with_its_acknowledgement() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let answer = Some(json!({ "response_type": "in_channel", "text": "hello" }));
    let (used, payload) = tokio::join!(
        ana.slash("general", "/echo  hello "),
        scene.app.answer(answer)
    );
    assert_eq!(used, Ok(()));
    assert_eq!(
        (&payload["command"], &payload["text"]),
        (&json!("/echo"), &json!("hello"))
    );
    assert!(
        payload
            .as_object()
            .is_some_and(|fields| fields.values().all(Value::is_string))
    );
    assert_eq!(scene.person("ben").messages("general")[0].text, "hello");
    let answer = Some(json!({ "text": "for you" }));
    let (used, _) = tokio::join!(ana.slash("general", "/echo"), scene.app.answer(answer));
    assert_eq!(used, Ok(()));
    assert!(
        ana.messages("general")
            .iter()
            .any(|view| view.ephemeral && view.text == "for you")
    );
    assert_eq!(scene.person("ben").messages("general").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_response_url_works_five_times_within_thirty_minutes() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let (_, payload) = tokio::join!(ana.slash("random", "/echo"), scene.app.answer(None));
    // The bot is not in that channel.
    for number in 0..5 {
        let status = scene
            .app
            .respond(&payload, json!({ "text": format!("{number}") }))
            .await;
        assert_eq!(status, 200);
    }
    assert_eq!(
        scene.app.respond(&payload, json!({ "text": "6" })).await,
        404
    );
    assert_eq!(ana.messages("random").len(), 5);
    let (_, payload) = tokio::join!(ana.slash("general", "/echo"), scene.app.answer(None));
    assert_eq!(scene.app.respond(&payload, json!({})).await, 500);
    scene.sandbox.world().advance(Duration::minutes(30));
    assert_eq!(
        scene.app.respond(&payload, json!({ "text": "late" })).await,
        404
    );
    assert_eq!(scene.sandbox.world().problems().len(), 3);
    scene.stop().await;
}

#[tokio::test]
async fn what_is_not_acknowledged_within_three_seconds_fails_as_people_see_it() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let late = async {
        let frame = scene.app.asked().await;
        scene.sandbox.world().advance(Duration::seconds(3));
        frame
    };
    let (used, frame) = tokio::join!(ana.slash("general", "/slow"), late);
    assert_eq!(used, Err(Failure::NotAcknowledged));
    scene
        .app
        .ack(&frame, Some(json!({ "text": "too late" })))
        .await;
    let (used, _) = tokio::join!(ana.slash("general", "/quick"), scene.app.answer(None));
    assert_eq!((used, ana.messages("general")), (Ok(()), Vec::new()));
    assert_eq!(scene.sandbox.world().problems().len(), 1);
    scene.stop().await;
}

#[tokio::test]
async fn only_commands_of_the_app_are_taken_and_mentions_written_as_asked() {
    let command = |name: &str, escape| CommandSeed {
        name: name.to_owned(),
        hint: String::new(),
        escape,
    };
    let app = AppSeed {
        commands: vec![command("/plain", false), command("/escaped", true)],
        ..AppSeed::default()
    };
    let mut scene = Scene::with(Options {
        app,
        ..Options::default()
    })
    .await;
    let ana = scene.person("ana");
    assert!(matches!(
        ana.slash("general", "/other").await,
        Err(Failure::Refused(_))
    ));
    let (_, payload) = tokio::join!(
        ana.slash("general", "/plain @ben <b>"),
        scene.app.answer(None)
    );
    assert_eq!(payload["text"], "@ben <b>");
    let (_, payload) = tokio::join!(
        ana.slash("general", "/escaped @ben #news <b>"),
        scene.app.answer(None)
    );
    let (ben, news) = (scene.person("ben").id().to_owned(), scene.channel("news"));
    assert_eq!(
        payload["text"],
        format!("<@{ben}|ben> <#{news}|news> &lt;b&gt;")
    );
    scene.end().await;
}

#[tokio::test]
async fn a_press_tells_where_it_was_and_its_response_url_changes_the_message() {
    let mut scene = Scene::start().await;
    let posted = scene
        .post(
            "general",
            json!({ "text": "x", "blocks": card("Card", json!([button("Go")])) }),
        )
        .await;
    let ana = scene.person("ana");
    let card_seen = ana.messages("general").remove(0);
    let (pressed, payload) = tokio::join!(ana.click(&card_seen, "Go"), scene.app.answer(None));
    assert_eq!(pressed, Ok(()));
    assert_eq!(payload["container"]["message_ts"], posted["ts"]);
    assert_eq!(payload["message"]["blocks"], posted["message"]["blocks"]);
    assert_eq!(
        (
            &payload["actions"][0]["value"],
            &payload["actions"][0]["block_id"]
        ),
        (&json!("1"), &json!("row"))
    );
    let change = json!({ "replace_original": true, "text": "Changed" });
    assert_eq!(scene.app.respond(&payload, change).await, 200);
    assert_eq!(
        ana.again(&card_seen).map(|view| view.text),
        Some("Changed".to_owned())
    );
    assert!(matches!(
        ana.click(&card_seen, "Go").await,
        Err(Failure::Refused(_))
    ));
    assert_eq!(
        scene
            .app
            .respond(&payload, json!({ "delete_original": true }))
            .await,
        200
    );
    assert_eq!(ana.messages("general"), []);
    scene.end().await;
}

#[tokio::test]
async fn an_ephemeral_message_is_changed_through_the_response_url_of_its_press_alone() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let body = json!({ "channel": scene.channel("general"), "user": ana.id(), "text": "1", "blocks": card("One", json!([button("Next")])) });
    scene.app.call("chat.postEphemeral", body).await;
    let seen = ana.messages("general").remove(0);
    let (_, payload) = tokio::join!(ana.click(&seen, "Next"), scene.app.answer(None));
    assert_eq!(
        (
            &payload["container"]["is_ephemeral"],
            payload.get("message")
        ),
        (&json!(true), None)
    );
    let change = json!({ "replace_original": true, "text": "2", "blocks": card("Two", json!([button("Next")])) });
    assert_eq!(scene.app.respond(&payload, change).await, 200);
    let seen = ana.again(&seen).expect("still there");
    assert_eq!((seen.text().as_str(), seen.ephemeral), ("Two", true));
    assert_eq!(scene.person("ben").messages("general"), []);
    scene.end().await;
}

#[tokio::test]
async fn a_select_offers_what_the_app_says_and_tells_what_was_chosen() {
    let mut scene = Scene::start().await;
    let select = json!([
        { "type": "external_select", "action_id": "topic", "placeholder": plain("Topic"), "min_query_length": 0 },
        { "type": "static_select", "action_id": "level", "placeholder": plain("Level"), "options": [
            { "text": plain("Easy"), "value": "1" }, { "text": plain("Hard"), "value": "2" },
        ] },
    ]);
    scene
        .post(
            "general",
            json!({ "text": "x", "blocks": card("Pick", select) }),
        )
        .await;
    let ana = scene.person("ana");
    let seen = ana.messages("general").remove(0);
    let options = json!({ "options": [{ "text": plain("Caching"), "value": "caching" }] });
    let (offered, payload) = tokio::join!(
        ana.offered(&seen, "Topic", "ca"),
        scene.app.answer(Some(options.clone()))
    );
    assert_eq!(offered, Ok(vec!["Caching".to_owned()]));
    assert_eq!(
        (&payload["value"], payload.get("trigger_id")),
        (&json!("ca"), None)
    );
    let both = async {
        scene.app.answer(Some(options)).await;
        scene.app.answer(None).await
    };
    let (chosen, payload) = tokio::join!(ana.select(&seen, "Topic", &["Caching"]), both);
    assert_eq!(chosen, Ok(()));
    assert_eq!(payload["actions"][0]["selected_option"]["value"], "caching");
    let (_, payload) = tokio::join!(
        ana.select(&seen, "Level", &["Hard"]),
        scene.app.answer(None)
    );
    let values = &payload["state"]["values"]["row"];
    assert_eq!(values["topic"]["selected_option"]["value"], "caching");
    assert_eq!(values["level"]["selected_option"]["value"], "2");
    assert!(matches!(
        ana.select(&seen, "Level", &["Other"]).await,
        Err(Failure::Refused(_))
    ));
    let (offered, _) = tokio::join!(ana.offered(&seen, "Topic", "x"), scene.app.answer(None));
    assert!(matches!(offered, Err(Failure::Unusable(_))), "{offered:?}");
    assert_eq!(scene.sandbox.world().problems().len(), 1);
    scene.stop().await;
}

#[tokio::test]
async fn shortcuts_are_used_anywhere_or_on_a_message() {
    let shortcut = |name: &str, on_message| ShortcutSeed {
        name: name.to_owned(),
        callback_id: "id".to_owned(),
        on_message,
    };
    let app = AppSeed {
        shortcuts: vec![shortcut("Toss a coin", false), shortcut("Save", true)],
        ..AppSeed::default()
    };
    let mut scene = Scene::with(Options {
        app,
        ..Options::default()
    })
    .await;
    let ana = scene.person("ana");
    let (used, payload) = tokio::join!(ana.shortcut("Toss a coin"), scene.app.answer(None));
    assert_eq!(
        (used, &payload["type"], payload.get("channel")),
        (Ok(()), &json!("shortcut"), None)
    );
    let said = ana.say("general", "worth keeping").await;
    let (used, payload) = tokio::join!(ana.use_on_message(&said, "Save"), scene.app.answer(None));
    assert_eq!(
        (used, &payload["message"]["text"]),
        (Ok(()), &json!("worth keeping"))
    );
    assert_eq!(
        scene.app.respond(&payload, json!({ "text": "kept" })).await,
        200
    );
    assert!(
        ana.messages("general")
            .iter()
            .any(|view| view.ephemeral && view.text == "kept")
    );
    assert!(matches!(
        ana.shortcut("Save").await,
        Err(Failure::Refused(_))
    ));
    scene.end().await;
}

#[tokio::test]
async fn a_payload_where_none_is_read_is_a_problem() {
    let mut scene = Scene::start().await;
    scene
        .post(
            "general",
            json!({ "text": "x", "blocks": card("Card", json!([button("Go")])) }),
        )
        .await;
    let ana = scene.person("ana");
    let seen = ana.messages("general").remove(0);
    let answer = scene
        .app
        .answer(Some(json!({ "text": "nobody reads this" })));
    let (pressed, _) = tokio::join!(ana.click(&seen, "Go"), answer);
    assert_eq!(pressed, Ok(()));
    assert_eq!(scene.sandbox.world().problems().len(), 1);
    // Bolt for JavaScript sends an empty one.
    let (pressed, _) = tokio::join!(ana.click(&seen, "Go"), scene.app.answer(Some(json!({}))));
    assert_eq!(pressed, Ok(()));
    assert_eq!(scene.sandbox.world().problems().len(), 1);
    scene.stop().await;
}
