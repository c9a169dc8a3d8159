//! What Slack sends over HTTP. Nothing of it is believed before its signature is checked:
//! <https://docs.slack.dev/authentication/verifying-requests-from-slack>.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Form, FromRequest as _, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Json, Response};
use axum::routing::post;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::claim::Claim;
use super::envelope::{Ack, Admission, Envelope, Given, Inbox};
use super::unproven::Unproven;
use crate::slack::timing::Timing;
use crate::troubles::Troubles;
use crate::{metrics, serving};

/// The field of a form with which Slack looks at the certificate now and then, unsigned. Nothing is done about it.
const CHECK: &[u8] = b"ssl_check=1";
/// The most bytes that are read to find it.
const CHECK_MOST: usize = 1 << 10;

/// The door of one workspace's app.
pub(crate) struct Signed {
    /// What Slack signs its requests with.
    pub secret: SecretString,
    pub inbox: Arc<dyn Inbox>,
}

/// Takes requests for all workspaces that Slack reaches over HTTP.
pub(crate) struct Requests {
    apps: Vec<Signed>,
    now: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    timing: Timing,
    unproven: Unproven,
    troubles: Troubles,
}

impl Requests {
    pub(crate) fn new(
        apps: Vec<Signed>,
        now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        timing: Timing,
    ) -> Self {
        Self {
            apps,
            now: Box::new(now),
            timing,
            unproven: Unproven::default(),
            troubles: Troubles::default(),
        }
    }

    /// Serves them until `stop`, at every path: which one Slack sends to stands in the app's manifest, and what a proxy
    /// makes of it is the operator's choice. The signature decides.
    pub(crate) async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let patience = self.timing.call;
        let routes = Router::new()
            .fallback(post(receive))
            .with_state(Arc::new(self));
        serving::serve(listener, routes, patience, stop).await;
    }

    /// The inbox of the app whose secret signed this. Each is tried: which app it is from stands in the body, and not in
    /// all bodies.
    fn inbox(&self, claim: &Claim, body: &[u8]) -> Option<&Arc<dyn Inbox>> {
        let mut apps = self.apps.iter();
        let signed = apps.find(|app| claim.is_signed_with(&app.secret, body));
        signed.map(|app| &app.inbox)
    }

    /// What is answered to a request that claims no signature: Slack's look at the certificate, or anybody's.
    async fn unsigned(&self, body: Body) -> Response {
        let read = timeout(self.timing.acknowledge, to_bytes(body, CHECK_MOST)).await;
        match read {
            Ok(Ok(body)) if body.split(|byte| *byte == b'&').any(|field| field == CHECK) => {
                StatusCode::OK.into_response()
            }
            _ => self.refused(),
        }
    }

    /// Whoever finds the port may send as many as they like.
    fn refused(&self) -> Response {
        metrics::request_refused();
        if self.troubles.met("unsigned requests") {
            tracing::warn!(
                "a request was refused: it isn't signed with a signing secret of the configuration, or the clocks of Slack and this machine are minutes apart"
            );
        }
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn receive(State(requests): State<Arc<Requests>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Some(claim) = Claim::read(&head.headers, (requests.now)()) else {
        return requests.unsigned(body).await;
    };
    // Slack would have given up by then.
    let patience = requests.timing.acknowledge;
    let body = match requests.unproven.read(body, patience).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let Some(inbox) = requests.inbox(&claim, &body) else {
        return requests.refused();
    };
    match read_signed(&head.headers, body).await {
        Some(Told::Challenge(text)) => text.into_response(),
        Some(Told::Envelope(envelope)) => {
            take(&**inbox, envelope, requests.timing.acknowledge).await
        }
        None => {
            tracing::warn!("Slack sent something that could not be read");
            StatusCode::OK.into_response()
        }
    }
}

/// What a request tells.
enum Told {
    /// Slack wants to know whether somebody is here: what to answer.
    Challenge(String),
    Envelope(Envelope),
}

/// Reads what is signed; nothing where it makes no sense.
async fn read_signed(headers: &HeaderMap, body: Vec<u8>) -> Option<Told> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let envelope = |kind: &str, payload| {
        let (id, kind) = (String::new(), kind.to_owned());
        Told::Envelope(Envelope { id, kind, payload })
    };
    if kind.starts_with("application/json") {
        let told: Value = serde_json::from_slice(&body).ok()?;
        return match (&told["type"], &told["challenge"]) {
            (Value::String(kind), Value::String(text)) if kind == "url_verification" => {
                Some(Told::Challenge(text.clone()))
            }
            _ => Some(envelope("events_api", told)),
        };
    }
    let form = Request::post("/")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .ok()?;
    let Form(fields) = Form::<HashMap<String, String>>::from_request(form, &())
        .await
        .ok()?;
    match fields.get("payload") {
        Some(payload) => Some(envelope("interactive", serde_json::from_str(payload).ok()?)),
        None => Some(envelope(
            "slash_commands",
            serde_json::to_value(fields).ok()?,
        )),
    }
}

