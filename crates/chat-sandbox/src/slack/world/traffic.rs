//! All that went to and from the app, one line of JSON each.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::common::{Remembered, weight};

/// What went to and from the app. The oldest of many lines are forgotten.
#[derive(Debug, Default)]
pub struct Traffic(Remembered<Arc<Value>>);

impl Traffic {
    /// A line, which says of what kind it is: `http` for a call of a method, `response_url`, `event` for a frame that
    /// went to the app, `ack` for its acknowledgement. Tokens are left out.
    pub fn keep(&mut self, at: DateTime<Utc>, mut line: Value) {
        let millis = at.timestamp_subsec_millis();
        line["at"] = json!(at.timestamp() as f64 + f64::from(millis) / 1_000.0);
        let bytes = weight(&line);
        self.0.keep(Arc::new(line), bytes);
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

    /// The lines so far, oldest first. They are shared, not copied.
    pub fn lines(&self) -> Vec<Arc<Value>> {
        self.0.iter().cloned().collect()
    }
}
