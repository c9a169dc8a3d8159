//! Panics in the code under test, at a line that it logs: as a fault there would, without a flag for it in
//! the product. And what was logged meanwhile.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use greenroom::discord::FatalCloses;
use tracing::field::{Field, Visit};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// The log of this thread, for as long as it is kept. A test that has one runs on one thread, and so do
/// its bot and its local Discord.
pub struct Planted {
    /// For the bot that runs meanwhile.
    pub closes: FatalCloses,
    shared: Arc<Mutex<Shared>>,
    _guard: DefaultGuard,
}

#[derive(Default)]
struct Shared {
    plan: Option<Plan>,
    lines: Vec<(Level, String)>,
}

struct Plan {
    line: &'static str,
    span: Option<&'static str>,
    /// How often it still panics.
    left: usize,
}

impl Planted {
    /// Listens from now on.
    pub fn listen() -> Self {
        let shared = Arc::default();
        let closes = FatalCloses::default();
        let listener = Listener(Arc::clone(&shared));
        let subscriber = tracing_subscriber::registry()
            .with(listener)
            .with(closes.layer());
        Self {
            closes,
            shared,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    /// Has the next line of the bot's that contains this panic.
    pub fn at(&self, line: &'static str) {
        self.plan(line, None, 1);
    }

    /// Has the next such line panic that is said within a span of this name.
    pub fn within(&self, span: &'static str, line: &'static str) {
        self.plan(line, Some(span), 1);
    }

    /// Has each such line panic.
    pub fn at_each(&self, line: &'static str) {
        self.plan(line, None, usize::MAX);
    }

    /// Has nothing panic any more.
    pub fn clear(&self) {
        shared(&self.shared).plan = None;
    }

    /// Whether what was planted has panicked.
    pub fn has_panicked(&self) -> bool {
        shared(&self.shared).plan.is_none()
    }

    /// How many lines of the bot's contain a text, of those that an operator sees: at INFO or a more serious
    /// level.
    pub fn told(&self, text: &str) -> usize {
        self.count(Level::INFO, text)
    }

    /// How many contain it at any level.
    pub fn said(&self, text: &str) -> usize {
        self.count(Level::TRACE, text)
    }

    fn count(&self, least: Level, text: &str) -> usize {
        let shared = shared(&self.shared);
        let lines = shared.lines.iter();
        lines
            .filter(|(level, line)| *level <= least && line.contains(text))
            .count()
    }

    /// All that an operator sees.
    pub fn lines(&self) -> String {
        let shared = shared(&self.shared);
        let lines = shared
            .lines
            .iter()
            .filter(|(level, _)| *level <= Level::INFO);
        lines
            .map(|(level, line)| format!("{level}{line}\n"))
            .collect()
    }

    fn plan(&self, line: &'static str, span: Option<&'static str>, left: usize) {
        shared(&self.shared).plan = Some(Plan { line, span, left });
    }
}

fn shared(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Listener(Arc<Mutex<Shared>>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if !event.metadata().target().starts_with("greenroom") {
            return;
        }
        let mut line = Line(String::new());
        event.record(&mut line);
        let within = |name| {
            let mut scope = context.event_scope(event).into_iter().flatten();
            scope.any(|span| span.name() == name)
        };
        let mut shared = shared(&self.0);
        shared
            .lines
            .push((*event.metadata().level(), line.0.clone()));
        let Some(plan) = &mut shared.plan else { return };
        if line.0.contains(plan.line) && plan.span.is_none_or(within) {
            plan.left -= 1;
            if plan.left == 0 {
                shared.plan = None;
            }
            drop(shared);
            panic!("planted");
        }
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}
