use tempfile::TempDir;

use super::*;
use crate::model::{SpaceId, UserId};
use crate::store::spaces::know;

/// Columns that hold a member's id.
const USERS: [&str; 2] = ["user", "set_by"];
/// Columns that hold none. A new column is named here, or above and in what is exported and deleted.
const OTHERS: [&str; 64] = [
    "ahead",
    "about",
    "answered_at",
    "answers",
    "channel",
    "claimed_at",
    "closed_at",
    "content",
    "current",
    "daily",
    "difficulty",
    "discuss",
    "due_at",
    "given_up",
    "id",
    "key",
    "joined_at",
    "kind",
    "language",
    "last",
    "left_at",
    "local_date",
    "longest",
    "made_at",
    "mark",
    "message",
    "name",
    "next_due",
    "option",
    "ordinal",
    "period",
    "points",
    "position",
    "posted_at",
    "question",
    "queued",
    "quiz",
    "replaced_at",
    "reveal",
    "right",
    "schedule",
    "scope",
    "seen_at",
    "sent_at",
    "shown",
    "since",
    "space",
    "started_at",
    "state",
    "streak",
    "suspended_for",
    "suspended_until",
    "suspensions",
    "time",
    "to_discuss",
    "topic",
    "topics",
    "tried_at",
    "tried_in",
    "turn",
    "typed",
    "version",
    "weekdays",
    "zone",
];
/// Tables that are of no space: what is registered, what quizzes ask, and keys of the database's own.
const OF_NO_SPACE: [&str; 3] = ["registrations", "quiz_contents", "keys"];
/// Filled by triggers.
const FOLLOWING: &str = "totals";
const QUIZ: &str = r#"{"prompt":"Which?","options":[{"text":"this one","right":true,"why":""},
    {"text":"that one","right":false,"why":""}]}"#;

/// A table's name, and its columns' names and types.
type Table = (String, Vec<(String, String)>);

fn tables(sql: &Connection) -> rusqlite::Result<Vec<Table>> {
    let names: Vec<String> = sql
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let with_columns = |name: String| {
        let columns = sql
            .prepare("SELECT name, type FROM pragma_table_info(?1)")?
            .query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok((name, columns))
    };
    names.into_iter().map(with_columns).collect()
}

/// What a row of the member holds in a column.
fn sample(table: &str, column: &str, kind: &str) -> String {
    let known = USERS.contains(&column) || OTHERS.contains(&column);
    assert!(
        known,
        "{table}.{column} is new: does it hold a member's id?"
    );
    match (column, kind) {
        ("user" | "set_by", _) => "'discord:the-user'",
        ("space", _) => "'discord:the-space'",
        (_, "INTEGER") => "1",
        (_, "BLOB") => "x'01'",
        ("state", _) if table == "schedules" => "'active'",
        ("state", _) => "'closed'",
        ("reveal", _) => "'at-once'",
        ("quiz" | "content", _) => return format!("'{QUIZ}'"),
        ("shown", _) => "'01'",
        ("local_date", _) => "'2026-03-04'",
        _ => "'x'",
    }
    .to_owned()
}

/// A store with a row of the member in every table.
async fn filled(folder: &TempDir) -> Store {
    let store = Store::open(folder.path().join("greenroom.db")).expect("opens");
    let fill = |sql: &Connection| {
        sql.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        for (table, columns) in tables(sql)?.iter().filter(|(table, _)| table != FOLLOWING) {
            let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
            let values = columns.iter().map(|(name, kind)| sample(table, name, kind));
            let values: Vec<String> = values.collect();
            let insert = format!(
                "INSERT INTO {table} ({}) VALUES ({})",
                names.join(", "),
                values.join(", ")
            );
            sql.execute(&insert, [])?;
        }
        Ok(())
    };
    store.write(fill).await.expect("filled");
    store
}

/// The tables that hold a value anywhere.
async fn holding(store: &Store, value: &'static str) -> Vec<String> {
    let holding = move |sql: &Connection| {
        let mut holding = Vec::new();
        for (table, columns) in tables(sql)? {
            let names = columns
                .iter()
                .map(|(name, _)| format!("{table}.\"{name}\""));
            let names: Vec<String> = names.collect();
            let query = format!(
                "SELECT count(*) FROM {table} WHERE ?1 IN ({})",
                names.join(", ")
            );
            if sql.query_row(&query, [value], |row| row.get::<_, i64>(0))? > 0 {
                holding.push(table);
            }
        }
        Ok(holding)
    };
    store.read(holding).await.expect("read")
}

fn ben() -> Member {
    Member {
        space: SpaceId::discord("the-space"),
        user: UserId::discord("the-user"),
    }
}

