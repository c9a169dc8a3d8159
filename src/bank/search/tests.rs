//! What is the same word, what a misspelling is of, what a query is about.

use proptest::prelude::*;

use super::super::Bank;
use super::folding::Folder;
use super::words::{Kind, each_word};
use crate::model::{Difficulty, Question, Topic};

/// A topic of questions with these ids, prompts and aliases, and these synonyms.
fn bank(questions: &[(&str, &str, &[&str])], synonyms: &[&[&str]]) -> Bank {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let questions = questions.iter().map(|(id, prompt, aliases)| Question {
        id: (*id).into(),
        topic: "all".into(),
        prompt: (*prompt).into(),
        difficulty: Difficulty::Easy,
        tags: Vec::new(),
        aliases: owned(aliases),
        answer: "Because it is so.".into(),
        key_points: vec!["It is so.".into()],
        follow_ups: Vec::new(),
        links: Vec::new(),
        sources: Vec::new(),
        quizzes: Vec::new(),
    });
    let topic = Topic {
        name: "all".into(),
        title: "Everything".into(),
        summary: "All of it.".into(),
        synonyms: synonyms.iter().map(|group| owned(group)).collect(),
        depth: crate::model::Depth::Model,
    };
    Bank::new(vec![topic], questions.collect())
}

fn small() -> Bank {
    bank(
        &[
            (
                "deadlocks",
                "How does a deadlock between two transactions arise?",
                &[],
            ),
            (
                "connection-pooling",
                "What is connection pooling, and why does it help?",
                &["pool of connections"],
            ),
            (
                "search-autocomplete",
                "Design the suggestions in a search box.",
                &["typeahead"],
            ),
            (
                "rate-limiting",
                "What is rate limiting, and how is a rate limit told?",
                &["429", "rate limiter"],
            ),
            (
                "websockets",
                "When do you use a WebSocket?",
                &["C++", "TCP/IP"],
            ),
            ("queue-or-log", "How does a queue differ from a log?", &[]),
            (
                "roll-back",
                "When do you roll back a release?",
                &["where vs having"],
            ),
        ],
        &[&["moo", "connection pooling"]],
    )
}

/// The best question, in brackets if it is only near.
fn first(bank: &Bank, query: &str) -> String {
    let lookup = bank.look_up(query);
    match lookup.found.first() {
        None => "nothing".into(),
        Some(found) if lookup.fits => found.question.id.clone(),
        Some(found) => format!("({})", found.question.id),
    }
}

