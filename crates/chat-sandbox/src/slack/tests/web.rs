//! How calls are read and refused.

use reqwest::multipart::Form;
use serde_json::{Value, json};

use super::Scene;
use crate::slack::{AppSeed, Options};

#[tokio::test]
async fn a_call_may_be_json_a_form_parts_or_a_query() {
    let scene = Scene::start().await;
    let (http, channel) = (&scene.app.http, scene.channel("general"));
    let token = Options::default().bot_token;
    let url = format!("{}chat.postMessage", scene.app.api);
    let blocks = r#"[{"type":"divider"}]"#;
    let form = [
        ("token", token.as_str()),
        ("channel", &channel),
        ("text", "a form"),
        ("blocks", blocks),
    ];
    let body = serde_urlencoded::to_string(form).expect("a form");
    let form = http
        .post(&url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    let parts = Form::new()
        .text("channel", channel.clone())
        .text("text", "parts")
        .text("blocks", blocks);
    let parts = http.post(&url).bearer_auth(&token).multipart(parts);
    let query = http
        .get(format!("{url}?channel={channel}&text=a+query"))
        .bearer_auth(&token);
    let json = http
        .post(&url)
        .bearer_auth(&token)
        .json(&json!({ "channel": channel, "text": "JSON", "blocks": [{ "type": "divider" }] }));
    for request in [form, parts, query, json] {
        let response = request.send().await.expect("an answer");
        assert!(
            response.headers()["x-oauth-scopes"]
                .to_str()
                .expect("text")
                .contains("chat:write")
        );
        let answer: Value = response.json().await.expect("JSON");
        assert_eq!(answer["ok"], true, "{answer}");
    }
    let said: Vec<String> = scene
        .person("ana")
        .messages("general")
        .into_iter()
        .map(|view| view.text)
        .collect();
    assert_eq!(said, ["a form", "parts", "a query", "JSON"]);
    let recorded = scene.sandbox.world().calls("chat.postMessage");
    assert_eq!(recorded[0].0["blocks"], json!([{ "type": "divider" }]));
    assert!(
        recorded
            .iter()
            .all(|(request, _)| request.get("token").is_none())
    );
    scene.end().await;
}

#[tokio::test]
async fn bodies_that_are_none_are_refused_as_slack_refuses_them() {
    let scene = Scene::start().await;
    let url = format!("{}auth.test", scene.app.api);
    let token = Options::default().bot_token;
    for (kind, body, error) in [
        ("application/json", "{", "invalid_json"),
        ("application/json", "[1]", "json_not_object"),
        ("text/plain", "x", "invalid_post_type"),
        ("multipart/form-data", "x", "invalid_form_data"),
    ] {
        let request = scene
            .app
            .http
            .post(&url)
            .bearer_auth(&token)
            .header("content-type", kind)
            .body(body);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        let answer: Value = response.json().await.expect("JSON");
        assert_eq!(answer, json!({ "ok": false, "error": error }));
    }
    scene.stop().await;
}

#[tokio::test]
async fn tokens_are_told_apart() {
    let scene = Scene::start().await;
    let Options {
        bot_token,
        app_token,
        ..
    } = Options::default();
    let ask = |method: &'static str, token: Option<String>| {
        let request = scene.app.http.post(format!("{}{method}", scene.app.api));
        let request = token.map_or(request.try_clone().expect("a copy"), |token| {
            request.bearer_auth(token)
        });
        async {
            request
                .send()
                .await
                .expect("an answer")
                .json::<Value>()
                .await
                .expect("JSON")
        }
    };
    for (method, token, error) in [
        ("auth.test", None, "not_authed"),
        ("auth.test", Some("xoxb-other".to_owned()), "invalid_auth"),
        ("auth.test", Some(app_token), "not_allowed_token_type"),
        (
            "apps.connections.open",
            Some(bot_token.clone()),
            "not_allowed_token_type",
        ),
        ("chat.shout", Some(bot_token.clone()), "unknown_method"),
    ] {
        assert_eq!(ask(method, token).await["error"], error, "{method}");
    }
    let me = ask("auth.test", Some(bot_token.clone())).await;
    assert_eq!((&me["ok"], &me["team"]), (&json!(true), &json!("Sandbox")));
    scene.sandbox.world().uninstall();
    assert_eq!(
        ask("auth.test", Some(bot_token)).await["error"],
        "token_revoked"
    );
    scene.stop().await;
}

#[tokio::test]
async fn a_missing_scope_is_named_with_those_there_are() {
    let app = AppSeed {
        scopes: vec!["chat:write".to_owned(), "channels:read".to_owned()],
        ..AppSeed::default()
    };
    let scene = Scene::with(Options {
        app,
        ..Options::default()
    })
    .await;
    let user = scene.person("ana").id().to_owned();
    let answer = scene.app.call("users.info", json!({ "user": user })).await;
    assert_eq!(
        answer,
        json!({ "ok": false, "error": "missing_scope", "needed": "users:read", "provided": "chat:write,channels:read" })
    );
    // One of several scopes lets a call in; the channel says which it is.
    let staff = scene
        .app
        .call(
            "conversations.info",
            json!({ "channel": scene.channel("staff") }),
        )
        .await;
    assert_eq!(staff["needed"], "groups:read");
    let general = scene
        .app
        .call(
            "conversations.info",
            json!({ "channel": scene.channel("general") }),
        )
        .await;
    assert_eq!(general["channel"]["is_member"], true);
    scene.end().await;
}