/// Hands an envelope on. The answer to the request is its acknowledgement.
async fn take(inbox: &dyn Inbox, envelope: Envelope, patience: Duration) -> Response {
    match inbox.admit(&envelope) {
        // Events come again, and people are told.
        Admission::NoRoom | Admission::Elsewhere => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Admission::Known => StatusCode::OK.into_response(),
        Admission::New if envelope.is_acknowledged_last() => {
            let (ack, given) = Ack::new();
            inbox.take(envelope, Some(ack));
            match Given::within(patience, given).await {
                Given::With(Some(payload)) => Json(payload).into_response(),
                Given::With(None) | Given::Late => StatusCode::OK.into_response(),
                Given::Withheld => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            }
        }
        Admission::New => {
            inbox.take(envelope, None);
            StatusCode::OK.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use chrono::TimeZone as _;
    use futures_util::stream;
    use hmac::Mac as _;
    use serde_json::json;

    use super::*;
    use crate::slack::gateway::claim::keyed;

    /// Keeps what it takes, and acknowledges with the type of it.
    #[derive(Default)]
    struct Kept(Mutex<Vec<Envelope>>);

    impl Inbox for Kept {
        fn admit(&self, _: &Envelope) -> Admission {
            Admission::New
        }

        fn take(&self, envelope: Envelope, ack: Option<Ack>) {
            if let Some(ack) = ack {
                ack.with(json!({ "of": envelope.payload["type"] }));
            }
            self.0.lock().expect("whole").push(envelope);
        }
    }

    fn now() -> DateTime<Utc> {
        let at = Utc.timestamp_opt(1_531_420_618, 0);
        at.single().expect("an instant")
    }

    /// The doors of two apps, and what each takes.
    fn doors() -> (Arc<Requests>, [Arc<Kept>; 2]) {
        let kept = [Arc::new(Kept::default()), Arc::new(Kept::default())];
        let secrets = ["8f742231b10e8888abcd99yyyzzz85a5", "another"];
        let apps = secrets
            .into_iter()
            .zip(&kept)
            .map(|(secret, inbox)| Signed {
                secret: secret.into(),
                inbox: inbox.clone(),
            });
        let requests = Requests::new(apps.collect(), now, Timing::default());
        (Arc::new(requests), kept)
    }

    fn signature(secret: &str, stamp: &str, body: &str) -> String {
        let mut mac = keyed(&secret.into());
        mac.update(format!("v0:{stamp}:{body}").as_bytes());
        let bytes = mac.finalize().into_bytes();
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("v0={digits}")
    }

    async fn sent(
        requests: &Arc<Requests>,
        (stamp, signature): (&str, &str),
        (kind, body): (&str, &str),
    ) -> (StatusCode, String) {
        let request = Request::post("/")
            .header("X-Slack-Request-Timestamp", stamp)
            .header("X-Slack-Signature", signature)
            .header("Content-Type", kind)
            .body(Body::from(body.to_owned()))
            .expect("a request");
        let response = receive(State(requests.clone()), request).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await;
        let text = String::from_utf8_lossy(&body.expect("a body")).into_owned();
        (status, text)
    }

    const FORM: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn slacks_own_example_is_taken() {
        // From the page named above.
        let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        let signed = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
        let (requests, kept) = doors();
        let (status, text) = sent(&requests, ("1531420618", signed), (FORM, body)).await;
        assert_eq!((status, text.as_str()), (StatusCode::OK, ""));
        let taken = kept[0].0.lock().expect("whole");
        assert_eq!(taken[0].kind, "slash_commands");
        assert_eq!(taken[0].payload["command"], "/webhook-collect");
    }

    #[tokio::test]
    async fn what_is_unsigned_changed_or_old_is_refused() {
        let (requests, kept) = doors();
        let body = r#"{"type":"event_callback","event_id":"Ev1","event":{"type":"message"}}"#;
        let good = signature("another", "1531420600", body);
        let json = |body| ("application/json", body);
        let taken = sent(&requests, ("1531420600", &good), json(body)).await;
        assert_eq!(taken.0, StatusCode::OK);
        assert_eq!(kept[1].0.lock().expect("whole").len(), 1);
        let changed = body.replace("Ev1", "Ev2");
        let old = signature("another", "1531420000", body);
        let ahead = signature("another", "1531421000", body);
        let anothers = signature("a third", "1531420600", body);
        for (stamp, signature, body) in [
            ("1531420600", good.as_str(), changed.as_str()),
            ("1531420601", &good, body),
            ("1531420000", &old, body),
            ("1531421000", &ahead, body),
            ("1531420600", &anothers, body),
            ("1531420600", "", body),
            ("1531420600", "v0=", body),
            ("1531420600", "v0=é", body),
            ("-9223372036854775808", &good, body),
            ("", &good, body),
        ] {
            let (status, _) = sent(&requests, (stamp, signature), json(body)).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{stamp} {signature}");
        }
        assert_eq!(kept[1].0.lock().expect("whole").len(), 1);
        assert!(kept[0].0.lock().expect("whole").is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn of_what_slack_cannot_have_signed_the_body_is_not_read_and_no_body_may_take_its_time() {
        let (requests, _) = doors();
        let good = signature("another", "1531420618", "");
        let silent = async |claims: &[(&str, &str)]| {
            let mut request = Request::post("/slack");
            for (name, value) in claims {
                request = request.header(*name, *value);
            }
            let body = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
            let request = request.body(body).expect("a request");
            receive(State(requests.clone()), request).await.status()
        };
        let signed = ("X-Slack-Signature", good.as_str());
        for claims in [
            &[][..],
            &[signed],
            &[("X-Slack-Request-Timestamp", "1531420618")],
            &[("X-Slack-Request-Timestamp", "1531420000"), signed],
            &[
                ("X-Slack-Request-Timestamp", "1531420618"),
                ("X-Slack-Signature", "v0=00"),
            ],
        ] {
            assert_eq!(silent(claims).await, StatusCode::UNAUTHORIZED, "{claims:?}");
        }
        let told = metrics::text();
        let refused = told
            .lines()
            .find(|line| line.starts_with("greenroom_requests_refused_total"));
        assert!(
            refused.is_some_and(|line| !line.ends_with(" 0")),
            "{refused:?}"
        );
        let claims = [("X-Slack-Request-Timestamp", "1531420618"), signed];
        assert_eq!(silent(&claims).await, StatusCode::REQUEST_TIMEOUT);
    }

    /// Can keep nothing.
    struct Broken;

    impl Inbox for Broken {
        fn admit(&self, _: &Envelope) -> Admission {
            Admission::New
        }

        fn take(&self, _: Envelope, ack: Option<Ack>) {
            ack.expect("it is typed").withhold();
        }
    }

    #[tokio::test]
    async fn what_was_typed_and_could_not_be_kept_is_to_come_again() {
        let door = Signed {
            secret: "another".into(),
            inbox: Arc::new(Broken),
        };
        let requests = Arc::new(Requests::new(vec![door], now, Timing::default()));
        let body =
            r#"{"type":"event_callback","event_id":"Ev1","event":{"type":"message","user":"U1"}}"#;
        let signed = signature("another", "1531420618", body);
        let claims = ("1531420618", signed.as_str());
        let (status, _) = sent(&requests, claims, ("application/json", body)).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn slack_is_told_that_somebody_is_here_and_forms_are_answered_at_once() {
        let (requests, _) = doors();
        let stamp = "1531420618";
        let answer = async |kind: &str, body: &str| {
            let signed = signature("another", stamp, body);
            sent(&requests, (stamp, &signed), (kind, body)).await
        };
        let asked = r#"{"type":"url_verification","token":"t","challenge":"3eZbrw1a"}"#;
        let (status, text) = answer("application/json; charset=utf-8", asked).await;
        assert_eq!((status, text.as_str()), (StatusCode::OK, "3eZbrw1a"));
        let submitted = "payload=%7B%22type%22%3A%22view_submission%22%7D";
        let (status, text) = answer(FORM, submitted).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(text, r#"{"of":"view_submission"}"#);
        let (status, _) = answer("application/json", "{").await;
        assert_eq!(status, StatusCode::OK);
    }
}
