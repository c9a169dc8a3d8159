//! Listens to the log for what must never be in it, and knows in which room it was said. With
//! `GREENROOM_TEST_LOG` set to a filter such as `debug`, prints it too.
//!
//! A test has a runtime of its own, on whose threads its room's tasks run, those that a library starts as well. Threads
//! that the bot starts carry the room's span. What is said elsewhere may be of any room, so it fails each of them.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;

use tokio::runtime::{Handle, Id as RuntimeId};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Level, Metadata, Span, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer};

/// What was heard, and in the runtime of which test, if that is known.
static PROBLEMS: Mutex<Vec<(Option<Test>, String)>> = Mutex::new(Vec::new());

/// The runtime of a test.
#[derive(Clone, Copy, PartialEq)]
struct Test(RuntimeId);

impl Test {
    /// The one whose runtime this thread is of.
    fn here() -> Option<Self> {
        let runtime = Handle::try_current().ok()?;
        Some(Self(runtime.id()))
    }
}

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

/// The name of a room's span.
const ROOM: &str = "room";

/// The span of this test's room: what is started within it is heard as the room's.
pub fn room() -> Span {
    tracing::error_span!(ROOM)
}

/// What was heard in the room of this test, and what may have been.
pub fn problems() -> Vec<String> {
    let here = Test::here();
    let heard = heard();
    let heard = heard
        .iter()
        .filter(|(test, _)| test.is_none() || *test == here);
    heard.map(|(_, line)| line.clone()).collect()
}

/// What was heard in the room of this test, which is then forgotten: a test that provokes something looks at it.
pub fn take_problems() -> Vec<String> {
    let here = Test::here();
    let mut heard = heard();
    let (taken, left) = std::mem::take(&mut *heard)
        .into_iter()
        .partition(|(test, _)| test.is_some() && *test == here);
    *heard = left;
    let taken: Vec<(Option<Test>, String)> = taken;
    taken.into_iter().map(|(_, line)| line).collect()
}

fn heard() -> MutexGuard<'static, Vec<(Option<Test>, String)>> {
    PROBLEMS.lock().unwrap_or_else(PoisonError::into_inner)
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

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_new_span(&self, span: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if span.metadata().name() == ROOM
            && let (Some(span), Some(test)) = (context.span(id), Test::here())
        {
            span.extensions_mut().insert(test);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if matters(event.metadata()) {
            let mut line = Line(event.metadata().target().to_owned());
            event.record(&mut line);
            if *event.metadata().level() == Level::ERROR || line.0.contains("unknown event") {
                heard().push((test_of(event, &context), line.0));
            }
        }
    }
}

fn test_of<S: Subscriber + for<'a> LookupSpan<'a>>(
    event: &Event<'_>,
    context: &Context<'_, S>,
) -> Option<Test> {
    let mut spans = context.event_scope(event).into_iter().flatten();
    let of_span = spans.find_map(|span| span.extensions().get::<Test>().copied());
    of_span.or_else(Test::here)
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

#[test]
fn an_error_is_heard_in_the_room_that_it_was_said_in() {
    // Each in a runtime of its own, as tests are.
    let heard_in = |work: Pin<Box<dyn Future<Output = ()>>>| {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).build().expect("a runtime");
        runtime.block_on(async {
            listen();
            work.await;
            problems().len()
        })
    };
    let say = || tracing::error!(target: "greenroom", "said to try the listener");
    assert_eq!(heard_in(Box::pin(async {})), 0);
    assert_eq!(heard_in(Box::pin(async move { say() })), 1);
    let on_a_worker = async move {
        let said = tokio::spawn(async move { say() });
        said.await.expect("it says so");
    };
    assert_eq!(heard_in(Box::pin(on_a_worker)), 1);
    let on_a_thread_of_the_bot = async move {
        let room = room();
        thread::scope(|scope| drop(scope.spawn(|| room.in_scope(say))));
    };
    assert_eq!(heard_in(Box::pin(on_a_thread_of_the_bot)), 1);
    assert_eq!(heard_in(Box::pin(async {})), 0);
}
