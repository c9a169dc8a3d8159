//! What comes in, over a socket or by a request: <https://docs.slack.dev/apis/events-api/using-socket-mode>.

use std::time::Duration;

use serde_json::Value;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// Something that happened, or that somebody did.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Envelope {
    /// What it is acknowledged by.
    pub id: String,
    /// `events_api`, `slash_commands` or `interactive`.
    pub kind: String,
    /// What is told of it.
    pub payload: Value,
}

impl Envelope {
    /// Whether what it asks for is answered in its acknowledgement.
    pub(crate) fn is_answered_by_its_acknowledgement(&self) -> bool {
        let asks = ["view_submission", "block_suggestion"];
        self.kind == "interactive" && asks.iter().any(|kind| self.payload["type"] == *kind)
    }

    /// Whether it is acknowledged only once it is done: what asks for an answer, and what people typed, which Slack sends
    /// again until it is acknowledged. So an answer that is not stored yet survives the end of this process.
    pub(super) fn is_acknowledged_last(&self) -> bool {
        let event = &self.payload["event"];
        let typed = event["type"] == "message" && event["bot_id"].is_null();
        self.is_answered_by_its_acknowledgement() || self.kind == "events_api" && typed
    }
}

impl Envelope {
    /// Whether it is for the app as it is installed in that workspace (`T…`), as far as it says: an app may be installed in
    /// several, and in a shared channel people of others press and type as well.
    pub(crate) fn is_for(&self, team: &str) -> bool {
        let payload = &self.payload;
        let is_ours = |told: &Value| told.as_str().map(|told| told == team);
        let authorized = || {
            let all = payload["authorizations"].as_array()?.iter();
            // Of several one suffices.
            all.filter_map(|it| is_ours(&it["team_id"])).max()
        };
        is_ours(&payload["view"]["app_installed_team_id"])
            .or_else(|| is_ours(&payload["team"]["id"]))
            .or_else(authorized)
            .or_else(|| is_ours(&payload["team_id"]))
            .unwrap_or(true)
    }
}

/// Takes envelopes of one workspace.
pub(crate) trait Inbox: Send + Sync + 'static {
    /// Whether one is taken. It counts as known from then on, and is to be handed on: nothing is begun here.
    fn admit(&self, envelope: &Envelope) -> Admission;

    /// Begins what one asks for. The acknowledgement is still to be given if there is one here.
    fn take(&self, envelope: Envelope, ack: Option<Ack>);
}

/// Whether an envelope is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It is.
    New,
    /// It came before: it is acknowledged again, and not taken.
    Known,
    /// There is too much to do. Slack sends it again, or says so to whoever waits.
    NoRoom,
    /// It is for another workspace, whose doings are none of this one's. It goes the same way.
    Elsewhere,
}

/// An acknowledgement that is still to be given, with something in it or without. When it is dropped, or takes
/// too long, it is given without.
pub(crate) struct Ack(oneshot::Sender<Given>);

/// What became of an acknowledgement.
#[derive(Debug)]
pub(super) enum Given {
    /// It is given, with that in it.
    With(Option<Value>),
    /// It isn't: what came in is to come again.
    Withheld,
    /// There is none yet, and Slack waits no longer.
    Late,
}

impl Given {
    /// Waits for one.
    pub(super) async fn within(patience: Duration, given: oneshot::Receiver<Self>) -> Self {
        match timeout(patience, given).await {
            Ok(given) => given.unwrap_or(Self::With(None)),
            Err(_) => Self::Late,
        }
    }
}

impl Ack {
    /// One, and what becomes of it.
    pub(super) fn new() -> (Self, oneshot::Receiver<Given>) {
        let (sender, given) = oneshot::channel();
        (Self(sender), given)
    }

    /// Acknowledges.
    pub(crate) fn give(self) {
        self.with(None);
    }

    /// Acknowledges with a payload, such as the errors of a form.
    pub(crate) fn with(self, payload: impl Into<Option<Value>>) {
        // Whoever waited has acknowledged without by now.
        let _ = self.0.send(Given::With(payload.into()));
    }

    /// Doesn't acknowledge: what came in could not be kept, and Slack is to send it again.
    pub(crate) fn withhold(self) {
        let _ = self.0.send(Given::Withheld);
    }
}

/// A frame of a socket.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Frame {
    /// The socket is open; so many are, those of others included.
    Hello { connections: u64 },
    /// The socket is about to end.
    Disconnect { reason: String },
    /// Something to acknowledge.
    Envelope(Envelope),
    /// Something else.
    Other(String),
}

