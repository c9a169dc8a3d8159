//! Faults on demand.

use serde_json::{Value, json};
use tokio::time::{self, Duration, timeout};

use super::{Scene, button, card};
use crate::{
    RestFailure, RestFault,
    slack::{Fault, Options, SlackFailure, SlackFault},
};

/// Posts in the first channel: the status and the answer, which is null where it is no JSON; none when the connection
/// broke.
async fn post(scene: &Scene) -> Option<(u16, Value)> {
    let request = scene
        .app
        .http
        .post(format!("{}chat.postMessage", scene.app.api));
    let request = request.bearer_auth(Options::default().bot_token);
    let body = json!({ "channel": scene.channel("general"), "text": "x" });
    let response = request.json(&body).send().await.ok()?;
    let status = response.status().as_u16();
    Some((status, response.json().await.unwrap_or_default()))
}

fn posted(scene: &Scene) -> usize {
    scene.person("ana").messages("general").len()
}

#[tokio::test]
async fn a_post_may_be_done_and_answered_as_if_it_were_not() {
    let scene = Scene::start().await;
    let world = scene.sandbox.world();
    let fault = |what| SlackFault::new("chat.postMessage", what).times(1);
    world.fault(fault(SlackFailure::Error("restricted_action")));
    assert_eq!(
        post(&scene).await.expect("an answer").1["error"],
        "restricted_action"
    );
    assert_eq!(posted(&scene), 0);
    world.fault(fault(SlackFailure::ErrorAfter("fatal_error")));
    assert_eq!(
        post(&scene).await.expect("an answer").1["error"],
        "fatal_error"
    );
    assert_eq!(posted(&scene), 1);
    world.fault(fault(SlackFailure::StatusAfter(504)));
    assert_eq!(post(&scene).await, Some((504, Value::Null)));
    assert_eq!(posted(&scene), 2);
    world.fault(
        RestFault::new(RestFailure::DropAfter)
            .path("chat.postMessage")
            .times(1),
    );
    assert_eq!(post(&scene).await, None);
    assert_eq!(posted(&scene), 3);
    world.fault(
        RestFault::new(RestFailure::DropBefore)
            .path("chat.postMessage")
            .times(1),
    );
    assert_eq!(post(&scene).await, None);
    world.fault(
        RestFault::new(RestFailure::Status(500))
            .path("chat.postMessage")
            .times(1),
    );
    assert_eq!(post(&scene).await, Some((500, Value::Null)));
    assert_eq!(posted(&scene), 3);
    assert_eq!(post(&scene).await.expect("an answer").1["ok"], true);
    scene.end().await;
}

/// Posts, and sees that there is no answer until the faults are cleared, though what was posted is there.
async fn stalled(scene: &Scene) {
    let world = scene.sandbox.world();
    let mut answer = std::pin::pin!(post(scene));
    let seen = async {
        let ana = scene.person("ana");
        ana.wait_for("general", |view| view.text == "x").await;
    };
    tokio::select! {
        early = &mut answer => panic!("it was answered: {early:?}"),
        () = seen => {}
    }
    // From here on waiting takes no time.
    time::pause();
    let late = timeout(Duration::from_secs(60), &mut answer);
    assert!(late.await.is_err());
    world.clear_faults();
    let (status, answer) = answer.await.expect("an answer");
    assert_eq!((status, &answer["ok"]), (200, &json!(true)));
}

#[tokio::test]
async fn a_post_that_is_never_answered_is_done_all_the_same() {
    let scene = Scene::start().await;
    let world = scene.sandbox.world();
    world.fault(SlackFault::new("chat.postMessage", SlackFailure::StallAfter).times(1));
    stalled(&scene).await;
    assert_eq!(posted(&scene), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_rate_limit_on_demand_is_for_one_method() {
    let scene = Scene::start().await;
    let after = Duration::from_secs(30);
    let limit = RestFailure::RateLimit {
        after,
        global: false,
    };
    scene
        .sandbox
        .world()
        .fault(RestFault::new(limit).path("chat.postMessage").times(1));
    assert_eq!(
        post(&scene).await,
        Some((429, json!({ "ok": false, "error": "ratelimited" })))
    );
    assert_eq!(scene.app.call("auth.test", json!({})).await["ok"], true);
    scene.sandbox.world().advance(chrono::Duration::seconds(30));
    assert_eq!(post(&scene).await.map(|(status, _)| status), Some(200));
    scene.end().await;
}

#[tokio::test]
async fn ephemerals_may_be_lost_edits_be_too_late_and_response_urls_expired() {
    let mut scene = Scene::start().await;
    let blocks = card("Card", json!([button("Go")]));
    let message = scene
        .post("general", json!({ "text": "x", "blocks": blocks }))
        .await;
    let ana = scene.person("ana");
    let seen = ana.messages("general").remove(0);
    let (_, payload) = tokio::join!(ana.click(&seen, "Go"), scene.app.answer(None));
    let world = scene.sandbox.world();
    for fault in [
        Fault::LoseEphemerals,
        Fault::CloseEditWindow,
        Fault::ExpireResponseUrls,
    ] {
        world.fault(fault);
    }
    let whisper = json!({ "channel": message["channel"], "user": ana.id(), "text": "psst" });
    assert_eq!(
        scene.app.call("chat.postEphemeral", whisper).await["ok"],
        true
    );
    assert_eq!(ana.messages("general").len(), 1);
    let change = json!({ "channel": message["channel"], "ts": message["ts"], "text": "y" });
    assert_eq!(
        scene.app.call("chat.update", change.clone()).await["error"],
        "edit_window_closed"
    );
    assert_eq!(
        scene.app.respond(&payload, json!({ "text": "z" })).await,
        404
    );
    world.clear_faults();
    assert_eq!(scene.app.call("chat.update", change).await["ok"], true);
    assert_eq!(
        scene.app.respond(&payload, json!({ "text": "z" })).await,
        200
    );
    scene.stop().await;
}
