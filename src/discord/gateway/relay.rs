//! Between serenity and Discord's gateway. serenity reads whatever it is sent, of any size, and as many
//! times that size where it is compressed. So it connects to this relay, on loopback, which connects on
//! to the gateway, and hands over no more than there is room for.

use std::future::ready;
use std::io::Read as _;
use std::net::Ipv4Addr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt as _;
use flate2::read::ZlibDecoder;
use futures_util::future::{Either, select};
use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message as Frame, protocol};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};
use tracing::Instrument as _;

use super::FatalCloses;
use crate::serving;
use crate::told::chain;

/// The most bytes of a frame, and of what it holds when it is decompressed. What Discord sends of the
/// largest servers has some hundred thousand.
const MOST: usize = 8 << 20;
/// The most bytes that an event may take in memory once it is read.
const HEAVIEST: usize = 64 << 20;
/// What takes how many bytes there: an object with a key, a list with an item, one value more in either,
/// and half a string; by `serde_json::Value`.
const OBJECT: usize = 640;
const LIST: usize = 128;
const VALUE: usize = 32;
const QUOTE: usize = 8;
/// Close code after which a client begins a new session, in which what it could not take does not come
/// again: <https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>.
const SESSION_OVER: u16 = 4009;

type Gateway = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A relay that listens, and is not served yet.
pub(crate) struct Relay {
    listener: TcpListener,
    path: String,
    beyond: Beyond,
}

/// What each connection of the relay needs to know.
#[derive(Clone)]
struct Beyond {
    gateway: String,
    /// How long connecting may take, and how long closing.
    patience: Duration,
    /// Hears of what is left out.
    closes: FatalCloses,
}

impl Relay {
    /// Listens on a free port of loopback for whoever is to reach the gateway at an address such as
    /// `wss://gateway.discord.gg`. Connecting on to it may take `patience`.
    ///
    /// # Errors
    /// When there is no free port.
    pub(crate) async fn to(
        gateway: &str,
        patience: Duration,
        closes: FatalCloses,
    ) -> std::io::Result<Self> {
        Ok(Self {
            listener: TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?,
            // Others on this machine are not to use it.
            path: format!("/{:032x}", rand::random::<u128>()),
            beyond: Beyond {
                gateway: gateway.trim_end_matches('/').to_owned(),
                patience,
                closes,
            },
        })
    }

    /// What to connect to instead of the gateway.
    ///
    /// # Errors
    /// When the system does not tell the port.
    pub(crate) fn address(&self) -> std::io::Result<String> {
        let listens = self.listener.local_addr()?;
        Ok(format!("ws://{listens}{}", self.path))
    }

    /// Relays for as long as it is not dropped.
    pub(crate) async fn serve(self) {
        let patience = self.beyond.patience;
        let routes = Router::new()
            .route(&self.path, get(connect))
            .with_state(self.beyond);
        let forever = std::future::pending();
        // That none waits holds for this side as well. Where it can't be set, they come, if late.
        let listener = self
            .listener
            .tap_io(|stream| drop(stream.set_nodelay(true)));
        let serving = serving::serve(listener, routes, patience, forever);
        serving.instrument(tracing::debug_span!("relay")).await;
    }
}

/// Connects on before it says that it is connected, so that a gateway that cannot be reached is noticed
/// by who connects.
async fn connect(
    State(beyond): State<Beyond>,
    RawQuery(query): RawQuery,
    upgrade: WebSocketUpgrade,
) -> Response {
    let url = format!("{}/?{}", beyond.gateway, query.unwrap_or_default());
    let bounds = WebSocketConfig::default()
        .max_message_size(Some(MOST))
        .max_frame_size(Some(MOST));
    // Events are small, and none waits until there is more to send with it.
    let connecting = connect_async_with_config(url, Some(bounds), true);
    let why = match timeout(beyond.patience, connecting).await {
        Ok(Ok((gateway, _))) => {
            return upgrade
                .max_message_size(MOST)
                .on_upgrade(move |client| relay(client, gateway, beyond));
        }
        Ok(Err(error)) => chain(&error),
        Err(_) => format!("no answer within {} s", beyond.patience.as_secs()),
    };
    tracing::warn!(gateway = beyond.gateway, "cannot connect to Discord: {why}");
    (StatusCode::BAD_GATEWAY, why).into_response()
}

