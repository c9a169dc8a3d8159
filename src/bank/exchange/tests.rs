//! What a format can hold comes back from it; what it cannot is told.

use std::path::PathBuf;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::bank::{Difficulty, Question, Quiz, QuizOption};

/// A text without spaces around it, of one line.
fn line() -> impl Strategy<Value = String> {
    let signs = r#"[a-zA-Z0-9é→,;:|~=#{}%\\"'`*<>&$/\t -]{0,30}"#;
    (signs, "[a-zé?]").prop_map(|(text, end)| format!("{text}{end}").trim().to_owned())
}

/// The same, of several lines.
fn text() -> impl Strategy<Value = String> {
    vec(line(), 1..4).prop_map(|lines| lines.join("\n"))
}

fn quiz() -> impl Strategy<Value = Quiz> {
    let options = vec((line(), line()), 3..=5);
    (line(), options, 0usize..3).prop_map(|(prompt, options, right)| {
        let options = options
            .into_iter()
            .enumerate()
            .map(|(index, (text, why))| QuizOption {
                // Options that look alike are refused.
                text: format!("{index} {text}"),
                right: index == right,
                why,
            });
        Quiz {
            prompt,
            options: options.collect(),
        }
    })
}

fn question(number: usize) -> impl Strategy<Value = Question> {
    let tags = subsequence(vec!["redis", "retries", "http-2", "sql"], 0..=4);
    let lists = (
        vec(line(), 1..4),
        vec(line(), 0..3),
        vec("s[0-9]-q[0-9]{2}", 0..3),
        subsequence(vec!["k8s", "C++", "TCP/IP"], 0..=3),
    );
    let links = subsequence(
        vec!["https://example.com/a?b=c,d", "http://example.org/#e"],
        0..=2,
    );
    let quizzes = vec(quiz(), 0..3);
    let whole = (
        line(),
        select(&Difficulty::ALL[..]),
        tags,
        text(),
        lists,
        links,
        quizzes,
    );
    whole.prop_map(
        move |(prompt, difficulty, tags, answer, lists, links, quizzes)| Question {
            id: format!("question-{number}"),
            topic: "caching".into(),
            prompt,
            difficulty,
            tags: tags.into_iter().map(str::to_owned).collect(),
            aliases: lists.3.into_iter().map(str::to_owned).collect(),
            answer,
            key_points: lists.0,
            follow_ups: lists.1,
            links: links.into_iter().map(str::to_owned).collect(),
            sources: lists.2,
            quizzes,
        },
    )
}

fn bank() -> impl Strategy<Value = Bank> {
    (question(1), question(2)).prop_map(|(one, other)| Bank::new(vec![topic()], vec![one, other]))
}

fn topic() -> Topic {
    Topic {
        name: "caching".into(),
        title: "Caching".into(),
        summary: "Answers kept close.".into(),
        synonyms: Vec::new(),
    }
}

fn draft(question: &Question) -> Draft {
    let question = question.clone();
    Draft {
        id: question.id,
        prompt: question.prompt,
        difficulty: Some(question.difficulty),
        tags: question.tags,
        aliases: question.aliases,
        answer: question.answer,
        key_points: question.key_points,
        follow_ups: question.follow_ups,
        links: question.links,
        sources: question.sources,
        quizzes: question.quizzes,
    }
}

fn drafts(bank: &Bank) -> Vec<Draft> {
    bank.questions().iter().map(draft).collect()
}

fn read(format: ImportFormat, text: &str) -> Imported {
    import(format, text, "caching").expect("it is of the format")
}

/// A text with a backslash before what GIFT reads as a sign.
fn escaped(text: &str) -> String {
    let escape = |sign| match sign {
        '~' | '=' | '#' | '{' | '}' | ':' | '\\' => format!("\\{sign}"),
        sign => sign.to_string(),
    };
    text.chars().map(escape).collect()
}

