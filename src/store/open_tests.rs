use super::*;
use tempfile::TempDir;

fn in_folder(folder: &TempDir) -> PathBuf {
    folder.path().join("greenroom.db")
}

fn files(folder: &TempDir) -> usize {
    fs::read_dir(folder.path()).expect("listed").count()
}

#[test]
fn a_new_database_opens_and_opens_again() {
    let folder = TempDir::new().expect("a folder");
    let path = in_folder(&folder);
    drop(open(&path).expect("a new one"));
    drop(open(&path).expect("the same again"));
}

#[test]
fn one_instance_has_the_file() {
    let folder = TempDir::new().expect("a folder");
    let path = in_folder(&folder);
    let _held = open(&path).expect("the first");
    assert!(matches!(open(&path), Err(OpenError::InUse(_))));
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let path = in_folder(&folder);
    let (connection, lock, _) = open(&path).expect("a new one");
    connection
        .pragma_update(None, "user_version", 99)
        .expect("set");
    connection
        .pragma_update(None, "journal_mode", "DELETE")
        .expect("set");
    drop((connection, lock));
    fs::remove_file(folder.path().join("greenroom.db.lock")).expect("removed");
    let before = fs::read(&path).expect("read");

    assert!(matches!(
        open(&path),
        Err(OpenError::Newer { found: 99, .. })
    ));

    assert_eq!(fs::read(&path).expect("read"), before);
    assert_eq!(files(&folder), 1, "nothing is written");
}

#[test]
fn a_file_of_another_kind_is_refused_and_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let path = in_folder(&folder);
    fs::write(&path, "notes".repeat(100)).expect("written");
    assert!(matches!(open(&path), Err(OpenError::Foreign(_))));

    let other = folder.path().join("other.db");
    Connection::open(&other)
        .expect("opened")
        .execute_batch("CREATE TABLE t (x)")
        .expect("made");
    assert!(matches!(open(&other), Err(OpenError::Foreign(_))));
    assert_eq!(files(&folder), 2, "nothing is written");
}

#[test]
fn a_damaged_database_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let path = in_folder(&folder);
    let (connection, lock, _) = open(&path).expect("a new one");
    connection
        .pragma_update(None, "journal_mode", "DELETE")
        .expect("set");
    drop((connection, lock));
    let mut bytes = fs::read(&path).expect("read");
    let end = bytes.len();
    bytes[4096..end].fill(0x5a);
    fs::write(&path, bytes).expect("written");

    let refused = open(&path).expect_err("refused");
    assert!(matches!(refused, OpenError::Damaged { .. }), "{refused}");
}

#[test]
fn a_read_only_database_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let path = in_folder(&folder);
    drop(open(&path).expect("a new one"));
    let mut permissions = fs::metadata(&path).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");

    assert!(matches!(open(&path), Err(OpenError::ReadOnly { .. })));
}

#[test]
fn a_folder_that_is_missing_is_named() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("missing/greenroom.db");
    let refused = open(&path).expect_err("refused");
    assert!(
        refused.to_string().contains("missing/greenroom.db"),
        "{refused}"
    );
}

#[test]
fn a_database_of_the_first_version_is_copied_and_migrated_with_its_rows() {
    let folder = TempDir::new().expect("a folder");
    let path = in_folder(&folder);
    let first = Connection::open(&path).expect("opened");
    first
        .execute_batch(include_str!("migrations/0001_first.sql"))
        .expect("migrated");
    first
        .execute_batch(
            r#"INSERT INTO schedules VALUES
                (1, 'space', 'daily', '7', 'UTC', '09:00', 127, '[]', 'active', 0);
            INSERT INTO dailies VALUES
                (1, 1, 'space', '7', '2026-03-04', 'q1', 't', 'easy', '{}', 'closed', 1, 1, '11', 2, 3, 1),
                (2, 1, 'space', '7', '2026-03-05', 'q2', 't', 'easy', '{}', 'closed', 1, 2, '12', 2, 3, 0),
                (3, 1, 'space', '7', '2026-03-06', 'q3', 't', 'easy', '{}', 'posted', 1, 3, '13', 2, NULL, 0),
                (4, 1, 'space', '7', '2026-03-07', 'q4', 't', 'easy', '{}', 'claimed', 1, NULL, NULL, NULL, NULL, 0);
            INSERT INTO answers VALUES (1, 'ben', 'space', 't', 0, 1, 11, 1, '2026-03-04', 2);
            PRAGMA user_version = 1;"#,
        )
        .expect("filled");
    first
        .pragma_update(None, "application_id", APPLICATION_ID)
        .expect("marked");
    drop(first);

    let (migrated, _lock, _) = open(&path).expect("migrated");

    let out_of_date: Vec<i64> = migrated
        .prepare("SELECT id FROM dailies WHERE version <> shown")
        .and_then(|mut rows| rows.query_map([], |row| row.get(0))?.collect())
        .expect("read");
    assert_eq!(out_of_date, [2], "the closed one without its result");
    let count = |table: &str| -> i64 {
        let query = format!("SELECT count(*) FROM {table}");
        migrated
            .query_row(&query, [], |row| row.get(0))
            .expect("counted")
    };
    assert_eq!((count("dailies"), count("settled_answers")), (4, 1));
    let reveal: String = migrated
        .query_row("SELECT reveal FROM schedules", [], |row| row.get(0))
        .expect("read");
    assert_eq!(reveal, "at-once");

    let copy = Connection::open(folder.path().join("greenroom.db.v1")).expect("a copy");
    let version: i32 = copy
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("read");
    let revealed: i64 = copy
        .query_row("SELECT sum(revealed) FROM dailies", [], |row| row.get(0))
        .expect("read");
    assert_eq!((version, revealed), (1, 1), "as it was before");
}

#[test]
#[cfg(unix)]
fn what_everyone_could_read_is_its_owners_only_once_it_is_open() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().expect("a folder");
    let (used, path) = (folder.path().join("used.db"), in_folder(&folder));
    let part = |path: &Path, part: &str| beside(path, part);
    let set = |path: PathBuf, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    };
    let mode = |path: PathBuf| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    // As killed, with its log.
    let in_use = open(&used).expect("a new one");
    for name in ["", "-wal"] {
        fs::copy(part(&used, name), part(&path, name)).expect("copied");
        set(part(&path, name), 0o644);
    }
    drop(in_use);
    let opened = open(&path).expect("it is sound");
    for name in ["", "-wal", "-shm", ".lock"] {
        assert_eq!(mode(part(&path, name)), 0o600, "{name}");
    }
    drop(opened);
    // A group is who the operator says.
    set(path.clone(), 0o640);
    let _opened = open(&path).expect("it is sound");
    assert_eq!(mode(path), 0o640);
}