/// Hands over what either side says, until one of them breaks or both are closed.
async fn relay(client: WebSocket, gateway: Gateway, beyond: Beyond) {
    let (to_client, from_client) = client.split();
    let (to_gateway, from_gateway) = gateway.split();
    let up = from_client.filter_map(|said| ready(onward(said)));
    let down = from_gateway.filter_map(|said| ready(back(said, &beyond.closes)));
    let up = pin!(pass(up, to_gateway));
    let down = pin!(pass(down, to_client));
    // Whoever is closed closes as well, which still goes through.
    match select(up, down).await {
        Either::Left((true, down)) => drop(timeout(beyond.patience, down).await),
        Either::Right((true, up)) => drop(timeout(beyond.patience, up).await),
        Either::Left((false, _)) | Either::Right((false, _)) => {}
    }
}

/// What is handed over: a message, and whether it is the last.
struct Passed<M>(M, bool);

/// Hands over until there is nothing more, or what there is is broken. Returns whether the last was said.
async fn pass<M>(
    from: impl Stream<Item = Option<Passed<M>>>,
    mut to: impl Sink<M> + Unpin,
) -> bool {
    let (mut from, mut over) = (pin!(from), false);
    while let Some(Some(Passed(message, last))) = from.next().await {
        over |= last;
        // What was closed takes nothing more; it is read on, so that its own close is answered.
        if to.send(message).await.is_err() && !over {
            break;
        }
    }
    over
}

/// What the gateway is told: nothing of pings and pongs, which are each connection's own; `Some(None)` where
/// the client's side broke.
fn onward(said: Result<Message, axum::Error>) -> Option<Option<Passed<Frame>>> {
    let frame = match said {
        Ok(Message::Text(text)) => Frame::text(text.as_str()),
        Ok(Message::Binary(bytes)) => Frame::Binary(bytes),
        Ok(Message::Close(frame)) => {
            let frame = frame.map(|CloseFrame { code, reason }| protocol::CloseFrame {
                code: code.into(),
                reason: reason.as_str().into(),
            });
            return Some(Some(Passed(Frame::Close(frame), true)));
        }
        Ok(Message::Ping(_) | Message::Pong(_)) => return None,
        Err(_) => return Some(None),
    };
    Some(Some(Passed(frame, false)))
}

/// What the client is told: nothing of what there is no room for; `Some(None)` where the gateway's side broke,
/// or is to seem so.
fn back(said: Result<Frame, Error>, closes: &FatalCloses) -> Option<Option<Passed<Message>>> {
    let event = match said {
        Ok(Frame::Text(text)) => Bytes::from(text),
        Ok(Frame::Binary(bytes)) => match inflated(&bytes) {
            Ok(event) => event.into(),
            // The client says so in its own words.
            Err(_) => return Some(Some(Passed(Message::Binary(bytes), false))),
        },
        Ok(Frame::Close(Some(frame))) => {
            let (code, reason) = (frame.code.into(), frame.reason.as_str().into());
            return Some(Some(closed(code, reason)));
        }
        Ok(Frame::Ping(_) | Frame::Pong(_) | Frame::Frame(_)) => return None,
        Err(Error::Capacity(_)) => {
            closes.leave_out(b"");
            return Some(Some(closed(SESSION_OVER, "too large".into())));
        }
        // serenity takes a close without a code for nothing at all.
        Ok(Frame::Close(None)) | Err(_) => return Some(None),
    };
    if !fits(&event) {
        closes.leave_out(&event);
        return None;
    }
    let message = match Utf8Bytes::try_from(event) {
        Ok(text) => Message::Text(text),
        Err(_) => return Some(None),
    };
    Some(Some(Passed(message, false)))
}

