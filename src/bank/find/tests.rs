//! What is found by name, and offered while it is typed.

use proptest::prelude::*;

use super::*;
use crate::model::Difficulty;

fn topic(name: &str, title: &str) -> Topic {
    Topic {
        name: name.into(),
        title: title.into(),
        summary: "About it.".into(),
        synonyms: Vec::new(),
        depth: crate::model::Depth::Model,
    }
}

fn question(id: &str, topic: &str, prompt: &str, tags: &[&str]) -> Question {
    Question {
        id: id.into(),
        topic: topic.into(),
        prompt: prompt.into(),
        difficulty: Difficulty::Easy,
        tags: tags.iter().map(|tag| (*tag).into()).collect(),
        aliases: Vec::new(),
        answer: "Because.".into(),
        key_points: vec!["It is so.".into()],
        follow_ups: Vec::new(),
        links: Vec::new(),
        sources: Vec::new(),
        quizzes: Vec::new(),
    }
}

fn bank() -> Bank {
    Bank::new(
        vec![
            topic("api-design", "API design"),
            topic("caching", "Caching"),
            topic("databases-sql", "SQL databases"),
        ],
        vec![
            question(
                "cache-stampede",
                "caching",
                "What is a cache stampede?",
                &["redis", "locking"],
            ),
            question(
                "idempotency",
                "api-design",
                "Why are retries dangerous?",
                &["rest", "retries"],
            ),
            question(
                "isolation",
                "databases-sql",
                "Name the isolation levels.",
                &["transactions", "locking"],
            ),
        ],
    )
}

/// The name of what was found.
fn name(named: Option<Named<'_>>) -> &str {
    match named {
        Some(Named::Question(question)) => &question.id,
        Some(Named::Topic(topic)) => &topic.name,
        Some(Named::Tag(tag)) => tag,
        None => "nothing",
    }
}

#[test]
fn a_name_is_found_whatever_its_case_and_punctuation() {
    let bank = bank();
    for (query, found) in [
        ("caching", "caching"),
        (" Caching! ", "caching"),
        ("API design", "api-design"),
        ("apidesign", "api-design"),
        ("sql databases", "databases-sql"),
        ("databases_sql", "databases-sql"),
        ("Redis", "redis"),
        ("Cache Stampede", "cache-stampede"),
        ("cachng", "nothing"),
        ("", "nothing"),
        ("?!", "nothing"),
    ] {
        assert_eq!(name(bank.named(query)), found, "{query}");
    }
}

#[test]
fn a_misspelling_is_put_right_if_it_is_near() {
    let bank = bank();
    for (query, found) in [
        ("cachng", "caching"),
        ("chaching", "caching"),
        ("databses sql", "databases-sql"),
        ("sql database", "databases-sql"),
        ("reids", "redis"),
        ("transactoins", "transactions"),
        ("rust", "rest"),
        ("catching fish", "nothing"),
        ("red", "nothing"),
        ("kubernetes", "nothing"),
        ("", "nothing"),
    ] {
        assert_eq!(name(bank.corrected(query)), found, "{query}");
    }
}

fn values(typed: &str) -> Vec<String> {
    let suggestions = bank().suggest(typed, 25);
    suggestions
        .into_iter()
        .map(|suggestion| suggestion.value)
        .collect()
}

#[test]
fn suggestions_come_by_kind_and_fit() {
    assert_eq!(values(""), ["api-design", "caching", "databases-sql"]);
    assert_eq!(values("cach"), ["caching", "cache-stampede"]);
    assert_eq!(values("tion"), ["transactions", "isolation"]);
    assert_eq!(values("re"), ["redis", "rest", "retries", "idempotency"]);
    assert_eq!(values("SQL d"), ["databases-sql"]);
    assert_eq!(values("data"), ["databases-sql"]);
    assert_eq!(values("stamp"), ["cache-stampede"]);
    assert_eq!(values("cachn"), ["caching"]);
    assert_eq!(values("transcat"), ["transactions"]);
    assert!(values("zzz").is_empty());
}

#[test]
fn a_suggestion_shows_a_title_and_no_more_than_asked() {
    let bank = bank();
    let suggestion = &bank.suggest("api", 25)[0];
    assert_eq!(
        (suggestion.label.as_str(), suggestion.value.as_str()),
        ("API design", "api-design")
    );
    assert_eq!(bank.suggest("", 2).len(), 2);
}

#[test]
fn a_long_prompt_is_cut_at_a_word() {
    let prompt = "What happens when ".repeat(10);
    let label = shortened(&prompt);
    assert!(
        label.ends_with(" happens…") || label.ends_with(" when…") || label.ends_with("What…"),
        "{label}"
    );
    assert_eq!(shortened(&"é".repeat(101)), format!("{}…", "é".repeat(99)));
    assert_eq!(shortened(&"é".repeat(100)), "é".repeat(100));
}

proptest! {
    #[test]
    fn whatever_is_typed_finds_without_a_panic(typed: String) {
        let bank = bank();
        let _ = (bank.named(&typed), bank.corrected(&typed));
        for suggestion in bank.suggest(&typed, 25) {
            prop_assert!(bank.named(&suggestion.value).is_some());
        }
    }

    #[test]
    fn a_label_fits(text: String, long in "[a-zé ]{90,300}") {
        prop_assert!(shortened(&text).chars().count() <= LABEL);
        prop_assert!(shortened(&long).chars().count() <= LABEL);
    }
}
