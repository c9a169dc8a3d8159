//! Listens to the log for what must never be in it. With `GREENROOM_TEST_LOG` set to a filter
//! such as `debug`, prints it too.

use std::fmt;
use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::{EnvFilter, Layer};

static PROBLEMS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Starts listening, once a process.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let filter = std::env::var("GREENROOM_TEST_LOG").unwrap_or_else(|_| "off".to_owned());
        let printed = tracing_subscriber::fmt::layer()
            .with_test_writer()
            .with_filter(EnvFilter::new(filter));
        let subscriber = tracing_subscriber::registry().with(Listener).with(printed);
        tracing::subscriber::set_global_default(subscriber).expect("the first subscriber");
    });
}

/// What was heard since the process began, in any room.
pub fn problems() -> Vec<String> {
    PROBLEMS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone()
}

/// serenity says only at DEBUG, and only here, that it could not read an event.
const UNREAD: &str = "serenity::client::dispatch";

fn matters(metadata: &Metadata<'_>) -> bool {
    let of = metadata.target();
    let ours = of.starts_with("greenroom") || of.starts_with("chat_sandbox");
    let ours = ours && *metadata.level() == Level::ERROR;
    ours || metadata.target() == UNREAD && *metadata.level() == Level::DEBUG
}

struct Listener;

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if matters(event.metadata()) {
            let mut line = Line(event.metadata().target().to_owned());
            event.record(&mut line);
            if *event.metadata().level() == Level::ERROR || line.0.contains("unknown event") {
                PROBLEMS
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(line.0);
            }
        }
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}
