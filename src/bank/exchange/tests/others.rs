//! Files as other programs write them, kind by kind.

use super::*;

/// The faults that `check` finds in what was read, without their file.
fn to_do(imported: &Imported) -> Vec<String> {
    let text = topic_file(&topic(), &imported.drafts);
    let Err(faults) = Bank::from_files(&[(PathBuf::from("caching.toml"), text)]) else {
        return Vec::new();
    };
    let faults = faults.0.iter();
    faults.map(|fault| fault.problem.to_string()).collect()
}

#[test]
fn what_is_missing_is_left_to_a_human() {
    let trivia = r#"{"results": [{"type": "boolean", "difficulty": "easy", "category": "Art",
        "question": "Is &quot;blue&quot; a colour?", "correct_answer": "True",
        "incorrect_answers": ["False"]}]}"#;
    let read = read(ImportFormat::Trivia, trivia);
    assert_eq!(read.drafts[0].id, "is-blue-a-colour");
    assert_eq!(read.drafts[0].prompt, "Is \"blue\" a colour?");
    let to_do = to_do(&read).join("\n");
    for missing in [
        "`answer` is empty",
        "`key_points` of the question",
        "`why` is empty",
    ] {
        assert!(to_do.contains(missing), "{missing} is not in\n{to_do}");
    }
}

#[test]
fn a_table_of_another_program_is_read() {
    let table = "\u{feff}Question,A,B,C,Correct,Author\n\
                 What is 2 + 2?,3,4,5,b,Ann\n\
                 \"What is \"\"x\"\"?\",1,2,3,3,Ann\n\
                 Which is red?,rose,sea,sky,rose,Ann\n\
                 Which is red?,rose,sea,sky,tulip,Ann\n";
    let read = read(ImportFormat::Csv, table);
    let rights: Vec<Vec<bool>> = read
        .drafts
        .iter()
        .map(|draft| {
            draft.quizzes[0]
                .options
                .iter()
                .map(|option| option.right)
                .collect()
        })
        .collect();
    assert_eq!(rights[0], [false, true, false]);
    assert_eq!(rights[1], [false, false, true]);
    assert_eq!(rights[2], [true, false, false]);
    assert_eq!(rights[3], [false; 3]);
    let ids: Vec<&str> = read.drafts.iter().map(|draft| draft.id.as_str()).collect();
    assert_eq!(
        ids,
        ["what-is-2-2", "what-is-x", "which-is-red", "which-is-red-2"]
    );
    let skipped = skipped(&read.skipped);
    assert!(
        skipped[0].starts_with("line 1: the column `Author` isn't one that Greenroom knows"),
        "{skipped:?}"
    );
    assert_eq!(
        skipped[1],
        "line 5: `tulip` isn't an option's letter, number or text, so none is marked; mark one with `right = true`"
    );
    assert_eq!(skipped.len(), 2);
    assert!(
        import(ImportFormat::Csv, "a,b\n1,2\n", &WANTED).is_err(),
        "no prompt"
    );
}

#[test]
fn rows_without_a_topic_are_of_the_one_that_is_asked_for() {
    let table = "topic,prompt\ncaching,One?\nhttp,Two?\n,Three?\n";
    let read = read(ImportFormat::Csv, table);
    assert_eq!(read.drafts.len(), 2);
    assert_eq!(
        (read.others, read.skipped),
        (vec!["http".to_owned()], vec![])
    );
}

/// A file of one topic is taken over under any name, of several the one that is called so: in each format.
#[test]
fn the_topics_of_a_file_are_chosen_among_by_one_rule() {
    let files = |topics: &[&str]| {
        let each = |one: &dyn Fn(&str) -> String| {
            topics.iter().map(|topic| one(topic)).collect::<String>()
        };
        let json = topics.iter().map(|topic| {
            serde_json::json!({ "name": topic, "questions": [{ "prompt": format!("In {topic}?") }] })
        });
        [
            (
                ImportFormat::Csv,
                "topic,prompt\n".to_owned() + &each(&|topic| format!("{topic},In {topic}?\n")),
            ),
            (
                ImportFormat::Gift,
                each(&|topic| format!("$CATEGORY: $course$/top/{topic}\n\nIn {topic}? {{}}\n\n")),
            ),
            (
                ImportFormat::Anki,
                "#separator:tab\n#tags column:3\n".to_owned()
                    + &each(&|topic| format!("In {topic}?\tYes\ttopic::{topic}\n")),
            ),
            (
                ImportFormat::Json,
                serde_json::Value::from_iter(json).to_string(),
            ),
        ]
    };
    let prompts = |read: &Imported| -> Vec<String> {
        read.drafts
            .iter()
            .map(|draft| draft.prompt.clone())
            .collect()
    };
    for (format, text) in files(&["http"]) {
        let read = read(format, &text);
        assert_eq!(
            (prompts(&read), skipped(&read.skipped)),
            (vec!["In http?".to_owned()], vec![]),
            "{format:?}"
        );
    }
    for (format, text) in files(&["http", "caching", "sql"]) {
        let read = read(format, &text);
        assert_eq!(prompts(&read), ["In caching?"], "{format:?}");
        assert_eq!(read.others, ["http", "sql"], "{format:?}");
        assert_eq!(read.skipped, [], "{format:?}");
    }
    for (format, text) in files(&["http", "sql"]) {
        assert_eq!(
            refused(format, &text),
            "there is no topic `caching` in it, only: http, sql; say which with --topic",
            "{format:?}"
        );
    }
}