#[tokio::test]
async fn every_table_about_members_is_exported_and_deleted() {
    let folder = TempDir::new().expect("a folder");
    let store = filled(&folder).await;
    let about = holding(&store, "discord:the-user").await;
    assert!(about.len() >= 6, "{about:?}");
    for table in about.iter().filter(|table| *table != FOLLOWING) {
        let exported = ABOUT_A_MEMBER.iter().any(|of| {
            let mut words = of
                .export
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            words.any(|word| word == table)
        });
        assert!(exported, "{table} is not exported");
    }
    let export = store.export_member(ben()).await.expect("exported");
    for about in ABOUT_A_MEMBER {
        let rows = export[about.name].as_array().map(Vec::len);
        assert_eq!(rows, Some(1), "{}: {export:#}", about.name);
    }

    store.delete_member(ben()).await.expect("deleted");

    assert_eq!(
        holding(&store, "discord:the-user").await,
        Vec::<String>::new()
    );
    let quizzes = |sql: &Connection| {
        sql.query_row("SELECT count(*) FROM quiz_items", [], |row| {
            row.get::<_, i64>(0)
        })
    };
    assert_eq!(store.read(quizzes).await.unwrap_or(-1), 0);
}

#[tokio::test]
async fn every_table_of_a_space_is_forgotten_with_it() {
    let folder = TempDir::new().expect("a folder");
    let store = filled(&folder).await;
    store
        .forget_space(SpaceId::discord("the-space"))
        .await
        .expect("forgotten");
    assert_eq!(
        holding(&store, "discord:the-space").await,
        Vec::<String>::new()
    );
    let left = |sql: &Connection| {
        let mut left = Vec::new();
        for (table, _) in tables(sql)? {
            let rows: i64 = sql.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })?;
            left.extend((rows > 0).then_some(table));
        }
        Ok(left)
    };
    let mut left = store.read(left).await.expect("read");
    left.retain(|table| !OF_NO_SPACE.contains(&table.as_str()));
    assert_eq!(left, Vec::<String>::new());
}

#[tokio::test]
async fn nothing_is_kept_of_a_space_that_is_not_known() {
    // These are of a schedule, which is of a space, and the totals follow from answers.
    const FOLLOW: [&str; 4] = ["dailies", "answers", "totals", "spaces"];
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path().join("greenroom.db")).expect("opens");
    let refers = |sql: &Connection| {
        let mut refers = Vec::new();
        for (table, columns) in tables(sql)? {
            let of_a_space = columns.iter().any(|(column, _)| column == "space");
            let key = "SELECT 1 FROM pragma_foreign_key_list(?1) WHERE \"table\" = 'spaces'";
            let refers_to_it = sql.prepare(key)?.exists([&table])?;
            if of_a_space && !FOLLOW.contains(&table.as_str()) {
                refers.push((table, refers_to_it));
            }
        }
        Ok(refers)
    };
    let refers = store.read(refers).await.expect("read");
    assert!(refers.len() >= 5, "{refers:?}");
    for (table, to_spaces) in refers {
        assert!(to_spaces, "{table} may name a space that nobody knows of");
    }
}

#[tokio::test]
async fn an_export_tells_instants_as_dates_and_options_as_texts() {
    let folder = TempDir::new().expect("a folder");
    let export = filled(&folder).await.export_member(ben()).await;
    let export = export.expect("exported");
    let answer = &export["answers"][0];
    assert_eq!(answer["chosen"], "that one");
    assert_eq!(answer["answered_at"], "1970-01-01T00:00:00.001Z");
    assert_eq!(answer["right"], true);
    let item = &export["quizzes"][0];
    assert_eq!(item["chosen"], "that one");
    assert_eq!(item["started_at"], "1970-01-01T00:00:00.001Z");
}

#[tokio::test]
async fn what_was_deleted_is_in_no_free_page_nor_in_a_backup() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("greenroom.db");
    let store = Store::open(&path).expect("opens");
    let canary = "73110224678912";
    let user = "discord:73110224678912";
    let fill = move |sql: &Connection| {
        know(sql, &SpaceId::discord("the-space"))?;
        let mut row = sql.prepare("INSERT INTO seen VALUES ('discord:the-space', ?1, ?2, 0)")?;
        for number in 0..2_000 {
            row.execute([user, &format!("q{number}")])?;
        }
        Ok(())
    };
    store.write(fill).await.expect("filled");
    let member = Member {
        space: SpaceId::discord("the-space"),
        user: UserId::discord(canary),
    };
    assert_eq!(store.delete_member(member).await.expect("deleted"), 2_000);
    store.close().await;
    let copy = folder.path().join("copy.db");
    crate::store::back_up(&path, &copy, false).expect("backed up");
    for file in [path, copy] {
        let bytes = std::fs::read(&file).expect("read");
        let found = bytes
            .windows(canary.len())
            .any(|part| part == canary.as_bytes());
        assert!(!found, "{}", file.display());
    }
}

#[tokio::test]
async fn totals_stay_the_sums_of_answers_when_one_is_replaced() {
    let folder = TempDir::new().expect("a folder");
    let store = filled(&folder).await;
    let replace =
        |sql: &Connection| sql.execute("INSERT OR REPLACE INTO answers SELECT * FROM answers", []);
    assert_eq!(store.write(replace).await.expect("replaced"), 1);
    let differing = |sql: &Connection| {
        let sums = "SELECT space, period, user, sum(points), sum(right), count(*)
            FROM counted_answers GROUP BY space, period, user";
        let query = format!("SELECT count(*) FROM (SELECT * FROM totals EXCEPT {sums})");
        sql.query_row(&query, [], |row| row.get::<_, i64>(0))
    };
    assert_eq!(store.read(differing).await.expect("compared"), 0);
}
