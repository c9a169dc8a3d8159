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
    // The rows of other topics are not in it, which is what was asked for.
    assert_eq!(import.status.code(), Some(0), "{}", printed(&import));
    let report = printed(&import);
    assert!(
        report.contains("import each by its name: databases-sql, http\n"),
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

    let line = "import gift quiz.gift --topic colours --depth model";
    let import = greenroom(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!(import.status.code(), Some(1), "{}", printed(&import));
    let report = printed(&import);
    let left = "quiz.gift: line 1: partly right there, wrong here: “sky”";
    assert!(report.contains(left), "{report}");

    let check = greenroom(folder.path(), &["check", "--questions", "drafts"]);
    assert_eq!(check.status.code(), Some(1));
    for fault in [
        "[why] `why` is empty",
        "[why] `answer` is empty",
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
fn questions_of_gift_without_a_blank_line_between_are_two_and_the_status_says_so() {
    let folder = TempDir::new().expect("a folder");
    let gift = "::a::Which first? {=r ~w}\n::b::Which second? {=x ~y}\n";
    fs::write(folder.path().join("quiz.gift"), gift).expect("written");
    let line = "import gift quiz.gift --topic order --difficulty easy";
    let import = greenroom(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!(import.status.code(), Some(1));
    let report = printed(&import);
    for said in [
        "quiz.gift: line 2: “b”: a blank line is missing before this question",
        "drafts/order.toml: 2 questions, ready",
    ] {
        assert!(report.contains(said), "{said} is not in {report}");
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
            "broken.json: this isn't what the API of the Open Trivia Database answers",
        ),
        (
            &["import", "csv", "broken.json", "--topic", "../a"],
            "isn't a topic's name",
        ),
        (
            &["import", "csv", "absent.csv", "--topic", "a"],
            "absent.csv: cannot be read",
        ),
        (
            &["import", "csv", "broken.json", "--topic", "a"],
            "no column `prompt` or `question`",
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

#[test]
fn a_trivia_set_can_be_asked_as_it_comes() {
    let folder = TempDir::new().expect("a folder");
    let json = r#"{"response_code": 0, "results": [
        {"type": "boolean", "difficulty": "easy", "category": "Art", "question": "Is &quot;blue&quot; a colour?",
         "correct_answer": "True", "incorrect_answers": ["False"]},
        {"type": "multiple", "difficulty": "hard", "category": "Art", "question": "Which is red?",
         "correct_answer": "A rose", "incorrect_answers": ["The sea", "The __sky__"]}]}"#;
    fs::write(folder.path().join("art.json"), json).expect("written");
    let import = greenroom(
        folder.path(),
        &["import", "opentdb", "art.json", "--topic", "fine-art"],
    );
    let report = printed(&import);
    assert!(import.status.success(), "{report}");
    assert!(report.contains("marked as trivia"), "{report}");
    let bank = Bank::load(&folder.path().join("drafts")).expect("it is sound");
    assert_eq!(bank.topics()[0].title, "Fine art");
    assert_eq!(bank.topics()[0].summary, "Questions from art.json.");
    assert_eq!(bank.questions().len(), 2);
    let check = greenroom(folder.path(), &["check", "--questions", "drafts"]);
    assert!(check.status.success(), "{}", printed(&check));
    assert!(
        !printed(&check).contains("words without its code blocks"),
        "{}",
        printed(&check)
    );
}

#[test]
fn what_is_exported_as_json_or_gift_comes_back() {
    let folder = TempDir::new().expect("a folder");
    let whole = Bank::load(&bank_folder()).expect("it is sound");
    let topic = whole.topic("caching").expect("there");
    for (format, into) in [("json", "one"), ("gift", "two")] {
        fs::write(
            folder.path().join("all"),
            exported(folder.path(), &[format, "--topic", "caching"]),
        )
        .expect("written");
        let line = format!("import {format} all --topic caching --into {into}");
        let import = greenroom(folder.path(), &line.split(' ').collect::<Vec<_>>());
        let read = Bank::load(&folder.path().join(into)).expect("it is sound");
        let quizzes = |bank: &Bank| -> Vec<_> {
            bank.in_topic("caching")
                .map(|question| (question.id.clone(), question.quizzes.clone()))
                .collect()
        };
        assert_eq!(quizzes(&read), quizzes(&whole));
        if format == "json" {
            assert!(import.status.success(), "{}", printed(&import));
            assert_eq!(&read.topics()[0], topic);
            assert!(read.questions().iter().eq(whole.in_topic("caching")));
        }
    }
}

#[test]
fn files_are_read_in_the_encoding_that_they_say() {
    let folder = TempDir::new().expect("a folder");
    let table = "question,a,b,c,correct\nWas ist größer?,Maus,Elefant,Katze,b\n";
    let wide: Vec<u8> = format!("\u{feff}{table}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(folder.path().join("wide.csv"), wide).expect("written");
    let latin: Vec<u8> = table
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    fs::write(folder.path().join("latin.csv"), latin).expect("written");
    let line = "import csv wide.csv --topic tiere --difficulty easy";
    let import = greenroom(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert!(import.status.success(), "{}", printed(&import));
    let text = fs::read_to_string(folder.path().join("drafts/tiere.toml")).expect("written");
    assert!(text.contains("Was ist größer?"), "{text}");
    let refused = greenroom(
        folder.path(),
        &["import", "csv", "latin.csv", "--topic", "andere"],
    );
    assert_eq!(refused.status.code(), Some(1));
    let told = printed(&refused);
    assert!(
        told.contains("latin.csv: line 2: this isn't UTF-8")
            && told.contains("Save the file as UTF-8"),
        "{told}"
    );
}

#[test]
fn a_column_that_may_count_from_0_or_1_is_decided_by_the_command() {
    let folder = TempDir::new().expect("a folder");
    let table = "question,correct,a,b,c\nHTTPS?,1,80,443,22\nSSH?,2,80,443,22\n";
    fs::write(folder.path().join("ports.csv"), table).expect("written");
    let line = "import csv ports.csv --topic ports --difficulty easy";
    let arguments: Vec<&str> = line.split(' ').collect();
    let refused = greenroom(folder.path(), &arguments);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        printed(&refused).contains("--correct-from 0"),
        "{}",
        printed(&refused)
    );
    assert!(!folder.path().join("drafts").exists(), "nothing is written");
    let import = greenroom(
        folder.path(),
        &[&arguments[..], &["--correct-from", "0"]].concat(),
    );
    assert!(import.status.success(), "{}", printed(&import));
    let bank = Bank::load(&folder.path().join("drafts")).expect("it is sound");
    assert_eq!(bank.questions()[0].quizzes[0].right(), 1);
}

#[test]
fn an_export_of_each_format_is_imported_with_nothing_left_to_say() {
    let folder = TempDir::new().expect("a folder");
    for format in ["csv", "anki", "gift", "json"] {
        for topic in ["caching", "renamed"] {
            let text = exported(folder.path(), &[format, "--topic", "caching"]);
            fs::write(folder.path().join(format), text).expect("written");
            let line = format!("import {format} {format} --topic {topic} --into {format}-{topic}");
            let import = greenroom(folder.path(), &line.split(' ').collect::<Vec<_>>());
            assert!(
                import.status.success(),
                "{format} as {topic}: {}",
                printed(&import)
            );
        }
    }
}

#[test]
fn the_example_of_an_import_works_as_it_is_written() {
    let folder = TempDir::new().expect("a folder");
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/authoring.md");
    let page = fs::read_to_string(pages).expect("read");
    let (_, table) = page.split_once("```csv\n").expect("a table");
    let (table, after) = table.split_once("```").expect("its end");
    fs::write(folder.path().join("capitals.csv"), table).expect("written");
    let (_, lines) = after.split_once("```sh\n").expect("commands");
    let (lines, _) = lines.split_once("```").expect("their end");
    let bank = bank_folder();
    for line in lines.lines() {
        let (line, _) = line.split_once('#').unwrap_or((line, ""));
        let (line, _) = line.split_once('>').unwrap_or((line, ""));
        let mut arguments: Vec<&str> = line.split_whitespace().skip(3).collect();
        if !line.contains("--questions") {
            arguments.extend(["--questions", bank.to_str().expect("a name")]);
        }
        let output = greenroom(folder.path(), &arguments);
        assert!(output.status.success(), "{line}: {}", printed(&output));
    }
}

#[test]
fn what_has_no_difficulty_is_told_how_to_get_one() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("a.csv"), "question,answer\nWhy?,So.\n").expect("written");
    let import = |difficulty: &[&str]| {
        let line = ["import", "csv", "a.csv", "--topic", "whys"];
        greenroom(folder.path(), &[&line, difficulty].concat())
    };
    let told = printed(&import(&[]));
    for said in [
        "1 question has no difficulty: write it there, or remove that file and import again with --difficulty",
        "Fix the 1 fault listed above",
    ] {
        assert!(told.contains(said), "{told}");
    }
    fs::remove_file(folder.path().join("drafts/whys.toml")).expect("removed");
    let again = import(&["--difficulty", "easy"]);
    assert!(again.status.success(), "{}", printed(&again));
}
