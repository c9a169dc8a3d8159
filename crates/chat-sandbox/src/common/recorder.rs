//! What happened on a local platform, for tests and for whoever asks.

use std::collections::VecDeque;

use serde_json::Value;

/// How many requests and problems are remembered; the oldest go first.
const REMEMBERED: usize = 20_000;

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
    requests: VecDeque<RequestRecord>,
    problems: VecDeque<String>,
}

impl Recorder {
    /// Keeps a problem for the tests, which fail on any.
    pub fn problem(&mut self, text: String) {
        tracing::warn!(problem = %text, "sandbox");
        keep(&mut self.problems, text);
    }

    /// Keeps a request and its answer.
    pub fn record(&mut self, record: RequestRecord) {
        keep(&mut self.requests, record);
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

fn keep<T>(all: &mut VecDeque<T>, one: T) {
    if all.len() == REMEMBERED {
        all.pop_front();
    }
    all.push_back(one);
}
