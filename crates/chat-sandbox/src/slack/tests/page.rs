//! The page over HTTP, as a browser meets it.

use chrono::Duration;
use serde_json::{Value, json};

use super::{Scene, button, card, plain};
use crate::{common::Sibling, slack::Options};

impl Scene {
    async fn get(&self, path: &str) -> (u16, Value) {
        let answer = reqwest::get(format!("{}{path}", self.sandbox.url())).await;
        let answer = answer.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    async fn ask(&self, path: &str, body: Value) -> (u16, Value) {
        let request = self.app.http.post(format!("{}{path}", self.sandbox.url()));
        let answer = request.json(&body).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    /// What someone's page shows.
    async fn page(&self, who: &str) -> Value {
        let (status, state) = self.get(&format!("/page/state?as={who}")).await;
        assert_eq!(status, 200, "{state}");
        state
    }
}

/// Where the newest message of a page is.
fn newest(page: &Value) -> Value {
    let message = page["messages"].as_array().and_then(|all| all.last());
    let message = message.expect("a message");
    json!({ "channel": message["channel"], "message": message["ts"] })
}

#[tokio::test]
async fn the_page_comes_with_a_strict_policy() {
    let scene = Scene::start().await;
    for path in ["/", "/assets/main.js", "/page/state", "/assets/none.js"] {
        let url = format!("{}{path}", scene.sandbox.url());
        let answer = reqwest::get(url).await.expect("an answer");
        let policy = answer.headers()["content-security-policy"].to_str();
        let policy = policy.expect("text");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}"
        );
    }
    assert_eq!(scene.get("/page/state?as=nobody").await.0, 404);
    scene.end().await;
}

#[tokio::test]
async fn an_ephemeral_message_is_on_one_page_until_a_reload() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let answer = Some(json!({ "text": "for you" }));
    let (used, _) = tokio::join!(ana.slash("general", "/echo"), scene.app.answer(answer));
    assert_eq!(used, Ok(()));
    let page = scene.page("ana").await;
    assert_eq!(page["messages"][0]["ephemeral"], true);
    assert_eq!(page["messages"][0]["text"], "for you");
    assert_eq!(scene.page("ben").await["messages"], json!([]));
    scene.ask("/page/reload", json!({ "as": "ben" })).await;
    assert_ne!(scene.page("ana").await["messages"], json!([]));
    scene.ask("/page/reload", json!({ "as": "ana" })).await;
    assert_eq!(scene.page("ana").await["messages"], json!([]));
    scene.end().await;
}

#[tokio::test]
async fn the_very_element_is_used_that_was_pointed_at() {
    let mut scene = Scene::start().await;
    let second = json!({ "type": "button", "action_id": "second", "text": plain("Go") });
    let options =
        json!([{ "text": plain("1"), "value": "2" }, { "text": plain("2"), "value": "1" }]);
    let select = json!({ "type": "static_select", "action_id": "which", "options": options });
    let elements = json!([button("Go"), second, select]);
    let blocks = card("Two of a name", elements);
    scene
        .post("news", json!({ "text": "t", "blocks": blocks }))
        .await;
    let news = scene.channel("news");
    let (_, page) = scene.get("/page/state?as=ana&channel=news").await;
    let place = newest(&page);
    let act = |action: &str, given: Value, who: &str| json!({ "as": who, "place": place, "block": "row", "action": action, "given": given });
    let body = act("second", Value::Null, "ana");
    let url = format!("{}/page/act", scene.sandbox.url());
    let request = scene.app.http.post(url.clone()).json(&body).send();
    let (answer, payload) = tokio::join!(request, scene.app.answer(None));
    assert_eq!(answer.expect("an answer").status(), 200);
    assert_eq!(payload["actions"][0]["action_id"], "second");
    // By its value, whatever another one's text is.
    let body = act("which", json!("1"), "ana");
    let request = scene.app.http.post(url).json(&body).send();
    let (_, payload) = tokio::join!(request, scene.app.answer(None));
    assert_eq!(
        payload["actions"][0]["selected_option"]["text"]["text"],
        "2"
    );
    let (_, page) = scene.get("/page/state?as=ana&channel=news").await;
    let chosen = &page["messages"][0]["chosen"]["row"]["which"];
    assert_eq!(chosen["selected_option"]["value"], "1");
    for wrong in [
        act("which", json!("3"), "ana"),
        act("none", Value::Null, "ana"),
        // A guest is not in that channel.
        act("second", Value::Null, "dai"),
    ] {
        let (_, answer) = scene.ask("/page/act", wrong.clone()).await;
        assert!(answer["refused"].is_string(), "{wrong}: {answer}");
    }
    let (_, page) = scene
        .get(&format!("/page/state?as=dai&channel={news}"))
        .await;
    assert_ne!(page["open"], json!(news));
    scene.end().await;
}

