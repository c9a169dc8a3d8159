//! What happened on a local platform, for tests and for whoever asks.

use serde_json::Value;

use super::remembered::{Remembered, weight};

/// How many characters of a problem are kept.
const TOLD: usize = 2_000;

/// One REST request and its answer.
#[derive(Clone, Debug)]
pub struct RequestRecord {
    /// The HTTP method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The body, or the `payload_json` of a form; null without one.
    pub request: Value,
    /// The HTTP status answered, also when the answer was lost on its way; 0 when none was given.
    pub status: u16,
    /// The body answered; null without one.
    pub response: Value,
}

/// The requests of the application, and what was wrong with them.
#[derive(Debug, Default)]
pub struct Recorder {
    requests: Remembered<RequestRecord>,
    problems: Remembered<String>,
}

impl Recorder {
    /// Keeps a problem for the tests, which fail on any.
    pub fn problem(&mut self, mut text: String) {
        if let Some((end, _)) = text.char_indices().nth(TOLD) {
            text.truncate(end);
        }
        tracing::warn!(problem = %text, "sandbox");
        let bytes = text.len();
        self.problems.keep(text, bytes);
    }

    /// Keeps a request and its answer.
    pub fn record(&mut self, record: RequestRecord) {
        let bytes = record.path.len() + weight(&record.request) + weight(&record.response);
        self.requests.keep(record, bytes);
    }

    /// The problems so far, oldest first.
    pub fn problems(&self) -> Vec<String> {
        self.problems.iter().cloned().collect()
    }

    /// The requests so far, oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.requests.iter().cloned().collect()
    }
}
