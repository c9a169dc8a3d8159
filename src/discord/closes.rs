//! The close codes that serenity keeps to itself: after them it connects anew for ever, although
//! Discord says that this mends nothing. It tells them to its log only, so that is listened to.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// What serenity logs, and the code that it is about.
const LOGGED: [(&str, u16); 3] = [
    ("Sent invalid shard data", 4010),
    ("Shard has too many guilds", 4011),
    ("Unknown unclean close 4012", 4012),
];

/// Listens to serenity's log for close codes that are final:
/// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>.
/// Clones hear the same.
#[derive(Clone, Debug, Default)]
pub struct Closes(Arc<watch::Sender<Option<u16>>>);

impl Closes {
    /// What has to be put on the log for anything to be heard.
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        // Without the hint, everything that any library logs would be looked at.
        let matters = filter_fn(matters).with_max_level_hint(LevelFilter::WARN);
        Listener(self.clone()).with_filter(matters)
    }

    /// Waits for a code that is final.
    pub(super) async fn last(&self) -> u16 {
        let mut heard = self.0.subscribe();
        match heard.wait_for(Option::is_some).await.map(|code| *code) {
            Ok(Some(code)) => code,
            // The other end is ours, so it stays for as long as this waits.
            Ok(None) | Err(_) => std::future::pending().await,
        }
    }

    fn hear(&self, line: &str) {
        let logged = LOGGED.iter().find(|(logged, _)| line.contains(logged));
        if let Some((_, code)) = logged {
            self.0.send_replace(Some(*code));
        }
    }
}

fn matters(metadata: &Metadata<'_>) -> bool {
    metadata.is_event()
        && *metadata.level() <= Level::WARN
        && metadata.target() == "serenity::gateway::shard"
}

struct Listener(Closes);

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut Message(&self.0));
    }
}

/// Reads an event's message.
struct Message<'a>(&'a Closes);

impl Visit for Message<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0.hear(&format!("{value:?}"));
        }
    }
}
