//! What comes from outside is bounded, in size and in time.

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{self, Duration, Instant, timeout},
};
use tokio_tungstenite::tungstenite::Message;

use super::Scene;
use crate::{
    RestFailure, RestFault,
    slack::{Failure, SocketFault},
};

/// The longest message that somebody may write.
fn longest() -> String {
    "x".repeat(12_000)
}

#[tokio::test]
async fn a_client_that_is_told_faster_than_it_reads_is_hung_up_on() {
    let scene = Scene::start().await;
    let (ana, world) = (scene.person("ana"), scene.sandbox.world());
    let mut said = 0;
    while world.connections() > 0 {
        ana.say("general", &longest()).await;
        said += 1;
        assert!(said < 10_000, "everything waits to be read");
    }
    let used = ana.slash("general", "/echo").await;
    assert_eq!(used, Err(Failure::NotConnected));
    scene.stop().await;
}

#[tokio::test]
async fn a_client_that_never_reads_is_hung_up_on_after_a_while() {
    let scene = Scene::start().await;
    let (ana, world) = (scene.person("ana"), scene.sandbox.world());
    // More than a socket holds of what nobody reads, and less than may wait.
    for _ in 0..500 {
        ana.say("general", &longest()).await;
    }
    assert_eq!(world.connections(), 1);
    // From here on waiting takes no time.
    time::pause();
    let mut changes = world.changes();
    let gone = async {
        while world.connections() > 0 {
            changes.changed().await.expect("it goes on");
        }
    };
    timeout(Duration::from_secs(60), gone)
        .await
        .expect("it is hung up on");
    scene.stop().await;
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let scene = Scene::start().await;
    time::pause();
    for path in ["/api/auth.test", "/actions/T1/x", "/upload/v1/x"] {
        let mut connection = TcpStream::connect(scene.sandbox.address())
            .await
            .expect("it listens");
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{{");
        connection.write_all(head.as_bytes()).await.expect("sent");
        let mut answer = [0; 9];
        let read = timeout(Duration::from_secs(60), connection.read_exact(&mut answer));
        read.await.expect("it is given up").expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 ", "{path}");
    }
    scene.stop().await;
}

#[tokio::test]
async fn response_urls_and_uploads_go_wrong_on_demand_too() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let (_, payload) = tokio::join!(ana.slash("general", "/echo"), scene.app.answer(None));
    let world = scene.sandbox.world();
    let text = serde_json::json!({ "text": "x" });
    let once = |what, path: &str| world.fault(RestFault::new(what).path(path).times(1));
    once(RestFailure::Status(503), "/actions/");
    assert_eq!(scene.app.respond(&payload, text.clone()).await, 503);
    let (after, global) = (Duration::from_secs(30), false);
    once(RestFailure::RateLimit { after, global }, "/actions/");
    assert_eq!(scene.app.respond(&payload, text.clone()).await, 429);
    world.advance(chrono::Duration::seconds(30));
    assert_eq!(ana.messages("general"), []);
    assert_eq!(scene.app.respond(&payload, text).await, 200);
    assert_eq!(ana.messages("general").len(), 1);
    let asked = serde_json::json!({ "filename": "a.txt", "length": 1 });
    let file = scene.app.call("files.getUploadURLExternal", asked).await;
    let url = file["upload_url"].as_str().expect("an address");
    let upload = || scene.app.http.post(url).body("a").send();
    once(RestFailure::DropBefore, "/upload/");
    assert!(upload().await.is_err());
    assert_eq!(upload().await.expect("an answer").status(), 200);
    scene.end().await;
}

#[tokio::test]
async fn a_pong_comes_as_late_as_it_is_to() {
    let mut scene = Scene::start().await;
    time::pause();
    let pong = async |scene: &mut Scene| {
        let (socket, asked) = (&mut scene.app.socket, Instant::now());
        let ping = Message::Ping("there?".into());
        socket.send(ping).await.expect("sent");
        while !matches!(socket.next().await, Some(Ok(Message::Pong(_)))) {}
        asked.elapsed()
    };
    let late = Duration::from_secs(20);
    assert!(pong(&mut scene).await < late);
    scene.sandbox.world().fault(SocketFault::LatePongs(late));
    assert!(pong(&mut scene).await >= late);
    scene.sandbox.world().clear_faults();
    assert!(pong(&mut scene).await < late);
    scene.end().await;
}
