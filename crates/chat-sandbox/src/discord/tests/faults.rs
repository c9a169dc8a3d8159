//! Faults on demand, as a client meets them.

use std::time::Duration;

use reqwest::{Client, Error, Method, Response};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{wire::Wire, *};
use crate::common::{RestFailure, RestFault};
use crate::discord::GatewayFault;

fn general(sandbox: &Sandbox) -> u64 {
    sandbox.person("ana").channels()[0].id
}

async fn ask(sandbox: &Sandbox, method: Method, path: &str, body: &str) -> Result<Response, Error> {
    let request = Client::new().request(method, format!("{}/api/v10{path}", sandbox.url()));
    let request = request.header("Authorization", format!("Bot {TOKEN}"));
    request.body(body.to_owned()).send().await
}

async fn post(sandbox: &Sandbox) -> Result<u16, Error> {
    let path = format!("/channels/{}/messages", general(sandbox));
    let sent = ask(
        sandbox,
        Method::POST,
        &path,
        &json!({ "content": "hi" }).to_string(),
    )
    .await;
    sent.map(|response| response.status().as_u16())
}

async fn get(sandbox: &Sandbox, path: &str) -> u16 {
    let answer = ask(sandbox, Method::GET, path, "").await;
    answer.expect("an answer").status().as_u16()
}

fn messages(sandbox: &Sandbox) -> usize {
    sandbox.person("ana").messages("general").len()
}

fn posts(what: RestFailure) -> RestFault {
    RestFault::new(what).method(Method::POST).path("/messages")
}

