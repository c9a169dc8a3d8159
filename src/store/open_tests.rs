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
    let (connection, lock) = open(&path).expect("a new one");
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
    let (connection, lock) = open(&path).expect("a new one");
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
