//! How serenity's part of the connection comes to its end.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use poise::serenity_prelude as serenity;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_tungstenite::accept_async;

/// How often serenity is told to end.
const AGAIN: Duration = Duration::from_millis(200);

/// Waits until nothing of the client goes on, some ten seconds at most.
///
/// serenity begins shards in a task that hears that it is to end only while a shard runs, and that tries for ever
/// to begin one that can't connect; it and what it holds, the database too, would never go. So whoever connects from
/// now on is connected, if to nobody, and then ended.
pub(crate) async fn end(client: serenity::Client) {
    let serenity::Client {
        shard_manager,
        ws_url,
        ..
    } = client;
    let listening = async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        *ws_url.lock().await = format!("ws://{}", listener.local_addr()?);
        Ok::<_, std::io::Error>(listener)
    };
    let listener = match listening.await {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!("cannot listen on loopback for what ends serenity: {error}");
            return;
        }
    };
    let ending = async {
        // Its task and its shards each hold the address.
        while Arc::strong_count(&ws_url) > 1 {
            shard_manager.shutdown_all().await;
            sleep(AGAIN).await;
        }
    };
    tokio::select! {
        () = ending => {}
        () = nobody(listener) => {}
    }
}

/// Lets everybody connect, and says nothing to them.
async fn nobody(listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            sleep(AGAIN).await;
            continue;
        };
        connections.spawn(async {
            if let Ok(connection) = accept_async(stream).await {
                // Its close is answered as it is read.
                connection.for_each(async |_| ()).await;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use poise::serenity_prelude as serenity;
    use tokio::time::timeout;

    use super::*;
    use crate::discord::gateway::gateway_client;
    use crate::discord::settings::Settings;

    /// What a bot's handlers hold.
    struct Held(#[allow(dead_code, reason = "only held")] Arc<()>);

    #[serenity::async_trait]
    impl serenity::Framework for Held {
        async fn dispatch(&self, _: serenity::Context, _: serenity::FullEvent) {}
    }

    /// A client that has begun to connect, where nobody listens, and what tells whether it is gone.
    async fn connecting() -> (serenity::Client, Arc<()>) {
        let held = Arc::new(());
        let settings = Settings::new("token".into(), None);
        let gone = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("ws://{}", gone.local_addr().expect("its address"));
        drop(gone);
        let client = gateway_client(&settings, address, Held(held.clone())).await;
        (client.expect("a client"), held)
    }

    #[tokio::test]
    async fn what_cannot_connect_ends_as_well() {
        let (mut client, held) = connecting().await;
        // As far as to the first try.
        let tried = timeout(Duration::from_millis(100), client.start_shards(1)).await;
        assert!(tried.is_err(), "it goes on trying");
        let ended = timeout(Duration::from_secs(30), end(client)).await;
        ended.expect("it ends");
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