impl Frame {
    /// Reads one, tolerantly: what has an id can be acknowledged, whatever else there is to it.
    pub(super) fn read(text: &str) -> Self {
        let Ok(mut frame) = serde_json::from_str::<Value>(text) else {
            return Self::Other("not JSON".to_owned());
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let kind = text(&frame["type"]);
        if let Some(id) = frame["envelope_id"].as_str() {
            return Self::Envelope(Envelope {
                id: id.to_owned(),
                kind,
                payload: frame["payload"].take(),
            });
        }
        match kind.as_str() {
            "hello" => Self::Hello {
                connections: frame["num_connections"].as_u64().unwrap_or(1),
            },
            "disconnect" => Self::Disconnect {
                reason: text(&frame["reason"]),
            },
            _ => Self::Other(format!("of the type {kind:?}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn frames_are_read_and_what_is_odd_can_still_be_acknowledged() {
        let hello = r#"{"type":"hello","num_connections":2,"connection_info":{"app_id":"A1"}}"#;
        assert_eq!(Frame::read(hello), Frame::Hello { connections: 2 });
        let warned = r#"{"type":"disconnect","reason":"warning"}"#;
        let reason = "warning".to_owned();
        assert_eq!(Frame::read(warned), Frame::Disconnect { reason });
        let odd = r#"{"envelope_id":"e1","type":7,"payload":[1]}"#;
        let envelope = Envelope {
            id: "e1".into(),
            kind: String::new(),
            payload: json!([1]),
        };
        assert_eq!(Frame::read(odd), Frame::Envelope(envelope));
        for other in ["", "null", "[]", "{}", r#"{"type":"news"}"#, "\u{0}"] {
            assert!(matches!(Frame::read(other), Frame::Other(_)), "{other}");
        }
    }

    #[test]
    fn what_people_type_is_acknowledged_last_and_other_events_are_not() {
        let last = |event: Value| {
            let envelope = Envelope {
                kind: "events_api".into(),
                payload: json!({ "type": "event_callback", "event": event }),
                ..Envelope::default()
            };
            assert!(!envelope.is_answered_by_its_acknowledgement());
            envelope.is_acknowledged_last()
        };
        assert!(last(
            json!({ "type": "message", "user": "U1", "text": "B" })
        ));
        assert!(!last(
            json!({ "type": "message", "user": "U1", "bot_id": "B1" })
        ));
        assert!(!last(json!({ "type": "app_home_opened", "user": "U1" })));
    }

    #[test]
    fn what_is_for_another_workspace_is_told_by_where_the_app_is_installed() {
        let is_for = |payload: Value| {
            let envelope = Envelope {
                payload,
                ..Envelope::default()
            };
            envelope.is_for("T1")
        };
        let authorized = |team: &str| json!([{ "team_id": team, "is_bot": true }]);
        for ours in [
            json!({ "command": "/stats", "team_id": "T1" }),
            json!({ "type": "block_actions", "team": { "id": "T1" }, "user": { "team_id": "T2" } }),
            // Somebody of another workspace typed in a shared channel.
            json!({ "type": "event_callback", "team_id": "T2", "authorizations": authorized("T1") }),
            json!({ "team": { "id": "T2" }, "view": { "app_installed_team_id": "T1" } }),
            json!({ "type": "event_callback", "authorizations": [] }),
            json!({ "team": null, "team_id": null }),
            json!(7),
        ] {
            assert!(is_for(ours.clone()), "{ours}");
        }
        for anothers in [
            json!({ "command": "/stats", "team_id": "T2" }),
            json!({ "type": "block_actions", "team": { "id": "T2" }, "user": { "team_id": "T1" } }),
            json!({ "type": "event_callback", "team_id": "T1", "authorizations": authorized("T2") }),
            json!({ "type": "event_callback", "team_id": "T2", "event": { "type": "app_uninstalled" } }),
            json!({ "team": { "id": "T1" }, "view": { "app_installed_team_id": "T2" } }),
        ] {
            assert!(!is_for(anothers.clone()), "{anothers}");
        }
    }

    #[test]
    fn only_forms_and_suggestions_are_answered_by_their_acknowledgement() {
        let answered = |kind: &str, of: &str| {
            let payload = json!({ "type": of });
            let envelope = Envelope {
                id: String::new(),
                kind: kind.into(),
                payload,
            };
            envelope.is_answered_by_its_acknowledgement()
        };
        assert!(answered("interactive", "view_submission"));
        assert!(answered("interactive", "block_suggestion"));
        assert!(!answered("interactive", "block_actions"));
        assert!(!answered("interactive", "view_closed"));
        assert!(!answered("slash_commands", "view_submission"));
    }
}
