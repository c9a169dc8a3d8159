//! Connections: tickets, sharing, ends, and what is sent again.

use std::collections::BTreeSet;

use chrono::Duration;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::time;
use tokio_tungstenite::connect_async;

use super::{
    Scene,
    app::{next, open, ticket},
};
use crate::slack::{Failure, Options, Reason, Sandbox, SocketFault};

#[tokio::test]
async fn a_ticket_opens_one_socket() {
    let scene = Scene::start().await;
    assert_eq!(
        (
            &scene.app.hello["type"],
            &scene.app.hello["num_connections"]
        ),
        (&json!("hello"), &json!(1))
    );
    let url = ticket(&scene.app.http, &scene.app.api).await;
    let (mut second, _) = connect_async(&url).await.expect("a socket");
    assert_eq!(
        next(&mut second).await.expect("a hello")["num_connections"],
        2
    );
    assert!(connect_async(&url).await.is_err());
    assert_eq!(scene.sandbox.world().problems().len(), 1);
    scene.stop().await;
}

#[tokio::test]
async fn connections_share_what_is_sent_and_there_are_ten_at_most() {
    let mut scene = Scene::start().await;
    let mut others = Vec::new();
    for _ in 0..9 {
        let mut socket = open(&scene.app.http, &scene.app.api).await;
        assert_eq!(next(&mut socket).await.expect("a hello")["type"], "hello");
        others.push(socket);
    }
    let mut late = open(&scene.app.http, &scene.app.api).await;
    let refused = next(&mut late).await.expect("a frame");
    assert_eq!(
        (&refused["type"], &refused["reason"]),
        (&json!("disconnect"), &json!("too_many_websockets"))
    );
    assert_eq!(next(&mut late).await, None);
    let ana = scene.person("ana");
    for number in 0..10 {
        ana.say("general", &format!("{number}")).await;
    }
    // Every connection got one of the ten, and each of them went to one connection.
    let mut heard = BTreeSet::new();
    for socket in others.iter_mut().chain([&mut scene.app.socket]) {
        let frame = next(socket).await.expect("an event");
        heard.insert(frame["payload"]["event"]["text"].to_string());
    }
    assert_eq!(heard.len(), 10, "{heard:?}");
    scene.end().await;
}

#[tokio::test]
async fn without_a_connection_a_command_fails_and_an_event_comes_later() {
    let sandbox = Sandbox::start(Options::default())
        .await
        .expect("a free port");
    let ana = sandbox.person("ana");
    assert_eq!(
        ana.slash("general", "/echo").await,
        Err(Failure::NotConnected)
    );
    ana.say("general", "is anybody there?").await;
    let mut app = super::App::connect(&sandbox).await;
    sandbox.world().advance(Duration::seconds(60));
    let event = app.event("message").await;
    assert_eq!(event["text"], "is anybody there?");
    sandbox.stop().await;
}

#[tokio::test]
async fn an_event_that_is_not_acknowledged_is_sent_three_times_more() {
    let mut scene = Scene::start().await;
    scene.person("ana").say("general", "hello").await;
    let mut ids = Vec::new();
    for (attempt, wait) in [3, 3 + 60, 3 + 300, 3].into_iter().enumerate() {
        let frame = next(&mut scene.app.socket).await.expect("an event");
        assert_eq!(frame["retry_attempt"], attempt);
        ids.push(frame["payload"]["event_id"].clone());
        scene.sandbox.world().advance(Duration::seconds(3));
        scene.sandbox.world().advance(Duration::seconds(wait - 3));
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    scene.sandbox.world().advance(Duration::hours(1));
    // Nothing else came: the next frame is another event.
    scene.person("ana").say("general", "again").await;
    let frame = next(&mut scene.app.socket).await.expect("an event");
    assert_eq!(frame["payload"]["event"]["text"], "again");
    scene.end().await;
}

#[tokio::test]
async fn a_connection_goes_on_for_ten_seconds_after_a_warning() {
    let mut scene = Scene::start().await;
    scene
        .sandbox
        .world()
        .fault(SocketFault::Disconnect(Reason::Warning));
    let told = next(&mut scene.app.socket).await.expect("a frame");
    assert_eq!(
        (&told["type"], &told["reason"]),
        (&json!("disconnect"), &json!("warning"))
    );
    let ana = scene.person("ana");
    let (used, _) = tokio::join!(ana.slash("general", "/echo"), scene.app.answer(None));
    assert_eq!(used, Ok(()));
    scene.sandbox.world().advance(Duration::seconds(10));
    assert_eq!(next(&mut scene.app.socket).await, None);
    scene.end().await;
}

#[tokio::test]
async fn socket_mode_turned_off_ends_every_connection_and_those_to_come() {
    let mut scene = Scene::start().await;
    let world = scene.sandbox.world();
    world.fault(SocketFault::Disconnect(Reason::LinkDisabled));
    let told = next(&mut scene.app.socket).await.expect("a frame");
    assert_eq!(told["reason"], "link_disabled");
    assert_eq!(next(&mut scene.app.socket).await, None);
    let mut again = open(&scene.app.http, &scene.app.api).await;
    assert_eq!(
        next(&mut again).await.expect("a frame")["reason"],
        "link_disabled"
    );
    world.clear_faults();
    let mut again = open(&scene.app.http, &scene.app.api).await;
    assert_eq!(next(&mut again).await.expect("a frame")["type"], "hello");
    scene.end().await;
}

#[tokio::test]
async fn everything_may_come_twice_and_count_once() {
    let mut scene = Scene::start().await;
    scene.sandbox.world().fault(SocketFault::Duplicate);
    let ana = scene.person("ana");
    let twice = async {
        let (first, second) = (scene.app.asked().await, scene.app.asked().await);
        assert_eq!(first["envelope_id"], second["envelope_id"]);
        for frame in [&first, &second] {
            scene
                .app
                .ack(
                    frame,
                    Some(json!({ "response_type": "in_channel", "text": "once" })),
                )
                .await;
        }
    };
    let (used, ()) = tokio::join!(ana.slash("general", "/echo"), twice);
    assert_eq!(used, Ok(()));
    scene.sandbox.world().clear_faults();
    let (_, _) = tokio::join!(ana.slash("general", "/echo"), scene.app.answer(None));
    assert_eq!(ana.messages("general").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn what_breaks_without_a_word_is_noticed_by_the_app_alone() {
    let mut scene = Scene::start().await;
    let world = scene.sandbox.world();
    world.fault(SocketFault::Drop);
    assert_eq!(next(&mut scene.app.socket).await, None);
    let mut socket = open(&scene.app.http, &scene.app.api).await;
    assert_eq!(next(&mut socket).await.expect("a frame")["type"], "hello");
    world.fault(SocketFault::Fall);
    let ana = scene.person("ana");
    let asked = ana.slash("general", "/echo");
    let late = async {
        // It goes to the connection that hears nothing.
        tokio::task::yield_now().await;
        world.advance(Duration::seconds(3));
    };
    let (used, ()) = tokio::join!(asked, late);
    assert_eq!(used, Err(Failure::NotAcknowledged));
    // It is open all the same: neither an end nor a ping comes. Waiting takes no time from here on.
    time::pause();
    let silent = time::timeout(time::Duration::from_secs(60), socket.next());
    assert!(silent.await.is_err());
    world.clear_faults();
    assert_eq!(next(&mut socket).await, None);
    let lines = world.traffic();
    assert!(lines.iter().all(|line: &Value| line["at"].is_f64()));
    scene.stop().await;
}
