//! What serenity keeps to itself: close codes after which it connects anew for ever, although Discord
//! says that this mends nothing, and events that it could not read. It tells them to its log only, and
//! of the latter their content as well, so that is listened to, and not shown.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::{Duration, sleep};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::metrics;
use crate::model::PlatformId;

/// The least time from one line about events that were not read to the next.
const PAUSE: Duration = Duration::from_secs(1);

/// What serenity logs, and the code that it is about.
const LOGGED: [(&str, u16); 3] = [
    ("Sent invalid shard data", 4010),
    ("Shard has too many guilds", 4011),
    ("Unknown unclean close 4012", 4012),
];

/// What serenity logs of an event that it could not read, up to its name.
const UNREAD: [(&str, &str); 3] = [
    ("An unknown event was received", "kind: \""),
    ("Err deserializing", NAMED),
    ("Err decompressing", NAMED),
];

/// What stands before the name of an event.
const NAMED: &str = "\"t\":\"";
/// How many bytes of an event are looked at for it.
const BEGIN: usize = 200;

/// The events that somebody waits for. There are always some more, which are new at Discord.
const MATTER: [&str; 6] = [
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "READY",
    "RESUMED",
];

/// Whether this line of serenity's may hold what members wrote, or is said at each clean stop.
pub fn tells_too_much(metadata: &Metadata<'_>) -> bool {
    metadata.is_event()
        && (metadata.target().starts_with("serenity::gateway")
            || metadata.target() == "serenity::client::dispatch")
}

/// Listens to serenity's log for close codes that are final
/// (<https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>)
/// and for events that were not read. Clones hear the same.
#[derive(Clone, Debug, Default)]
pub struct FatalCloses {
    code: Arc<watch::Sender<Option<u16>>>,
    unread: Arc<watch::Sender<Unread>>,
}

/// How many events were not read or left out, and what the last of them was called.
#[derive(Clone, Debug, Default)]
struct Unread {
    count: u64,
    last: String,
}

impl FatalCloses {
    /// What has to be put on the log for anything to be heard.
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        // Without the hint, everything that any library logs would be looked at.
        let matters = filter_fn(matters).with_max_level_hint(LevelFilter::DEBUG);
        Listener(self.clone()).with_filter(matters)
    }

    /// Forgets what an earlier connection was closed with: another begins.
    pub(crate) fn forget(&self) {
        self.code.send_replace(None);
    }

    /// Waits for a code that is final.
    pub(crate) async fn next(&self) -> u16 {
        let mut heard = self.code.subscribe();
        match heard.wait_for(Option::is_some).await.map(|code| *code) {
            Ok(Some(code)) => code,
            // The other end is ours, so it stays for as long as this waits.
            Ok(None) | Err(_) => std::future::pending().await,
        }
    }

    /// Says in the log of each event that was not read what it was, and nothing of what it held. Goes on
    /// until it is dropped.
    pub(crate) async fn tell_unread(self) {
        let (mut heard, mut told) = (self.unread.subscribe(), 0);
        while heard.changed().await.is_ok() {
            let Unread { count, last } = heard.borrow_and_update().clone();
            let events = count - told;
            told = count;
            if MATTER.contains(&&*last) || last.is_empty() {
                tracing::warn!(
                    events,
                    kind = last,
                    "Discord sent what cannot be read, or is too large, so nobody is answered"
                );
            } else {
                tracing::debug!(
                    events,
                    kind = last,
                    "Discord sent what cannot be read, or is too large"
                );
            }
            sleep(PAUSE).await;
        }
    }

    fn hear(&self, line: &str) {
        let logged = LOGGED
            .iter()
            .find(|(logged, _)| line.starts_with('[') && line.contains(logged));
        if let Some((_, code)) = logged {
            self.code.send_replace(Some(*code));
        }
        let unread = UNREAD.iter().find(|(logged, _)| line.starts_with(logged));
        if let Some((_, before)) = unread {
            self.count(line.split_once(before).map_or("", |(_, name)| name));
        }
    }

    /// Hears of an event for which there is no room, as it began.
    pub(super) fn leave_out(&self, event: &[u8]) {
        let begin = String::from_utf8_lossy(&event[..event.len().min(BEGIN)]);
        self.count(begin.split_once(NAMED).map_or("", |(_, name)| name));
    }

    /// How many events were not read, and what the last was called.
    #[cfg(test)]
    pub(super) fn left_out(&self) -> (u64, String) {
        let unread = self.unread.borrow();
        (unread.count, unread.last.clone())
    }

    /// Counts an event that was not read, of which the name is at the beginning of this.
    fn count(&self, name: &str) {
        let letter = |sign: &char| sign.is_ascii_uppercase() || *sign == '_';
        let last = name.chars().take_while(letter).take(40).collect();
        metrics::unread(PlatformId::Discord.as_str());
        self.unread.send_modify(|unread| {
            unread.count += 1;
            unread.last = last;
        });
    }
}

fn matters(metadata: &Metadata<'_>) -> bool {
    let level = match metadata.target() {
        "serenity::gateway::shard" | "serenity::gateway::ws" => Level::WARN,
        "serenity::client::dispatch" => Level::DEBUG,
        _ => return false,
    };
    metadata.is_event() && *metadata.level() <= level
}

struct Listener(FatalCloses);

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut Message(&self.0));
    }
}

/// Reads an event's message.
struct Message<'a>(&'a FatalCloses);

impl Visit for Message<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0.hear(&format!("{value:?}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn what_was_not_read_is_heard_by_name_only() {
        let closes = FatalCloses::default();
        for (line, name) in [
            (
                "An unknown event was received: UnknownEvent { kind: \"INTERACTION_CREATE\", value: 1 }",
                "INTERACTION_CREATE",
            ),
            (
                "Err deserializing text: Error(\"x\"); text: {\"t\":\"MESSAGE_CREATE\",\"d\":\"secret\"}",
                "MESSAGE_CREATE",
            ),
            ("Err deserializing bytes: Error(\"secret\")", ""),
            (
                "Err deserializing text: Error; text: {\"t\":\"secret\"}",
                "",
            ),
            ("Err decompressing bytes: corrupt", ""),
        ] {
            closes.hear(line);
            assert_eq!(closes.unread.borrow().last, name, "{line}");
        }
        closes.hear("[ShardInfo] Sequence off; them: 3, us: 1");
        assert_eq!(closes.unread.borrow().count, 5);
    }

    #[test]
    fn nobody_sends_the_bot_away_by_writing_what_serenity_logs() {
        let closes = FatalCloses::default();
        closes.hear("Err deserializing text: x; text: Shard has too many guilds");
        assert_eq!(*closes.code.borrow(), None);
        closes.hear("[ShardInfo { id: 0 }] Shard has too many guilds.");
        assert_eq!(*closes.code.borrow(), Some(4011));
        closes.forget();
        assert_eq!(closes.next().now_or_never(), None);
    }
}
