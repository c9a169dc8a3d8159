//! Rate limits, as a client meets them.

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use super::*;

async fn limited() -> Sandbox {
    let options = Options {
        token: TOKEN.to_owned(),
        rate_limits: true,
        ..Options::default()
    };
    Sandbox::start(options).await.expect("a free port")
}

fn channel(sandbox: &Sandbox, name: &str) -> u64 {
    let all = sandbox.person("ana").channels();
    let found = all.iter().find(|channel| channel.name == name);
    found.expect("the channel").id
}

async fn post(sandbox: &Sandbox, channel: u64) -> Response {
    let url = format!("{}/api/v10/channels/{channel}/messages", sandbox.url());
    let request = Client::new()
        .post(url)
        .body(json!({ "content": "hi" }).to_string());
    let sent = request
        .header("Authorization", format!("Bot {TOKEN}"))
        .send();
    sent.await.expect("an answer")
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    let value = response.headers().get(name);
    value.map_or("", |value| value.to_str().expect("text"))
}

#[tokio::test]
async fn a_channel_takes_five_messages_in_five_seconds() {
    let sandbox = limited().await;
    let (general, news) = (channel(&sandbox, "general"), channel(&sandbox, "news"));
    let mut buckets = Vec::new();
    for left in ["4", "3", "2", "1", "0"] {
        let response = post(&sandbox, general).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "X-RateLimit-Limit"), "5");
        assert_eq!(header(&response, "X-RateLimit-Remaining"), left);
        let after: f64 = header(&response, "X-RateLimit-Reset-After")
            .parse()
            .expect("seconds");
        assert!(after > 0.0 && after <= 5.0, "{after}");
        buckets.push(header(&response, "X-RateLimit-Bucket").to_owned());
    }
    buckets.dedup();
    assert_eq!(buckets.len(), 1);

    let refused = post(&sandbox, general).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(header(&refused, "X-RateLimit-Scope"), "user");
    assert_eq!(header(&refused, "X-RateLimit-Remaining"), "0");
    assert_eq!(header(&refused, "X-RateLimit-Global"), "");
    let whole: u64 = header(&refused, "Retry-After")
        .parse()
        .expect("whole seconds");
    let body = refused.bytes().await.expect("a body");
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    let wait = body["retry_after"].as_f64().expect("seconds");
    assert!(wait > 0.0 && wait <= whole as f64 && whole <= 6, "{body}");
    assert_eq!(body["global"], false);

    let other = post(&sandbox, news).await;
    assert_eq!(header(&other, "X-RateLimit-Remaining"), "4");
    assert_eq!(header(&other, "X-RateLimit-Bucket"), buckets[0]);
    assert_eq!(sandbox.world().rate_limited(), 1);
    assert_eq!(sandbox.world().problems(), [""; 0]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_bot_makes_fifty_requests_a_second_and_no_more() {
    let sandbox = limited().await;
    let client = Client::new();
    let ask = |path: &str| {
        let request = client.get(format!("{}/api/v10{path}", sandbox.url()));
        request
            .header("Authorization", format!("Bot {TOKEN}"))
            .send()
    };
    // Many more than fifty, so that also a slow machine sends fifty of them within a second.
    let all = futures_util::future::join_all((0..120).map(|_| ask("/users/@me"))).await;
    let refused = all.into_iter().map(|response| response.expect("an answer"));
    let refused: Vec<Response> = refused
        .filter(|response| response.status() == StatusCode::TOO_MANY_REQUESTS)
        .collect();
    let global = refused
        .iter()
        .find(|response| header(response, "X-RateLimit-Global") == "true");
    let global = global.expect("one that was refused for all requests");
    assert_eq!(header(global, "X-RateLimit-Scope"), "global");
    assert_eq!(header(global, "X-RateLimit-Bucket"), "");
    let token = ask("/webhooks/1/none/messages/@original")
        .await
        .expect("an answer");
    assert_ne!(
        token.status(),
        StatusCode::TOO_MANY_REQUESTS,
        "these are exempt"
    );
    assert_eq!(sandbox.world().rate_limited(), refused.len());
    sandbox.stop().await;
}

#[tokio::test]
async fn without_limits_nothing_is_told_of_them() {
    let sandbox = wire::sandbox().await;
    let general = channel(&sandbox, "general");
    for _ in 0..10 {
        let response = post(&sandbox, general).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "X-RateLimit-Limit"), "");
    }
    sandbox.stop().await;
}
