//! One socket, from its opening to its end: <https://docs.slack.dev/apis/events-api/using-socket-mode>.

use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};
use tokio_util::sync::CancellationToken;

use super::connection::Place;
use super::envelope::{Ack, Admission, Envelope, Frame, Given, Inbox};
use crate::metrics;
use crate::model::PlatformId;
use crate::slack::timing::Timing;
use crate::told::chain;

/// The most bytes of a frame. A form is told with at most 250,000, a message with far less.
const MOST: usize = 4 << 20;
/// How long a socket is still read after Slack said that it will end it, which it then does within ten seconds.
const LINGERS: Duration = Duration::from_secs(30);

/// A socket over which Slack has said hello.
pub(super) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// How many the app has with this one, those of other processes included.
    pub(super) connections: u64,
}

/// Why a socket has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Slack closed it.
    Closed,
    /// It broke, or said nothing any more: why.
    Broken(String),
}

impl Socket {
    /// Opens one at an address that Slack told, which is good for one.
    ///
    /// # Errors
    /// Why it didn't open.
    pub(super) async fn open(address: &str, patience: Duration) -> Result<Self, String> {
        let bounds = WebSocketConfig::default()
            .max_message_size(Some(MOST))
            .max_frame_size(Some(MOST));
        let opening = async {
            // Acknowledgements are small, and none waits until there is more to send with it.
            let opened = connect_async_with_config(address, Some(bounds), true).await;
            let (mut stream, _) = opened.map_err(|error| chain(&error))?;
            while let Some(message) = stream.next().await {
                let Message::Text(text) = message.map_err(|error| chain(&error))? else {
                    continue;
                };
                match Frame::read(&text) {
                    Frame::Hello { connections } => {
                        return Ok(Self {
                            stream,
                            connections,
                        });
                    }
                    Frame::Disconnect { reason } => return Err(reason),
                    // Nobody is told that it was taken: Slack sends it over another socket.
                    Frame::Envelope(_) | Frame::Other(_) => {}
                }
            }
            Err("it was closed before a hello".to_owned())
        };
        let late = || format!("no hello within {} s", patience.as_secs());
        timeout(patience, opening)
            .await
            .unwrap_or_else(|_| Err(late()))
    }

    /// Hands on what comes over it until it ends or is to. Then it still acknowledges what is done in time.
    pub(super) async fn serve(
        self,
        inbox: &dyn Inbox,
        place: &Place,
        timing: &Timing,
        mut tell: impl FnMut(String),
        stop: &CancellationToken,
    ) -> End {
        let _open = place.open();
        let mut served = Served {
            stream: self.stream,
            pending: FuturesUnordered::new(),
            ending: None,
            warned: false,
            leaving: false,
            inbox,
            timing,
        };
        let begun = Instant::now();
        let mut pings = interval_at(begun + timing.ping, timing.ping);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut heard, mut pinged, mut lasts) = (begun, begun, begun);
        loop {
            let done = tokio::select! {
                message = served.stream.next(), if !served.leaving => {
                    heard = Instant::now();
                    match message {
                        Some(Ok(Message::Pong(_))) => {
                            place.answered(pinged.elapsed());
                            Ok(())
                        }
                        Some(Ok(message)) => served.hear(message).await,
                        Some(Err(error)) => Err(End::Broken(chain(&error))),
                        None => Err(End::Closed),
                    }
                }
                Some((id, given)) = served.pending.next(), if !served.pending.is_empty() => {
                    served.acknowledge_with(&id, given).await
                }
                _ = pings.tick() => {
                    let silent = heard.elapsed();
                    if silent >= timing.silence {
                        let told = format!("nothing came over it for {} s", silent.as_secs());
                        Err(End::Broken(told))
                    } else {
                        pinged = Instant::now();
                        served.send(Message::Ping("greenroom".into())).await
                    }
                }
                () = sleep_until(lasts), if served.warned => Err(End::Closed),
                () = stop.cancelled(), if !served.leaving => {
                    served.leaving = true;
                    Ok(())
                }
            };
            if let Some(reason) = served.ending.take() {
                (served.warned, lasts) = (true, Instant::now() + LINGERS);
                tell(reason);
            }
            let over = served.leaving && served.pending.is_empty();
            if let Some(end) = done.err().or(over.then_some(End::Closed)) {
                served.leave().await;
                return end;
            }
        }
    }
}

/// An acknowledgement that is waited for: of which envelope, and what becomes of it.
type Waited = BoxFuture<'static, (String, Given)>;

struct Served<'a> {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pending: FuturesUnordered<Waited>,
    /// Slack has just said that it will end it: the reason.
    ending: Option<String>,
    /// Slack has said so before.
    warned: bool,
    /// Nothing more is taken.
    leaving: bool,
    inbox: &'a dyn Inbox,
    timing: &'a Timing,
}

