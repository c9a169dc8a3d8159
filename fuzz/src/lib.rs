//! What must hold whatever is read. One function for each fuzz target; the program's own tests run
//! them over the corpora.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use greenroom::app::Action;
use greenroom::bank::Bank;
use greenroom::bank::exchange::{Draft, ImportFormat, Wanted, import as read, topic_file};
use greenroom::config::Config;
use greenroom::model::{Depth, Topic};
use greenroom::rules::grading::{Asked, Reading, read_reply, read_reply_to_hint};

/// The name of a corpus, and what is run over it.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 6] = [
    ("questions", questions),
    ("import", import),
    ("config", config),
    ("button", button),
    ("reply", reply),
    ("hint", hint),
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

/// What is read of another program's file, whatever it is taken for, makes a question file that holds
/// it; each part left out has a place. What `check` says of that file must hold of any.
pub fn import(bytes: &[u8]) {
    use ImportFormat::{Anki, Csv, Gift, Json, Trivia};
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let topic = Topic {
        name: "caching".into(),
        title: "Caching".into(),
        summary: "Answers kept close.".into(),
        synonyms: Vec::new(),
        depth: Depth::Model,
    };
    for format in [Csv, Anki, Gift, Trivia, Json] {
        let wanted = Wanted {
            topic: &topic.name,
            ..Wanted::default()
        };
        let Ok(imported) = read(format, text, &wanted) else {
            continue;
        };
        let lines = text.split('\n').count();
        assert!(imported.skipped.iter().all(|skipped| skipped.line <= lines));
        let ids: HashSet<&str> = imported.drafts.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids.len(), imported.drafts.len(), "{format:?}");
        assert!(!ids.contains(""), "{format:?}");
        if !imported.drafts.is_empty() {
            let file = topic_file(&topic, &imported.drafts);
            holds(&file, &imported.drafts);
            questions(file.as_bytes());
        }
    }
}

/// A question file holds the texts of these questions.
fn holds(file: &str, drafts: &[Draft]) {
    let file: toml::Table = file.parse().expect("TOML");
    let held = file["question"].as_array().expect("a list");
    assert_eq!(held.len(), drafts.len());
    for (held, draft) in held.iter().zip(drafts) {
        assert_eq!(held["id"].as_str(), Some(draft.id.as_str()));
        assert_eq!(held["prompt"].as_str(), Some(draft.prompt.as_str()));
        let answer = held["answer"].as_str().map(str::trim);
        assert_eq!(answer, Some(draft.answer.trim()));
        for (nth, quiz) in draft.quizzes.iter().enumerate() {
            let options = held["quiz"][nth]["options"].as_array().expect("a list");
            let texts = options.iter().map(|option| option["text"].as_str());
            assert!(texts.eq(quiz.options.iter().map(|it| Some(it.text.as_str()))));
        }
    }
}

/// Settings are read, or every fault has a place.
pub fn config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let (_, faults) = Config::parse(Path::new("config.toml"), text);
    assert!(
        faults
            .0
            .iter()
            .all(|fault| fault.to_string().starts_with("config.toml:"))
    );
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

/// A reply, then the options, a line each. It names options that there are, or none; and an option's own text is never
/// another's.
pub fn reply(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut lines = text.lines();
    let reply = lines.next().unwrap_or_default();
    let options: Vec<&str> = lines.take(5).collect();
    names_options(read_reply(reply, &options), options.len());
    for (position, option) in options.iter().enumerate() {
        if let Reading::Option(read) = read_reply(option, &options) {
            assert_eq!(read, position, "{option:?} in {options:?}");
        }
    }
}

/// What a hint asked about, a digit for each option and a question mark where it asked which one, then a reply to it, then
/// the options, a line each. Whatever it asked about, the reply names options that there are, or none.
pub fn hint(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut lines = text.lines();
    let written = lines.next().unwrap_or_default();
    let asked: BTreeSet<usize> = written
        .chars()
        .filter_map(|digit| Some(digit.to_digit(10)? as usize))
        .collect();
    let asked = Asked {
        options: asked.into_iter().collect(),
        which: written.ends_with('?'),
    };
    let reply = lines.next().unwrap_or_default();
    let options: Vec<&str> = lines.take(5).collect();
    names_options(read_reply_to_hint(reply, &options, &asked), options.len());
}

/// What is read names options that there are, in their order.
fn names_options(reading: Reading, options: usize) {
    match reading {
        Reading::Option(option) => assert!(option < options),
        Reading::Ambiguous(several) => {
            assert!(several.len() > 1 && several.is_sorted());
            assert!(several.iter().all(|option| *option < options));
        }
        Reading::Part(several) => {
            assert!(!several.is_empty() && several.is_sorted());
            assert!(several.iter().all(|option| *option < options));
        }
        Reading::Related(several) => {
            assert!(several.is_sorted() && several.iter().all(|option| *option < options));
        }
        Reading::Unclear | Reading::Denial | Reading::Change | Reading::NotAnAttempt => {}
    }
}
