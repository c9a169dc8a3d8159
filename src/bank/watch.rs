//! Watches the question files and reads them again when they are saved.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::{Duration, SystemTime};

use tokio::sync::watch;

use super::{Bank, Fault, Faults, FolderProblem};

/// How often the files are looked at. What was saved is read at the second look that finds it, so
/// within two of them.
const LOOK: Duration = Duration::from_millis(500);

/// How long a look may take, including reading what it finds: many times what a slow disk needs.
const LONGEST: Duration = Duration::from_secs(60);

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
/// All of it happens on threads of its own, for which nothing waits but the first reading: a file system
/// that hangs holds up neither the bot nor its stop. It is told as a fault of the folder, and once it
/// answers again, what was there before is told anew.
pub(super) async fn watch(folder: PathBuf) -> watch::Receiver<Saved> {
    let read = |folder: &Path| Bank::load(folder).map(Arc::new);
    watch_with(folder, read, LONGEST).await
}

/// The same with another way to read, and another limit on how long a look may take.
async fn watch_with(
    folder: PathBuf,
    read: impl Fn(&Path) -> Saved + Send + 'static,
    longest: Duration,
) -> watch::Receiver<Saved> {
    let fault = |problem| Err(Faults(vec![Fault::whole(&folder, problem)]));
    let (sender, mut receiver) = watch::channel(fault(FolderProblem::Ended));
    let hangs = fault(FolderProblem::Hangs(longest));
    let (looked, looks) = mpsc::sync_channel(1);
    let watched = folder.clone();
    let started = start("questions", move || look(&watched, read, &looked)).and_then(|()| {
        start("questions-told", move || {
            tell(&looks, longest, &hangs, &sender)
        })
    });
    if let Err(error) = started {
        return watch::channel(fault(FolderProblem::NoThread(error.to_string()))).1;
    }
    // If it comes to nothing, the fault from above stays.
    let _ = receiver.changed().await;
    receiver
}

fn start(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(run).map(drop)
}

/// Looks at the files for as long as anybody wants to hear of it, and says of each look what it read, if
/// it did.
fn look(folder: &Path, read: impl Fn(&Path) -> Saved, looked: &SyncSender<Option<Saved>>) {
    // The state is taken before the files are read: what is saved in between is noticed.
    let mut taken = state(folder);
    let mut before = taken.clone();
    let mut saved = Some(read(folder));
    while looked.send(saved).is_ok() {
        thread::sleep(LOOK);
        let now = state(folder);
        let stands = now == before && now != taken;
        saved = stands.then(|| read(folder));
        if stands {
            taken.clone_from(&now);
        }
        before = now;
    }
}

