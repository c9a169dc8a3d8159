use super::super::errors::OpenError;
use super::*;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::store::restore;

/// A folder with a database that has one row, open, so that the row is in its write-ahead log.
struct Scene {
    folder: TempDir,
    open: Option<(Connection, lock::Lock, PathBuf)>,
}

impl Scene {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let open = open::open(&folder.path().join("greenroom.db")).expect("a new one");
        let scene = Self {
            folder,
            open: Some(open),
        };
        scene.note("first");
        scene
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn database(&self) -> PathBuf {
        self.path("greenroom.db")
    }

    fn note(&self, what: &str) {
        let (connection, ..) = self.open.as_ref().expect("it is open");
        let insert = "INSERT INTO registrations (scope, content) VALUES (?1, '')";
        connection.execute(insert, [what]).expect("written");
    }

    fn close(&mut self) {
        self.open = None;
    }

    /// The names of the files, without the database's own.
    fn others(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path()).expect("listed");
        let names = files.map(|file| file.expect("a file").file_name());
        let mut names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| !name.starts_with("greenroom.db") || name.contains(".replaced"))
            .collect();
        names.sort();
        names
    }
}

fn notes(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).expect("opened");
    let mut rows = connection
        .prepare("SELECT scope FROM registrations ORDER BY scope")
        .expect("a table");
    let rows = rows.query_map([], |row| row.get(0)).expect("read");
    rows.collect::<Result<_, _>>().expect("read")
}

