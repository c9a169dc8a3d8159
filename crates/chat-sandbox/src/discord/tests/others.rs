//! What other people's libraries and bots need of the gateway and of bodies.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::{connect_async, tungstenite::Message};

use super::{
    wire::{Wire, identify, made, sandbox},
    *,
};

/// Asks the API as the bot, and answers the status and the body.
pub(super) async fn ask(sandbox: &Sandbox, method: &str, path: &str, body: Value) -> (u16, Value) {
    let method = method.parse().expect("a method");
    let request = reqwest::Client::new()
        .request(method, format!("{}/api/v10{path}", sandbox.url()))
        .header("authorization", format!("Bot {TOKEN}"));
    let request = if body.is_null() {
        request
    } else {
        request.json(&body)
    };
    read(request).await
}

async fn read(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("a body");
    (status, serde_json::from_str(&text).unwrap_or_default())
}

fn general(sandbox: &Sandbox) -> u64 {
    let channels = sandbox.person("ana").channels();
    let general = channels.iter().find(|channel| channel.name == "general");
    general.expect("there is one").id
}

#[tokio::test]
async fn every_version_of_the_api_and_none_is_answered() {
    let sandbox = sandbox().await;
    for base in ["/api", "/api/v6", "/api/v8", "/api/v9", "/api/v10"] {
        let url = format!("{}{base}/users/@me", sandbox.url());
        let request = reqwest::Client::new().get(url);
        let (status, me) = read(request.header("authorization", format!("Bot {TOKEN}"))).await;
        assert_eq!((status, &me["bot"]), (200, &json!(true)), "{base}");
    }
    let (status, _) = ask(&sandbox, "GET", "/nowhere", Value::Null).await;
    assert_eq!(status, 404);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_websocket_at_the_root_is_the_gateway_and_the_page_stays_there() {
    let sandbox = sandbox().await;
    let (mut socket, _) = connect_async(format!("ws://{}/?v=9&encoding=json", sandbox.address()))
        .await
        .expect("a connection");
    let hello = socket.next().await.expect("hello").expect("no error");
    assert!(
        hello
            .to_text()
            .expect("text")
            .contains("heartbeat_interval")
    );
    let page = reqwest::get(sandbox.url()).await.expect("the page");
    assert!(page.text().await.expect("text").contains("<html"));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_close_frame_is_answered() {
    let sandbox = sandbox().await;
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(0).await;
    wire.socket.send(Message::Close(None)).await.expect("sent");
    assert_eq!(wire.closed().await, 1005);
    sandbox.stop().await;
}

#[tokio::test]
async fn payloads_that_are_too_long_end_the_connection() {
    let sandbox = sandbox().await;
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(0).await;
    wire.send(json!({ "op": 1, "d": 1, "x": "x".repeat(4_096) }))
        .await;
    assert_eq!(wire.closed().await, 4002);
    sandbox.stop().await;
}

#[tokio::test]
async fn ready_and_a_guild_say_all_that_clients_read() {
    let sandbox = sandbox().await;
    let mut wire = Wire::open(&sandbox, "").await;
    wire.send(identify(TOKEN, 1)).await;
    let ready = wire.next().await;
    assert_eq!(ready["d"]["private_channels"], json!([]));
    assert_eq!(ready["d"]["application"]["flags_new"], "0");
    let guild = wire.next().await;
    let fields = guild["d"].as_object().expect("an object");
    assert!(fields["hub_type"].is_null() && !fields.contains_key("communication_disabled_until"));
    assert_eq!(
        fields["members"].as_array().map(Vec::len),
        Some(1),
        "the bot alone"
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn members_are_told_with_the_intent_and_when_they_are_asked_for() {
    let sandbox = sandbox().await;
    let guild = sandbox.world().guild().0.to_string();
    let ana = sandbox.person("ana").id().to_string();
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(1 | 1 << 1).await;
    let created = wire.next().await;
    let all = created["d"]["members"].as_array().expect("members").len();
    assert_eq!(all, sandbox.world().members().len());

    let mut request = async |asked: Value| {
        let mut data = asked;
        data["guild_id"] = json!(guild);
        wire.send(json!({ "op": 8, "d": data })).await;
        let chunk = wire.next().await;
        assert_eq!(chunk["t"], "GUILD_MEMBERS_CHUNK");
        chunk["d"].clone()
    };
    let whole = request(json!({ "query": "", "limit": 0, "nonce": "n" })).await;
    assert_eq!(whole["members"].as_array().map(Vec::len), Some(all));
    assert_eq!(
        (
            &whole["nonce"],
            &whole["chunk_index"],
            &whole["chunk_count"]
        ),
        (&json!("n"), &json!(0), &json!(1))
    );
    let named = request(json!({ "query": "BE", "limit": 5 })).await;
    assert_eq!(named["members"][0]["user"]["username"], "ben");
    assert_eq!(named["members"].as_array().map(Vec::len), Some(1));
    let known = request(json!({ "user_ids": [ana, "7"], "presences": true })).await;
    assert_eq!(known["members"][0]["user"]["id"], json!(ana));
    assert_eq!(
        (&known["not_found"], &known["presences"]),
        (&json!(["7"]), &json!([]))
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn all_members_take_the_intent() {
    let sandbox = sandbox().await;
    let guild = sandbox.world().guild().0.to_string();
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(0).await;
    let all = json!({ "guild_id": guild, "query": "", "limit": 0 });
    wire.send(json!({ "op": 8, "d": all })).await;
    wire.send(json!({ "op": 31, "d": { "guild_ids": [guild] } }))
        .await;
    assert_eq!(
        wire.next().await["t"],
        "SOUNDBOARD_SOUNDS",
        "and nothing before"
    );
    assert_eq!(sandbox.world().problems().len(), 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn null_is_as_good_as_nothing() {
    let sandbox = sandbox().await;
    let button = json!({
        "type": 2, "id": null, "style": 1, "label": "A", "custom_id": "a", "disabled": null,
        "emoji": null, "url": null, "sku_id": null,
    });
    let menu = json!({
        "type": 3, "id": null, "custom_id": "b", "disabled": null, "placeholder": null, "min_values": null,
        "options": [{ "label": "A", "value": "a", "default": null, "description": null, "emoji": null }],
    });
    let channels =
        json!({ "type": 8, "custom_id": "c", "channel_types": null, "default_values": null });
    let row = |inner: &Value| json!({ "type": 1, "id": null, "components": [inner] });
    let body = json!({
        "content": "hi",
        "tts": null, "nonce": null, "embeds": null, "attachments": null, "flags": null, "message_reference": null,
        "allowed_mentions": { "parse": null, "users": null, "roles": null, "replied_user": null },
        "components": [row(&button), row(&menu), row(&channels)],
    });
    let path = format!("/channels/{}/messages", general(&sandbox));
    let (status, message) = ask(&sandbox, "POST", &path, body).await;
    assert_eq!(status, 200, "{message}");
    let menu = &message["components"][1]["components"][0];
    assert_eq!(
        (&menu["min_values"], &menu["max_values"]),
        (&json!(1), &json!(1))
    );

    let whole = json!({
        "flags": 1 << 15,
        "components": [
            { "type": 17, "id": null, "spoiler": null, "accent_color": null, "components": [
                { "type": 10, "id": null, "content": "hi" },
                { "type": 14, "divider": null, "spacing": null },
                { "type": 12, "items": [
                    { "media": { "url": "https://a.example/b.png" }, "spoiler": null, "description": null },
                ]},
            ]},
        ],
    });
    let (status, message) = ask(&sandbox, "POST", &path, whole).await;
    assert_eq!(status, 200, "{message}");
    assert_eq!(sandbox.world().problems(), [""; 0]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_menu_keeps_what_it_has_chosen_and_a_message_that_it_is_silent() {
    let sandbox = sandbox().await;
    let ana = sandbox.person("ana").id().to_string();
    let menu =
        json!({ "type": 5, "custom_id": "a", "default_values": [{ "id": ana, "type": "user" }] });
    let body = json!({
        "content": "hi", "flags": 4096, "components": [{ "type": 1, "components": [menu] }],
    });
    let path = format!("/channels/{}/messages", general(&sandbox));
    let (_, message) = ask(&sandbox, "POST", &path, body).await;
    let answered = &message["components"][0]["components"][0]["default_values"];
    assert_eq!(answered, &json!([{ "id": ana, "type": "user" }]));
    assert_eq!(message["flags"], 4096);
    sandbox.stop().await;
}

#[tokio::test]
async fn bodies_may_be_forms() {
    let sandbox = sandbox().await;
    let url = format!(
        "{}/api/v10/channels/{}/messages",
        sandbox.url(),
        general(&sandbox)
    );
    let post = || {
        let request = reqwest::Client::new().post(&url);
        request.header("authorization", format!("Bot {TOKEN}"))
    };
    let plain = post()
        .header("content-type", "application/x-www-form-urlencoded")
        .body("content=5+%26+6&tts=false&flags=4");
    let (status, message) = read(plain).await;
    assert_eq!(
        (status, &message["content"], &message["flags"]),
        (200, &json!("5 & 6"), &json!(4))
    );

    let payload = "payload_json=%7B%22content%22%3A%22hi%22%7D";
    let whole = post().header("content-type", "application/x-www-form-urlencoded");
    let (status, message) = read(whole.body(payload)).await;
    assert_eq!((status, &message["content"]), (200, &json!("hi")));

    let file = |name: &str| {
        let part = reqwest::multipart::Part::bytes(b"hello".to_vec());
        part.file_name(name.to_owned())
    };
    let form = reqwest::multipart::Form::new()
        .text("content", "with files")
        .part("file", file("a.txt"))
        .part("other", file("b.txt"));
    let (status, message) = read(post().multipart(form)).await;
    assert_eq!((status, &message["content"]), (200, &json!("with files")));
    let names = message["attachments"].as_array().expect("files").iter();
    let names: Vec<&Value> = names.map(|file| &file["filename"]).collect();
    assert_eq!(names, ["a.txt", "b.txt"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn an_address_that_is_none_says_which_part() {
    let sandbox = sandbox().await;
    let cases = [
        ("/channels/x/messages/7", "channel_id", "NUMBER_TYPE_COERCE"),
        ("/guilds/7/members/y", "user_id", "NUMBER_TYPE_COERCE"),
        (
            "/channels/7/messages?limit=many",
            "limit",
            "NUMBER_TYPE_COERCE",
        ),
    ];
    for (path, field, code) in cases {
        let (status, error) = ask(&sandbox, "GET", path, Value::Null).await;
        let found = &error["errors"][field]["_errors"][0]["code"];
        assert_eq!((status, found), (400, &json!(code)), "{path}: {error}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn what_autocompletion_offers_is_of_the_options_kind() {
    let sandbox = made(Options::default()).await;
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(0).await;
    let application = sandbox.world().application().0;
    let command = json!({ "name": "find", "description": "F", "options": [
        { "type": 3, "name": "what", "description": "W", "autocomplete": true },
    ]});
    let path = format!("/applications/{application}/commands");
    assert_eq!(ask(&sandbox, "POST", &path, command).await.0, 201);
    let ana = sandbox.person("ana");
    let typing = tokio::spawn(async move { ana.autocomplete("general", "/find what:a").await });
    let asked = wire.next().await;
    let text = |field: &str| asked["d"][field].as_str().expect("text").to_owned();
    let path = format!("/interactions/{}/{}/callback", text("id"), text("token"));
    let answer = |value: Value| json!({ "type": 8, "data": { "choices": [{ "name": "A", "value": value }] } });
    let (status, error) = ask(&sandbox, "POST", &path, answer(json!(5))).await;
    assert_eq!(status, 400, "{error}");
    assert!(
        error["errors"]["data"]["choices"]["0"]["value"].is_object(),
        "{error}"
    );
    assert_eq!(
        ask(&sandbox, "POST", &path, answer(json!("a"))).await.0,
        204
    );
    typing.await.expect("no panic").expect("choices");
    sandbox.stop().await;
}
