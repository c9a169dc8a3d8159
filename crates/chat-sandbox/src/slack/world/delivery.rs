//! What is sent to the app, and what becomes of it: acknowledged in time, sent again, or given up.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value, json};
use tokio::sync::oneshot;

use super::{
    content::read_content,
    message::NewMessage,
    pending::{Answer, Asked, Pending, Retry},
    state::State,
};
use crate::{
    common::secret,
    slack::{blocks, failure::Failure},
};

/// How long an application has to acknowledge, in seconds.
pub const ACKNOWLEDGE: i64 = 3;

/// How many events may wait to be sent again; more are lost.
const WAITING: usize = 2_000;

/// After how many seconds an event is sent again, the first time, the second and the last.
const AGAIN: [i64; 3] = [0, 60, 300];

impl State {
    /// Sends the app something. Who waits for the answer gets one, whatever happens.
    pub fn send(
        &mut self,
        kind: &str,
        payload: Value,
        asked: Asked,
        answer: Option<oneshot::Sender<Answer>>,
    ) {
        let accepts = matches!(
            asked,
            Asked::Command { .. } | Asked::Suggestion | Asked::Submission { .. }
        );
        let mut frame = json!({
            "envelope_id": secret(), "type": kind, "accepts_response_payload": accepts, "payload": payload,
        });
        if let Asked::Event { attempt } = asked {
            frame["retry_attempt"] = json!(attempt);
            frame["retry_reason"] = json!(if attempt == 0 { "" } else { "timeout" });
        }
        self.deliver(frame, asked, answer);
    }

    fn deliver(&mut self, frame: Value, asked: Asked, answer: Option<oneshot::Sender<Answer>>) {
        let copies = if self.faults.duplicate_envelopes {
            2
        } else {
            1
        };
        for _ in 0..copies {
            if !self.sockets.send(&frame) {
                return self.undelivered(&frame, &asked, answer);
            }
            self.traffic.frame(self.clock.now(), &frame);
        }
        let id = frame["envelope_id"].as_str().unwrap_or_default().to_owned();
        let pending = Pending {
            frame,
            asked,
            deadline: self.now() + Duration::seconds(ACKNOWLEDGE),
            answer,
        };
        self.pending.insert(id, pending);
        self.wake.notify_one();
    }

    fn undelivered(
        &mut self,
        frame: &Value,
        asked: &Asked,
        answer: Option<oneshot::Sender<Answer>>,
    ) {
        match asked {
            Asked::Event { attempt } => self.retry(frame, *attempt, "connection_failed"),
            _ => answered(answer, Err(Failure::NotConnected)),
        }
    }

    fn retry(&mut self, frame: &Value, attempt: usize, reason: &'static str) {
        let Some(seconds) = AGAIN.get(attempt) else {
            return;
        };
        if self.retries.len() >= WAITING {
            return self.problem("an event is lost: too many wait to be sent again");
        }
        self.retries.push(Retry {
            at: self.now() + Duration::seconds(*seconds),
            payload: frame["payload"].clone(),
            attempt: attempt + 1,
            reason,
        });
        self.wake.notify_one();
    }

    /// What the app acknowledged, with the payload it sent, if any. A second acknowledgement changes nothing.
    pub fn acknowledged(&mut self, envelope: &str, payload: Option<Value>) {
        let Some(pending) = self.pending.remove(envelope) else {
            return;
        };
        let payload = payload.unwrap_or(Value::Null);
        self.traffic.ack(self.clock.now(), &pending.frame, &payload);
        // Bolt for JavaScript sends an empty object where there is nothing to say.
        let empty = payload.is_null() || payload.as_object().is_some_and(Map::is_empty);
        let answer = match &pending.asked {
            Asked::Command { person, channel } if !empty => {
                self.answer_command(person, channel, &payload)
            }
            Asked::Submission { person, view } => {
                self.answer_submission(person, view, &payload, empty)
            }
            Asked::Suggestion => Ok(payload),
            _ if empty => Ok(Value::Null),
            Asked::Command { .. } => Ok(Value::Null),
            Asked::Event { .. } | Asked::Other => {
                self.problem(format!(
                    "a payload was sent with the acknowledgement of {}",
                    pending.frame["type"]
                ));
                Ok(Value::Null)
            }
        };
        if let Err(failure) = &answer
            && !matches!(failure, Failure::Errors(_))
        {
            self.problem(failure.to_string());
        }
        answered(pending.answer, answer);
        self.changed();
    }

    /// Shows what an acknowledged slash command is answered with.
    fn answer_command(&mut self, person: &str, channel: &str, payload: &Value) -> Answer {
        let content = read_content(payload).map_err(Failure::Unusable)?;
        if payload["response_type"] == "in_channel" {
            let user = self.app.user.clone();
            let new = NewMessage {
                user,
                content,
                ..NewMessage::default()
            };
            self.post(channel, new);
        } else {
            self.whisper(channel, person, content, None);
        }
        Ok(Value::Null)
    }