proptest! {
    #[test]
    fn a_topic_file_holds_everything(bank in bank()) {
        let text = topic_file(&topic(), &drafts(&bank));
        let read = Bank::from_files(&[(PathBuf::from("caching.toml"), text.clone())]);
        let read = read.map_err(|faults| TestCaseError::fail(format!("{faults}\n{text}")))?;
        prop_assert_eq!(read.questions(), bank.questions());
        prop_assert_eq!(read.topics(), bank.topics());
    }

    #[test]
    fn csv_holds_everything(bank in bank()) {
        let text = export(ExportFormat::Csv, &bank, &[&topic()]).expect("written");
        let read = read(ImportFormat::Csv, &text);
        prop_assert_eq!(read.drafts, drafts(&bank));
        prop_assert_eq!(read.left, []);
    }

    #[test]
    fn anki_holds_what_a_note_can(bank in bank()) {
        let text = export(ExportFormat::Anki, &bank, &[&topic()]).expect("written");
        let read = read(ImportFormat::Anki, &text);
        let held = drafts(&bank).into_iter().map(|whole| Draft {
            aliases: Vec::new(),
            key_points: Vec::new(),
            follow_ups: Vec::new(),
            links: Vec::new(),
            quizzes: Vec::new(),
            ..whole
        });
        prop_assert_eq!(read.drafts, held.collect::<Vec<_>>());
        prop_assert_eq!(read.left, []);
    }

    #[test]
    fn json_holds_everything(bank in bank()) {
        let text = export(ExportFormat::Json, &bank, &[&topic()]).expect("written");
        let json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let written = &json[0]["questions"];
        for (index, question) in bank.questions().iter().enumerate() {
            prop_assert_eq!(&written[index], &serde_json::to_value(question).expect("a value"));
            prop_assert_eq!(&written[index]["answer"], &question.answer);
            prop_assert_eq!(written[index]["quizzes"].as_array().map(Vec::len), Some(question.quizzes.len()));
        }
        prop_assert_eq!(&json[0]["title"], "Caching");
    }

    #[test]
    fn gift_gives_its_quizzes(quiz in quiz(), answer in line()) {
        let options: String = quiz.options.iter().map(|option| {
            let mark = if option.right { '=' } else { '~' };
            format!("  {mark}{} # {}\n", escaped(&option.text), escaped(&option.why))
        }).collect();
        let gift = format!("// a comment\n::T:: {} {{\n{options}  ####{}\n}}\n", escaped(&quiz.prompt), escaped(&answer));
        let read = read(ImportFormat::Gift, &gift);
        prop_assert_eq!(&read.left, &[]);
        prop_assert_eq!(&read.drafts[0].prompt, &quiz.prompt);
        prop_assert_eq!(&read.drafts[0].answer, &answer);
        prop_assert_eq!(&read.drafts[0].quizzes, &[quiz]);
    }

    #[test]
    fn trivia_gives_its_quizzes(quiz in quiz()) {
        let encode = |text: &str| html_escape::encode_quoted_attribute(text).into_owned();
        let (right, wrong): (Vec<_>, Vec<_>) = quiz.options.iter().partition(|option| option.right);
        let json = serde_json::json!({ "response_code": 0, "results": [{
            "type": "multiple",
            "difficulty": "hard",
            "category": "Science: Computers",
            "question": encode(&quiz.prompt),
            "correct_answer": encode(&right[0].text),
            "incorrect_answers": wrong.iter().map(|option| encode(&option.text)).collect::<Vec<_>>(),
        }]});
        let read = read(ImportFormat::Trivia, &json.to_string());
        let texts: Vec<&str> = read.drafts[0].quizzes[0].options.iter().map(|o| o.text.as_str()).collect();
        let given = right.iter().chain(&wrong).map(|option| option.text.as_str());
        prop_assert_eq!(texts, given.collect::<Vec<_>>());
        prop_assert_eq!(&read.drafts[0].prompt, &quiz.prompt);
        prop_assert_eq!(read.drafts[0].difficulty, Some(Difficulty::Hard));
        prop_assert_eq!(&read.drafts[0].tags, &["science-computers"]);
        prop_assert_eq!(read.drafts[0].quizzes[0].right(), 0);
    }

    #[test]
    fn whatever_is_read_makes_a_file_that_parses(text in "[\\PC\n\t]{0,200}") {
        for format in [ImportFormat::Csv, ImportFormat::Anki, ImportFormat::Gift, ImportFormat::Trivia] {
            if let Ok(imported) = import(format, &text, "caching") {
                let file = topic_file(&topic(), &imported.drafts);
                prop_assert!(file.parse::<toml::Table>().is_ok(), "{}", file);
            }
        }
    }
}

