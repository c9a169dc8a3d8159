//! The page of previews, with the program as an author runs it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::harness::bank_folder;
use crate::harness::browser::Browser;

/// The program on a copy of the tests' bank.
struct Program {
    child: Child,
    url: String,
    questions: TempDir,
}

impl Program {
    fn start() -> Self {
        let questions = TempDir::new().expect("a folder");
        for file in fs::read_dir(bank_folder()).expect("the tests' bank") {
            let file = file.expect("a file");
            fs::copy(file.path(), questions.path().join(file.file_name())).expect("copied");
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .arg("--questions")
            .arg(questions.path())
            .current_dir(questions.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut lines = lines.map(|line| line.expect("text"));
        let shown = lines.find_map(|line| Some(line.split_once("is shown at ")?.1.to_owned()));
        Self {
            child,
            url: shown.expect("it says where"),
            questions,
        }
    }

    /// Saves a file with one text in place of another.
    fn edit(&self, file: &str, old: &str, new: &str) {
        let path = self.questions.path().join(file);
        let text = fs::read_to_string(&path).expect("text");
        assert!(text.contains(old), "{file} has no {old}");
        fs::write(path, text.replace(old, new)).expect("saved");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself, which the test has noticed by then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn an_author_sees_a_question_as_members_will_while_writing_it() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let program = Program::start();
    let page = browser
        .window(&format!("{}#cache-aside", program.url))
        .await;
    // Looked up, answered, asked, and closed.
    page.reads("Show answer").await;
    page.reads("The application reads the cache").await;
    page.reads("press a letter, or reply with it").await;
    page.reads("It has a cache of its own.").await;
    page.picture("preview").await;

    program.edit("caching.toml", "key_points", "keypoints");
    page.reads("caching.toml is broken").await;
    page.reads("keypoints").await;
    page.picture("preview-broken").await;
    page.reads_no_more("It has a cache of its own.").await;

    program.edit("caching.toml", "keypoints", "key_points");
    page.reads("It has a cache of its own.").await;
    program.edit(
        "caching.toml",
        "It has a cache of its own.",
        "It only **asks**.",
    );
    page.reads("It only asks.").await;

    page.press("searchbox", "Find").await;
    page.write("sql").await;
    page.reads("1 question").await;
    // Misspelt, it is found as `/question` would find it.
    page.keys(&["Backspace"; 3]).await;
    page.reads("http-idempotency").await;
    page.write("stampde").await;
    page.reads_no_more("http-idempotency").await;
    page.reads("cache-stampede").await;
    page.is_well();
    browser.close().await;
}