#[tokio::test]
async fn a_press_that_is_not_acknowledged_fails_as_people_see_it() {
    let mut scene = Scene::start().await;
    let blocks = card("Press", json!([button("Go")]));
    scene
        .post("general", json!({ "text": "t", "blocks": blocks }))
        .await;
    let place = newest(&scene.page("ana").await);
    let body = json!({ "as": "ana", "place": place, "block": "row", "action": "go" });
    let url = format!("{}/page/act", scene.sandbox.url());
    let request = scene.app.http.post(url).json(&body).send();
    let late = async {
        scene.app.asked().await;
        scene.sandbox.world().advance(Duration::seconds(3));
    };
    let (answer, ()) = tokio::join!(request, late);
    let answer: Value = answer.expect("an answer").json().await.expect("JSON");
    assert_eq!(
        answer["failed"],
        "failed with the error \"operation_timeout\""
    );
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_modal_is_filled_in_by_ids_and_its_errors_come_back() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let (_, payload) = tokio::join!(ana.slash("general", "/form"), scene.app.answer(None));
    let field = json!({
        "type": "input", "block_id": "name", "label": plain("Name"),
        "element": { "type": "plain_text_input", "action_id": "text" },
    });
    let view = json!({
        "type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": [field],
    });
    let opened = json!({ "trigger_id": payload["trigger_id"], "view": view });
    assert_eq!(scene.app.call("views.open", opened).await["ok"], true);
    let form = scene.page("ana").await["form"].clone();
    assert_eq!(
        (&form["title"], &form["submit"]),
        (&json!("Form"), &json!("Send"))
    );
    assert_eq!(scene.page("ben").await["form"], Value::Null);
    let submit = |who: &str, text: &str| json!({ "as": who, "view": form["id"], "values": { "name": { "text": text } } });
    // It is on nobody else's screen.
    let (_, answer) = scene.ask("/page/submit", submit("ben", "x")).await;
    assert_eq!(answer["refused"], "the form is gone");
    let url = format!("{}/page/submit", scene.sandbox.url());
    let wrong = json!({ "response_action": "errors", "errors": { "name": "Too short" } });
    let request = scene
        .app
        .http
        .post(url.clone())
        .json(&submit("ana", "x"))
        .send();
    let (answer, payload) = tokio::join!(request, scene.app.answer(Some(wrong)));
    let answer: Value = answer.expect("an answer").json().await.expect("JSON");
    assert_eq!(answer["errors"]["name"], "Too short");
    let held = &payload["view"]["state"]["values"]["name"]["text"];
    assert_eq!(held["value"], "x");
    let request = scene.app.http.post(url).json(&submit("ana", "xyz")).send();
    let (answer, _) = tokio::join!(request, scene.app.answer(None));
    assert_eq!(answer.expect("an answer").status(), 200);
    assert_eq!(scene.page("ana").await["form"], Value::Null);
    scene.end().await;
}