/// The faults that `check` finds in what was read, without their file.
fn to_do(imported: &Imported) -> Vec<String> {
    let text = topic_file(&topic(), &imported.drafts);
    let Err(faults) = Bank::from_files(&[(PathBuf::from("caching.toml"), text)]) else {
        return Vec::new();
    };
    faults.0.into_iter().map(|fault| fault.message).collect()
}

fn left(imported: &Imported) -> Vec<String> {
    imported.left.iter().map(Left::to_string).collect()
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
        "3 to 5 items, not 2",
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
    let left = left(&read);
    assert!(
        left[0].starts_with("line 1: the column `author` is none of ours"),
        "{left:?}"
    );
    assert_eq!(
        left[1],
        "line 5: `right` is no option's number, letter or text: tulip"
    );
    assert_eq!(left.len(), 2);
    assert!(
        import(ImportFormat::Csv, "a,b\n1,2\n", "caching").is_err(),
        "no prompt"
    );
}

#[test]
fn rows_of_other_topics_are_counted() {
    let table = "topic,prompt\ncaching,One?\nhttp,Two?\n,Three?\n";
    let read = read(ImportFormat::Csv, table);
    assert_eq!(read.drafts.len(), 2);
    assert_eq!(left(&read), ["1 rows are of other topics than `caching`"]);
}

#[test]
fn what_only_looks_like_a_gap_or_an_image_is_text() {
    let notes = "#html:false\nWhat is {{c}} in a template?\tA value, as {{count}} is\n\
                 What does <img alt> do?\tIt names what {{c::x}} shows\n";
    let read = read(ImportFormat::Anki, notes);
    assert_eq!(read.drafts.len(), 2);
    assert_eq!(read.left, []);
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
    assert_eq!(read.drafts[0].answer, "Least <recently> used\n\"first\"");
    assert_eq!(read.drafts[0].tags, ["caching-basic", "memory"]);
    assert_eq!(read.drafts[0].id, "what-does-lru-mean");
    let left = left(&read);
    assert_eq!(
        left[0],
        "line 7: formatting that CommonMark does not have, or links"
    );
    assert!(left[1].starts_with("line 8: a note with gaps"), "{left:?}");
}

#[test]
fn no_two_notes_have_the_same_id() {
    let notes = "#guid column:1\nlru\tWhat is LRU?\tOne.\nlru\tAnd what is LFU?\tAnother.\n";
    let read = read(ImportFormat::Anki, notes);
    let ids: Vec<&str> = read.drafts.iter().map(|draft| draft.id.as_str()).collect();
    assert_eq!(ids, ["lru", "and-what-is-lfu"]);
    assert_eq!(left(&read), ["line 3: its id `lru`: a note above has it"]);
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
    assert_eq!(read.drafts[1].prompt, "HTTPS uses port _____ by default.");
    assert_eq!(read.drafts[1].answer, "443");
    assert_eq!(read.drafts[2].prompt, "Say *why*.");
    assert_eq!(read.drafts.len(), 6, "{read:#?}");
    let left = left(&read);
    for (line, told) in [
        (1, "$CATEGORY: Web"),
        (5, "accepted answers"),
        (9, "a number as the answer"),
        (11, "pairs to match"),
        (13, "right in part"),
        (15, "a description"),
        (17, "no closing brace"),
    ] {
        let named = left
            .iter()
            .any(|left| left.starts_with(&format!("line {line}: ")) && left.contains(told));
        assert!(named, "{line} {told} is not in {left:#?}");
    }
    assert_eq!(left.len(), 7, "{left:#?}");
}
