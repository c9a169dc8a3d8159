//! All that went to and from the app, one line of JSON each.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// How many lines are remembered; the oldest go first.
const REMEMBERED: usize = 20_000;

/// What went to and from the app.
#[derive(Debug, Default)]
pub struct Traffic(VecDeque<Value>);

impl Traffic {
    fn keep(&mut self, at: DateTime<Utc>, mut line: Value) {
        let millis = at.timestamp_subsec_millis();
        line["at"] = json!(at.timestamp() as f64 + f64::from(millis) / 1_000.0);
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(line);
    }

    /// A frame that went to the app over a socket.
    pub fn frame(&mut self, at: DateTime<Utc>, frame: &Value) {
        self.keep(at, json!({ "kind": "event", "envelope": frame }));
    }

    /// An acknowledgement of a frame.
    pub fn ack(&mut self, at: DateTime<Utc>, frame: &Value, payload: &Value) {
        self.keep(
            at,
            json!({ "kind": "ack", "envelope": frame, "payload": payload }),
        );
    }

    /// A message to a response URL.
    pub fn response_url(&mut self, at: DateTime<Utc>, url: &str, request: &Value, status: u16) {
        self.keep(
            at,
            json!({ "kind": "response_url", "url": url, "request": request, "status": status }),
        );
    }

    /// A call of a method, whose token is left out.
    pub fn http(&mut self, at: DateTime<Utc>, mut line: Value) {
        line["kind"] = json!("http");
        self.keep(at, line);
    }

    /// The lines so far, oldest first.
    pub fn lines(&self) -> Vec<Value> {
        self.0.iter().cloned().collect()
    }
}