#[tokio::test]
async fn threads_are_beside_their_channel() {
    let scene = Scene::start().await;
    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    let said = ana.try_say("general", "Who comes?").expect("said");
    let body = json!({ "as": "ben", "channel": said.channel, "text": "I do", "thread": said.ts });
    assert_eq!(scene.ask("/page/say", body).await.0, 200);
    assert_eq!(ben.messages("general").len(), 2);
    let (_, page) = scene
        .get(&format!("/page/state?as=ana&thread={}", said.ts))
        .await;
    let messages = page["messages"].as_array().expect("messages");
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0]["replies"]["count"], 1);
    assert_eq!(page["thread"]["root"]["text"], "Who comes?");
    assert_eq!(page["thread"]["replies"][0]["text"], "I do");
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn of_many_messages_the_newest_come_first() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    for number in 0..5 {
        ana.try_say("random", &number.to_string()).expect("said");
    }
    let (_, page) = scene.get("/page/state?as=ana&channel=random&limit=2").await;
    let texts = page["messages"].as_array().expect("messages").iter();
    let texts: Vec<&str> = texts
        .filter_map(|message| message["text"].as_str())
        .collect();
    assert_eq!((texts, &page["more"]), (vec!["3", "4"], &json!(true)));
    let (_, page) = scene.get("/page/state?as=ana&channel=random&limit=5").await;
    assert_eq!(page["more"], false);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn the_panel_sets_faults_and_tells_of_them() {
    let scene = Scene::start().await;
    let method =
        json!({ "method": "chat.update", "times": 1, "error": "fatal_error", "after": true });
    for fault in [
        json!("lose_ephemerals"),
        json!({ "method": method }),
        json!({ "rest": { "path": "/api/views", "times": null, "what": { "status": 503 } } }),
    ] {
        assert_eq!(scene.ask("/page/faults", fault).await.0, 200);
    }
    let expected = json!([
        "All requests with /api/views in the path: answered 503",
        "The next call of chat.update: answered fatal_error, but done",
        "Ephemeral messages do not reach anyone",
    ]);
    assert_eq!(scene.page("ana").await["faults"], expected);
    let unknown = json!({ "method": { "method": "chat.update", "error": "none", "after": false } });
    assert_eq!(scene.ask("/page/faults", unknown).await.0, 400);
    scene.ask("/page/faults/clear", json!({})).await;
    assert_eq!(scene.page("ana").await["faults"], json!([]));
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn the_page_links_to_another_platforms() {
    let sibling = |name: &str| Sibling {
        name: name.to_owned(),
        url: "http://127.0.0.1:7979".to_owned(),
    };
    let scene = Scene::with(Options {
        sibling: Some(sibling("Discord")),
        ..Options::default()
    })
    .await;
    assert_eq!(scene.page("ana").await["sibling"]["name"], "Discord");
    scene.sandbox.world().link(sibling("Other"));
    assert_eq!(scene.page("ana").await["sibling"]["name"], "Other");
    scene.end().await;
}

#[tokio::test]
async fn a_file_is_for_those_who_see_its_message() {
    let scene = Scene::start().await;
    let announce = json!({ "filename": "all.svg", "length": 4 });
    let announced = scene.app.call("files.getUploadURLExternal", announce).await;
    let url = announced["upload_url"].as_str().expect("an address");
    let sent = scene.app.http.post(url).body("data").send().await;
    assert_eq!(sent.expect("an answer").status(), 200);
    let news = scene.channel("news");
    let share =
        json!({ "files": [{ "id": announced["file_id"], "title": "All" }], "channel_id": news });
    let shared = scene.app.call("files.completeUploadExternal", share).await;
    assert_eq!(shared["ok"], true, "{shared}");
    let (_, page) = scene.get("/page/state?as=ana&channel=news").await;
    let message = &page["messages"][0];
    assert_eq!(message["files"][0]["title"], "All");
    assert_eq!(message["files"][0]["picture"], false, "it may hold scripts");
    let fetch = async |who: &str| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (ts, id) = (text(&message["ts"]), text(&announced["file_id"]));
        let path = format!("/page/file?as={who}&channel={news}&message={ts}&id={id}");
        let answer = reqwest::get(format!("{}{path}", scene.sandbox.url())).await;
        answer.expect("an answer")
    };
    let answer = fetch("ana").await;
    assert_eq!(answer.headers()["content-disposition"], "attachment");
    assert_eq!(answer.text().await.expect("text"), "data");
    assert_eq!(fetch("dai").await.status(), 400);
    scene.end().await;
}
