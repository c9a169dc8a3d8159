//! What was last registered with a platform.

use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};

impl Store {
    /// What was last registered in `scope`.
    pub async fn registration(&self, scope: String) -> Result<Option<String>, StoreError> {
        self.read(move |sql| {
            sql.prepare_cached("SELECT content FROM registrations WHERE scope = ?1")?
                .query_row([scope], |row| row.get(0))
                .optional()
        })
        .await
    }

    /// Records what is registered in `scope`.
    pub async fn set_registration(&self, scope: String, content: String) -> Result<(), StoreError> {
        self.write(move |sql| {
            sql.execute(
                "INSERT OR REPLACE INTO registrations (scope, content) VALUES (?1, ?2)",
                params![scope, content],
            )?;
            Ok(())
        })
        .await
    }
}