/// Passes on what was read, or `hangs` when a look takes too long.
fn tell(
    looks: &Receiver<Option<Saved>>,
    longest: Duration,
    hangs: &Saved,
    sender: &watch::Sender<Saved>,
) {
    let mut last = None;
    let mut hung = false;
    while !sender.is_closed() {
        match looks.recv_timeout(longest) {
            Ok(saved) => {
                let new = saved.is_some();
                last = saved.or(last);
                if (new || hung)
                    && let Some(last) = &last
                {
                    drop(sender.send_replace(last.clone()));
                }
                hung = false;
            }
            Err(RecvTimeoutError::Timeout) if hung => {}
            Err(RecvTimeoutError::Timeout) => {
                hung = true;
                drop(sender.send_replace(hangs.clone()));
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Each file with what shows whether it was saved.
type State = Vec<(PathBuf, Option<SystemTime>, u64)>;

fn state(folder: &Path) -> State {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: State = entries
        .filter_map(|entry| {
            // Follows links, since a folder may consist of them.
            let file = fs::metadata(entry.path()).ok()?;
            Some((entry.path(), file.modified().ok(), file.len()))
        })
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

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

    #[tokio::test]
    async fn a_reading_that_panics_is_a_fault_at_first_and_the_end_of_it_later() {
        let folder = tempdir().expect("a folder");
        let path = folder.path().to_owned();
        let panics = |_: &Path| -> Saved { panic!("as asked for") };
        let first = watch_with(path.clone(), panics, LONGEST).await;
        let faults = first.borrow().clone().expect_err("nothing was read");
        assert!(
            faults.to_string().contains("ended unexpectedly"),
            "{faults}"
        );

        fs::write(path.join("sql.toml"), SQL).expect("written");
        let first = Mutex::new(true);
        let second_panics = move |folder: &Path| {
            assert!(
                std::mem::take(&mut *first.lock().expect("sound")),
                "as asked for"
            );
            Bank::load(folder).map(Arc::new)
        };
        let mut saved = watch_with(path.clone(), second_panics, LONGEST).await;
        fs::write(path.join("sql.toml"), SQL.replace("easy", "hard")).expect("written");
        let changed = tokio::time::timeout(PATIENCE, saved.changed()).await;
        // Whoever follows is told so, and has the bank that was read before.
        assert!(changed.expect("it ends").is_err());
        assert!(saved.borrow().is_ok());
    }

    /// Reads as usual for the first time, and after that when it may.
    fn read_when(may: Receiver<()>) -> impl Fn(&Path) -> Saved + Send + 'static {
        let (may, first) = (Mutex::new(may), Mutex::new(true));
        move |folder| {
            if !std::mem::take(&mut *first.lock().expect("sound")) {
                let _ = may.lock().expect("sound").recv();
            }
            Bank::load(folder).map(Arc::new)
        }
    }

    #[tokio::test]
    async fn a_folder_that_hangs_is_told_and_told_anew_when_it_answers() {
        let folder = tempdir().expect("a folder");
        let file = folder.path().join("sql.toml");
        fs::write(&file, SQL).expect("written");
        let (open, may) = mpsc::channel();
        let patience = LOOK * 4;
        let mut saved = watch_with(folder.path().to_owned(), read_when(may), patience).await;
        assert!(saved.borrow().is_ok());

        fs::write(&file, SQL.replace("What is NULL?", "What does NULL mean?")).expect("written");
        let faults = next(&mut saved).await.expect_err("it hangs").to_string();
        assert!(faults.contains("could not be read within 2 s"), "{faults}");

        open.send(()).expect("it waits");
        let says = |saved: &Saved, prompt: &str| {
            let bank = saved.as_ref().ok();
            bank.is_some_and(|bank| bank.questions()[0].prompt == prompt)
        };
        while !says(&next(&mut saved).await, "What does NULL mean?") {}
    }

    #[tokio::test]
    async fn what_was_there_is_told_anew_when_a_look_hung_that_finds_nothing_new() {
        let (looked, looks) = mpsc::sync_channel(1);
        let fault = |problem| Err(Faults(vec![Fault::whole(Path::new("q"), problem)]));
        let (sender, mut saved) = watch::channel(fault(FolderProblem::Ended));
        let hangs: Saved = fault(FolderProblem::Hangs(LOOK));
        let hangs_too = hangs.clone();
        let telling = thread::spawn(move || tell(&looks, LOOK, &hangs, &sender));
        let bank = Arc::new(Bank::new(Vec::new(), Vec::new()));
        looked.send(Some(Ok(bank.clone()))).expect("it is wanted");
        assert_eq!(
            next(&mut saved).await.map(|it| Arc::ptr_eq(&it, &bank)),
            Ok(true)
        );
        assert_eq!(next(&mut saved).await.map(drop), hangs_too.map(drop));
        looked.send(None).expect("it is wanted");
        assert_eq!(
            next(&mut saved).await.map(|it| Arc::ptr_eq(&it, &bank)),
            Ok(true)
        );
        drop(looked);
        telling.join().expect("it ends with the looks");
    }

    #[test]
    fn a_reading_that_never_returns_holds_up_no_stop() {
        let (ended, end) = mpsc::channel();
        let (_never, may) = mpsc::channel::<()>();
        let may = Mutex::new(may);
        let read = move |_: &Path| {
            let _ = may.lock().expect("sound").recv();
            Ok(Arc::new(Bank::new(Vec::new(), Vec::new())))
        };
        thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("it starts");
            let saved = runtime.block_on(watch_with("nowhere".into(), read, LOOK));
            // Waits for all threads of the runtime's own.
            drop(runtime);
            let _ = ended.send(saved.borrow().clone());
        });
        let saved = end.recv_timeout(PATIENCE).expect("it stops");
        let told = saved.expect_err("nothing was read").to_string();
        assert!(told.starts_with("nowhere: could not be read"), "{told}");
    }
}
