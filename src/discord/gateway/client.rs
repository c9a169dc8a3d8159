//! serenity's client for the gateway, which makes no HTTP request.

use std::future::IntoFuture as _;

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use secrecy::ExposeSecret as _;
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;

use crate::discord::settings::{Settings, intents};

/// The gateway's client. serenity's own HTTP client would read whatever it is sent, so it is given one
/// that reaches nobody: the address to connect to, for which it would ask, is known.
pub(crate) async fn gateway_client(
    settings: &Settings,
    address: String,
    framework: impl serenity::Framework + 'static,
) -> anyhow::Result<serenity::Client> {
    let client = serenity::ClientBuilder::new_with_http(reaches_nobody(settings), intents())
        .framework(framework)
        .event_handler(Stages)
        .into_future();
    // It says to the log that it could not ask.
    let client = client.with_subscriber(NoSubscriber::new()).await;
    let client = client.context("getting the gateway client ready")?;
    *client.ws_url.lock().await = address;
    Ok(client)
}

/// Tells how it goes with each shard's connection.
struct Stages;

#[serenity::async_trait]
impl serenity::EventHandler for Stages {
    async fn shard_stage_update(
        &self,
        _: serenity::Context,
        event: serenity::ShardStageUpdateEvent,
    ) {
        let serenity::ShardStageUpdateEvent {
            shard_id, old, new, ..
        } = event;
        tracing::info!(shard = shard_id.0, %old, %new, "a connection to Discord changed");
    }
}

/// An HTTP client whose every call fails before it begins.
fn reaches_nobody(settings: &Settings) -> serenity::Http {
    serenity::HttpBuilder::new(settings.token.expose_secret())
        .proxy("nobody")
        .ratelimiter_disabled(true)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn serenity_calls_nobody() {
        let http = reaches_nobody(&Settings::new("token".into(), None));
        let failed = http.get_gateway().await;
        let failed = failed.expect_err("it reaches nobody");
        let serenity::Error::Http(serenity::HttpError::Url(_)) = failed else {
            panic!("it tried: {failed}");
        };
    }
}
