//! Watches the question files and reads them again when they were saved.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use tokio::sync::{oneshot, watch};

use super::load::whole;
use super::{Bank, Faults};

/// How often the files are looked at. What was saved is read at the second look that finds it, so
/// within two of them.
const LOOK: Duration = Duration::from_millis(500);

/// What the question files held when they were last saved: a bank, or everything that is wrong
/// with them.
pub type Saved = Result<Arc<Bank>, Faults>;

/// Reads the question files of a folder, and from then on again whenever one was saved, added or
/// removed, until every receiver is gone.
///
/// It looks at times and sizes rather than waiting for notifications, which network file systems,
/// containers' volumes and some editors' ways of saving do not give; for some dozen files that
/// costs next to nothing. A change is read once it has stood still for one look, so that files
/// being copied in are not read half way.
///
/// All of it happens on a thread of its own, for which nothing waits but the first reading: a file system
/// that hangs holds up neither the bot nor its stop.
pub async fn watch(folder: PathBuf) -> watch::Receiver<Saved> {
    let (first, told) = oneshot::channel();
    let watched = folder.clone();
    let started = thread::Builder::new()
        .name("questions".to_owned())
        .spawn(move || look(&watched, first));
    let ended = match started {
        Ok(_) => match told.await {
            Ok(saved) => return saved,
            Err(_) => "reading it ended unexpectedly".to_owned(),
        },
        Err(error) => format!("no thread can be started to read it: {error}"),
    };
    watch::channel(Err(Faults(vec![whole(&folder, ended)]))).1
}

fn look(folder: &Path, first: oneshot::Sender<watch::Receiver<Saved>>) {
    // The state is taken before the files are read: what is saved in between is noticed.
    let mut taken = state(folder);
    let (sender, receiver) = watch::channel(read(folder));
    if first.send(receiver).is_err() {
        return;
    }
    let mut before = taken.clone();
    while !sender.is_closed() {
        thread::sleep(LOOK);
        let now = state(folder);
        if now == before && now != taken {
            drop(sender.send_replace(read(folder)));
            taken.clone_from(&now);
        }
        before = now;
    }
}

fn read(folder: &Path) -> Saved {
    Bank::load(folder).map(Arc::new)
}

/// Each file with what tells whether it was saved.
type State = Vec<(PathBuf, Option<SystemTime>, u64)>;

fn state(folder: &Path) -> State {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: State = entries
        .filter_map(|entry| {
            // Follows links: a folder may be made of them.
            let file = fs::metadata(entry.path()).ok()?;
            Some((entry.path(), file.modified().ok(), file.len()))
        })
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use tempfile::tempdir;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);
    const SQL: &str = "[topic]\nname = \"sql\"\ntitle = \"SQL\"\nsummary = \"Sets.\"\n
[[question]]\nid = \"sql-null\"\nprompt = \"What is NULL?\"\ndifficulty = \"easy\"
answer = \"Nothing known.\"\nkey_points = [\"No value\"]\n";

    async fn next(saved: &mut watch::Receiver<Saved>) -> Saved {
        let changed = tokio::time::timeout(PATIENCE, saved.changed()).await;
        changed.expect("it is noticed").expect("it goes on");
        saved.borrow_and_update().clone()
    }

    #[tokio::test]
    async fn what_is_saved_is_read_and_what_is_broken_is_told() {
        let folder = tempdir().expect("a folder");
        let file = folder.path().join("sql.toml");
        fs::write(&file, SQL).expect("written");
        let mut saved = watch(folder.path().to_owned()).await;
        let bank = saved.borrow().clone().expect("it is sound");
        assert_eq!(bank.questions().len(), 1);

        fs::write(&file, SQL.replace("easy", "tricky")).expect("written");
        let faults = next(&mut saved)
            .await
            .expect_err("it is broken")
            .to_string();
        assert!(faults.contains("`tricky` isn't a difficulty"), "{faults}");

        fs::write(&file, SQL.replace("What is NULL?", "What does NULL mean?")).expect("written");
        let bank = next(&mut saved).await.expect("it is sound");
        assert_eq!(bank.questions()[0].prompt, "What does NULL mean?");

        let other = SQL.replace("sql", "http").replace("NULL", "a status");
        fs::write(folder.path().join("http.toml"), other).expect("written");
        assert_eq!(next(&mut saved).await.expect("sound").topics().len(), 2);

        fs::remove_file(&file).expect("removed");
        assert_eq!(
            next(&mut saved).await.expect("sound").topics()[0].name,
            "http"
        );
    }
}
