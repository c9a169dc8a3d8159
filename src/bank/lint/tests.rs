//! Banks with planted warnings.

use std::fs;

use tempfile::{TempDir, tempdir};

use super::*;

/// Words that no two questions share.
const WORDS: [&str; 12] = [
    "anchor", "bridge", "candle", "dragon", "engine", "falcon", "garden", "hammer", "island",
    "jungle", "kettle", "ladder",
];

/// A question with a quiz, its right option at the position `number` names, without a warning.
fn question(topic: &str, number: usize) -> String {
    let word = WORDS[number % WORDS.len()];
    let answer = "It is so because of reasons. ".repeat(14);
    let options: Vec<String> = (0..4)
        .map(|option| {
            let right = if option == number % 4 {
                "right = true, "
            } else {
                ""
            };
            format!("  {{ text = \"choice{option}\", {right}why = \"Reason {option}.\" }},\n")
        })
        .collect();
    format!(
        "[[question]]\nid = \"{topic}-{word}\"\nprompt = \"Explain the {topic} {word}.\"\n\
         difficulty = \"easy\"\ntags = [\"{topic}\"]\nanswer = '''\n{answer}\n'''\n\
         key_points = [\"Reasons\"]\nsources = [\"s0-q01\"]\n\n[[question.quiz]]\n\
         prompt = \"Which {topic} {word} floats?\"\noptions = [\n{}]\n\n",
        options.concat()
    )
}

/// A topic of twelve such questions.
fn topic(name: &str) -> String {
    let questions: String = (0..12).map(|number| question(name, number)).collect();
    format!("[topic]\nname = \"{name}\"\ntitle = \"{name}\"\nsummary = \"S.\"\n\n{questions}")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(format!("{name}.toml")), text).expect("written");
    }
    folder
}

/// The warnings of these files, one a line, without the folder.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let folder = folder(files);
    let found = lint(&Source::Folder(folder.path().into())).expect("the files are sound");
    let prefix = format!("{}/", folder.path().display());
    found
        .iter()
        .map(|fault| fault.to_string().replace(&prefix, ""))
        .collect()
}

/// The only warning of a topic in which the first of a text is replaced.
fn only(replaced: &str, by: &str) -> String {
    let text = topic("caching");
    assert!(text.contains(replaced), "{replaced}");
    let found = found(&[("caching", &text.replacen(replaced, by, 1))]);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.into_iter().next().unwrap_or_default()
}

#[test]
fn a_bank_without_a_warning_has_none() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        found(&[("caching", &topic("caching")), ("http", &topic("http"))]),
        none
    );
}

#[test]
fn each_planted_warning_is_named_with_its_place() {
    let long = format!("'''\n{}", "word ".repeat(200));
    for (replaced, by, warning) in [
        (
            "'''\nIt is so because of reasons.",
            "'''\n",
            "caching.toml:11:10: [caching-anchor] the answer has 78 words",
        ),
        (
            "'''\nIt",
            &long,
            "caching.toml:11:10: [caching-anchor] the answer has 283 words",
        ),
        (
            "'''\nIt",
            "'''\n```json\n{\"a\": 1,}\n```\n\nIt",
            "caching.toml:13:1: [caching-anchor] this json doesn't parse: trailing comma",
        ),
        (
            "'''\nIt",
            "'''\n```sql\nSELEC 1;\n```\n\nIt",
            "caching.toml:13:1: [caching-anchor] this sql doesn't parse",
        ),
        (
            "[\"s0-q01\"]",
            "[\"s0-q01\", \"a book\"]",
            "caching.toml:15:22: [caching-anchor] the source `a book` isn't an id",
        ),
        (
            "[\"s0-q01\"]",
            "[\"s0-q01\", \"s0-q01\"]",
            "caching.toml:15:22: [caching-anchor] the source `s0-q01` is there twice",
        ),
        (
            "[\"caching\"]",
            "[\"caching\", \"cachings\"]",
            "caching.toml:10:20: [caching-anchor] only this question has the tag `cachings`, while 12 others have `caching`",
        ),
        (
            "tags = [\"caching\"]",
            "tags = [\"caching\"]\naliases = [\"Caching\", \"anchored\", \"caching bridge\"]",
            "caching.toml:11:35: [caching-anchor] the alias `caching bridge` finds the question",
        ),
        (
            "Which caching bridge floats",
            "Which caching anchor floats",
            "caching.toml:38:10: [caching-bridge] this prompt is already asked at caching.toml:18:10",
        ),
        (
            "text = \"choice0\"",
            "text = \"The anchor\"",
            "caching.toml:18:10: [caching-anchor] the prompt gives the right option away: both say \
             “anchor”",
        ),
        (
            "choice1",
            "the choice0",
            "caching.toml:21:3: [caching-anchor] this option says the same as “choice0”",
        ),
        (
            "Reason 1",
            "Reason 0",
            "caching.toml:21:3: [caching-anchor] this option's `why` is another's too",
        ),
    ] {
        let found = only(replaced, by);
        assert!(found.contains(warning), "{warning} is not\n{found}");
    }
}

