//! Serves HTTP over connections that the answers can tell apart: who connects and says nothing is hung up on, and
//! a panic in one answer ends nothing else.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::serve::Listener;
use futures_util::FutureExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// The most connections at the same time; who comes later waits.
const CONNECTIONS: usize = 512;

/// Serves `routes` until `stop`, and then finishes what is under way. A connection that has not sent the
/// head of its next request within `patience` is closed. Each request carries what `mark` makes of its
/// connection as an extension.
pub async fn serve<L, M>(
    mut listener: L,
    routes: Router,
    patience: Duration,
    mark: impl Fn(&L::Io) -> M,
    stop: impl Future<Output = ()>,
) where
    L: Listener,
    M: Clone + Send + Sync + 'static,
{
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (over, mut connections) = (CancellationToken::new(), JoinSet::new());
    let mut stop = pin!(stop);
    loop {
        let next = async {
            // It is never closed.
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await.0)
        };
        let (place, stream) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        while connections.try_join_next().is_some() {}
        tracing::trace!(others = connections.len(), "somebody connected");
        let (mark, routes) = (mark(&stream), routes.clone());
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(mark.clone());
            answer_to(request, routes.clone())
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience)
            .serve_connection(TokioIo::new(stream), answer)
            .with_upgrades();
        let over = over.clone();
        connections.spawn(async move {
            let _place = place;
            let mut connection = pin!(connection);
            // Who hangs up in the middle is nobody's trouble.
            tokio::select! {
                _ = &mut connection => return,
                () = over.cancelled() => connection.as_mut().graceful_shutdown(),
            }
            let _ = connection.await;
        });
    }
    drop(listener);
    over.cancel();
    while connections.join_next().await.is_some() {}
}

/// What the routes answer; where they panic, which is in the log by then, that something went wrong.
async fn answer_to(request: Request<Incoming>, routes: Router) -> Result<Response, Infallible> {
    let path = request.uri().path().to_owned();
    let answer = AssertUnwindSafe(routes.oneshot(request)).catch_unwind();
    answer.await.unwrap_or_else(|_| {
        tracing::error!(path, "a request was not answered: the code for it panicked");
        let told = "Something went wrong here. The log says what.\n";
        Ok((StatusCode::INTERNAL_SERVER_ERROR, told).into_response())
    })
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    const ASKED: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /// Serves at the address until the test ends.
    async fn served() -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let routes = Router::new().route("/", get(async || "here")).route(
            "/panic",
            get(async || -> &'static str { panic!("as asked for") }),
        );
        let patience = Duration::from_millis(300);
        let forever = std::future::pending();
        tokio::spawn(async move { serve(listener, routes, patience, |_| (), forever).await });
        address
    }

    async fn answer(connection: &mut TcpStream) -> String {
        let mut answer = Vec::new();
        // What is closed with something unread in it may be reset.
        let _ = connection.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test]
    async fn who_connects_and_says_nothing_or_not_enough_is_hung_up_on() {
        let address = served().await;
        for said in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\n"] {
            let mut connection = TcpStream::connect(address).await.expect("it listens");
            connection.write_all(said.as_bytes()).await.expect("sent");
            let answer = answer(&mut connection).await;
            assert!(!answer.contains("here"), "{answer}");
        }
        let mut connection = TcpStream::connect(address).await.expect("it listens");
        connection.write_all(ASKED).await.expect("sent");
        assert!(answer(&mut connection).await.ends_with("here"));
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_what_is_asked_next_on_the_same_connection_too() {
        let mut connection = TcpStream::connect(served().await)
            .await
            .expect("it listens");
        let asked = b"GET /panic HTTP/1.1\r\nHost: localhost\r\n\r\n";
        connection.write_all(asked).await.expect("sent");
        connection.write_all(ASKED).await.expect("sent");
        let answers = answer(&mut connection).await;
        assert!(
            answers.contains(" 500 ") && answers.ends_with("here"),
            "{answers}"
        );
    }
}
