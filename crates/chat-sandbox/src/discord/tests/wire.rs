//! A client of the gateway that shows every message.

use std::io::Write;

use flate2::write::ZlibDecoder;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::*;

pub(super) async fn sandbox() -> Sandbox {
    made(Options::default()).await
}

pub(super) async fn made(options: Options) -> Sandbox {
    let options = Options {
        token: TOKEN.to_owned(),
        ..options
    };
    Sandbox::start(options).await.expect("a free port")
}

/// A connection to the gateway, after hello.
pub(super) struct Wire {
    pub(super) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    encoding: Encoding,
}

/// How the messages of a connection are to be read.
enum Encoding {
    Text,
    Zlib(ZlibDecoder<Vec<u8>>),
    Zstd(zstd::stream::write::Decoder<'static, Vec<u8>>),
}

impl Encoding {
    fn of(query: &str) -> Self {
        if query.contains("zlib-stream") {
            Self::Zlib(ZlibDecoder::new(Vec::new()))
        } else if query.contains("zstd-stream") {
            let decoder = zstd::stream::write::Decoder::new(Vec::new());
            Self::Zstd(decoder.expect("a decoder"))
        } else {
            Self::Text
        }
    }

    fn read(&mut self, message: Message) -> Vec<u8> {
        match (message, self) {
            (Message::Text(text), Self::Text) => text.as_bytes().to_vec(),
            (Message::Binary(bytes), Self::Zlib(stream)) => {
                stream.write_all(&bytes).expect("zlib");
                stream.flush().expect("flushed");
                std::mem::take(stream.get_mut())
            }
            (Message::Binary(bytes), Self::Zstd(stream)) => {
                stream.write_all(&bytes).expect("zstd");
                stream.flush().expect("flushed");
                std::mem::take(stream.get_mut())
            }
            (other, _) => panic!("{other:?}"),
        }
    }
}

impl Wire {
    pub(super) async fn open(sandbox: &Sandbox, query: &str) -> Self {
        let url = format!(
            "ws://{}/gateway?v=10&encoding=json{query}",
            sandbox.address()
        );
        let (socket, _) = connect_async(url).await.expect("a connection");
        let encoding = Encoding::of(query);
        let mut wire = Self { socket, encoding };
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
        let message = self.message().await;
        serde_json::from_slice(&self.encoding.read(message)).expect("JSON")
    }

    /// The code the connection is closed with.
    pub(super) async fn closed(&mut self) -> u16 {
        match self.message().await {
            Message::Close(Some(frame)) => frame.code.into(),
            Message::Close(None) => 1005,
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

/// What a client is told whose session is not valid.
pub(super) fn invalid(resumable: bool) -> Value {
    json!({ "t": null, "s": null, "op": 9, "d": resumable })
}