fn damage(path: &Path) {
    let mut bytes = fs::read(path).expect("read");
    bytes[4096..].fill(0x5a);
    fs::write(path, bytes).expect("written");
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

#[test]
fn a_backup_of_a_database_in_use_is_one_private_file_and_replaces_an_older_one() {
    let scene = Scene::new();
    let to = scene.path("copy.db");
    back_up(&scene.database(), &to, false).expect("a backup");
    assert_eq!(notes(&to), ["first"]);

    scene.note("second");
    back_up(&scene.database(), &to, false).expect("it may be replaced");
    assert_eq!(notes(&to), ["first", "second"]);
    assert_eq!(scene.others(), ["copy.db"], "nothing is left beside it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&to).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
}

#[test]
fn other_files_are_replaced_only_when_told_and_databases_in_use_never() {
    let scene = Scene::new();
    let (notes_file, used) = (scene.path("notes.txt"), scene.path("used.db"));
    fs::write(&notes_file, "my notes").expect("written");
    let refused = back_up(&scene.database(), &notes_file, false);
    assert!(matches!(refused, Err(BackupError::InTheWay(_))));
    assert_eq!(fs::read(&notes_file).expect("read"), b"my notes");
    back_up(&scene.database(), &notes_file, true).expect("told to");
    assert_eq!(notes(&notes_file), ["first"]);

    let _open = open::open(&used).expect("another database");
    for in_use in [scene.database(), used] {
        let refused = back_up(&scene.database(), &in_use, true);
        assert!(
            matches!(refused, Err(BackupError::InUse(_))),
            "{in_use:?} {refused:?}"
        );
    }
}

#[test]
fn what_is_not_sound_is_neither_backed_up_nor_restored() {
    let mut scene = Scene::new();
    let copy = scene.path("copy.db");
    back_up(&scene.database(), &copy, false).expect("a backup");
    let (foreign, newer, torn) = (
        scene.path("foreign"),
        scene.path("newer.db"),
        scene.path("torn.db"),
    );
    fs::write(&foreign, "notes".repeat(100)).expect("written");
    fs::copy(&copy, &newer).expect("copied");
    Connection::open(&newer)
        .and_then(|sql| sql.pragma_update(None, "user_version", 99))
        .expect("set");
    fs::copy(&copy, &torn).expect("copied");
    damage(&torn);
    scene.close();

    let restored = |from: &Path| restore(&scene.database(), from, now());
    use BackupError::{Missing, Refused};
    assert!(matches!(
        restored(&foreign),
        Err(Refused(OpenError::Foreign(_)))
    ));
    assert!(matches!(
        restored(&newer),
        Err(Refused(OpenError::Newer { found: 99, .. }))
    ));
    let told = restored(&torn);
    assert!(
        matches!(told, Err(Refused(OpenError::Damaged { .. }))),
        "{told:?}"
    );
    assert!(matches!(restored(&scene.path("none.db")), Err(Missing(_))));
    assert_eq!(
        notes(&scene.database()),
        ["first"],
        "the database is as it was"
    );

    damage(&scene.database());
    let told = back_up(&scene.database(), &copy, false);
    assert!(
        matches!(told, Err(Refused(OpenError::Damaged { .. }))),
        "{told:?}"
    );
    assert_eq!(notes(&copy), ["first"], "the older backup is as it was");
    let left = scene.others();
    assert_eq!(left, ["copy.db", "foreign", "newer.db", "torn.db"]);
}

#[test]
fn a_database_in_use_is_not_restored_and_one_that_was_killed_is_kept_with_its_log() {
    let mut scene = Scene::new();
    let (database, copy) = (scene.database(), scene.path("copy.db"));
    back_up(&database, &copy, false).expect("a backup");
    scene.note("second");
    let told = restore(&database, &copy, now());
    assert!(matches!(
        told,
        Err(BackupError::Refused(OpenError::InUse(_)))
    ));

    // As `kill -9` leaves it: the second row is in the log only.
    let (log, at_kill) = (scene.path("greenroom.db-wal"), scene.path("at-kill"));
    fs::copy(&log, &at_kill).expect("copied");
    scene.close();
    let before = scene.path("before");
    back_up(&copy, &before, false).expect("as it was before the second row");
    fs::rename(&before, &database).expect("moved");
    fs::rename(&at_kill, &log).expect("moved");

    let kept = restore(&database, &copy, now()).expect("restored");
    let kept = kept.expect("something was there");
    assert!(!log.exists(), "the old log never meets the new database");
    assert_eq!(notes(&database), ["first"]);
    assert_eq!(kept, scene.path("greenroom.db.replaced-19700101-000000"));
    assert_eq!(
        notes(&kept),
        ["first", "second"],
        "with what was in its log"
    );

    // Within the same second, what was kept is not replaced.
    let again = restore(&database, &copy, now()).expect("restored");
    let second = scene.path("greenroom.db.replaced-19700101-000000-2");
    assert_eq!(again, Some(second));
    assert_eq!(notes(&kept), ["first", "second"]);
    // Nor is it mixed with what one that was killed has left.
    let third = scene.path("greenroom.db.replaced-19700101-000000-3-wal");
    fs::write(&third, "a log").expect("written");
    let again = restore(&database, &copy, now()).expect("restored");
    let fourth = scene.path("greenroom.db.replaced-19700101-000000-4");
    assert_eq!(again, Some(fourth));
}

/// Why there is no backup.
fn refused(database: &Path, to: &Path, force: bool) -> String {
    back_up(database, to, force)
        .expect_err("it is refused")
        .to_string()
}

#[test]
#[cfg(unix)]
fn a_link_stays_one_and_what_it_leads_to_is_replaced_or_made() {
    use std::os::unix::fs::symlink;
    let scene = Scene::new();
    let (disk, other) = (scene.path("disk"), scene.path("disk/other"));
    fs::create_dir_all(&other).expect("made");
    let is_link = |name: &str| {
        let file = fs::symlink_metadata(scene.path(name)).expect("there");
        file.is_symlink()
    };
    // Links that are relative to where they are, and to one another.
    symlink(disk.join("latest.db"), scene.path("latest.db")).expect("linked");
    symlink("other/copy.db", disk.join("latest.db")).expect("linked");
    symlink("disk", scene.path("folder")).expect("linked");
    for (note, to) in [("second", "latest.db"), ("third", "folder/latest.db")] {
        back_up(&scene.database(), &scene.path(to), false).expect("a backup");
        assert!(is_link("latest.db") && is_link("disk/latest.db") && is_link("folder"));
        assert_eq!(notes(&other.join("copy.db")), notes(&scene.database()));
        scene.note(note);
    }
    fs::write(other.join("notes"), "my notes").expect("written");
    symlink("disk/other/notes", scene.path("notes")).expect("linked");
    let told = refused(&scene.database(), &scene.path("notes"), false);
    assert!(told.contains("add --force"), "{told}");
    back_up(&scene.database(), &scene.path("notes"), true).expect("told to");
    assert!(is_link("notes"));
    assert_eq!(notes(&other.join("notes")), ["first", "second", "third"]);

    // To what isn't there, to the database, to itself, and to what isn't a file.
    symlink("gone/copy.db", scene.path("dangling")).expect("linked");
    symlink("greenroom.db", scene.path("itself")).expect("linked");
    symlink("circle", scene.path("circle")).expect("linked");
    symlink("disk", scene.path("no-file")).expect("linked");
    for (to, said) in [
        ("dangling", "gone/copy.db, and there is no such folder"),
        ("itself", "a database in use"),
        ("circle", "in a circle"),
        ("no-file", "not a regular file"),
    ] {
        for force in [false, true] {
            let told = refused(&scene.database(), &scene.path(to), force);
            assert!(told.contains(said), "{told}");
            assert!(is_link(to), "{to}");
        }
    }
    let left = scene.others();
    assert!(
        left.iter().all(|name| !name.contains(".partial")),
        "{left:?}"
    );
}

#[test]
#[cfg(unix)]
fn what_is_restored_through_a_link_comes_to_where_it_leads() {
    use std::os::unix::fs::symlink;
    let scene = Scene::new();
    let copy = scene.path("copy.db");
    back_up(&scene.database(), &copy, false).expect("a backup");
    fs::create_dir(scene.path("disk")).expect("made");
    symlink("disk/real.db", scene.path("linked.db")).expect("linked");
    symlink("gone/real.db", scene.path("dangling.db")).expect("linked");
    for kept in [false, true] {
        let told = restore(&scene.path("linked.db"), &copy, now()).expect("restored");
        assert_eq!(told.is_some(), kept);
        assert_eq!(notes(&scene.path("disk/real.db")), ["first"]);
    }
    let told = restore(&scene.path("dangling.db"), &copy, now()).expect_err("nowhere");
    assert!(matches!(told, BackupError::Dangling { .. }), "{told}");
}

#[test]
fn the_files_that_a_database_has_beside_it_are_no_places_for_backups() {
    let mut scene = Scene::new();
    let other = scene.path("other.db");
    back_up(&scene.database(), &other, false).expect("a backup");
    let mut places: Vec<PathBuf> = Vec::new();
    for part in ["-wal", "-shm", "-journal", ".lock"] {
        places.push(beside(&scene.database(), part));
        places.push(
            scene
                .folder
                .path()
                .join(".")
                .join(format!("greenroom.db{part}")),
        );
        places.push(beside(&other, part));
        #[cfg(unix)]
        {
            let name = format!("linked{part}");
            std::os::unix::fs::symlink(format!("greenroom.db{part}"), scene.path(&name))
                .expect("linked");
            places.push(scene.path(&name));
        }
    }
    for _ in ["while it is open", "and after"] {
        for (place, force) in places
            .iter()
            .flat_map(|place| [(place, false), (place, true)])
        {
            let refused = back_up(&scene.database(), place, force);
            assert!(
                matches!(
                    refused,
                    Err(BackupError::Belongs { .. } | BackupError::InUse(_))
                ),
                "{place:?} {refused:?}"
            );
        }
        scene.close();
    }
    assert_eq!(notes(&scene.database()), ["first"]);
    back_up(&other, &scene.path("nobodys-wal"), false).expect("it is nobody's");
}

#[test]
fn a_database_that_is_gone_is_not_restored_beside_what_is_left_of_it() {
    let mut scene = Scene::new();
    let (database, copy) = (scene.database(), scene.path("copy.db"));
    back_up(&database, &copy, false).expect("a backup");
    // Moved away while a greenroom runs, and the lock file removed.
    let log = fs::read(scene.path("greenroom.db-wal")).expect("read");
    fs::rename(&database, scene.path("moved.db")).expect("moved");
    fs::remove_file(scene.path("greenroom.db.lock")).expect("removed");
    let names = |scene: &Scene| {
        let files = fs::read_dir(scene.folder.path()).expect("listed");
        let names = files.map(|file| file.expect("a file").file_name());
        let mut names: Vec<_> = names.filter(|name| *name != "greenroom.db.lock").collect();
        names.sort();
        names
    };
    let before = names(&scene);
    let told = restore(&database, &copy, now())
        .expect_err("its log is there")
        .to_string();
    assert!(told.contains("greenroom.db-wal of it is there"), "{told}");
    assert_eq!(names(&scene), before, "nothing is moved, made or removed");
    assert_eq!(fs::read(scene.path("greenroom.db-wal")).expect("read"), log);
    scene.close();

    for part in BESIDE {
        for other in BESIDE {
            let _ = fs::remove_file(beside(&database, other));
        }
        fs::write(beside(&database, part), "").expect("written");
        let told = restore(&database, &copy, now())
            .expect_err("it is there")
            .to_string();
        assert!(
            told.contains(&format!("greenroom.db{part} of it")),
            "{told}"
        );
        fs::remove_file(beside(&database, part)).expect("removed");
    }
    assert_eq!(restore(&database, &copy, now()).expect("restored"), None);
}

#[test]
fn a_backup_is_restored_where_nothing_was() {
    let scene = Scene::new();
    let (copy, elsewhere) = (scene.path("copy.db"), scene.path("elsewhere.db"));
    back_up(&scene.database(), &copy, false).expect("a backup");
    let kept = restore(&elsewhere, &copy, now()).expect("restored");
    assert_eq!(kept, None);
    assert_eq!(notes(&elsewhere), ["first"]);
}
