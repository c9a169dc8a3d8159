//! How long the bot waits for what.

use std::time::Duration;

/// How long the bot waits for what. [`Timing::default`] suits Discord; tests wait less.
#[derive(Clone, Debug)]
pub struct Timing {
    /// The longest that a call of Discord's API may take.
    pub call: Duration,
    /// How often the watchdog looks at the shards.
    pub look: Duration,
    /// How long a shard that counts as connected may be without an acknowledged heartbeat. Discord
    /// asks for one every 41 seconds or so.
    pub silence: Duration,
    /// How long a shard may be without a connection.
    pub away: Duration,
    /// How long delivery waits for the next shard to say which servers it has, before it sends all
    /// the same. Less than `away`, after which the bot ends: without a connection, dailies are to be
    /// posted none the less.
    pub listed: Duration,
    /// The first wait before connecting, once many sessions were started in a day.
    pub first_wait: Duration,
    /// The longest such wait while Discord allows further sessions.
    pub longest_wait: Duration,
    /// How long a post that failed waits for its next try.
    pub again: Duration,
    /// How long shards have to close, and after them answers to be finished, when the bot ends.
    pub farewell: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            call: Duration::from_secs(10),
            look: Duration::from_secs(10),
            silence: Duration::from_secs(120),
            away: Duration::from_secs(60),
            listed: Duration::from_secs(30),
            first_wait: Duration::from_secs(5),
            longest_wait: Duration::from_secs(300),
            again: Duration::from_secs(60),
            // Twice this is below the ten seconds after which container engines kill.
            farewell: Duration::from_secs(4),
        }
    }
}
