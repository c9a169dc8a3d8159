//! `/metrics` and `/healthz`, on loopback, for whoever monitors the bot.

use std::future::pending;
use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use greenroom::discord::Connection;
use greenroom::metrics;
use greenroom::serving;
use greenroom::store::Store;
use tokio::net::TcpListener;
use tracing::Instrument as _;

use super::zones;

/// How long a write may wait in a healthy bot.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a client may take to send its request. Short, so that idle connections can't keep a monitor waiting.
const ASKING: Duration = Duration::from_secs(2);

/// Binds the port, before anything else starts.
pub async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listener.with_context(|| {
        format!(
            "listening on 127.0.0.1:{port}: set another `port` under [metrics] in the configuration"
        )
    })?;
    tracing::info!("metrics at http://{}/metrics", listener.local_addr()?);
    Ok(listener)
}

/// Answers requests until the task is dropped.
pub async fn serve(listener: TcpListener, store: Store, connection: Connection) {
    let routes = Router::new()
        .route("/metrics", get(scrape))
        .route("/healthz", get(health))
        .with_state((store, connection));
    let serving = serving::serve(listener, routes, ASKING, pending());
    serving.instrument(tracing::debug_span!("monitor")).await;
}

type Watched = State<(Store, Connection)>;

async fn scrape(State((_, connection)): Watched) -> impl IntoResponse {
    metrics::gateway(connection.state().await);
    (
        [(header::CONTENT_TYPE, metrics::MEDIA_TYPE)],
        metrics::text(),
    )
}

/// Whether members get answers, and which release of the time zones decides when dailies are due.
async fn health(State((store, connection)): Watched) -> (StatusCode, String) {
    let (status, said) = answers(&store, &connection).await;
    let (release, warning) = zones::in_force();
    let warning = warning.map(|warning| format!("warning: {warning}\n"));
    (
        status,
        format!("{said}{release}\n{}", warning.unwrap_or_default()),
    )
}

/// Whether members get answers: all shards are connected, and the database takes writes.
async fn answers(store: &Store, connection: &Connection) -> (StatusCode, &'static str) {
    let gateway = connection.state().await;
    if gateway.shards == 0 || gateway.connected < gateway.shards {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "not connected to Discord\n",
        );
    }
    match tokio::time::timeout(PATIENCE, store.takes_writes()).await {
        Ok(Ok(())) => (StatusCode::OK, "ok\n"),
        _ => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database takes no writes\n",
        ),
    }
}