fn closed(code: u16, reason: Utf8Bytes) -> Passed<Message> {
    Passed(Message::Close(Some(CloseFrame { code, reason })), true)
}

/// What was compressed, or a little more than there is room for of it.
fn inflated(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut event = Vec::new();
    let most = MOST as u64 + 1;
    ZlibDecoder::new(bytes).take(most).read_to_end(&mut event)?;
    Ok(event)
}

/// Whether there is room for an event, as it is and once it is read.
fn fits(event: &[u8]) -> bool {
    let weight = |sign: &u8| match sign {
        b'{' => OBJECT,
        b'[' => LIST,
        b',' => VALUE,
        b'"' => QUOTE,
        _ => 0,
    };
    event.len() <= MOST && event.iter().map(weight).sum::<usize>() <= HEAVIEST
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use tokio::io::AsyncReadExt as _;
    use tokio_tungstenite::{accept_async, connect_async};

    use super::*;

    type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

    /// A relay to a gateway that this test is.
    struct Between {
        gateway: TcpListener,
        relay: String,
        closes: FatalCloses,
    }

    impl Between {
        async fn begin() -> Self {
            let gateway = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let at = gateway.local_addr().expect("its address");
            let closes = FatalCloses::default();
            let patience = Duration::from_secs(5);
            let relay = Relay::to(&format!("ws://{at}"), patience, closes.clone()).await;
            let relay = relay.expect("a free port");
            let address = relay.address().expect("its address");
            tokio::spawn(relay.serve());
            Self {
                gateway,
                relay: address,
                closes,
            }
        }

        /// Connects; the client's end and the gateway's.
        async fn connect(&self) -> (Client, WebSocketStream<TcpStream>) {
            let accept = async {
                let (stream, _) = self.gateway.accept().await.expect("it connects");
                accept_async(stream).await.expect("a handshake")
            };
            let url = format!("{}?v=10", self.relay);
            let (client, gateway) = tokio::join!(connect_async(url), accept);
            (client.expect("connected").0, gateway)
        }
    }

    fn zipped(text: &[u8]) -> Frame {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).expect("written");
        Frame::Binary(encoder.finish().expect("compressed").into())
    }

    async fn next(from: &mut Client) -> Frame {
        let next = timeout(Duration::from_secs(10), from.next()).await;
        next.expect("in time").expect("one").expect("a message")
    }

    #[tokio::test]
    async fn what_either_side_says_reaches_the_other() {
        let between = Between::begin().await;
        let (mut client, mut gateway) = between.connect().await;
        client.send(Frame::text("identify")).await.expect("sent");
        let heard = gateway.next().await.expect("one").expect("a message");
        assert_eq!(heard, Frame::text("identify"));
        for (said, heard) in [
            (Frame::text("hello"), "hello"),
            (zipped("ready \u{1f389}".as_bytes()), "ready \u{1f389}"),
        ] {
            gateway.send(said).await.expect("sent");
            assert_eq!(next(&mut client).await, Frame::text(heard));
        }
        // Whether it is an event at all is for the client to say.
        let corrupt = Frame::Binary(vec![1, 2, 3].into());
        gateway.send(corrupt.clone()).await.expect("sent");
        assert_eq!(next(&mut client).await, corrupt);
    }

    #[tokio::test]
    async fn what_there_is_no_room_for_is_left_out_and_heard_of() {
        let between = Between::begin().await;
        let (mut client, mut gateway) = between.connect().await;
        let event = |rest: &str| format!("{{\"t\":\"GUILD_CREATE\",\"d\":{rest}").into_bytes();
        let objects = "{\"\":0},".repeat(200_000);
        for much in [
            zipped(&event(&" ".repeat(MOST))),
            zipped(&event(&objects)),
            Frame::text(String::from_utf8(event(&objects)).expect("text")),
        ] {
            let before = between.closes.left_out();
            gateway.send(much).await.expect("sent");
            gateway.send(Frame::text("next")).await.expect("sent");
            assert_eq!(next(&mut client).await, Frame::text("next"));
            let (count, last) = between.closes.left_out();
            assert_eq!((count, &*last), (before.0 + 1, "GUILD_CREATE"));
        }
        // Half of what there is room for goes through.
        let much = event(&format!("\"{}\"}}", "x".repeat(MOST / 2)));
        gateway.send(zipped(&much)).await.expect("sent");
        assert_eq!(next(&mut client).await.len(), much.len());
        // A frame that is too large can't be skipped, nor is it to come again.
        let frame = Frame::Binary(vec![0; MOST + 1].into());
        let (sent, heard) = tokio::join!(gateway.send(frame), next(&mut client));
        let Frame::Close(Some(close)) = heard else {
            panic!("{heard:?}, {sent:?}");
        };
        assert_eq!(u16::from(close.code), SESSION_OVER);
    }

    #[tokio::test]
    async fn a_close_goes_through_with_its_code_either_way() {
        let between = Between::begin().await;
        let close = |code: u16| protocol::CloseFrame {
            code: code.into(),
            reason: "why".into(),
        };
        let (mut client, mut gateway) = between.connect().await;
        gateway.close(Some(close(4004))).await.expect("sent");
        assert_eq!(next(&mut client).await, Frame::Close(Some(close(4004))));
        assert!(client.next().await.is_none());

        let (mut client, mut gateway) = between.connect().await;
        client.close(Some(close(1000))).await.expect("sent");
        let heard = gateway.next().await.expect("one").expect("a message");
        assert_eq!(heard, Frame::Close(Some(close(1000))));
        assert!(gateway.next().await.is_none());
        assert_eq!(next(&mut client).await, Frame::Close(Some(close(1000))));
    }

    #[tokio::test]
    async fn what_breaks_on_one_side_breaks_on_the_other() {
        let between = Between::begin().await;
        let (mut client, gateway) = between.connect().await;
        drop(gateway);
        assert!(client.next().await.expect("an end").is_err());
        let (client, mut gateway) = between.connect().await;
        drop(client);
        assert!(gateway.next().await.expect("an end").is_err());
        // Nothing would be made of a close without a code.
        let (mut client, mut gateway) = between.connect().await;
        gateway.close(None).await.expect("sent");
        assert!(client.next().await.expect("an end").is_err());
    }

    #[tokio::test]
    async fn who_cannot_be_connected_on_is_refused_with_the_reason() {
        let between = Between::begin().await;
        let other = format!("{}0?v=10", between.relay);
        let refused = connect_async(other).await.expect_err("another path");
        assert!(refused.to_string().contains("404"), "{refused}");
        drop(between.gateway);
        let refused = connect_async(&between.relay).await.expect_err("nobody");
        let Error::Http(answer) = refused else {
            panic!("{refused}");
        };
        assert_eq!(answer.status(), 502);
        let why = String::from_utf8_lossy(answer.body().as_deref().unwrap_or_default());
        assert!(why.contains("refused"), "{why}");
    }

    #[tokio::test]
    async fn what_is_encrypted_is_connected_to_so() {
        let gateway = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("wss://{}", gateway.local_addr().expect("its address"));
        let patience = Duration::from_secs(5);
        let relay = Relay::to(&url, patience, FatalCloses::default()).await;
        let relay = relay.expect("a free port");
        let address = relay.address().expect("its address");
        tokio::spawn(relay.serve());
        let answer = async {
            let (mut stream, _) = gateway.accept().await.expect("it connects");
            let mut hello = [0; 3];
            stream.read_exact(&mut hello).await.expect("a beginning");
            hello
        };
        let (refused, hello) = tokio::join!(connect_async(address), answer);
        assert!(refused.is_err());
        // A record of a TLS handshake, RFC 8446, section 5.1.
        assert_eq!(hello, [22, 3, 1]);
    }
}
