//! The open database: one writer, and separate readers.

use std::any::type_name_of_val;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::errors::{OpenError, StoreError};
use super::lock::Lock;
use super::open;
use super::writer::{Durability, Writer, locked};

/// How many reads run at once. More would only wait for the processor, each with a connection and cache of its own.
const READERS: usize = 4;

/// The open database. Clones share it.
#[derive(Clone)]
pub struct Store(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) path: PathBuf,
    /// Idle ones; `None` once the store is closed. They close before the writer does, which writes the
    /// log back into the file only if it is the last.
    readers: Mutex<Option<Vec<Connection>>>,
    writer: Writer,
    turns: Semaphore,
    /// Held while the database is open: one instance per file. Released last. `None` beside a running instance.
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

    /// Opens an existing database for an operator's command, even while a bot runs on it.
    ///
    /// # Errors
    /// As for [`Store::open`], and when the running bot is of another version, or there is no such file.
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

    /// Closes the database for all who share it. What was asked for is committed, and the file alone then holds
    /// everything. Later reads and writes fail.
    pub async fn close(&self) {
        // Lets running reads end, and no others start.
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

    /// Checks that the writer takes writes, by an empty transaction that goes through its queue.
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

    /// The same without waiting for the disk: for what nobody is told has been recorded.
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

    /// Runs `query` on a reading connection, on this thread: for a few rows by their key, which takes less time than
    /// switching threads.
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
