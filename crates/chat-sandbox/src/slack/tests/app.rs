//! A scripted app: it calls methods, reads frames and acknowledges them when the test says so.

use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    time::{Duration, timeout},
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use crate::slack::{Options, Sandbox};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) struct App {
    pub http: Client,
    pub api: String,
    pub socket: Socket,
    pub hello: Value,
}

impl App {
    /// Logs in and reads the hello.
    pub async fn connect(sandbox: &Sandbox) -> Self {
        let (http, api) = (Client::new(), sandbox.api());
        let mut socket = open(&http, &api).await;
        let hello = next(&mut socket).await.expect("a hello");
        Self {
            http,
            api,
            socket,
            hello,
        }
    }

    /// Calls a method with JSON and the bot token.
    pub async fn call(&self, method: &str, body: Value) -> Value {
        let token = Options::default().bot_token;
        let request = self
            .http
            .post(format!("{}{method}", self.api))
            .bearer_auth(token);
        let response = request.json(&body).send().await.expect("an answer");
        response.json().await.expect("JSON")
    }

    /// The next frame that is an interaction or a command; events on the way are acknowledged.
    pub async fn asked(&mut self) -> Value {
        loop {
            let frame = next(&mut self.socket).await.expect("a frame");
            if frame["type"] != "events_api" {
                return frame;
            }
            self.ack(&frame, None).await;
        }
    }

    /// The next event of that type, acknowledged.
    pub async fn event(&mut self, kind: &str) -> Value {
        loop {
            let frame = next(&mut self.socket).await.expect("a frame");
            self.ack(&frame, None).await;
            let event = &frame["payload"]["event"];
            if event["type"] == kind {
                return event.clone();
            }
        }
    }

    /// The next event, whatever it is, acknowledged.
    pub async fn next_event(&mut self) -> Value {
        let frame = next(&mut self.socket).await.expect("a frame");
        self.ack(&frame, None).await;
        frame["payload"]["event"].clone()
    }

    pub async fn ack(&mut self, frame: &Value, payload: Option<Value>) {
        let mut ack = json!({ "envelope_id": frame["envelope_id"] });
        if let Some(payload) = payload {
            ack["payload"] = payload;
        }
        let text = Message::Text(ack.to_string().into());
        self.socket.send(text).await.expect("sent");
    }

    /// Acknowledges what is asked next, and returns it.
    pub async fn answer(&mut self, payload: Option<Value>) -> Value {
        let frame = self.asked().await;
        self.ack(&frame, payload).await;
        frame["payload"].clone()
    }

    /// Posts to the response URL of a payload; returns the status.
    pub async fn respond(&self, payload: &Value, body: Value) -> u16 {
        let url = payload["response_url"].as_str().expect("a response URL");
        let response = self
            .http
            .post(url)
            .json(&body)
            .send()
            .await
            .expect("an answer");
        response.status().as_u16()
    }
}

/// Opens one more socket.
pub(super) async fn open(http: &Client, api: &str) -> Socket {
    let url = ticket(http, api).await;
    connect_async(&url).await.expect("a socket").0
}

/// The address of a socket that was not opened yet.
pub(super) async fn ticket(http: &Client, api: &str) -> String {
    let token = Options::default().app_token;
    let request = http
        .post(format!("{api}apps.connections.open"))
        .bearer_auth(token);
    let answer: Value = request
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    answer["url"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer}"))
        .to_owned()
}

/// The next frame; none when the socket ended.
pub(super) async fn next(socket: &mut Socket) -> Option<Value> {
    loop {
        let message = timeout(PATIENCE, socket.next())
            .await
            .expect("something comes");
        match message {
            Some(Ok(Message::Text(text))) => {
                return Some(serde_json::from_str(&text).expect("JSON"));
            }
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            Some(Ok(_)) => {}
        }
    }
}
