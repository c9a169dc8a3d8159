//! What must hold whatever is read. One function for each fuzz target; the program's own tests run
//! them over the corpora.

use std::path::{Path, PathBuf};

use greenroom::app::Action;
use greenroom::bank::Bank;
use greenroom::config::Config;
use greenroom::rules::grading::{Reading, read_reply};

/// The name of a corpus, and what is run over it.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 4] = [
    ("questions", questions),
    ("config", config),
    ("button", button),
    ("reply", reply),
];

/// A question file makes a bank in which everything is found again, or every fault has a place.
pub fn questions(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let files = [(PathBuf::from("caching.toml"), text.to_owned())];
    match Bank::from_files(&files) {
        Ok(bank) => {
            for question in bank.questions() {
                assert!(bank.named(&question.id).is_some(), "{}", question.id);
                for quiz in &question.quizzes {
                    let right = quiz.options.iter().filter(|option| option.right);
                    assert_eq!(right.count(), 1, "{}", quiz.prompt);
                }
            }
            for suggestion in bank.suggest("cach", 25) {
                assert!(suggestion.label.chars().count() <= 100);
                assert!(bank.named(&suggestion.value).is_some());
            }
        }
        Err(faults) => {
            assert!(!faults.0.is_empty());
            let told = faults.to_string();
            assert!(
                told.lines().any(|line| line.starts_with("caching.toml")),
                "{told}"
            );
        }
    }
}

/// Settings are read, or every fault has a place.
pub fn config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Err(faults) = Config::parse(Path::new("config.toml"), text) {
        assert!(!faults.0.is_empty());
        assert!(
            faults
                .0
                .iter()
                .all(|fault| fault.starts_with("config.toml:"))
        );
    }
}

/// A button's id is refused, or stands for an action that is written and read back as it is.
pub fn button(bytes: &[u8]) {
    let Ok(id) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Some(action) = Action::decode(id.trim_end_matches('\n')) {
        assert_eq!(Action::decode(&action.encode()), Some(action));
    }
}

/// A reply, then the options, a line each. It names options that there are, or none.
pub fn reply(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut lines = text.lines();
    let reply = lines.next().unwrap_or_default();
    let options: Vec<&str> = lines.take(5).collect();
    match read_reply(reply, &options) {
        Reading::Option(option) => assert!(option < options.len()),
        Reading::Ambiguous(several) => {
            assert!(several.len() > 1 && several.is_sorted());
            assert!(several.iter().all(|option| *option < options.len()));
        }
        Reading::Unclear => {}
    }
}
