//! Full-text search over the bank: SQLite's FTS5, in memory, built anew with each bank.

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, params};

use crate::bank::Bank;

/// The index of one bank. It keeps the words of the questions, not their texts.
pub struct SearchIndex {
    sql: Mutex<Connection>,
    /// By row.
    ids: Vec<String>,
}

impl SearchIndex {
    /// Indexes a bank.
    ///
    /// # Errors
    /// When SQLite cannot, which only happens without memory.
    pub fn build(bank: &Bank) -> rusqlite::Result<Self> {
        let sql = Connection::open_in_memory()?;
        sql.execute_batch(
            "CREATE VIRTUAL TABLE questions USING fts5 (
                prompt, tags, topic, key_points, answer, content = '',
                tokenize = 'porter unicode61 remove_diacritics 2')",
        )?;
        let transaction = sql.unchecked_transaction()?;
        {
            let mut insert = transaction.prepare(
                "INSERT INTO questions (rowid, prompt, tags, topic, key_points, answer)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for (row, question) in (0_i64..).zip(bank.questions()) {
                insert.execute(params![
                    row,
                    question.prompt,
                    question.tags.join(" "),
                    question.topic,
                    question.key_points.join(" "),
                    question.answer,
                ])?;
            }
        }
        transaction.commit()?;
        let questions = bank.questions().iter();
        Ok(Self {
            sql: Mutex::new(sql),
            ids: questions.map(|question| question.id.clone()).collect(),
        })
    }

    /// Ids of the questions that match `words`, the most relevant first, at most `limit`. All
    /// words are looked for together; when no question has them all, any of them.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn find(&self, words: &str, limit: usize) -> rusqlite::Result<Vec<String>> {
        // Quoted, a word is a word: members cannot write FTS5's query language.
        let words: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !is_filler(word))
            .take(32)
            .map(|word| format!("\"{word}\""))
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let all = self.matching(&words.join(" AND "), limit)?;
        if all.is_empty() && words.len() > 1 {
            return self.matching(&words.join(" OR "), limit);
        }
        Ok(all)
    }

    fn matching(&self, expression: &str, limit: usize) -> rusqlite::Result<Vec<String>> {
        let sql = self.sql.lock().unwrap_or_else(PoisonError::into_inner);
        // Weights in column order.
        sql.prepare_cached(
            "SELECT rowid FROM questions WHERE questions MATCH ?1
             ORDER BY bm25(questions, 8, 6, 4, 3, 1) LIMIT ?2",
        )?
        .query_map(params![expression, limit], |row| {
            Ok(self.ids[row.get::<_, usize>(0)?].clone())
        })?
        .collect()
    }
}

/// Words so common that they say nothing of what is asked for.
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 32] = [
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how",
        "i", "in", "is", "it", "me", "of", "on", "or", "s", "that", "the", "to", "what", "when",
        "which", "why", "with", "you",
    ];
    FILLERS.contains(&word.to_lowercase().as_str())
}
