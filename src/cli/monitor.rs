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
use greenroom::metrics;
use greenroom::serving;
use greenroom::store::Store;
use tokio::net::TcpListener;
use tracing::Instrument as _;

use super::platforms::Connections;
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
pub async fn serve(listener: TcpListener, store: Store, connections: Connections) {
    let routes = Router::new()
        .route("/metrics", get(scrape))
        .route("/healthz", get(health))
        .with_state((store, connections));
    let serving = serving::serve(listener, routes, ASKING, pending());
    serving.instrument(tracing::debug_span!("monitor")).await;
}

type Watched = State<(Store, Connections)>;

async fn scrape(State((_, connections)): Watched) -> impl IntoResponse {
    connections.away().await;
    (
        [(header::CONTENT_TYPE, metrics::MEDIA_TYPE)],
        metrics::text(),
    )
}

/// Whether members get answers, and which release of the time zones decides when dailies are due.
async fn health(State((store, connections)): Watched) -> (StatusCode, String) {
    let (status, said) = answers(&store, &connections).await;
    let (release, warning) = zones::in_force();
    let warning = warning.map(|warning| format!("warning: {warning}\n"));
    (
        status,
        format!("{said}{release}\n{}", warning.unwrap_or_default()),
    )
}

/// Whether members get answers: all shards and workspaces are connected, and the database takes writes.
async fn answers(store: &Store, connections: &Connections) -> (StatusCode, String) {
    let away = connections.away().await.into_iter();
    let away: String = away
        .map(|name| format!("not connected to {name}\n"))
        .collect();
    if !away.is_empty() {
        return (StatusCode::SERVICE_UNAVAILABLE, away);
    }
    match tokio::time::timeout(PATIENCE, store.takes_writes()).await {
        Ok(Ok(())) => (StatusCode::OK, "ok\n".to_owned()),
        _ => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database takes no writes\n".to_owned(),
        ),
    }
}