    fn answer_submission(
        &mut self,
        person: &str,
        view: &str,
        payload: &Value,
        empty: bool,
    ) -> Answer {
        if empty {
            self.close_view(person, view);
            return Ok(Value::Null);
        }
        match payload["response_action"].as_str().unwrap_or_default() {
            "clear" => {
                self.views.remove(person);
                self.changed();
                Ok(Value::Null)
            }
            "errors" => Err(self.errors(view, &payload["errors"])),
            action @ ("update" | "push") => {
                let sent = payload["view"].clone();
                let faults = blocks::view_faults(&sent, &["modal"]);
                if let Some(fault) = faults.first() {
                    return Err(Failure::Unusable(fault.clone()));
                }
                let instead = (action == "update").then_some(view);
                if self.is_taken(&sent, instead) {
                    return Err(Failure::Unusable("duplicate_external_id".to_owned()));
                }
                let done = if action == "update" {
                    self.replace_view(view, sent)
                } else {
                    self.push_view(person, sent).is_some()
                };
                if !done {
                    return Err(Failure::Unusable(format!(
                        "a view could not be shown by {action}"
                    )));
                }
                Ok(Value::Null)
            }
            other => Err(Failure::Unusable(format!(
                "{other:?} is not a response_action"
            ))),
        }
    }

    /// What the app says of a form's fields, if each is a field of the form.
    fn errors(&self, view: &str, errors: &Value) -> Failure {
        let open = self.view(view).map(|open| &open.view.sent["blocks"]);
        let inputs = open.and_then(Value::as_array).into_iter().flatten();
        let inputs: Vec<&str> = inputs
            .filter(|block| block["type"] == "input")
            .filter_map(|block| block["block_id"].as_str())
            .collect();
        let all = errors.as_object().into_iter().flatten();
        let all: BTreeMap<String, String> = all
            .map(|(block, text)| (block.clone(), text.as_str().unwrap_or_default().to_owned()))
            .collect();
        let shown = |(block, text): (&String, &String)| {
            inputs.contains(&block.as_str()) && !text.is_empty()
        };
        if all.is_empty() || !all.iter().all(shown) {
            return Failure::Unusable(format!("{errors} does not name an error for input blocks"));
        }
        Failure::Errors(all)
    }

    /// Takes a modal, and what lies on it, off someone's screen.
    pub fn close_view(&mut self, person: &str, view: &str) {
        if let Some(stack) = self.views.get_mut(person) {
            let place = stack.iter().position(|open| open.view.id == view);
            stack.truncate(place.unwrap_or(stack.len()));
        }
        self.changed();
    }

    /// When something is next to be given up, sent again or closed.
    pub fn next_deadline(&self) -> Option<DateTime<Utc>> {
        let pending = self.pending.values().map(|pending| pending.deadline);
        let retries = self.retries.iter().map(|retry| retry.at);
        pending
            .chain(retries)
            .chain(self.sockets.next_close())
            .min()
    }

    /// Gives up what was not acknowledged in time, and sends events again.
    pub fn lapse(&mut self) {
        let now = self.now();
        let late = |pending: &Pending| pending.deadline <= now;
        let due: Vec<String> = self
            .pending
            .iter()
            .filter(|(_, it)| late(it))
            .map(|(id, _)| id.clone())
            .collect();
        for id in due {
            let Some(pending) = self.pending.remove(&id) else {
                continue;
            };
            if let Asked::Event { attempt } = pending.asked {
                self.retry(&pending.frame, attempt, "timeout");
            } else {
                self.problem(format!(
                    "{} was not acknowledged within 3 seconds",
                    pending.frame["type"]
                ));
                answered(pending.answer, Err(Failure::NotAcknowledged));
            }
        }
        let (due, later): (Vec<Retry>, Vec<Retry>) =
            self.retries.drain(..).partition(|retry| retry.at <= now);
        self.retries = later;
        for retry in due {
            let frame = json!({
                "envelope_id": secret(), "type": "events_api", "accepts_response_payload": false,
                "payload": retry.payload, "retry_attempt": retry.attempt, "retry_reason": retry.reason,
            });
            self.deliver(
                frame,
                Asked::Event {
                    attempt: retry.attempt,
                },
                None,
            );
        }
        self.sockets.close_due(now);
        self.changed();
    }
}

fn answered(to: Option<oneshot::Sender<Answer>>, answer: Answer) {
    if let Some(to) = to {
        // Nobody may be waiting any more.
        let _ = to.send(answer);
    }
}
