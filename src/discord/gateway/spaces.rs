//! Servers that add or remove the bot. One that is unavailable, in an outage, is neither.

use std::collections::HashSet;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::GuildId;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::app::App;
use crate::model::SpaceId;

/// The bot is in a server.
pub(crate) async fn joined(app: &App, guild: GuildId) -> anyhow::Result<()> {
    Ok(app.space_joined(SpaceId::discord(guild)).await?)
}

/// A server removed the bot.
pub(crate) async fn left(app: &App, guild: GuildId) -> anyhow::Result<()> {
    tracing::info!(%guild, "a server removed the bot; its data is kept for 30 days");
    Ok(app.space_left(SpaceId::discord(guild)).await?)
}

/// Servers that removed the bot while it was away are those that a shard does not list.
pub(crate) async fn ready(
    app: &App,
    listed: &ReadyShards,
    ready: &serenity::Ready,
) -> anyhow::Result<()> {
    for space in app.spaces().await? {
        let Some(guild) = space
            .id()
            .parse()
            .ok()
            .filter(|id| *id != 0)
            .map(GuildId::new)
        else {
            continue;
        };
        let ours = ready
            .shard
            .is_none_or(|shard| guild.shard_id(shard.total) == shard.id.0);
        if ours && !ready.guilds.iter().any(|listed| listed.id == guild) {
            left(app, guild).await?;
        }
    }
    listed.record(ready.shard.map_or(0, |shard| shard.id.0));
    Ok(())
}

/// The shards whose servers are known, since the bot was started.
#[derive(Clone, Default)]
pub(crate) struct ReadyShards(watch::Sender<HashSet<u32>>);

impl ReadyShards {
    fn record(&self, shard: u32) {
        self.0.send_if_modified(|listed| listed.insert(shard));
    }

    /// Waits until the servers of all shards are known, or no further shard's have become known for
    /// `patience`. Shards connect one after another, so each has that long.
    pub(crate) async fn wait_for_all(self, shards: u32, patience: Duration) {
        let mut listed = self.0.subscribe();
        while listed.borrow_and_update().len() < shards as usize {
            if timeout(patience, listed.changed()).await.is_err() {
                tracing::warn!(
                    known = listed.borrow().len(),
                    of = shards,
                    "posting before all shards have said which servers the bot is in"
                );
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::time::advance;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn all_shards_are_waited_for_each_once() {
        let listed = ReadyShards::default();
        let waiting = listed.clone().wait_for_all(3, PATIENCE);
        tokio::pin!(waiting);
        for shard in [2, 0, 0, 2] {
            listed.record(shard);
            assert_eq!(waiting.as_mut().now_or_never(), None);
        }
        listed.record(1);
        assert_eq!(waiting.now_or_never(), Some(()));
    }

    #[tokio::test(start_paused = true)]
    async fn each_shard_has_its_time_and_no_more() {
        let listed = ReadyShards::default();
        let waiting = listed.clone().wait_for_all(2, PATIENCE);
        tokio::pin!(waiting);
        let almost = PATIENCE - Duration::from_secs(1);
        assert_eq!(waiting.as_mut().now_or_never(), None);
        advance(almost).await;
        listed.record(0);
        assert_eq!(waiting.as_mut().now_or_never(), None);
        advance(almost).await;
        // Connecting anew makes no shard a further one.
        listed.record(0);
        assert_eq!(waiting.as_mut().now_or_never(), None);
        advance(almost).await;
        assert_eq!(waiting.now_or_never(), Some(()));
    }
}
