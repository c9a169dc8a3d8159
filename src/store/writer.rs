//! The one writer: a thread that commits what is waiting together (group commit).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Instant;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::StoreError;
use crate::metrics;

/// The most jobs in one commit. Bounds how long the first of them waits.
const GROUP: usize = 256;

/// Runs in its savepoint, or is told why no transaction could begin. What it returns tells the one
/// who asked, after the commit.
type Job = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Reply + Send>;
type Reply = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Self {
        let (jobs, waiting) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || work(&connection, &waiting))
            .expect("the operating system starts a thread");
        Self {
            jobs: Some(jobs),
            thread: Some(thread),
        }
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = connection.and_then(|connection| Ok(in_savepoint(connection, job)?));
            Box::new(move |commit| {
                // The one who asked may have given up waiting; the write stands all the same.
                let _ = tell.send(result.and_then(|done| commit.map(|()| done)));
            })
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Ended)?;
        metrics::write_waits();
        if jobs.send(job).is_err() {
            metrics::write_begins();
            return Err(StoreError::Ended);
        }
        told.await.map_err(|_| StoreError::Ended)?
    }
}

impl Drop for Writer {
    /// Waits until what was asked for is committed.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            let _ = thread.join();
        }
    }
}

fn work(connection: &Connection, waiting: &mpsc::Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let group = std::iter::once(first).chain(waiting.try_iter().take(GROUP - 1));
        commit_together(connection, group);
    }
}

fn commit_together(connection: &Connection, group: impl Iterator<Item = Job>) {
    let began = Instant::now();
    let begun = connection
        .execute_batch("BEGIN IMMEDIATE")
        .map_err(Arc::new);
    let mut replies: Vec<Reply> = Vec::new();
    for job in group {
        metrics::write_begins();
        let transaction = match &begun {
            Ok(()) => Ok(connection),
            Err(error) => Err(StoreError::Commit(error.clone())),
        };
        // A job that panics is undone by its savepoint; dropped, it tells its asker `Ended`.
        replies.extend(catch_unwind(AssertUnwindSafe(|| job(transaction))));
        if begun.is_ok() && undone(connection) {
            break;
        }
    }
    let committed = begun.and_then(|()| connection.execute_batch("COMMIT").map_err(Arc::new));
    metrics::transaction(replies.len(), committed.is_ok(), began.elapsed());
    if let Err(error) = &committed {
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        tracing::error!(%error, writes = replies.len(), "the database could not commit");
    }
    for reply in replies {
        reply(committed.clone().map_err(StoreError::Commit));
    }
}

/// Whether SQLite has undone the whole transaction, as it may when the disk is full or cannot be read
/// (<https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction>). A job that
/// ran then would be written although its group is not.
fn undone(connection: &Connection) -> bool {
    connection.is_autocommit()
}

/// A job that fails is undone alone; the others of its group stay.
fn in_savepoint<T>(
    connection: &Connection,
    job: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.execute_batch("SAVEPOINT job")?;
    let result = catch_unwind(AssertUnwindSafe(|| job(connection)));
    let undo = !matches!(result, Ok(Ok(_)));
    if !undone(connection) {
        if undo {
            connection.execute_batch("ROLLBACK TO job")?;
        }
        connection.execute_batch("RELEASE job")?;
    }
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().expect("memory");
        connection
            .execute_batch("CREATE TABLE t (x INTEGER PRIMARY KEY); CREATE TABLE big (x BLOB)")
            .expect("made");
        Writer::start(connection)
    }

    async fn add(writer: &Writer, x: i64) -> Result<(), StoreError> {
        writer
            .run(move |sql| sql.execute("INSERT INTO t VALUES (?1)", [x]).map(drop))
            .await
    }

    async fn count(writer: &Writer) -> i64 {
        let count =
            |sql: &Connection| sql.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
        writer.run(count).await.expect("counted")
    }

    #[tokio::test]
    async fn a_job_that_fails_is_undone_alone() {
        let writer = writer();
        let twice = writer.run(|sql| {
            sql.execute("INSERT INTO t VALUES (7)", [])?;
            sql.execute("INSERT INTO t VALUES (7)", []).map(drop)
        });
        let (first, twice, last) = tokio::join!(add(&writer, 1), twice, add(&writer, 2));
        assert!(first.is_ok() && last.is_ok());
        assert!(matches!(twice, Err(StoreError::Sqlite(_))));
        assert_eq!(count(&writer).await, 2);
    }

    #[tokio::test]
    async fn a_full_disk_undoes_its_group_and_what_waits_behind_it_is_written() {
        let writer = writer();
        let limit = |pages: Option<u32>| {
            writer.run(move |sql| {
                let now = sql.pragma_query_value(None, "page_count", |row| row.get(0))?;
                let pages = pages.unwrap_or(now);
                sql.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            })
        };
        let much = "INSERT INTO big VALUES (zeroblob(100000))";
        limit(None).await.expect("limited");
        let (go, wait) = mpsc::channel::<()>();
        let held = writer.run(move |_| {
            let _ = wait.recv();
            Ok(())
        });
        let fills = writer.run(move |sql| sql.execute(much, []));
        let queued = async { drop(go) };
        let (held, first, fills, last, ()) =
            tokio::join!(held, add(&writer, 1), fills, add(&writer, 2), queued);
        assert!(matches!(fills, Err(StoreError::Sqlite(_))), "{fills:?}");
        assert!(matches!(first, Err(StoreError::Commit(_))), "{first:?}");
        assert!(matches!(held, Err(StoreError::Commit(_))), "{held:?}");
        last.expect("written");
        assert_eq!(count(&writer).await, 1, "as they were told");

        limit(Some(1_000)).await.expect("there is space again");
        writer
            .run(move |sql| sql.execute(much, []))
            .await
            .expect("written");
    }

    #[tokio::test]
    async fn a_job_that_panics_is_undone_and_the_writer_goes_on() {
        let writer = writer();
        let panicked = writer
            .run(|sql| -> rusqlite::Result<()> {
                sql.execute("INSERT INTO t VALUES (7)", [])?;
                panic!("as asked for");
            })
            .await;
        assert!(matches!(panicked, Err(StoreError::Ended)));
        add(&writer, 1).await.expect("the writer goes on");
        assert_eq!(count(&writer).await, 1);
    }
}
