//! Everything about a member: to export, and to delete.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use serde_json::{Map, Value};

use super::marks::{mark_answered, marked};
use super::{Member, Store, StoreError};

/// Every table that holds rows about members, by the name members read, with the query for one
/// member's rows. A posted quiz is left out of it: it is not about the member and has the answer.
/// A verdict that is hidden until its daily closes is null.
const ABOUT_A_MEMBER: [(&str, &str); 6] = [
    (
        "answers",
        "SELECT answers.daily, answers.user, answers.space, answers.topic, answers.option,
            settled.right, settled.points, answers.streak, answers.local_date, answers.answered_at, answers.typed,
            dailies.question, dailies.local_date AS daily_date
         FROM answers LEFT JOIN settled_answers AS settled USING (daily, user) JOIN dailies ON dailies.id = answers.daily
         WHERE answers.space = ?1 AND answers.user = ?2 ORDER BY answers.answered_at",
    ),
    (
        "streaks",
        "SELECT streaks.*, schedules.name AS schedule_name
         FROM streaks JOIN schedules ON schedules.id = schedule WHERE space = ?1 AND user = ?2",
    ),
    (
        "practice",
        "SELECT quiz, started_at, position, question, topic, option, right, answered_at
         FROM quizzes JOIN quiz_items ON quiz = quizzes.id
         WHERE space = ?1 AND user = ?2 ORDER BY quiz, position",
    ),
    (
        "lookups",
        "SELECT * FROM seen WHERE space = ?1 AND user = ?2 ORDER BY seen_at",
    ),
    (
        "told_once",
        "SELECT about FROM hints WHERE space = ?1 AND user = ?2 ORDER BY about",
    ),
    (
        "schedules_set",
        "SELECT name, channel, zone, time FROM schedules
         WHERE space = ?1 AND set_by = ?2 ORDER BY name",
    ),
];

impl Store {
    /// All that is stored about a member, by table.
    pub async fn export_member(&self, member: Member) -> Result<Value, StoreError> {
        self.read(move |sql| {
            let mut all = Map::new();
            for (name, query) in ABOUT_A_MEMBER {
                all.insert(name.to_owned(), rows(sql, query, &member)?.into());
            }
            let marked = marked(sql, &member)?;
            all.insert("answered_before_deletion".to_owned(), marked.into());
            Ok(Value::Object(all))
        })
        .await
    }

    /// Removes every row about a member, and has closed dailies that name them, as the first who was
    /// right, shown anew.
    /// The totals of boards follow by themselves. Returns the rows removed.
    pub async fn delete_member(&self, member: Member) -> Result<usize, StoreError> {
        self.write(move |sql| {
            // Before the answers go: what is open stays answered.
            mark_answered(sql, &member)?;
            let who = params![member.space, member.user];
            sql.execute(
                "UPDATE dailies SET version = version + 1 WHERE space = ?1 AND state = 'closed'
                    AND id IN (SELECT daily FROM answers AS mine
                        WHERE space = ?1 AND user = ?2 AND right = 1 AND NOT EXISTS
                            (SELECT 1 FROM answers WHERE daily = mine.daily AND right = 1
                                AND answered_at < mine.answered_at))",
                who,
            )?;
            // The schedule is the server's and stays; who set it goes.
            sql.execute(
                "UPDATE schedules SET set_by = NULL WHERE space = ?1 AND set_by = ?2",
                who,
            )?;
            let mut removed = 0;
            for delete in [
                "DELETE FROM answers WHERE space = ?1 AND user = ?2",
                "DELETE FROM streaks WHERE user = ?2
                    AND schedule IN (SELECT id FROM schedules WHERE space = ?1)",
                "DELETE FROM quiz_items
                    WHERE quiz IN (SELECT id FROM quizzes WHERE space = ?1 AND user = ?2)",
                "DELETE FROM quizzes WHERE space = ?1 AND user = ?2",
                "DELETE FROM seen WHERE space = ?1 AND user = ?2",
                "DELETE FROM hints WHERE space = ?1 AND user = ?2",
            ] {
                removed += sql.execute(delete, who)?;
            }
            Ok(removed)
        })
        .await
    }
}

fn rows(sql: &Connection, query: &str, member: &Member) -> rusqlite::Result<Vec<Value>> {
    let mut statement = sql.prepare_cached(query)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    statement
        .query_map(params![member.space, member.user], |row| {
            let mut object = Map::new();
            for (index, name) in names.iter().enumerate() {
                object.insert(name.clone(), value(row.get_ref(index)?));
            }
            Ok(Value::Object(object))
        })?
        .collect()
}

fn value(stored: ValueRef<'_>) -> Value {
    match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into(),
    }
}
