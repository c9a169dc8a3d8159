//! Modals and the App Home.

use std::collections::BTreeMap;

use chrono::Duration;
use serde_json::{Value, json};

use super::{Scene, button, plain};
use crate::slack::{Failure, Person};

fn form(title: &str) -> Value {
    json!({
        "type": "modal", "callback_id": "form", "title": plain(title), "submit": plain("Send"), "notify_on_close": true,
        "private_metadata": "kept",
        "blocks": [
            { "type": "input", "block_id": "word", "label": plain("Word"), "element": { "type": "plain_text_input", "action_id": "text" } },
            { "type": "input", "block_id": "days", "label": plain("Days"), "optional": true, "element": {
                "type": "checkboxes", "action_id": "chosen", "options": [
                    { "text": plain("Monday"), "value": "mon" }, { "text": plain("Tuesday"), "value": "tue" },
                ],
            } },
        ],
    })
}

/// Has someone use a command, and opens a form with its trigger.
async fn opened(scene: &mut Scene, ana: &Person) -> Value {
    let (_, payload) = tokio::join!(ana.slash("general", "/form"), scene.app.answer(None));
    let body = json!({ "trigger_id": payload["trigger_id"], "view": form("Form") });
    let answer = scene.app.call("views.open", body.clone()).await;
    assert_eq!(answer["ok"], true, "{answer}");
    let again = scene.app.call("views.open", body).await;
    assert_eq!(again["error"], "exchanged_trigger_id");
    answer["view"].clone()
}

#[tokio::test]
async fn a_form_is_filled_in_found_fault_with_and_submitted() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let view = opened(&mut scene, &ana).await;
    assert_eq!(
        view["state"]["values"]["word"]["text"],
        json!({ "type": "plain_text_input", "value": null })
    );
    assert!(matches!(ana.submit(&[]).await, Err(Failure::Refused(_))));
    let errors = Some(json!({ "response_action": "errors", "errors": { "word": "Too short" } }));
    let (submitted, _) = tokio::join!(ana.submit(&[("Word", "no")]), scene.app.answer(errors));
    let told = BTreeMap::from([("word".to_owned(), "Too short".to_owned())]);
    assert_eq!(submitted, Err(Failure::Errors(told)));
    assert!(ana.modal().is_some());
    let (submitted, payload) = tokio::join!(
        ana.submit(&[("Word", "hello"), ("Days", "Monday\nTuesday")]),
        scene.app.answer(None)
    );
    assert_eq!((submitted, ana.modal()), (Ok(()), None));
    let values = &payload["view"]["state"]["values"];
    assert_eq!(values["word"]["text"]["value"], "hello");
    assert_eq!(
        values["days"]["chosen"]["selected_options"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    assert_eq!(payload["view"]["private_metadata"], "kept");
    scene.stop().await;
}

#[tokio::test]
async fn forms_are_changed_pushed_and_closed() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let view = opened(&mut scene, &ana).await;
    let change =
        |hash: &Value| json!({ "view_id": view["id"], "hash": hash, "view": form("Second") });
    let changed = scene.app.call("views.update", change(&view["hash"])).await;
    assert_eq!(
        (&changed["ok"], ana.modal().map(|form| form.title)),
        (&json!(true), Some("Second".to_owned()))
    );
    let stale = scene.app.call("views.update", change(&view["hash"])).await;
    assert_eq!(stale["error"], "hash_conflict");
    let push = Some(json!({ "response_action": "push", "view": form("On top") }));
    let (submitted, _) = tokio::join!(ana.submit(&[("Word", "hello")]), scene.app.answer(push));
    assert_eq!(
        (submitted, ana.modal().map(|form| form.title)),
        (Ok(()), Some("On top".to_owned()))
    );
    let (closed, payload) = tokio::join!(ana.close_modal(), scene.app.answer(None));
    assert_eq!(
        (closed, &payload["type"], &payload["is_cleared"]),
        (Ok(()), &json!("view_closed"), &json!(false))
    );
    assert_eq!(
        ana.modal()
            .map(|form| form.values["word"]["text"]["value"].clone()),
        Some(json!("hello"))
    );
    let clear = Some(json!({ "response_action": "clear" }));
    let (submitted, _) = tokio::join!(ana.submit(&[]), scene.app.answer(clear));
    assert_eq!((submitted, ana.modal()), (Ok(()), None));
    scene.stop().await;
}

