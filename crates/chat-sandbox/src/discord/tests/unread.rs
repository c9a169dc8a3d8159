//! Events the client could not read: it only says so in its debug log.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{
    Layer,
    filter::Targets,
    layer::{Context, SubscriberExt},
    registry,
};

/// Listens on this thread, on which a test's bot runs too, until it is dropped.
pub(super) struct Unread {
    events: Arc<Mutex<Vec<String>>>,
    _guard: DefaultGuard,
}

impl Unread {
    pub(super) fn listen() -> Self {
        let events = Arc::default();
        let layer = Collect(Arc::clone(&events));
        let filter =
            Targets::new().with_target("serenity::client::dispatch", tracing::Level::DEBUG);
        let subscriber = registry().with(layer.with_filter(filter));
        Self {
            events,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    pub(super) fn events(&self) -> Vec<String> {
        self.events
            .lock()
            .expect("no test panicked while adding")
            .clone()
    }
}

struct Collect(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Collect {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut text = Message::default();
        event.record(&mut text);
        if text.0.starts_with("An unknown event was received") {
            self.0
                .lock()
                .expect("no test panicked while adding")
                .push(text.0);
        }
    }
}

#[derive(Default)]
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

#[test]
fn what_the_client_could_not_read_is_noticed() {
    let unread = Unread::listen();
    tracing::debug!(target: "serenity::client::dispatch", "An unknown event was received: {}", 1);
    tracing::debug!(target: "serenity::client::dispatch", "something else");
    assert_eq!(unread.events(), ["An unknown event was received: 1"]);
}