impl Served<'_> {
    async fn hear(&mut self, message: Message) -> Result<(), End> {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Err(End::Closed),
            // Pings are answered by the library.
            _ => return Ok(()),
        };
        match Frame::read(&text) {
            Frame::Envelope(envelope) => self.take(envelope).await,
            Frame::Disconnect { reason } => {
                self.ending = Some(reason);
                Ok(())
            }
            Frame::Hello { .. } => Ok(()),
            Frame::Other(what) => {
                metrics::unread(PlatformId::Slack.as_str());
                tracing::warn!("Slack sent something that could not be read: {what}");
                Ok(())
            }
        }
    }

    /// Acknowledges and hands on, or hands on what is acknowledged last.
    async fn take(&mut self, envelope: Envelope) -> Result<(), End> {
        let answered = envelope.is_answered_by_its_acknowledgement();
        match self.inbox.admit(&envelope) {
            Admission::NoRoom | Admission::Elsewhere => Ok(()),
            // Its answer is on the way.
            Admission::Known if answered => Ok(()),
            Admission::Known => self.acknowledge(&envelope.id, None).await,
            Admission::New if envelope.is_acknowledged_last() => {
                self.take_first(envelope);
                Ok(())
            }
            Admission::New => {
                let done = self.acknowledge(&envelope.id, None).await;
                // Also where that broke: it counts as known from now on.
                self.inbox.take(envelope, None);
                done
            }
        }
    }

    /// Hands on what is acknowledged last.
    fn take_first(&self, envelope: Envelope) {
        let (ack, given) = Ack::new();
        let (patience, id) = (self.timing.acknowledge, envelope.id.clone());
        self.inbox.take(envelope, Some(ack));
        self.pending.push(Box::pin(async move {
            (id, Given::within(patience, given).await)
        }));
    }

    async fn acknowledge_with(&mut self, id: &str, given: Given) -> Result<(), End> {
        match given {
            Given::With(payload) => self.acknowledge(id, payload).await,
            // Whether it will be done is not certain any more.
            Given::Late if self.leaving => Ok(()),
            Given::Late => self.acknowledge(id, None).await,
            Given::Withheld => Ok(()),
        }
    }

    async fn acknowledge(&mut self, id: &str, payload: Option<Value>) -> Result<(), End> {
        let frame = match payload {
            Some(payload) => json!({ "envelope_id": id, "payload": payload }),
            None => json!({ "envelope_id": id }),
        };
        self.send(Message::text(frame.to_string())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.timing.call, self.stream.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(End::Broken(chain(&error))),
            Err(_) => Err(End::Broken("it takes nothing any more".to_owned())),
        }
    }

    /// Slack may leave the connection open after it was closed; it is not waited for.
    async fn leave(&mut self) {
        let _ = timeout(Duration::from_secs(1), self.stream.close(None)).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::net::TcpListener;
    use tokio_tungstenite::accept_async;

    use super::*;
    use crate::slack::gateway::Connection;

    /// Takes everything, and keeps it.
    #[derive(Default)]
    struct Kept(Mutex<Vec<String>>);

    impl Inbox for Kept {
        fn admit(&self, _: &Envelope) -> Admission {
            Admission::New
        }

        fn take(&self, envelope: Envelope, _: Option<Ack>) {
            self.0.lock().expect("no panic").push(envelope.id);
        }
    }

    /// How many frames were not read so far.
    fn unread() -> u64 {
        let told = metrics::text();
        let count = "greenroom_events_unread_total{platform=\"slack\"} ";
        let count = told.lines().find_map(|line| line.strip_prefix(count));
        count.map_or(0, |count| count.parse().expect("a number"))
    }

    #[tokio::test]
    async fn a_frame_that_cannot_be_read_is_counted_and_the_next_one_is_taken() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("ws://{}", listener.local_addr().expect("a port"));
        let slack = async {
            let (stream, _) = listener.accept().await.expect("a connection");
            let mut stream = accept_async(stream).await.expect("a socket");
            for frame in [
                r#"{"type":"hello"}"#,
                "hello?",
                r#"{"type":"news"}"#,
                r#"{"envelope_id":"e1","type":"events_api"}"#,
            ] {
                stream.send(Message::text(frame)).await.expect("sent");
            }
            stream.next().await.expect("it acknowledges").expect("that");
            stream.close(None).await.expect("closed");
        };
        let (kept, timing) = (Kept::default(), Timing::default());
        let (place, stop) = (Connection::default().place(), CancellationToken::new());
        let before = unread();
        let bot = async {
            let opened = Socket::open(&address, timing.hello).await;
            let socket = opened.unwrap_or_else(|why| panic!("{why}"));
            socket.serve(&kept, &place, &timing, drop, &stop).await
        };
        let (end, ()) = tokio::join!(bot, slack);
        assert_eq!(end, End::Closed);
        assert_eq!(unread() - before, 2);
        assert_eq!(*kept.0.lock().expect("no panic"), ["e1"]);
    }
}