#[tokio::test]
async fn a_trigger_lives_three_seconds_and_a_view_keeps_to_the_limits() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let (_, payload) = tokio::join!(ana.slash("general", "/form"), scene.app.answer(None));
    let open = |view: Value| json!({ "trigger_id": payload["trigger_id"], "view": view });
    let mut wrong = form("A title that is longer than it may be");
    let answer = scene.app.call("views.open", open(wrong.clone())).await;
    assert_eq!(answer["error"], "invalid_arguments");
    assert!(
        answer["response_metadata"]["messages"][0]
            .as_str()
            .is_some_and(|it| it.contains("/view/title")),
        "{answer}"
    );
    wrong = form("Form");
    wrong.as_object_mut().expect("an object").remove("submit");
    assert_eq!(
        scene.app.call("views.open", open(wrong)).await["error"],
        "invalid_arguments"
    );
    scene.sandbox.world().advance(Duration::seconds(3));
    assert_eq!(
        scene.app.call("views.open", open(form("Form"))).await["error"],
        "expired_trigger_id"
    );
    let unknown = json!({ "trigger_id": "1.2.3", "view": form("Form") });
    assert_eq!(
        scene.app.call("views.open", unknown).await["error"],
        "invalid_trigger_id"
    );
    scene.stop().await;
}

#[tokio::test]
async fn a_submission_answered_with_nonsense_leaves_the_form_open() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    opened(&mut scene, &ana).await;
    for nonsense in [
        json!({ "response_action": "errors", "errors": { "other": "No such block" } }),
        json!({ "response_action": "dance" }),
        json!({ "response_action": "update", "view": { "type": "modal" } }),
    ] {
        let (submitted, _) = tokio::join!(
            ana.submit(&[("Word", "hello")]),
            scene.app.answer(Some(nonsense))
        );
        assert!(
            matches!(submitted, Err(Failure::Unusable(_))),
            "{submitted:?}"
        );
        assert!(ana.modal().is_some());
    }
    scene.stop().await;
}

#[tokio::test]
async fn a_home_is_published_and_its_buttons_pressed() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    ana.open_home().expect("it has one");
    let event = scene.app.event("app_home_opened").await;
    assert_eq!(
        (&event["user"], &event["tab"]),
        (&json!(ana.id()), &json!("home"))
    );
    let home =
        json!({ "type": "home", "blocks": [{ "type": "actions", "elements": [button("Start")] }] });
    let answer = scene
        .app
        .call(
            "views.publish",
            json!({ "user_id": ana.id(), "view": home }),
        )
        .await;
    assert_eq!(answer["view"]["type"], "home", "{answer}");
    let (pressed, payload) = tokio::join!(ana.click_at_home("Start"), scene.app.answer(None));
    assert_eq!(
        (pressed, &payload["container"]["type"]),
        (Ok(()), &json!("view"))
    );
    assert!(payload.get("response_url").is_none());
    let body = json!({ "trigger_id": payload["trigger_id"], "view": form("Coin") });
    assert_eq!(scene.app.call("views.open", body).await["ok"], true);
    assert_eq!(
        ana.wait_for_modal(|form| form.title == "Coin")
            .await
            .callback_id,
        "form"
    );
    scene.end().await;
}

#[tokio::test]
async fn an_external_id_is_that_of_one_view() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let named = |title: &str| {
        let mut view = form(title);
        view["external_id"] = json!("mine");
        view
    };
    let open = async |scene: &mut Scene, method: &str| {
        let (_, payload) = tokio::join!(ana.slash("general", "/form"), scene.app.answer(None));
        let body = json!({ "trigger_id": payload["trigger_id"], "view": named("Form") });
        scene.app.call(method, body).await
    };
    assert_eq!(open(&mut scene, "views.open").await["ok"], true);
    for method in ["views.open", "views.push"] {
        let refused = open(&mut scene, method).await;
        assert_eq!(refused["error"], "duplicate_external_id");
    }
    let change = json!({ "external_id": "mine", "view": named("Second") });
    assert_eq!(scene.app.call("views.update", change).await["ok"], true);
    let home = json!({ "type": "home", "external_id": "mine", "blocks": [] });
    let publish = json!({ "user_id": ana.id(), "view": home });
    let refused = scene.app.call("views.publish", publish.clone()).await;
    assert_eq!(refused["error"], "duplicate_external_id");
    let push = Some(json!({ "response_action": "push", "view": named("On top") }));
    let (submitted, _) = tokio::join!(ana.submit(&[("Word", "hello")]), scene.app.answer(push));
    assert!(
        matches!(submitted, Err(Failure::Unusable(_))),
        "{submitted:?}"
    );
    let (submitted, _) = tokio::join!(ana.submit(&[]), scene.app.answer(None));
    assert_eq!(submitted, Ok(()));
    assert_eq!(
        scene.app.call("views.publish", publish.clone()).await["ok"],
        true
    );
    assert_eq!(scene.app.call("views.publish", publish).await["ok"], true);
    scene.stop().await;
}

