//! What a format can hold comes back from it; what it cannot is told.

use std::path::PathBuf;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::bank::markdown::{escape, plain};
use crate::model::Depth;
use crate::model::{Difficulty, Question, Quiz, QuizOption};

mod cases;
mod gift;
mod others;
mod tables;

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
    let options = vec((line(), line()), 2..=5);
    (line(), options, 0usize..2).prop_map(|(prompt, options, right)| {
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

/// A bank whose texts of one line have no stray signs, which `check` would name.
fn sound(bank: &Bank) -> Bank {
    let mut questions = bank.questions().to_vec();
    for question in &mut questions {
        question.prompt = escape(&question.prompt);
        for quiz in &mut question.quizzes {
            quiz.prompt = escape(&quiz.prompt);
            for option in &mut quiz.options {
                option.text = escape(&option.text);
                option.why = escape(&option.why);
            }
        }
    }
    Bank::new(vec![topic()], questions)
}

fn topic() -> Topic {
    Topic {
        name: "caching".into(),
        title: "Caching".into(),
        summary: "Answers kept close.".into(),
        synonyms: vec![vec!["k8s".into(), "Kubernetes".into()]],
        depth: Depth::Model,
    }
}

fn draft(question: &Question) -> Draft {
    let question = question.clone();
    Draft {
        line: 0,
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

const WANTED: Wanted<'static> = Wanted {
    topic: "caching",
    correct_from: None,
    difficulty: None,
};

fn read(format: ImportFormat, text: &str) -> Imported {
    let mut imported = import(format, text, &WANTED).expect("it is of the format");
    // Where a question stands in its file is not what is compared.
    imported.drafts.iter_mut().for_each(|draft| draft.line = 0);
    imported
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
        let bank = sound(&bank);
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
        prop_assert_eq!(read.skipped, []);
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
        prop_assert_eq!(read.skipped, []);
    }

    #[test]
    fn json_holds_everything(bank in bank()) {
        let text = export(ExportFormat::Json, &bank, &[&topic()]).expect("written");
        let read = read(ImportFormat::Json, &text);
        prop_assert_eq!(&read.drafts, &drafts(&bank));
        prop_assert_eq!(read.skipped, []);
        prop_assert_eq!(read.synonyms, topic().synonyms);
        prop_assert_eq!((read.title, read.summary, read.depth), (topic().title, topic().summary, Some(Depth::Model)));
    }

    #[test]
    fn gift_holds_quizzes_and_answers(bank in bank()) {
        let text = export(ExportFormat::Gift, &bank, &[&topic()]).expect("written");
        let read = read(ImportFormat::Gift, &text);
        let held = drafts(&bank).into_iter().map(|whole| Draft {
            prompt: whole.quizzes.first().map_or(whole.prompt, |quiz| quiz.prompt.clone()),
            aliases: Vec::new(),
            key_points: Vec::new(),
            follow_ups: Vec::new(),
            links: Vec::new(),
            sources: Vec::new(),
            ..whole
        });
        prop_assert_eq!(read.drafts, held.collect::<Vec<_>>(), "{}", text);
        prop_assert_eq!(read.skipped, []);
    }

    #[test]
    fn gift_of_others_shows_the_same_signs(quiz in quiz(), answer in line()) {
        let options: String = quiz.options.iter().map(|option| {
            let mark = if option.right { '=' } else { '~' };
            format!("  {mark}{} # {}\n", escaped(&option.text), escaped(&option.why))
        }).collect();
        let gift = format!("// a comment\n::T::[plain] {} {{\n{options}  ####{}\n}}\n", escaped(&quiz.prompt), escaped(&answer));
        let read = read(ImportFormat::Gift, &gift);
        prop_assert_eq!(&read.skipped, &[]);
        let shown = |text: &str| words(&plain(text));
        prop_assert_eq!(shown(&read.drafts[0].prompt), words(&quiz.prompt));
        prop_assert_eq!(shown(&read.drafts[0].answer), words(&answer));
        let options = read.drafts[0].quizzes[0].options.iter();
        let options: Vec<_> = options.map(|option| (shown(&option.text), option.right, shown(&option.why))).collect();
        let given = quiz.options.iter().map(|option| (words(&option.text), option.right, words(&option.why)));
        prop_assert_eq!(options, given.collect::<Vec<_>>());
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
        let texts = read.drafts[0].quizzes[0].options.iter().map(|option| words(&plain(&option.text)));
        let given = right.iter().chain(&wrong).map(|option| words(&option.text));
        prop_assert_eq!(texts.collect::<Vec<_>>(), given.collect::<Vec<_>>());
        prop_assert_eq!(words(&plain(&read.drafts[0].prompt)), words(&quiz.prompt));
        prop_assert_eq!(read.drafts[0].difficulty, Some(Difficulty::Hard));
        prop_assert_eq!(&read.drafts[0].tags, &["science-computers"]);
        prop_assert_eq!(read.drafts[0].quizzes[0].right(), 0);
    }

    #[test]
    fn whatever_is_read_makes_a_file_that_parses(text in "[\\PC\n\t]{0,200}") {
        for format in [ImportFormat::Csv, ImportFormat::Anki, ImportFormat::Gift, ImportFormat::Trivia, ImportFormat::Json] {
            if let Ok(imported) = import(format, &text, &WANTED) {
                let file = topic_file(&topic(), &imported.drafts);
                prop_assert!(file.parse::<toml::Table>().is_ok(), "{}", file);
            }
        }
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn skipped(skipped: &[Skipped]) -> Vec<String> {
    skipped.iter().map(Skipped::to_string).collect()
}

/// The texts of the right options, those that are marked.
fn rights(imported: &Imported) -> Vec<String> {
    let quizzes = imported.drafts.iter().flat_map(|draft| &draft.quizzes);
    let rights = quizzes.map(|quiz| {
        let right = quiz.options.iter().filter(|option| option.right);
        right
            .map(|option| option.text.clone())
            .collect::<Vec<_>>()
            .join("+")
    });
    rights.collect()
}

fn refused(format: ImportFormat, text: &str) -> String {
    let refused = import(format, text, &WANTED).expect_err("it is refused");
    refused.to_string()
}
