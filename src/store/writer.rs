//! The one writer: a thread that commits what is waiting together (group commit).

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Instant;
use std::{thread, vec};

use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use super::errors::StoreError;
use crate::metrics;

/// The most jobs in one commit. Limits how long the first of them waits.
const GROUP: usize = 256;

struct Job {
    work: Work,
    durability: Durability,
}

/// What a commit survives, once whoever asked for it is told of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Durability {
    /// A power failure: it is on disk.
    Synced,
    /// The program being killed. For what nobody is told has been recorded; many times faster.
    Written,
}

/// Runs in its savepoint, or is told why no transaction could begin. What it returns informs the caller, after the commit.
type Work = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Reply + Send>;
type Reply = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

pub(super) struct Writer {
    running: Mutex<Option<Running>>,
    alive: watch::Receiver<()>,
}

struct Running {
    jobs: mpsc::Sender<Job>,
    thread: thread::JoinHandle<()>,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the operating system starts no more threads.
    pub(super) fn start(connection: Connection) -> io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let (life, alive) = watch::channel(());
        // The thread logs in the context in which the database was opened.
        let span = tracing::Span::current();
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || {
                let _entered = span.entered();
                // Dropped with the thread, however that ends.
                let _life = life;
                // Dropped before that: whoever sees the end can't get anything done any more.
                let waiting = waiting;
                work(&connection, &waiting);
                write_back(&connection);
            })?;
        Ok(Self {
            running: Mutex::new(Some(Running { jobs, thread })),
            alive,
        })
    }

    /// Waits until the thread has ended.
    pub(super) fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut alive = self.alive.clone();
        async move { while alive.changed().await.is_ok() {} }
    }

    /// Waits until what was asked for is committed, writes the log back into the file, and closes it.
    pub(super) fn end(&self) {
        let running = self.running().take();
        if let Some(Running { jobs, thread }) = running {
            drop(jobs);
            if thread.thread().id() != thread::current().id() {
                let _ = thread.join();
            }
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        locked(&self.running)
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        durability: Durability,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let result = connection.and_then(|connection| Ok(in_savepoint(connection, job)?));
            Box::new(move |commit| {
                // The caller may have stopped waiting; the write stands all the same.
                let _ = tell.send(result.and_then(|done| commit.map(|()| done)));
            })
        });
        {
            let running = self.running();
            let running = running.as_ref().ok_or(StoreError::Ended)?;
            metrics::write_waits();
            if running.jobs.send(Job { work, durability }).is_err() {
                metrics::write_begins();
                return Err(StoreError::Ended);
            }
        }
        // It is dropped unanswered only by a panic.
        told.await.map_err(|_| StoreError::Broken)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.end();
    }
}

/// Writes everything back into the file. Waits for readers as long as a connection waits for any lock.
fn write_back(connection: &Connection) {
    let truncate = "PRAGMA wal_checkpoint(TRUNCATE)";
    match connection.query_row(truncate, [], |row| row.get::<_, bool>(0)) {
        Ok(false) => {}
        Ok(true) => tracing::warn!(
            "the database is being read, so its newest changes stay in the log beside it: they are one"
        ),
        Err(error) => tracing::error!(%error, "the database's log could not be written back"),
    }
}

fn work(connection: &Connection, waiting: &mpsc::Receiver<Job>) {
    let mut failing = false;
    while let Ok(first) = waiting.recv() {
        let group = std::iter::once(first).chain(waiting.try_iter().take(GROUP - 1));
        let mut group = group.collect::<Vec<_>>().into_iter();
        while !group.as_slice().is_empty() {
            commit_together(connection, &mut group, &mut failing);
        }
    }
}

