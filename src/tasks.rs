//! The tasks that run for as long as the program does: none of them ends unnoticed.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::Instrument;

/// A task that was to go on has ended.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{task} ended unexpectedly: {why}")]
pub struct Ended {
    /// What it was at.
    pub task: &'static str,
    /// What it said last.
    pub why: String,
}

/// Starts tasks, and tells of the first that ends by itself: whoever waits for that ends the program,
/// so that its supervisor starts it anew. Clones share the tasks; with the last of them they stop.
#[derive(Clone, Default)]
pub struct Tasks(Arc<Shared>);

#[derive(Default)]
struct Shared {
    running: Mutex<JoinSet<()>>,
    ended: watch::Sender<Option<Ended>>,
}

impl Tasks {
    /// Starts a task that goes on until it is stopped. Must be called within a Tokio runtime.
    pub fn start(&self, task: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let ended = self.0.ended.clone();
        let watched = async move {
            let why = match caught(work).await {
                Ok(()) => "it has nothing left to do".to_owned(),
                Err(panic) => panic,
            };
            ended.send_if_modified(|first| {
                let news = first.is_none();
                first.get_or_insert(Ended { task, why });
                news
            });
        };
        self.running().spawn(watched.in_current_span());
    }

    /// Waits until a task has ended by itself.
    pub async fn ended(&self) -> Ended {
        let mut ended = self.0.ended.subscribe();
        match ended
            .wait_for(Option::is_some)
            .await
            .map(|first| first.clone())
        {
            Ok(Some(first)) => first,
            // The other end is ours, so it stays for as long as this waits.
            Ok(None) | Err(_) => std::future::pending().await,
        }
    }

    /// Stops all of them, wherever they are, and waits until they are gone.
    pub async fn stop(&self) {
        let mut running = std::mem::take(&mut *self.running());
        running.shutdown().await;
    }

    fn running(&self) -> std::sync::MutexGuard<'_, JoinSet<()>> {
        self.0
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Finishes some work, or says with which words it panicked.
///
/// # Errors
/// When it panicked.
pub async fn caught<T>(work: impl Future<Output = T>) -> Result<T, String> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.map_err(|panic| words(&*panic))
}

/// What a panic says.
pub fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panicked: {}", text.unwrap_or("without words"))
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_or_returns_is_told_and_the_first_counts() {
        let tasks = Tasks::default();
        tasks.start("one that stays", pending());
        assert_eq!(tasks.ended().now_or_never(), None);
        tasks.start("one that panics", async { panic!("page {}", 7) });
        let first = tasks.ended().await;
        assert_eq!(
            first.to_string(),
            "one that panics ended unexpectedly: panicked: page 7"
        );
        tasks.start("one that returns", async {});
        tasks.stop().await;
        assert_eq!(tasks.ended().await, first);

        let others = Tasks::default();
        others.start("one that returns", async {});
        assert_eq!(others.ended().await.task, "one that returns");
    }

    #[tokio::test]
    async fn what_is_stopped_is_gone_and_has_not_ended_by_itself() {
        let tasks = Tasks::default();
        let held = Arc::new(());
        let holds = held.clone();
        tasks.start("one", async move {
            let _holds = holds;
            pending().await
        });
        tasks.stop().await;
        assert_eq!(Arc::strong_count(&held), 1);
        assert_eq!(tasks.ended().now_or_never(), None);
    }
}
