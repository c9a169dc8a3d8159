//! The gateway's protocol, message by message.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{
    wire::{Wire, identify, invalid, made, sandbox},
    *,
};

fn resume(session: &str, seq: u64) -> Value {
    json!({ "op": 6, "d": { "token": TOKEN, "session_id": session, "seq": seq } })
}

#[tokio::test]
async fn heartbeats_are_acknowledged_and_intents_honoured() {
    let sandbox = sandbox().await;
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(0).await;
    sandbox
        .person("ana")
        .say("general", "nobody asked for this")
        .await;
    wire.send(json!({ "op": 1, "d": 1 })).await;
    assert_eq!(
        wire.next().await["op"],
        11,
        "no guild, no message came before"
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn everything_may_be_one_compressed_stream() {
    let sandbox = sandbox().await;
    for compress in ["zlib-stream", "zstd-stream"] {
        let mut wire = Wire::open(&sandbox, &format!("&compress={compress}")).await;
        wire.identify(1).await;
        assert_eq!(wire.next().await["t"], "GUILD_CREATE");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn shards_that_identify_too_soon_are_refused() {
    let options = Options {
        rate_limits: true,
        shards: 4,
        max_concurrency: 2,
        ..Options::default()
    };
    let sandbox = made(options).await;
    for (shard, admitted) in [(0, true), (1, true), (2, false), (3, false)] {
        let mut wire = Wire::open(&sandbox, "").await;
        let mut identify = identify(TOKEN, 0);
        identify["d"]["shard"] = json!([shard, 4]);
        wire.send(identify).await;
        let next = wire.next().await;
        if admitted {
            assert_eq!(next["d"]["shard"], json!([shard, 4]));
        } else {
            assert_eq!(next, invalid(false));
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn what_was_missed_is_sent_again() {
    let sandbox = sandbox().await;
    let ana = sandbox.person("ana");
    let mut wire = Wire::open(&sandbox, "").await;
    let session = wire.identify(1 << 9).await;
    ana.say("general", "one").await;
    ana.say("general", "two").await;
    drop(wire);

    let mut wire = Wire::open(&sandbox, "").await;
    wire.send(resume(&session, 2)).await;
    let missed = wire.next().await;
    assert_eq!(
        (&missed["t"], &missed["s"]),
        (&json!("MESSAGE_CREATE"), &json!(3))
    );
    assert_eq!(wire.next().await["t"], "RESUMED");
    ana.say("general", "three").await;
    assert_eq!(wire.next().await["s"], 5);

    let mut other = Wire::open(&sandbox, "").await;
    other.send(resume(&session, 99)).await;
    assert_eq!(other.closed().await, 4007);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_session_that_said_goodbye_is_over() {
    let sandbox = sandbox().await;
    let mut wire = Wire::open(&sandbox, "").await;
    let session = wire.identify(0).await;
    wire.socket.close(None).await.expect("closed");
    let goodbye = tokio_tungstenite::tungstenite::protocol::CloseFrame {
        code: 1000.into(),
        reason: "".into(),
    };
    let mut wire = Wire::open(&sandbox, "").await;
    wire.send(resume(&session, 1)).await;
    assert_eq!(
        wire.next().await["t"],
        "RESUMED",
        "without a code it can be resumed"
    );
    wire.socket.close(Some(goodbye)).await.expect("closed");
    while wire.socket.next().await.is_some() {}
    until(sandbox.world(), |world| !world.bot_online()).await;

    let mut wire = Wire::open(&sandbox, "").await;
    wire.send(resume(&session, 1)).await;
    assert_eq!(wire.next().await, invalid(false));
    wire.identify(0).await;
    sandbox.stop().await;
}

#[tokio::test]
async fn mistakes_have_their_close_codes() {
    let sandbox = sandbox().await;
    let cases = [
        (json!({ "op": 77 }), 4001),
        (json!({ "op": 3, "d": {} }), 4003),
        (identify("wrong", 0), 4004),
        (identify(TOKEN, 1 << 60), 4013),
        (
            json!({ "op": 2, "d": { "token": TOKEN, "intents": 0, "shard": [1, 1] } }),
            4010,
        ),
    ];
    for (payload, code) in cases {
        let mut wire = Wire::open(&sandbox, "").await;
        wire.send(payload.clone()).await;
        assert_eq!(wire.closed().await, code, "{payload}");
    }
    let mut wire = Wire::open(&sandbox, "").await;
    wire.socket
        .send(Message::text("not JSON"))
        .await
        .expect("sent");
    assert_eq!(wire.closed().await, 4002);
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(0).await;
    wire.send(identify(TOKEN, 0)).await;
    assert_eq!(wire.closed().await, 4005);
    sandbox.stop().await;
}