#[test]
fn words_are_told_by_what_makes_them_others() {
    let words = |text: &str| {
        let mut words = Vec::new();
        each_word(text, |word, kind| {
            let joined = if kind == Kind::Joined { "=" } else { "" };
            words.push(format!("{joined}{word}"));
        });
        words.join(" ")
    };
    for (text, expected) in [
        ("What's N+1?", "what n+1"),
        ("C++, C# and F#!", "c++ c# and f#"),
        ("TCP/IP", "tcp ip =tcpip"),
        ("HTTP/2 or UTF-8", "http 2 =http2 or utf 8 =utf8"),
        ("e-mail", "e mail =email"),
        ("O(n)", "o n =on"),
        ("load-balanced", "load balanced"),
        ("Zoë’s café", "zoe cafe"),
        ("ﬁle №5", "file no5"),
        ("+ # ' -- 🎉", ""),
        ("", ""),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn forms_of_a_word_are_one_and_other_words_are_not() {
    let folder = Folder::new();
    for (one, other) in [
        ("prioritising", "prioritize"),
        ("authorisation", "authorized"),
        ("normalisation", "normalize"),
        ("behaviour", "behaviors"),
        ("modelling", "models"),
        ("cancelled", "canceling"),
        ("licence", "licensed"),
        ("defence", "defense"),
        ("catalogue", "catalogs"),
        ("centre", "center"),
        ("analyse", "analyzing"),
        ("broke", "breaking"),
        ("sold", "sells"),
        ("written", "write"),
        ("indices", "indexes"),
        ("queueing", "queues"),
        ("sharded", "sharding"),
        ("ids", "id"),
        ("dbs", "db"),
    ] {
        assert_eq!(folder.fold(one), folder.fold(other), "{one} {other}");
    }
    for (one, other) in [
        ("authorization", "authors"),
        ("authority", "authorization"),
        ("integrity", "integration"),
        ("production", "product"),
        ("container", "contains"),
        ("engineer", "engine"),
        ("dns", "dn"),
    ] {
        assert_ne!(folder.fold(one), folder.fold(other), "{one} {other}");
    }
}

#[test]
fn a_name_with_an_apostrophe_is_one_word_and_a_short_form_is_cut() {
    let words = super::words::words;
    assert_eq!(
        words("O'Reilly’s what's don't o'clock 'quoted'"),
        ["oreilly", "what", "don", "oclock", "quoted"]
    );
}

#[test]
fn a_slip_is_put_right_and_said() {
    let bank = small();
    for (query, expected) in [
        ("deadlok", Some("deadlock")),
        ("conection pooling", Some("connection pooling")),
        ("connection poolign", Some("connection pooling")),
        ("trasnaction", Some("transaction")),
        ("deadlock", None),
        ("deadlocked transactions", None),
        ("xyzzy", None),
        ("quueue", Some("queue")),
        ("quoeue", Some("queue")),
        ("log", None),
    ] {
        assert_eq!(
            bank.look_up(query).corrected.as_deref(),
            expected,
            "{query}"
        );
    }
}

#[test]
fn a_thing_is_found_by_all_its_names() {
    let bank = small();
    for (query, expected) in [
        ("deadlocks", "deadlocks"),
        ("can you explain what a deadlock is", "deadlocks"),
        ("interview question about deadlocks", "deadlocks"),
        ("typeahead", "search-autocomplete"),
        ("autocomplete", "search-autocomplete"),
        ("moo", "connection-pooling"),
        ("pooled connections", "connection-pooling"),
        ("ratelimiter", "rate-limiting"),
        ("429", "rate-limiting"),
        ("too many requests", "rate-limiting"),
        ("c++", "websockets"),
        ("tcp/ip", "websockets"),
        ("tcp ip", "websockets"),
        ("web sockets", "websockets"),
        ("queue vs log", "queue-or-log"),
        ("where vs having", "roll-back"),
        ("rolled back", "roll-back"),
        ("undo a release", "roll-back"),
        ("deadlok", "deadlocks"),
        ("pizza", "nothing"),
        ("rust borrow checker", "nothing"),
        (
            "search for the meaning of life, mum",
            "(search-autocomplete)",
        ),
    ] {
        assert_eq!(first(&bank, query), expected, "{query}");
    }
}

#[test]
fn a_name_is_known_without_its_small_words_but_not_without_those_that_change_it() {
    let bank = bank(
        &[
            (
                "sessions",
                "How does one end?",
                &["log out", "logging out a user"],
            ),
            (
                "logs",
                "What do you write to them?",
                &["log", "user of a log"],
            ),
            ("no-experience", "What do you say?", &["never used it"]),
            (
                "unused",
                "Why is it slow?",
                &["index not used", "the use of an index"],
            ),
        ],
        &[],
    );
    let best = |query: &str| {
        let lookup = bank.look_up(query);
        let best = lookup.found.first();
        best.map_or(("nothing", false), |best| {
            (best.question.id.as_str(), best.score >= 1.0)
        })
    };
    for (query, expected) in [
        ("the log", ("logs", true)),
        ("what is a log", ("logs", true)),
        ("logged out", ("sessions", true)),
        ("a user's logging out", ("sessions", true)),
        ("log of a user", ("logs", true)),
        ("why is my index not used", ("unused", true)),
        ("why isn't the index used", ("unused", true)),
    ] {
        assert_eq!(best(query), expected, "{query}");
    }
}

#[test]
fn the_beginning_of_a_compound_finds_it() {
    let bank = bank(
        &[
            (
                "stack-traces",
                "How do you read that of an exception?",
                &["NullPointerException"],
            ),
            ("nulls", "What is a null?", &["null"]),
            ("pointers", "What is a pointer?", &["pointer"]),
            ("traces", "What is a trace?", &["tracer"]),
        ],
        &[],
    );
    for (query, expected) in [
        ("nullpointer", "stack-traces"),
        ("null pointer exception", "stack-traces"),
        ("null", "nulls"),
        // An ending isn't a word of a compound.
        ("traceexc", "nothing"),
        ("excep", "nothing"),
    ] {
        assert_eq!(first(&bank, query), expected, "{query}");
    }
}

#[test]
fn a_number_is_a_name_only_where_a_question_is_called_so() {
    let bank = bank(
        &[
            ("limits", "What does 429 say?", &["429"]),
            ("sums", "What are 1 and 42?", &["1 and 42"]),
        ],
        &[],
    );
    for (query, expected) in [
        ("429", "limits"),
        ("-1", "(sums)"),
        ("42", "(sums)"),
        ("1 42", "sums"),
        ("1, 7", "(sums)"),
    ] {
        assert_eq!(first(&bank, query), expected, "{query}");
    }
}

#[test]
fn a_small_word_can_be_a_name_and_is_not_crowded_out() {
    let ids: Vec<String> = (0..100).map(|number| format!("gone-{number}")).collect();
    let gone = ids.iter().map(|id| (id.as_str(), "What is gone?", &[][..]));
    let go: &[&str] = &["Go"];
    let questions: Vec<_> = gone.chain([("languages", "Which ones?", go)]).collect();
    let bank = bank(&questions, &[]);
    for query in ["Go", "what is Go", "interview questions about Go"] {
        assert_eq!(first(&bank, query), "languages", "{query}");
    }
}

#[test]
fn a_slip_in_a_small_word_is_none() {
    let bank = small();
    for query in [
        "teh deadlock",
        "wht is a deadlock",
        "si thsi a deadlock",
        "hw do deadlocks arise",
        "waht is hte deadlock",
    ] {
        assert_eq!(first(&bank, query), "deadlocks", "{query}");
    }
}

#[test]
fn what_is_known_by_its_stem_may_be_a_slip_of_a_frequent_word() {
    let often = "What is caching? ".repeat(20);
    let questions: [(&str, &str, &[&str]); 3] = [
        ("ledger", "Who takes the cash?", &["cash"]),
        ("cache", &often, &["caching"]),
        ("host", "Who is hosting it?", &["hosting"]),
    ];
    let bank = bank(&questions, &[]);
    let found = |query: &str| -> Vec<String> {
        let found = bank.look_up(query).found.into_iter();
        found.map(|found| found.question.id.clone()).collect()
    };
    assert_eq!(found("cashing").len(), 2);
    // What the bank writes is meant, and a rare word isn't a reason to doubt.
    assert_eq!(found("cash"), ["ledger"]);
    assert_eq!(found("hosts"), ["host"]);
}

#[test]
fn words_near_in_meaning_find_but_count_less() {
    let bank = small();
    let score = |query: &str| bank.look_up(query).found[0].score;
    assert_eq!(first(&bank, "slowing down clients"), "rate-limiting");
    assert!(score("rate limit") > score("slow down"));
}

#[test]
fn many_words_that_meet_fit_where_one_would_not() {
    let bank = small();
    for (query, expected) in [
        ("gizmos and a deadlock of two transactions", "deadlocks"),
        ("gizmos and a release", "(roll-back)"),
        ("neural network", "nothing"),
        ("search engine optimization", "(search-autocomplete)"),
    ] {
        assert_eq!(first(&bank, query), expected, "{query}");
    }
}

#[test]
fn one_question_and_none_are_searched_too() {
    let one = bank(&[("deadlocks", "What is a deadlock?", &[])], &[]);
    assert_eq!(first(&one, "deadlock"), "deadlocks");
    assert_eq!(first(&bank(&[], &[]), "deadlock"), "nothing");
}

proptest! {
    #[test]
    fn whatever_is_looked_up_is_answered_in_order(query in "\\PC{0,80}") {
        let bank = small();
        let lookup = bank.look_up(&query);
        for pair in lookup.found.windows(2) {
            prop_assert!(pair[0].score >= pair[1].score);
        }
        for found in &lookup.found {
            prop_assert!(found.score.is_finite() && found.score >= 0.0);
        }
    }

    #[test]
    fn a_prompt_finds_its_question(at in 0usize..7) {
        let bank = small();
        let question = &bank.questions()[at];
        prop_assert_eq!(first(&bank, &question.prompt), question.id.as_str());
    }
}
