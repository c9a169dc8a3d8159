//! Everything about a member: to export, and to delete.

use chrono::{DateTime, SecondsFormat};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use serde_json::{Map, Value};

use super::marks::{mark_answered, marked};
use super::{Store, StoreError};
use crate::model::Member;

/// What is kept about members, by the name that they read.
struct About {
    name: &'static str,
    /// Selects one member's rows to export. Of a posted quiz, only what the member chose is included: the rest isn't about
    /// the member, and holds the answer. A verdict that is hidden until its daily closes is null.
    export: &'static str,
    /// Deletes them.
    delete: &'static [&'static str],
}

/// Every table that holds rows about members, those that refer to others first. `totals`, being sums over answers, follow
/// by themselves.
const ABOUT_A_MEMBER: [About; 7] = [
    About {
        name: "answers",
        export: "SELECT answers.daily, answers.user, answers.space, answers.topic,
                json_extract(dailies.quiz, '$.options[' || answers.option || '].text') AS chosen,
                settled.right, settled.points, answers.streak, answers.local_date,
                answers.answered_at, answers.typed, dailies.question, dailies.local_date AS daily_date
             FROM answers LEFT JOIN settled_answers AS settled USING (daily, user)
                JOIN dailies ON dailies.id = answers.daily
             WHERE answers.space = ?1 AND answers.user = ?2 ORDER BY answers.answered_at",
        delete: &["DELETE FROM answers WHERE space = ?1 AND user = ?2"],
    },
    About {
        name: "streaks",
        export: "SELECT streaks.*, schedules.name AS schedule_name
             FROM streaks JOIN schedules ON schedules.id = schedule WHERE space = ?1 AND user = ?2",
        delete: &["DELETE FROM streaks WHERE user = ?2
             AND schedule IN (SELECT id FROM schedules WHERE space = ?1)"],
    },
    About {
        name: "quizzes",
        export: "SELECT quiz, started_at, position, question, topic,
                json_extract(quiz_contents.content,
                    '$.options[' || substr(shown, option + 1, 1) || '].text') AS chosen,
                right, answered_at
             FROM quizzes JOIN quiz_items ON quiz = quizzes.id
                JOIN quiz_contents ON quiz_contents.id = quiz_items.content
             WHERE space = ?1 AND user = ?2 ORDER BY quiz, position",
        delete: &[
            "DELETE FROM quiz_items
                WHERE quiz IN (SELECT id FROM quizzes WHERE space = ?1 AND user = ?2)",
            "DELETE FROM quizzes WHERE space = ?1 AND user = ?2",
        ],
    },
    About {
        name: "practice",
        export: "SELECT question, topic, answers, right AS right_answers, answered_at
             FROM practice WHERE space = ?1 AND user = ?2 ORDER BY question",
        delete: &["DELETE FROM practice WHERE space = ?1 AND user = ?2"],
    },
    About {
        name: "lookups",
        export: "SELECT * FROM seen WHERE space = ?1 AND user = ?2 ORDER BY seen_at",
        delete: &["DELETE FROM seen WHERE space = ?1 AND user = ?2"],
    },
    About {
        name: "told_once",
        export: "SELECT about FROM hints WHERE space = ?1 AND user = ?2 ORDER BY about",
        delete: &["DELETE FROM hints WHERE space = ?1 AND user = ?2"],
    },
    About {
        name: "schedules_set",
        export: "SELECT name, channel, zone, time FROM schedules
             WHERE space = ?1 AND set_by = ?2 ORDER BY name",
        // The schedule belongs to the server and stays; who set it is deleted.
        delete: &["UPDATE schedules SET set_by = NULL WHERE space = ?1 AND set_by = ?2"],
    },
];

impl Store {
    /// All that is stored about a member, by table.
    pub async fn export_member(&self, member: Member) -> Result<Value, StoreError> {
        self.read(move |sql| {
            let mut all = Map::new();
            for about in ABOUT_A_MEMBER {
                let rows = rows(sql, about.export, &member)?;
                all.insert(about.name.to_owned(), rows.into());
            }
            let marked = marked(sql, &member)?;
            all.insert("answered_before_deletion".to_owned(), marked.into());
            Ok(Value::Object(all))
        })
        .await
    }

    /// Deletes every row about a member, and marks closed dailies that count an answer of theirs to be shown again. Returns
    /// how many rows there were.
    pub async fn delete_member(&self, member: Member) -> Result<usize, StoreError> {
        self.write(move |sql| {
            // Before the answers go, so that open dailies stay answered.
            mark_answered(sql, &member)?;
            let who = params![member.space, member.user];
            sql.execute(
                "UPDATE dailies SET version = version + 1 WHERE state = 'closed' AND id IN
                    (SELECT daily FROM answers WHERE space = ?1 AND user = ?2)",
                who,
            )?;
            let mut removed = 0;
            for delete in ABOUT_A_MEMBER.iter().flat_map(|about| about.delete) {
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
                object.insert(name.clone(), value(name, row.get_ref(index)?));
            }
            Ok(Value::Object(object))
        })?
        .collect()
}

/// A column's value as people read it: instants and flags are stored as numbers.
fn value(name: &str, stored: ValueRef<'_>) -> Value {
    match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) if matches!(name, "right" | "typed") => (number != 0).into(),
        ValueRef::Integer(millis) if name.ends_with("_at") => {
            let at = DateTime::from_timestamp_millis(millis);
            at.map_or(millis.into(), |at| {
                at.to_rfc3339_opts(SecondsFormat::Millis, true).into()
            })
        }
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        // The member knows which platform they are on.
        ValueRef::Text(id) if matches!(name, "user" | "space") => {
            let id = String::from_utf8_lossy(id);
            id.split_once(':').map_or(&*id, |(_, id)| id).into()
        }
        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into(),
    }
}

#[cfg(test)]
#[path = "privacy_tests.rs"]
mod tests;