#[tokio::test]
async fn a_method_called_too_often_is_answered_429_with_how_long_to_wait() {
    let options = Options {
        rate_limits: true,
        ..Options::default()
    };
    let scene = Scene::with(options).await;
    let url = format!("{}users.list", scene.app.api);
    let ask = || {
        let request = scene
            .app
            .http
            .post(&url)
            .bearer_auth(Options::default().bot_token);
        async { request.send().await.expect("an answer") }
    };
    for _ in 0..20 {
        assert_eq!(ask().await.status(), 200);
    }
    let refused = ask().await;
    assert_eq!(refused.status(), 429);
    let wait: i64 = refused.headers()["retry-after"]
        .to_str()
        .expect("text")
        .parse()
        .expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    let answer: Value = refused.json().await.expect("JSON");
    assert_eq!(answer, json!({ "ok": false, "error": "ratelimited" }));
    scene
        .sandbox
        .world()
        .advance(chrono::Duration::seconds(wait));
    assert_eq!(ask().await.status(), 200);
    scene.end().await;
}

#[tokio::test]
async fn lists_come_in_pages() {
    let scene = Scene::start().await;
    let mut cursor = String::new();
    let mut names = Vec::new();
    loop {
        let body =
            json!({ "types": "public_channel,private_channel", "limit": 3, "cursor": cursor });
        let answer = scene.app.call("conversations.list", body).await;
        let page = answer["channels"].as_array().expect("channels");
        names.extend(
            page.iter()
                .map(|channel| channel["name"].as_str().expect("a name").to_owned()),
        );
        cursor = answer["response_metadata"]["next_cursor"]
            .as_str()
            .expect("a cursor")
            .to_owned();
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(names, ["general", "news", "random", "staff"]);
    let wrong = scene
        .app
        .call("conversations.list", json!({ "cursor": "x" }))
        .await;
    assert_eq!(wrong["error"], "invalid_cursor");
    let mine = scene.app.call("users.conversations", json!({})).await;
    assert_eq!(mine["channels"].as_array().map(Vec::len), Some(2));
    let members = scene
        .app
        .call(
            "conversations.members",
            json!({ "channel": scene.channel("news") }),
        )
        .await;
    assert_eq!(members["members"].as_array().map(Vec::len), Some(4));
    scene.end_with(&["invalid_cursor"]).await;
}

#[tokio::test]
async fn people_are_told_of_with_their_zone_and_standing() {
    let scene = Scene::start().await;
    let info = |name: &str| {
        let user = scene.person(name).id().to_owned();
        let app = &scene.app;
        async move { app.call("users.info", json!({ "user": user })).await["user"].clone() }
    };
    let (ana, dai) = (info("ana").await, info("dai").await);
    assert_eq!(
        (&ana["tz"], &ana["tz_offset"]),
        (&json!("Europe/Berlin"), &json!(3600))
    );
    assert_eq!(
        (&ana["is_admin"], &ana["is_primary_owner"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(
        (&dai["is_admin"], &dai["is_restricted"]),
        (&json!(false), &json!(true))
    );
    scene.sandbox.world().set_person("ben", true, false);
    assert_eq!(info("ben").await["is_stranger"], true);
    let nobody = scene.app.call("users.info", json!({ "user": "U1" })).await;
    assert_eq!(nobody["error"], "user_not_found");
    scene.end().await;
}

#[tokio::test]
async fn a_token_is_read_where_slack_reads_it_and_nowhere_else() {
    let scene = Scene::start().await;
    let (http, options) = (&scene.app.http, Options::default());
    let url = |method: &str| format!("{}{method}", scene.app.api);
    let form = |token: &str| serde_urlencoded::to_string([("token", token)]).expect("a form");
    let post_form = |method: &str, token: &str| {
        let request = http.post(url(method)).body(form(token));
        request.header("content-type", "application/x-www-form-urlencoded")
    };
    let (bot, app) = (&options.bot_token, &options.app_token);
    for (request, error) in [
        (post_form("auth.test", bot), None),
        (
            http.post(url("auth.test")).json(&json!({ "token": bot })),
            Some("not_authed"),
        ),
        (
            http.get(format!("{}?token={bot}", url("auth.test"))),
            Some("invalid_auth"),
        ),
        (
            post_form("apps.connections.open", app),
            Some("invalid_auth"),
        ),
        (
            post_form("apps.connections.open", app).bearer_auth(app),
            None,
        ),
    ] {
        let response = request.send().await.expect("an answer");
        let answer: Value = response.json().await.expect("JSON");
        assert_eq!(answer["error"].as_str(), error, "{answer}");
    }
    let recorded = format!("{:?}", scene.sandbox.world().traffic());
    assert!(!recorded.contains(bot.as_str()) && !recorded.contains(app.as_str()));
    scene.end_with(&["not_authed"]).await;
}
