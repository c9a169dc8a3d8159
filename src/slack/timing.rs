//! How long the bot waits for what.

use std::time::Duration;

/// How long the bot waits for what. [`Timing::default`] suits Slack; tests wait less.
#[derive(Clone, Debug)]
pub struct Timing {
    /// The longest that a call of the Web API may take.
    pub call: Duration,
    /// The longest that opening a socket may take, until Slack's hello.
    pub hello: Duration,
    /// How often the bot pings Slack through each socket.
    pub ping: Duration,
    /// How long a socket may say nothing at all, pongs included, until it is given up. Noticed at the next ping.
    pub silence: Duration,
    /// The first wait before a socket is opened again after a failure.
    pub first_wait: Duration,
    /// The longest such wait.
    pub longest_wait: Duration,
    /// How long all workspaces may be without a connection until the bot ends, so that it is started anew.
    pub away: Duration,
    /// How long a handler has to put something into an acknowledgement, which Slack waits three seconds for.
    pub acknowledge: Duration,
    /// How long a post that failed waits for its next try.
    pub again: Duration,
    /// How long it takes at most until a channel's history shows what was posted there.
    pub settle: Duration,
    /// How long sockets have to close, and after them answers to be finished, when the bot ends.
    pub farewell: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            call: Duration::from_secs(10),
            hello: Duration::from_secs(10),
            ping: Duration::from_secs(10),
            silence: Duration::from_secs(45),
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            away: Duration::from_secs(600),
            acknowledge: Duration::from_millis(2_500),
            again: Duration::from_secs(60),
            settle: Duration::from_secs(10),
            // Twice this is below the ten seconds after which container engines kill.
            farewell: Duration::from_secs(4),
        }
    }
}
