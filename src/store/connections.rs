//! The database, open: one writer, and readers apart from it.

use std::any::type_name_of_val;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::errors::{OpenError, StoreError};
use super::lock::Lock;
use super::open;
use super::writer::{Durability, Writer, locked};

/// How many reads run at the same time. More would only wait for the processor, each with a connection
/// and a cache of its own.
const READERS: usize = 4;

/// The database, open. Clones share it.
#[derive(Clone)]
pub struct Store(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) path: PathBuf,
    /// Idle ones; `None` once the store is closed. They close before the writer does, which writes the
    /// log back into the file only if it is the last.
    readers: Mutex<Option<Vec<Connection>>>,
    writer: Writer,
    turns: Semaphore,
    /// Held for as long as the database is open: one instance per file. Ends last. There is none beside
    /// an instance that runs.
    lock: Mutex<Option<Lock>>,
}

impl Store {
    /// Opens the database, creating or migrating it as needed.
    ///
    /// # Errors
    /// When the file is not ours, newer than this program, damaged, read-only or in use. Nothing
    /// is written in these cases.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, OpenError> {
        let (connection, lock, path) = open::open(&path.into())?;
        Self::of(connection, Some(lock), path)
    }

    /// Opens a database that there is, also beside a bot that runs on it: for what an operator does.
    ///
    /// # Errors
    /// As for [`Store::open`], and when the bot that runs is of another version, or there is no such
    /// file.
    pub fn open_beside(path: impl Into<PathBuf>) -> Result<Self, OpenError> {
        let path = path.into();
        let (connection, lock, path) = open::open_beside(&path)?;
        Self::of(connection, lock, path)
    }

    fn of(connection: Connection, lock: Option<Lock>, path: PathBuf) -> Result<Self, OpenError> {
        let writer = Writer::start(connection).map_err(OpenError::NoThread)?;
        Ok(Self(Arc::new(Inner {
            readers: Mutex::new(Some(Vec::new())),
            writer,
            turns: Semaphore::new(READERS),
            path,
            lock: Mutex::new(lock),
        })))
    }

    /// Closes the database, whoever else shares it: what was asked for is committed, and the file alone
    /// holds everything. Reads and writes after that fail.
    pub async fn close(&self) {
        // Reads under way end; none begins.
        let _turns = self.0.turns.acquire_many(READERS as u32).await;
        self.0.turns.close();
        *self.0.idle_readers() = None;
        let inner = self.0.clone();
        let end = move || {
            inner.writer.end();
            drop(locked(&inner.lock).take());
        };
        if let Err(error) = tokio::task::spawn_blocking(end).await {
            tracing::error!(%error, "the database could not be closed");
        }
    }

    /// Whether the writer takes writes: passes through its queue and an empty transaction.
    ///
    /// # Errors
    /// When it does not.
    pub async fn takes_writes(&self) -> Result<(), StoreError> {
        self.write(|_| Ok(())).await
    }

    /// Waits until the writer has ended, after which nothing can be written any more. Keeps nothing open.
    pub fn writer_ended(&self) -> impl Future<Output = ()> + Send + 'static {
        self.0.writer.ended()
    }

    /// Runs `job` on the writer, in a transaction; answers once it is committed to disk.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        tracing::trace!(job = type_name_of_val(&job), "writing to the database");
        self.0.writer.run(Durability::Synced, job).await
    }

    /// Runs `job` likewise, but does not wait for the disk: for what nobody is told is recorded.
    pub(super) async fn note<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        tracing::trace!(job = type_name_of_val(&job), "noting in the database");
        self.0.writer.run(Durability::Written, job).await
    }

    /// Runs `query` on a reading connection, off the async threads.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        tracing::trace!(job = type_name_of_val(&query), "reading the database");
        let inner = self.0.clone();
        let _turn = self
            .0
            .turns
            .acquire()
            .await
            .map_err(|_| StoreError::Ended)?;
        tokio::task::spawn_blocking(move || inner.read(query))
            .await
            .map_err(|_| StoreError::Broken)?
    }

    /// Runs `query` on a reading connection, on this thread: for some rows by their key, which take
    /// less time than handing over to another thread does.
    pub(super) fn read_by_key<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        tracing::trace!(job = type_name_of_val(&query), "reading the database");
        self.0.read(query)
    }
}

impl Inner {
    pub(super) fn new_reader(&self) -> rusqlite::Result<Connection> {
        open::reader(&self.path)
    }

    fn idle_readers(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        locked(&self.readers)
    }

    fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let idle = self.idle_readers().as_mut().map(Vec::pop);
        let connection = match idle.ok_or(StoreError::Ended)? {
            Some(connection) => connection,
            None => self.new_reader()?,
        };
        let result = query(&connection);
        if let Some(idle) = self.idle_readers().as_mut() {
            idle.push(connection);
        }
        Ok(result?)
    }
}