/// Commits the rest of a group, up to a job that has undone it. That commits are `failing` is logged when it starts and
/// when it ends.
fn commit_together(connection: &Connection, group: &mut vec::IntoIter<Job>, failing: &mut bool) {
    let began = Instant::now();
    // A commit that is synced takes those before it, which were not, to the disk with it:
    // <https://www.sqlite.org/pragma.html#pragma_synchronous>
    let on_disk = |job: &Job| job.durability == Durability::Synced;
    let synced = group.as_slice().iter().any(on_disk);
    let begun = begin(connection, synced).map_err(Arc::new);
    let mut replies: Vec<Reply> = Vec::new();
    for job in group {
        metrics::write_begins();
        let transaction = match &begun {
            Ok(()) => Ok(connection),
            Err(error) => Err(StoreError::Commit(error.clone())),
        };
        // A job that panics is undone by its savepoint; dropped, it tells its asker `Ended`.
        replies.extend(catch_unwind(AssertUnwindSafe(|| (job.work)(transaction))));
        if begun.is_ok() && undone(connection) {
            break;
        }
    }
    let committed = begun.and_then(|()| execute(connection, "COMMIT").map_err(Arc::new));
    let took = began.elapsed();
    tracing::trace!(writes = replies.len(), ms = took.as_millis(), "committed");
    metrics::transaction(replies.len(), committed.is_ok(), took);
    if let Err(error) = &committed {
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        let writes = replies.len();
        if *failing {
            tracing::debug!(%error, writes, "the database still could not commit");
        } else {
            tracing::error!(%error, writes, "the database could not commit");
        }
    } else if *failing {
        tracing::info!("the database commits again");
    }
    *failing = committed.is_err();
    for reply in replies {
        reply(committed.clone().map_err(StoreError::Commit));
    }
}

fn begin(connection: &Connection, synced: bool) -> rusqlite::Result<()> {
    let (wanted, set) = match synced {
        true => (2, "PRAGMA synchronous = FULL"),
        false => (1, "PRAGMA synchronous = NORMAL"),
    };
    let level: i64 = connection
        .prepare_cached("PRAGMA synchronous")?
        .query_row([], |row| row.get(0))?;
    if level != wanted {
        connection.execute_batch(set)?;
    }
    execute(connection, "BEGIN IMMEDIATE")
}

