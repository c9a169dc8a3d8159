//! How our values are stored in columns: ids and states as text, instants as milliseconds.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Type, ValueRef};
use rusqlite::{Row, ToSql};
use serde::de::DeserializeOwned;

use crate::model::{
    ChannelId, DailyState, MessageId, NoticeKind, Reveal, ScheduleState, SpaceId, UnknownId, UserId,
};

/// Stores ids as they are.
macro_rules! ids {
    ($($name:ident),+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                String::column_result(value).map(Self)
            }
        }
    )+};
}

ids!(ChannelId, MessageId);

/// Stores ids with their platform, as in `discord:123`.
macro_rules! ids_of_platforms {
    ($($name:ident),+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.to_string().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value
                    .as_str()?
                    .parse()
                    .map_err(|UnknownId(id)| FromSqlError::Other(format!("{id:?} isn't an id").into()))
            }
        }
    )+};
}

ids_of_platforms!(SpaceId, UserId);

/// Stores each value of a kind as a word of its own.
macro_rules! words {
    ($kind:ident { $($value:ident: $word:literal),+ }) => {
        impl ToSql for $kind {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(match self { $(Self::$value => $word),+ }.into())
            }
        }

        impl FromSql for $kind {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$value),)+
                    other => Err(FromSqlError::Other(
                        format!("no {} is called {other:?}", stringify!($kind)).into(),
                    )),
                }
            }
        }
    };
}

words!(DailyState {
    Claimed: "claimed",
    Posted: "posted",
    Closed: "closed"
});
words!(ScheduleState {
    Active: "active",
    Paused: "paused",
    Removed: "removed"
});
words!(NoticeKind {
    RunningOut: "running-out",
    ChannelClosed: "channel-closed",
    InDoubt: "in-doubt",
    Damaged: "damaged"
});

/// Stored as people type it, and so read with `parsed`.
impl ToSql for Reveal {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

/// An instant as it is stored.
pub(super) fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// Reads an instant.
pub(super) fn instant(row: &Row<'_>, column: &str) -> rusqlite::Result<DateTime<Utc>> {
    let at: i64 = row.get(column)?;
    DateTime::from_timestamp_millis(at).ok_or_else(|| conversion_error(row, column, "no instant"))
}

/// Reads an instant that may not be there yet.
pub(super) fn instant_if_any(
    row: &Row<'_>,
    column: &str,
) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = row.get(column)?;
    Ok(at.and_then(DateTime::from_timestamp_millis))
}

/// Reads text that has a parser.
pub(super) fn parsed<T: FromStr>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    text.parse::<T>()
        .map_err(|_| conversion_error(row, column, &format!("{text:?} can't be read")))
}

/// Reads JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| conversion_error(row, column, &error.to_string()))
}

/// Writes JSON.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// Logs a row that can't be read, once while the program runs.
pub(super) fn unreadable(what: &'static str, id: i64, why: &rusqlite::Error) {
    static TOLD: Mutex<BTreeSet<(&str, i64)>> = Mutex::new(BTreeSet::new());
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if told.insert((what, id)) {
        tracing::error!(id, error = %why, "a row of the database can't be read and is left out: {what}");
    }
}

/// The error for a column with a value that we did not put there.
pub(super) fn conversion_error(row: &Row<'_>, column: &str, why: &str) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::FromSqlConversionFailure(index, Type::Text, format!("{column}: {why}").into())
}
