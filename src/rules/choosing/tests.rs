use rand::{SeedableRng, rngs::SmallRng};

use super::*;
use crate::model::QuizOption;

fn quiz(prompt: &str) -> Quiz {
    let option = |text: &str, right, why: String| QuizOption {
        text: text.into(),
        right,
        why,
    };
    Quiz {
        prompt: prompt.into(),
        options: vec![
            option("Yes", true, format!("So it is with {prompt}")),
            option("No", false, format!("It is with {prompt}")),
            option("Never", false, String::new()),
        ],
    }
}

/// A bank of these questions, by id; the prompt of each quiz is its id.
fn bank_of(ids: &[&str]) -> Bank {
    let questions = ids.iter().map(|id| question(id, id));
    Bank::new(Vec::new(), questions.collect())
}

fn question(id: &str, prompt: &str) -> Question {
    Question {
        id: id.into(),
        topic: "caching".into(),
        prompt: prompt.into(),
        difficulty: Difficulty::Easy,
        tags: Vec::new(),
        aliases: Vec::new(),
        answer: String::new(),
        key_points: Vec::new(),
        follow_ups: Vec::new(),
        links: Vec::new(),
        sources: Vec::new(),
        quizzes: vec![quiz(prompt)],
    }
}

fn asked(id: &str) -> Asked {
    Asked {
        question: id.into(),
        quiz: quiz(id).shuffled(&mut SmallRng::seed_from_u64(1)),
    }
}

fn chosen(bank: &Bank, known: &Known) -> Result<String, Unchosen> {
    let rng = &mut SmallRng::seed_from_u64(7);
    choose(bank, &[], known, rng).map(|chosen| chosen.question)
}

#[test]
fn what_is_open_is_not_asked_and_a_queued_one_that_is_open_waits() {
    let bank = bank_of(&["one", "two", "three"]);
    let known = Known {
        queue: vec!["one".into(), "three".into()],
        open: vec![asked("one")],
        ..Known::default()
    };
    assert_eq!(chosen(&bank, &known), Ok("three".into()));
    let known = Known {
        open: vec![asked("one"), asked("three")],
        ..known
    };
    assert_eq!(chosen(&bank, &known), Ok("two".into()));
    let known = Known {
        had: vec!["two".into()],
        ..known
    };
    assert_eq!(chosen(&bank, &known), Err(Unchosen::AllTaken));
    assert_eq!(
        chosen(&bank_of(&[]), &Known::default()),
        Err(Unchosen::NoneAskable)
    );
}

#[test]
fn a_queued_question_is_asked_in_its_turn_and_those_that_it_overtakes_are_counted() {
    let bank = bank_of(&["one", "two", "three", "four"]);
    let known = Known {
        queue: ["gone", "one", "two", "three"].map(str::to_owned).into(),
        open: vec![asked("one")],
        had: vec!["two".into()],
        ..Known::default()
    };
    let turn = |id| known.turn(&bank, id);
    let waits = |passed| Turn {
        waits: true,
        before: 0,
        passed,
    };
    assert_eq!([turn("one"), turn("two")], [waits(0), waits(1)]);
    let next = Turn {
        passed: 2,
        ..Turn::default()
    };
    assert_eq!(turn("three"), next);
    let chosen = |known: &Known| {
        let rng = &mut SmallRng::seed_from_u64(7);
        choose(&bank, &[], known, rng).expect("one is free")
    };
    let asks = chosen(&known);
    assert_eq!(
        (&*asks.question, asks.queued, asks.passed),
        ("three", true, 2)
    );
    let known = Known {
        closing: vec![asked("three")],
        ..known
    };
    let asks = chosen(&known);
    assert_eq!(
        (&*asks.question, asks.queued, asks.passed),
        ("four", false, 3)
    );
    assert_eq!(known.turn(&bank, "three"), waits(2));
}

#[test]
fn a_schedule_asks_its_own_open_one_again_only_when_no_other_is_left() {
    let known = Known {
        closing: vec![asked("one")],
        open: vec![asked("two")],
        queue: vec!["one".into()],
        ..Known::default()
    };
    assert_eq!(
        chosen(&bank_of(&["one", "two", "three"]), &known),
        Ok("three".into())
    );
    assert_eq!(chosen(&bank_of(&["one", "two"]), &known), Ok("one".into()));
}

#[test]
fn an_open_question_is_known_by_its_words_when_its_id_changed_and_the_other_way_round() {
    let open = asked("cache ttl");
    assert!(open.is(&question("renamed", " Cache  TTL")));
    let mut reworded = question("renamed", "cache ttl");
    reworded.quizzes[0].prompt = "What is a time to live?".into();
    assert!(open.is(&reworded), "by its options");
    assert!(open.is(&question("cache ttl", "rewritten")), "by its id");
    assert!(!open.is(&question("other", "other")));
    // True and false, without reasons, say nothing.
    let plain = |prompt: &str| {
        let mut quiz = quiz(prompt);
        quiz.options.iter_mut().for_each(|one| one.why.clear());
        quiz
    };
    assert!(!plain("one").is_as(&plain("two")));
}

#[test]
fn a_quiz_made_before_the_id_changed_is_known_through_the_question_in_the_bank() {
    let mut now = question("new-id", "first quiz");
    now.quizzes.push(quiz("second quiz"));
    let bank = Bank::new(Vec::new(), vec![now]);
    let open = Asked {
        question: "new-id".into(),
        quiz: quiz("second quiz"),
    };
    assert!(open.is_of(&bank, "old-id", &quiz("first quiz")));
    assert!(!open.is_of(&bank, "old-id", &quiz("a third")));
}