#[test]
fn prompts_that_ask_nearly_the_same_are_named_and_short_ones_that_differ_are_not() {
    let text = topic("caching")
        .replace(
            "Explain the caching anchor.",
            "A client reads a list by offset, newest first. A new item is added. What does page 2 show?",
        )
        .replace(
            "Explain the caching bridge.",
            "A list is read by offset. A new item is added to it. What is on page 2 for the client?",
        );
    let found = found(&[("caching", &text)]);
    let warning = "caching.toml:28:10: [caching-bridge] almost the same prompt is already asked at caching.toml:8:10";
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains(warning), "{found:#?}");
}

#[test]
fn right_options_that_stand_out_over_a_topic_are_counted() {
    let text = topic("caching");
    // The first five of twelve, so 41 %.
    let long = text.replacen("choice0\", right", "longest-choice\", right", 3);
    let fair = found(&[("caching", &long)]);
    assert!(fair.is_empty(), "3 of 12 are 25 %: {fair:#?}");
    let long = long.replacen("choice1\", right", "longest-choice\", right", 2);
    let found = found(&[("caching", &long)]);
    assert_eq!(found.len(), 1, "{found:#?}");
    let warning = "caching.toml:2:8: the right option is the longest in 5 of 12 quizzes, more than 35 %: those at lines ";
    assert!(found[0].starts_with(warning), "{found:#?}");
}

#[test]
fn right_options_at_one_position_too_often_are_told_by_topic_or_over_all() {
    let skewed = |topic: String, positions: &[&str]| {
        positions.iter().fold(topic, |text, at| {
            let (plain, right) = (
                format!("\"choice{at}\", right = true, why"),
                format!("\"choice{at}\", why"),
            );
            text.replace(&plain, &right)
                .replace("\"choice0\", why", "\"choice0\", right = true, why")
        })
    };
    let found = found(&[("caching", &skewed(topic("caching"), &["1", "2", "3"]))]);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found
            .iter()
            .any(|f| f.starts_with("caching.toml:2:8: the right option is at some positions")),
        "{found:#?}"
    );
    assert!(
        found.iter().any(
            |f| f.contains("over all topics") && f.contains("(first to fifth: 12, 0, 0, 0, 0)")
        ),
        "{found:#?}"
    );
}

#[test]
fn a_small_topic_and_options_that_begin_alike_are_told() {
    let text = topic("caching");
    let (before, _) = text.rsplit_once("[[question]]").expect("the last question");
    let text = before.replacen("\"choice", "\"It is because the choice", 4);
    let found = found(&[("caching", &text)]);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found[0].starts_with("caching.toml:2:8: the topic has 11 questions"),
        "{found:#?}"
    );
    assert!(
        found[1].starts_with(
            "caching.toml:19:11: [caching-anchor] all options begin with “it is because the”"
        ),
        "{found:#?}"
    );
}

#[test]
fn files_that_are_not_read_by_their_names_are_named() {
    let folder = folder(&[("caching", &topic("caching"))]);
    for name in [
        "a.toml.txt",
        "b.TOML ",
        "c.toml.bak",
        "notes.txt",
        ".d.toml.txt",
        "e.toml~",
    ] {
        fs::write(folder.path().join(name), "").expect("written");
    }
    let found = lint(&Source::Folder(folder.path().into())).expect("the files are sound");
    let found = found
        .iter()
        .filter(|fault| fault.problem.to_string().starts_with("is not read"));
    let named: Vec<_> = found.filter_map(|fault| fault.file.file_name()).collect();
    assert_eq!(named, ["a.toml.txt", "b.TOML "]);
}

#[test]
fn an_inventory_and_a_bank_say_what_they_lack_of_each_other() {
    let folder = folder(&[("caching", &topic("caching").replacen("s0-q01", "s0-q99", 1))]);
    let list = folder.path().join("inventory");
    fs::write(
        &list,
        "[[item]]\nid = \"s0-q01\"\nask = \"What?\"\n[[item]]\nid = \"s0-q02\"\n",
    )
    .expect("written");
    let inventory = Inventory::load(&list).expect("it is one");
    assert_eq!(inventory.len(), 2);
    let found = inventory
        .compare(&Source::Folder(folder.path().into()))
        .expect("the files are sound");
    let told: Vec<String> = found
        .iter()
        .map(|fault| fault.problem.to_string())
        .collect();
    assert_eq!(
        told,
        [
            "the inventory has no item `s0-q99`",
            "no question covers `s0-q02`"
        ]
    );
    let place = found[0].place.expect("in the file");
    assert_eq!((place.line, place.column), (15, 12));

    fs::write(&list, "[[thing]]\n").expect("written");
    assert!(Inventory::load(&list).is_err());
    fs::write(&list, "[[item]]\nid = 1\n[[item]]\nask = \"Why?\"\n").expect("written");
    let faults = Inventory::load(&list).expect_err("its items have no ids");
    let told = faults.to_string();
    let told = told.replace(&*list.to_string_lossy(), "inventory");
    assert_eq!(
        told,
        "inventory:2:6: `id` must be text in quotes, not a number\ninventory:3:1: the item lacks `id`"
    );
}
