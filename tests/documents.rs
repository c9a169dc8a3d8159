//! What the documents say there is, there is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use greenroom::bank::Bank;
use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<(PathBuf, String)> {
    let in_docs = fs::read_dir(root().join("docs")).expect("listed");
    let pages = in_docs.map(|entry| entry.expect("listed").path());
    let pages = pages.chain([root().join("README.md")]);
    let pages = pages.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("read");
        (path, text)
    };
    pages.map(read).collect()
}

/// Numbers of questions, topics and quizzes that are a limit or an example say so by the word before.
#[test]
fn the_bank_has_what_the_documents_say() {
    let bank = Bank::load(&root().join("questions")).expect("no fault");
    let quizzes: usize = bank.questions().iter().map(|it| it.quizzes.len()).sum();
    let told = Regex::new(r"(\w+)\W+([0-9][0-9,]*) (topics|questions|quizzes)").expect("a pattern");
    let mut compared = 0;
    for (path, text) in documents() {
        for part in told.captures_iter(&text) {
            if ["to", "from", "than", "among", "least", "most"].contains(&&part[1]) {
                continue;
            }
            let count = match &part[3] {
                "topics" => bank.topics().len(),
                "questions" => bank.questions().len(),
                _ => quizzes,
            };
            assert_eq!(
                part[2].replace(',', ""),
                count.to_string(),
                "{}: {}",
                path.display(),
                &part[0]
            );
            compared += 1;
        }
    }
    assert!(
        compared >= 3,
        "the README counts topics, questions and quizzes"
    );
}

#[test]
fn the_guide_for_authors_counts_as_check_does() {
    let output = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .current_dir(root())
        .args(["check", "--stats", "--questions", "questions"])
        .output()
        .expect("it runs");
    let table = String::from_utf8(output.stdout).expect("text");
    let guide = fs::read_to_string(root().join("docs/authoring.md")).expect("read");
    assert!(
        table.lines().count() > 3 && guide.contains(&table),
        "{table}"
    );
}