#[tokio::test]
async fn what_slacks_client_does_not_send_is_not_sent() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let (_, payload) = tokio::join!(ana.slash("general", "/form"), scene.app.answer(None));
    let field = |label: &str, element: Value| json!({ "type": "input", "optional": true, "label": plain(label), "element": element });
    let view = json!({ "type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": [
        field("Word", json!({ "type": "plain_text_input", "action_id": "a", "min_length": 3 })),
        field("Day", json!({ "type": "datepicker", "action_id": "a" })),
    ] });
    let body = json!({ "trigger_id": payload["trigger_id"], "view": view });
    assert_eq!(scene.app.call("views.open", body).await["ok"], true);
    for wrong in [("Word", "no"), ("Day", "tomorrow")] {
        assert!(
            matches!(ana.submit(&[wrong]).await, Err(Failure::Refused(_))),
            "{wrong:?}"
        );
    }
    let fine = ana.submit(&[("Word", ""), ("Day", "2030-01-31")]);
    let (submitted, payload) = tokio::join!(fine, scene.app.answer(None));
    assert_eq!(submitted, Ok(()));
    let values = payload["view"]["state"]["values"]
        .as_object()
        .expect("values");
    let held: Vec<&Value> = values.values().map(|block| &block["a"]).collect();
    assert!(
        held.contains(&&json!({ "type": "plain_text_input", "value": null })),
        "{held:?}"
    );
    assert!(
        held.contains(&&json!({ "type": "datepicker", "selected_date": "2030-01-31" })),
        "{held:?}"
    );
    scene.end().await;
}

#[tokio::test]
async fn a_home_holds_what_was_chosen_in_it_until_the_app_changes_it() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    assert!(ana.click_at_home("Start").await.is_err());
    let home = json!({ "type": "home", "blocks": [{ "type": "actions", "block_id": "row", "elements": [
        { "type": "external_select", "action_id": "pick", "placeholder": plain("Pick"), "min_query_length": 0 },
        button("Start"),
    ] }] });
    let publish = json!({ "user_id": ana.id(), "view": home });
    let first = scene.app.call("views.publish", publish.clone()).await;
    let options = json!({ "options": [{ "text": plain("One"), "value": "1" }] });
    let (offered, _) = tokio::join!(
        ana.offered_at_home("Pick", ""),
        scene.app.answer(Some(options.clone()))
    );
    assert_eq!(offered, Ok(vec!["One".to_owned()]));
    let chosen = ana.select_at_home("Pick", "One");
    let told = async {
        scene.app.answer(Some(options)).await;
        scene.app.answer(None).await
    };
    let (chosen, payload) = tokio::join!(chosen, told);
    assert_eq!(chosen, Ok(()));
    assert_eq!(payload["actions"][0]["selected_option"]["value"], "1");
    assert!(matches!(
        ana.click_at_home("Pick").await,
        Err(Failure::Refused(_))
    ));
    let (pressed, payload) = tokio::join!(ana.click_at_home("Start"), scene.app.answer(None));
    assert_eq!(pressed, Ok(()));
    assert_eq!(
        payload["view"]["state"]["values"]["row"]["pick"]["selected_option"]["value"],
        "1"
    );
    assert_eq!(payload["view"]["id"], first["view"]["id"]);
    let mut stale = publish.clone();
    stale["hash"] = json!("0.stale");
    assert_eq!(
        scene.app.call("views.publish", stale).await["error"],
        "hash_conflict"
    );
    let again = scene.app.call("views.publish", publish).await;
    assert_eq!(again["view"]["id"], first["view"]["id"]);
    ana.open_home().expect("it has one");
    let event = scene.app.event("app_home_opened").await;
    assert_eq!(event["view"]["id"], first["view"]["id"]);
    scene.end().await;
}