/// Runs a statement that is part of every write.
fn execute(connection: &Connection, statement: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(statement)?.execute([]).map(drop)
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
    execute(connection, "SAVEPOINT job")?;
    let result = catch_unwind(AssertUnwindSafe(|| job(connection)));
    let undo = !matches!(result, Ok(Ok(_)));
    if !undone(connection) {
        if undo {
            execute(connection, "ROLLBACK TO job")?;
        }
        execute(connection, "RELEASE job")?;
    }
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {

    use tracing::{Event, Level, Subscriber};
    use tracing_subscriber::Layer;
    use tracing_subscriber::layer::{Context, SubscriberExt as _};

    use super::*;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().expect("memory");
        connection
            .execute_batch("CREATE TABLE t (x INTEGER PRIMARY KEY); CREATE TABLE big (x BLOB)")
            .expect("made");
        Writer::start(connection).expect("a thread")
    }

    async fn add(writer: &Writer, x: i64) -> Result<(), StoreError> {
        writer
            .run(Durability::Synced, move |sql| {
                sql.execute("INSERT INTO t VALUES (?1)", [x]).map(drop)
            })
            .await
    }

    async fn count(writer: &Writer) -> i64 {
        let count =
            |sql: &Connection| sql.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
        writer
            .run(Durability::Synced, count)
            .await
            .expect("counted")
    }

    #[tokio::test]
    async fn a_job_that_fails_is_undone_alone() {
        let writer = writer();
        let twice = writer.run(Durability::Synced, |sql| {
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
            writer.run(Durability::Synced, move |sql| {
                let now = sql.pragma_query_value(None, "page_count", |row| row.get(0))?;
                let pages = pages.unwrap_or(now);
                sql.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            })
        };
        let much = "INSERT INTO big VALUES (zeroblob(100000))";
        limit(None).await.expect("limited");
        let (begun, begins) = oneshot::channel();
        let (go, wait) = mpsc::channel::<()>();
        let held = writer.run(Durability::Synced, move |_| {
            let _ = begun.send(());
            let _ = wait.recv();
            Ok(())
        });
        let behind = async {
            begins.await.expect("it runs");
            let fills = writer.run(Durability::Synced, move |sql| sql.execute(much, []));
            let all_wait = async { drop(go) };
            tokio::join!(add(&writer, 1), fills, add(&writer, 2), all_wait)
        };
        let (held, (first, fills, last, ())) = tokio::join!(held, behind);
        assert!(matches!(fills, Err(StoreError::Sqlite(_))), "{fills:?}");
        assert!(matches!(first, Err(StoreError::Commit(_))), "{first:?}");
        held.expect("written before");
        last.expect("written");
        assert_eq!(count(&writer).await, 1, "as they were told");

        limit(Some(1_000)).await.expect("there is space again");
        writer
            .run(Durability::Synced, move |sql| sql.execute(much, []))
            .await
            .expect("written");
    }

    #[tokio::test]
    async fn a_commit_is_synced_if_any_of_its_writes_must_be_kept() {
        let writer = writer();
        for (durability, level) in [
            (Durability::Written, 1),
            (Durability::Synced, 2),
            (Durability::Written, 1),
        ] {
            let synchronous = |sql: &Connection| {
                sql.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0))
            };
            assert_eq!(
                writer.run(durability, synchronous).await.expect("read"),
                level
            );
        }
        let note = |durability, levels: &Arc<Mutex<Vec<i64>>>| {
            let levels = Arc::clone(levels);
            let work: Work = Box::new(move |sql| {
                let sql = sql.expect("begun");
                let level = sql.pragma_query_value(None, "synchronous", |row| row.get(0));
                levels.lock().expect("whole").push(level.expect("read"));
                Box::new(|committed| committed.expect("committed"))
            });
            Job { work, durability }
        };
        let levels = Arc::default();
        let connection = Connection::open_in_memory().expect("memory");
        let group = vec![
            note(Durability::Written, &levels),
            note(Durability::Synced, &levels),
        ];
        commit_together(&connection, &mut group.into_iter(), &mut false);
        assert_eq!(*levels.lock().expect("whole"), [2, 2]);
    }

    /// Notes the level of each line.
    struct Levels(Arc<Mutex<Vec<Level>>>);

    impl<S: Subscriber> Layer<S> for Levels {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            self.0
                .lock()
                .expect("whole")
                .push(*event.metadata().level());
        }
    }

    #[test]
    fn a_database_that_cannot_commit_is_told_once_and_once_when_it_can() {
        let connection = Connection::open_in_memory().expect("memory");
        let tables = "PRAGMA foreign_keys = ON; CREATE TABLE parent (x INTEGER PRIMARY KEY);
            CREATE TABLE child (x REFERENCES parent DEFERRABLE INITIALLY DEFERRED)";
        connection.execute_batch(tables).expect("made");
        let levels = Arc::default();
        let listens = tracing_subscriber::registry().with(Levels(Arc::clone(&levels)));
        let _listens = tracing::subscriber::set_default(listens);
        let mut failing = false;
        for sound in [true, false, false, false, true, true, false] {
            let work: Work = Box::new(move |sql| {
                let insert = match sound {
                    true => "INSERT INTO parent VALUES (NULL)",
                    // Its parent is missed at the commit only.
                    false => "INSERT INTO child VALUES (-1)",
                };
                let inserted = sql.expect("begun").execute(insert, []);
                assert_eq!(inserted, Ok(1));
                Box::new(move |committed| assert_eq!(committed.is_ok(), sound))
            });
            let durability = Durability::Synced;
            let group = vec![Job { work, durability }];
            commit_together(&connection, &mut group.into_iter(), &mut failing);
        }
        let seen = levels.lock().expect("whole").clone();
        let seen = seen.into_iter().filter(|level| *level <= Level::INFO);
        let seen: Vec<Level> = seen.collect();
        assert_eq!(seen, [Level::ERROR, Level::INFO, Level::ERROR]);
    }

    #[tokio::test]
    async fn the_end_of_the_thread_is_noticed_however_it_comes() {
        let writer = writer();
        let ended = writer.ended();
        let mut ended = std::pin::pin!(ended);
        assert!(futures_util::poll!(&mut ended).is_pending());
        // What a job returns runs outside of what catches its panics.
        let work: Work = Box::new(|_| Box::new(|_| panic!("as asked for")));
        let durability = Durability::Synced;
        let jobs = writer
            .running()
            .as_ref()
            .map(|running| running.jobs.clone());
        let sent = jobs.expect("it takes jobs").send(Job { work, durability });
        sent.expect("it runs");
        ended.await;
        assert!(matches!(add(&writer, 1).await, Err(StoreError::Ended)));
    }

    #[tokio::test]
    async fn a_job_that_panics_is_undone_and_the_writer_goes_on() {
        let writer = writer();
        let panicked = writer
            .run(Durability::Synced, |sql| -> rusqlite::Result<()> {
                sql.execute("INSERT INTO t VALUES (7)", [])?;
                panic!("as asked for");
            })
            .await;
        assert!(matches!(panicked, Err(StoreError::Broken)));
        add(&writer, 1).await.expect("the writer goes on");
        assert_eq!(count(&writer).await, 1);
    }
}
