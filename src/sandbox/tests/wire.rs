//! A client of the gateway that shows every message.

use flate2::{Decompress, FlushDecompress};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::*;

pub(super) async fn sandbox() -> Sandbox {
    let options = Options {
        token: TOKEN.to_owned(),
        ..Options::default()
    };
    Sandbox::start(options).await.expect("a free port")
}

/// A connection to the gateway, after hello.
pub(super) struct Wire {
    pub(super) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    stream: Option<Decompress>,
}

impl Wire {
    pub(super) async fn open(sandbox: &Sandbox, query: &str) -> Self {
        let url = format!(
            "ws://{}/gateway?v=10&encoding=json{query}",
            sandbox.address()
        );
        let (socket, _) = connect_async(url).await.expect("a connection");
        let stream = query.contains("zlib-stream").then(|| Decompress::new(true));
        let mut wire = Self { socket, stream };
        let hello = wire.next().await;
        assert_eq!(
            (&hello["op"], &hello["d"]["heartbeat_interval"]),
            (&json!(10), &json!(41_250))
        );
        wire
    }

    pub(super) async fn send(&mut self, payload: Value) {
        self.socket
            .send(Message::text(payload.to_string()))
            .await
            .expect("sent");
    }

    pub(super) async fn message(&mut self) -> Message {
        let next = tokio::time::timeout(std::time::Duration::from_secs(10), self.socket.next());
        next.await
            .expect("in time")
            .expect("the connection stays")
            .expect("no error")
    }

    pub(super) async fn next(&mut self) -> Value {
        let text = match (self.message().await, &mut self.stream) {
            (Message::Text(text), None) => text.to_string(),
            (Message::Binary(bytes), Some(stream)) => {
                let mut output = Vec::with_capacity(100_000);
                stream
                    .decompress_vec(&bytes, &mut output, FlushDecompress::Sync)
                    .expect("zlib");
                String::from_utf8(output).expect("text")
            }
            (other, _) => panic!("{other:?}"),
        };
        serde_json::from_str(&text).expect("JSON")
    }

    /// The code the connection is closed with.
    pub(super) async fn closed(&mut self) -> u16 {
        match self.message().await {
            Message::Close(Some(frame)) => frame.code.into(),
            other => panic!("{other:?}"),
        }
    }

    pub(super) async fn identify(&mut self, intents: u64) -> String {
        self.send(identify(TOKEN, intents)).await;
        let ready = self.next().await;
        assert_eq!(
            (&ready["op"], &ready["t"], &ready["s"]),
            (&json!(0), &json!("READY"), &json!(1))
        );
        ready["d"]["session_id"]
            .as_str()
            .expect("a session")
            .to_owned()
    }
}

pub(super) fn identify(token: &str, intents: u64) -> Value {
    json!({ "op": 2, "d": { "token": token, "intents": intents, "properties": {} } })
}