#[test]
fn all_of_a_topic_is_taken_however_often_and_in_which_case_a_file_names_it() {
    let file = |names: &[&str]| {
        let topic = |name: &&str| serde_json::json!({ "name": name, "questions": [{ "prompt": format!("In “{name}”?") }] });
        serde_json::Value::from_iter(names.iter().map(topic)).to_string()
    };
    for names in [
        &["Caching", "caching"][..],
        &["", "caching"],
        &["Caching", "", "sql", "caching"],
    ] {
        let read = read(ImportFormat::Json, &file(names));
        let asked: Vec<_> = names.iter().filter(|name| **name != "sql").collect();
        let asked: Vec<_> = asked.iter().map(|name| format!("In “{name}”?")).collect();
        let prompts: Vec<_> = read
            .drafts
            .iter()
            .map(|draft| draft.prompt.clone())
            .collect();
        assert_eq!(prompts, asked);
    }
}

#[test]
fn many_topics_are_told_by_some_names_and_their_number() {
    let rows: String = (0..40_000)
        .map(|row| format!("topic {row},What?\n"))
        .collect();
    let text = "topic,prompt\n".to_owned() + &rows;
    let told = refused(ImportFormat::Csv, &text);
    assert!(told.contains("topic-9 and 39990 more; say which"), "{told}");
    let read = read(ImportFormat::Csv, &format!("{text}caching,Why?\n"));
    assert_eq!(read.drafts.len(), 1);
    assert_eq!(read.others.len(), 40_000);
}

#[test]
fn what_only_looks_like_a_gap_or_an_image_is_text() {
    let notes = "#html:false\nWhat is {{c}} in a template?\tA value, as {{count}} is\n\
                 What does <img alt> do?\tIt names what {{c::x}} shows\n";
    let read = read(ImportFormat::Anki, notes);
    assert_eq!(read.drafts.len(), 2);
    assert_eq!(read.skipped, []);
    assert_eq!(plain(&read.drafts[1].prompt), "What does <img alt> do?");
}

#[test]
fn notes_that_anki_exports_are_read() {
    let notes = "#separator:tab\n#html:true\n#guid column:1\n#deck column:2\n#tags column:5\n\
                 A&b%\tSystem\tWhat does <b>LRU</b> mean?\t\"Least &lt;recently&gt;&nbsp;used<br>\"\"first\"\"\"\tcaching::basic Memory\n\
                 x\tSystem\tA <table><td>cell\tB\t\n\
                 y\tSystem\t{{c1::Gap}}\t\t\n";
    let read = read(ImportFormat::Anki, notes);
    assert_eq!(read.drafts.len(), 2);
    assert_eq!(read.drafts[0].prompt, "What does **LRU** mean?");
    assert_eq!(
        read.drafts[0].answer,
        "Least \\<recently> used\\\n\"first\""
    );
    assert_eq!(read.drafts[0].tags, ["caching-basic", "memory"]);
    assert_eq!(read.drafts[0].id, "what-does-lru-mean");
    let skipped = skipped(&read.skipped);
    assert_eq!(skipped[0], "line 7: left out: the lines of a table");
    assert!(
        skipped[1].starts_with("line 8: a note with gaps"),
        "{skipped:?}"
    );
}

#[test]
fn no_two_notes_have_the_same_id() {
    let notes = "#guid column:1\nlru\tWhat is LRU?\tOne.\nlru\tAnd what is LFU?\tAnother.\n";
    let read = read(ImportFormat::Anki, notes);
    let ids: Vec<&str> = read.drafts.iter().map(|draft| draft.id.as_str()).collect();
    assert_eq!(ids, ["lru", "and-what-is-lfu"]);
    assert_eq!(
        skipped(&read.skipped),
        ["line 3: the id `lru`: a note above has it, so this one gets another"]
    );
}

#[test]
fn each_kind_of_gift_is_taken_or_told() {
    let gift = "$CATEGORY: Web\n\n\
        HTTP keeps no state. {T#It is stateless.#Right, each request stands alone.}\n\n\
        ::Port:: HTTPS uses port {=443 =\"443\"} by default.\n\n\
        [html]<p>Say <i>why</i>.</p> {}\n\n\
        How many? {#4:1}\n\n\
        Match. {=a -> b =c -> d}\n\n\
        Which two? {~%50%one ~%50%two ~none}\n\n\
        Only a text.\n\n\
        Broken { =a\n";
    let read = read(ImportFormat::Gift, gift);
    let first = &read.drafts[0].quizzes[0];
    assert_eq!(
        (first.right(), first.options[0].why.as_str()),
        (0, "Right, each request stands alone.")
    );
    assert_eq!(first.options[1].why, "It is stateless.");
    assert_eq!(
        read.drafts[1].prompt,
        "HTTPS uses port \\_\\_\\_\\_\\_ by default."
    );
    assert_eq!(read.drafts[1].answer, "443");
    assert_eq!(read.drafts[2].prompt, "Say *why*.");
    assert_eq!(read.drafts.len(), 6, "{read:#?}");
    assert!(read.drafts[3].quizzes.is_empty() && read.drafts[4].quizzes.is_empty());
    let skipped = skipped(&read.skipped);
    for (line, told) in [
        (5, "accepted answers"),
        (
            9,
            "the number that is its answer (4:1) is left out, so the question comes without a quiz",
        ),
        (
            11,
            "pairs to match are left out (a -> b; c -> d), so the question comes without a quiz",
        ),
        (13, "none of its options is right by itself"),
        (15, "a description"),
        (17, "no closing brace"),
    ] {
        let named = skipped.iter().any(|skipped| {
            skipped.starts_with(&format!("line {line}: ")) && skipped.contains(told)
        });
        assert!(named, "{line} {told} is not in {skipped:#?}");
    }
    assert_eq!(skipped.len(), 6, "{skipped:#?}");
}
