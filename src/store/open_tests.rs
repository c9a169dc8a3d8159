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

/// The files of a folder with what is in them, but for the lock and the index of a log, which hold nothing.
fn contents(folder: &TempDir) -> Vec<(PathBuf, Vec<u8>)> {
    let paths = fs::read_dir(folder).expect("listed");
    let mut paths: Vec<_> = paths.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| {
        let name = path.to_string_lossy();
        !name.ends_with(".lock") && !name.ends_with("-shm")
    });
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("read");
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}

/// A database as it was written before the first release: its layout, and one row.
fn unreleased(path: &Path, version: i32) -> Connection {
    let connection = Connection::open(path).expect("opened");
    let set = |name, value| connection.pragma_update(None, name, value).expect("set");
    set("application_id", APPLICATION_ID);
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .expect("set");
    set("user_version", version);
    connection
        .execute_batch("CREATE TABLE schedules (id INTEGER, space TEXT); INSERT INTO schedules VALUES (1, '7')")
        .expect("filled");
    connection
}

#[test]
fn a_database_from_before_the_first_release_is_refused_and_left_as_it_was() {
    for version in 1..=UNRELEASED {
        let folder = TempDir::new().expect("a folder");
        let path = in_folder(&folder);
        drop(unreleased(&path, version));
        let before = contents(&folder);
        let refused = open(&path).expect_err("refused");
        assert!(matches!(refused, OpenError::Unreleased(_)), "{refused}");
        for does in [
            "before the first release",
            "Move the file away",
            "/privacy export",
        ] {
            assert!(refused.to_string().contains(does), "{does}: {refused}");
        }
        assert_eq!(contents(&folder), before);
        assert_eq!(files(&folder), 1, "nothing is beside it");
        assert!(matches!(open_beside(&path), Err(OpenError::Unreleased(_))));
        assert_eq!(contents(&folder), before);
    }
}

#[test]
fn one_whose_layout_only_its_log_tells_is_left_as_it_was_too() {
    let newer = newest(MIGRATIONS) + 1;
    for version in [UNRELEASED, newer] {
        let folder = TempDir::new().expect("a folder");
        let (used, path) = (folder.path().join("used.db"), in_folder(&folder));
        let in_use = unreleased(&used, version);
        // As killed, with its log.
        for part in ["", "-wal"] {
            fs::copy(beside(&used, part), beside(&path, part)).expect("copied");
        }
        drop(in_use);
        fs::remove_file(used).expect("removed");
        assert!(refuse_by_header(&path).expect("nothing is wrong yet"));
        let before = contents(&folder);

        let refused = open(&path).expect_err("refused");
        match version == newer {
            true => assert!(matches!(refused, OpenError::Newer { .. }), "{refused}"),
            false => assert!(matches!(refused, OpenError::Unreleased(_)), "{refused}"),
        }

        assert!(contents(&folder) == before, "it is left as it was");
    }
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