#[tokio::test]
async fn requests_fail_as_often_as_wanted() {
    let sandbox = wire::sandbox().await;
    let world = sandbox.world();
    world.fault(posts(RestFailure::Status(500)).times(1));
    world.fault(posts(RestFailure::Status(503)).times(1));
    assert_eq!(
        get(&sandbox, "/users/@me").await,
        200,
        "it is another route"
    );
    assert_eq!(post(&sandbox).await.expect("an answer"), 500);
    assert_eq!(post(&sandbox).await.expect("an answer"), 503);
    assert_eq!(messages(&sandbox), 0);
    assert_eq!(post(&sandbox).await.expect("an answer"), 200);
    world.fault(RestFault::new(RestFailure::Status(502)));
    for _ in 0..3 {
        assert_eq!(get(&sandbox, "/users/@me").await, 502);
    }
    world.clear_faults();
    assert_eq!(get(&sandbox, "/users/@me").await, 200);
    assert_eq!(world.problems(), [""; 0]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_connection_breaks_before_or_after_the_work() {
    let sandbox = wire::sandbox().await;
    let world = sandbox.world();
    world.fault(posts(RestFailure::DropBefore).times(1));
    world.fault(posts(RestFailure::DropAfter).times(1));
    assert!(
        post(&sandbox)
            .await
            .expect_err("no answer")
            .status()
            .is_none()
    );
    assert_eq!(messages(&sandbox), 0);
    assert!(
        post(&sandbox)
            .await
            .expect_err("no answer")
            .status()
            .is_none()
    );
    assert_eq!(messages(&sandbox), 1);
    let kept: Vec<u16> = world
        .requests()
        .iter()
        .map(|request| request.status)
        .collect();
    assert_eq!(kept, [0, 200]);
    assert_eq!(post(&sandbox).await.expect("an answer"), 200);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_stalled_request_is_not_answered_and_a_delayed_one_late() {
    let sandbox = wire::sandbox().await;
    sandbox.world().fault(posts(RestFailure::Stall).times(1));
    let stalled = post(&sandbox);
    let (stalled, ()) = tokio::join!(stalled, async {
        while sandbox.world().requests().is_empty() {
            tokio::task::yield_now().await;
        }
        sandbox.world().clear_faults();
    });
    stalled.expect_err("no answer");
    assert_eq!(messages(&sandbox), 0);

    let late = Duration::from_millis(50);
    sandbox.world().fault(posts(RestFailure::Delay(late)));
    let started = std::time::Instant::now();
    assert_eq!(post(&sandbox).await.expect("an answer"), 200);
    assert!(started.elapsed() >= late);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_rate_limit_lasts_for_its_bucket_or_for_all() {
    let sandbox = wire::sandbox().await;
    let world = sandbox.world();
    let after = Duration::from_secs(60);
    let limit = |global| posts(RestFailure::RateLimit { after, global }).times(1);
    world.fault(limit(false));
    assert_eq!(post(&sandbox).await.expect("an answer"), 429);
    assert_eq!(post(&sandbox).await.expect("an answer"), 429, "it lasts");
    assert_eq!(get(&sandbox, "/users/@me").await, 200);
    world.clear_faults();
    world.fault(limit(true));
    let path = format!("/channels/{}/messages", general(&sandbox));
    let refused = ask(&sandbox, Method::POST, &path, "{}")
        .await
        .expect("an answer");
    assert_eq!(refused.headers()["X-RateLimit-Global"], "true");
    assert_eq!(refused.headers()["Retry-After"], "60");
    let body: Value =
        serde_json::from_slice(&refused.bytes().await.expect("a body")).expect("JSON");
    assert_eq!(body["global"], true);
    assert_eq!(get(&sandbox, "/users/@me").await, 429);
    assert_eq!(world.rate_limited(), 4);
    world.clear_faults();
    assert_eq!(post(&sandbox).await.expect("an answer"), 200);
    assert_eq!(world.problems(), [""; 0]);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_gateway_asks_to_resume_or_to_start_anew() {
    let sandbox = wire::sandbox().await;
    let world = sandbox.world();
    let mut wire = Wire::open(&sandbox, "").await;
    let session = wire.identify(0).await;
    let resume = |seq: u64| {
        let data = json!({ "token": TOKEN, "session_id": session, "seq": seq });
        json!({ "op": 6, "d": data })
    };
    world.fault(GatewayFault::Reconnect);
    assert_eq!(wire.next().await["op"], 7);
    world.fault(GatewayFault::InvalidSession { resumable: true });
    assert_eq!(wire.next().await, wire::invalid(true));
    wire.send(resume(1)).await;
    assert_eq!(wire.next().await["t"], "RESUMED");
    world.fault(GatewayFault::Close(4000));
    assert_eq!(wire.closed().await, 4000);

    let mut wire = Wire::open(&sandbox, "").await;
    wire.send(resume(2)).await;
    assert_eq!(wire.next().await["t"], "RESUMED");
    world.fault(GatewayFault::CloseBare);
    // 1005 stands for a close frame without a code (RFC 6455, section 7.1.5).
    assert_eq!(wire.closed().await, 1005);

    let mut wire = Wire::open(&sandbox, "").await;
    wire.send(resume(3)).await;
    assert_eq!(wire.next().await["t"], "RESUMED");
    world.fault(GatewayFault::InvalidSession { resumable: false });
    assert_eq!(wire.next().await, wire::invalid(false));
    wire.send(resume(4)).await;
    assert_eq!(wire.next().await, wire::invalid(false), "it is over");
    wire.identify(0).await;
    sandbox.stop().await;
}

#[tokio::test]
async fn the_gateway_keeps_silent() {
    let sandbox = wire::sandbox().await;
    let world = sandbox.world();
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(1 << 9).await;
    world.fault(GatewayFault::WithholdAcks);
    wire.send(json!({ "op": 1, "d": 1 })).await;
    wire.send(wire::identify(TOKEN, 0)).await;
    let refused = wire.closed().await;
    assert_eq!(
        refused, 4005,
        "the heartbeat before it was not acknowledged"
    );

    world.fault(GatewayFault::StallHandshake { times: Some(1) });
    let stalled = Wire::open(&sandbox, "");
    assert!(timeout(Duration::from_millis(200), stalled).await.is_err());
    Wire::open(&sandbox, "").await;
    sandbox.stop().await;
}

#[tokio::test]
async fn events_come_twice_or_out_of_order() {
    let sandbox = wire::sandbox().await;
    let (world, ana) = (sandbox.world(), sandbox.person("ana"));
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(1 << 9).await;
    world.fault(GatewayFault::DuplicateEvents);
    ana.say("general", "one").await;
    let one = wire.next().await;
    assert_eq!(one, wire.next().await);
    world.fault(GatewayFault::DuplicateEvents);
    world.fault(GatewayFault::ReorderEvents);
    ana.say("general", "two").await;
    ana.say("general", "three").await;
    let mut thrice = Vec::new();
    for _ in 0..6 {
        thrice.push(wire.next().await["s"].clone());
    }
    assert_eq!(thrice, [4, 4, 4, 3, 3, 3]);
    world.clear_faults();
    world.fault(GatewayFault::ReorderEvents);
    ana.say("general", "four").await;
    ana.say("general", "five").await;
    assert_eq!(
        (&wire.next().await["s"], &wire.next().await["s"]),
        (&json!(6), &json!(5))
    );
    ana.say("general", "six").await;
    assert_eq!(wire.next().await["s"], 7, "alone, it waits but a moment");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_client_lives_through_faults() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let callbacks = RestFault::new(RestFailure::DropAfter).path("/callback");
    scene.world().fault(callbacks.times(1));
    ana.slash("general", "/hello")
        .await
        .expect("the work was done");
    scene.world().fault(GatewayFault::DuplicateEvents);
    ana.slash("general", "/hello").await.expect("an answer");
    scene.world().clear_faults();
    scene.world().fault(GatewayFault::Reconnect);
    ana.slash("general", "/hello").await.expect("an answer");
    scene.end().await;
}
