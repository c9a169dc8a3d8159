//! `greenroom import` and `greenroom export`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use greenroom::bank::Bank;
use tempfile::TempDir;

use crate::harness::bank_folder;

fn greenroom(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    let output = command.current_dir(folder).args(arguments).output();
    output.expect("it runs")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn exported(folder: &Path, arguments: &[&str]) -> String {
    let bank = bank_folder();
    let bank = bank.to_str().expect("a name");
    let output = greenroom(
        folder,
        &[&["export", "--questions", bank], arguments].concat(),
    );
    assert!(output.status.success(), "{}", printed(&output));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_topic_comes_back_from_a_table_as_it_was() {
    let folder = TempDir::new().expect("a folder");
    fs::write(
        folder.path().join("all.csv"),
        exported(folder.path(), &["csv"]),
    )
    .expect("written");

    let line = "import csv all.csv --topic caching --title Caching --summary";
    let mut arguments: Vec<&str> = line.split(' ').collect();
    arguments.push("Keeping answers near those who ask.");
    let import = greenroom(folder.path(), &arguments);
    assert!(import.status.success(), "{}", printed(&import));
    let report = printed(&import);
    assert!(
        report.contains("all.csv: not taken over: 3 rows are of other topics"),
        "{report}"
    );
    assert!(
        report.contains("drafts/caching.toml: 3 questions, ready"),
        "{report}"
    );

    let read = Bank::load(&folder.path().join("drafts")).expect("it is sound");
    let whole = Bank::load(&bank_folder()).expect("it is sound");
    assert_eq!(read.topics()[0], *whole.topic("caching").expect("there"));
    assert!(read.questions().iter().eq(whole.in_topic("caching")));

    let again = greenroom(folder.path(), &arguments);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        printed(&again).contains("is there already"),
        "{}",
        printed(&again)
    );
}

#[test]
fn what_an_import_lacks_is_named_by_it_and_by_check() {
    let folder = TempDir::new().expect("a folder");
    let gift = "Which is red? {=rose ~sea#It is blue. ~%50%sky}\n\nWhy? {=so ~no ~never#Not so.}\n";
    fs::write(folder.path().join("quiz.gift"), gift).expect("written");

    let import = greenroom(
        folder.path(),
        &["import", "gift", "quiz.gift", "--topic", "colours"],
    );
    assert!(import.status.success(), "{}", printed(&import));
    let report = printed(&import);
    let left = "quiz.gift: not taken over: line 1: options that are right in part";
    assert!(report.contains(left), "{report}");

    let check = greenroom(folder.path(), &["check", "--questions", "drafts"]);
    assert_eq!(check.status.code(), Some(1));
    for fault in [
        "[why] `why` is empty",
        "[why] `answer` is empty",
        "`summary` is empty",
        "[which-is-red] `difficulty` is empty",
    ] {
        assert!(
            printed(&check).contains(fault),
            "{fault} is not in {}",
            printed(&check)
        );
        assert!(report.contains(fault), "{fault} is not in {report}");
    }
}

#[test]
fn exports_are_of_a_topic_or_of_all_and_broken_files_are_refused() {
    let folder = TempDir::new().expect("a folder");
    let anki = exported(folder.path(), &["anki", "--topic", "http"]);
    assert!(anki.starts_with("#separator:tab\n"), "{anki}");
    assert_eq!(anki.matches("topic::http").count(), 2, "{anki}");
    let json = exported(folder.path(), &["json"]);
    assert_eq!(json.matches("\"difficulty\"").count(), 6, "{json}");

    fs::write(folder.path().join("broken.json"), "{\"results\": 1}").expect("written");
    for (arguments, told) in [
        (
            &["import", "opentdb", "broken.json", "--topic", "a"][..],
            "broken.json: invalid type",
        ),
        (
            &["import", "csv", "broken.json", "--topic", "../a"],
            "is no topic's name",
        ),
        (
            &["import", "csv", "absent.csv", "--topic", "a"],
            "reading absent.csv",
        ),
        (
            &["import", "csv", "broken.json", "--topic", "a"],
            "no column `prompt`",
        ),
        (
            &[
                "export",
                "csv",
                "--topic",
                "a",
                "--questions",
                bank_folder().to_str().expect("a name"),
            ],
            "there is no topic `a`, only caching",
        ),
    ] {
        let refused = greenroom(folder.path(), arguments);
        assert_eq!(refused.status.code(), Some(1));
        assert!(printed(&refused).contains(told), "{}", printed(&refused));
    }
    assert!(!folder.path().join("drafts").exists(), "nothing is written");
}
