//! Keeps all that went to and from an app, to be checked against what others know of Slack.

use std::fs::{OpenOptions, create_dir_all};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::Sandbox;

/// Names a folder. All that went to and from the apps of a package's tests is appended to a file in it that is called
/// after the package, one line of JSON each.
const VARIABLE: &str = "SLACK_RECORD";

/// Tests run side by side, and each writes its lines together.
static WRITING: Mutex<()> = Mutex::new(());

/// Appends what went to and from an app, if that is wished for.
pub fn record(sandbox: &Sandbox) {
    let Some(folder) = std::env::var_os(VARIABLE).map(PathBuf::from) else {
        return;
    };
    let lines = sandbox.world().traffic();
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let _writing = WRITING.lock().expect("no test panicked while writing");
    append(&folder, &lines).unwrap_or_else(|why| panic!("{VARIABLE}: {why}"));
}

fn append(folder: &Path, lines: &str) -> io::Result<()> {
    create_dir_all(folder)?;
    let path = folder.join(concat!(env!("CARGO_PKG_NAME"), ".jsonl"));
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(lines.as_bytes())
}
