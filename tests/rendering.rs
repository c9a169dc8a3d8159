//! What members see of texts in question files: the sandbox reads Discord's Markdown by itself.

use std::path::PathBuf;

use chat_sandbox::shown;
use chrono::DateTime;
use greenroom::app::preview::preview;
use greenroom::bank::Bank;
use greenroom::bank::markdown::plain;
use greenroom::discord::preview::message;
use greenroom::model::{Difficulty, Question, Quiz, QuizOption};
use proptest::prelude::*;

use crate::harness::bank_folder;

fn words(text: &str) -> String {
    // What isn't seen parts backticks.
    let seen = text.replace('\u{200b}', "");
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn question(prompt: &str, options: &[String]) -> Question {
    let options = options.iter().enumerate().map(|(index, text)| QuizOption {
        text: text.clone(),
        right: index == 0,
        why: format!("Because {text}"),
    });
    let options: Vec<QuizOption> = options.collect();
    Question {
        id: "signs".into(),
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
        quizzes: vec![Quiz {
            prompt: prompt.into(),
            options,
        }],
    }
}

/// What is read of each card of a question: title and description.
fn cards(question: &Question) -> Vec<(String, String)> {
    let bank = Bank::load(&bank_folder()).expect("it is sound");
    let now = DateTime::from_timestamp(1_780_000_000, 0).expect("a time");
    let cards = preview(&bank, question, now).into_iter().map(|(_, card)| {
        let embed = message(card)["embeds"][0].clone();
        let read = |part: &str| words(&shown(embed[part].as_str().unwrap_or_default()));
        (read("title"), read("description"))
    });
    cards.collect()
}

/// Texts of signs that format something on Discord.
fn signs() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-c1]{1,3}",
        "[*_~|`#>\\\\\\[\\](){}!.+=-]{1,3}",
        Just("<a> & <".to_owned()),
        Just("<@1>".to_owned()),
        Just(" ".to_owned()),
        Just("`x`".to_owned()),
        Just("`**x`".to_owned()),
        Just("**b**".to_owned()),
        Just(" https://a.example/b ".to_owned()),
    ];
    let text = proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat());
    // A link shows its text and hides its address; entities stand for others.
    text.prop_filter("a link or nothing", |text| {
        !text.contains("](")
            && !text.contains("<http")
            && !plain(text).is_empty()
            && !text.contains("&#")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn each_option_shows_its_signs_and_leaves_the_others_alone(
        prompt in signs(),
        options in proptest::collection::vec(signs(), 2..=5),
    ) {
        let question = question(&prompt, &options);
        let cards = cards(&question);
        let plainly: Vec<String> = options.iter().map(|option| words(&plain(option))).collect();
        let asked: Vec<String> = plainly.iter().zip('A'..).map(|(text, letter)| format!("{letter} · {text}")).collect();
        let asked = words(&format!("{} {}", plain(&prompt), asked.join(" ")));
        prop_assert_eq!(&cards[2].1, &asked, "{:?} {:?}", prompt, options);
        for text in &plainly {
            prop_assert!(cards[3].1.contains(text), "{} is not in {}", text, cards[3].1);
        }
        prop_assert_eq!(&cards[0].1, &words(&plain(&prompt)));
        prop_assert!(cards[1].1.contains(&plainly[0]));
    }
}

#[test]
fn a_code_block_in_a_prompt_keeps_its_lines() {
    let prompt = "What does it print?\n\n```\nfor n in range(3):\n    if n:\n        print(n)\n```";
    let options = ["1 2", "0 1 2"].map(str::to_owned);
    let bank = Bank::load(&bank_folder()).expect("it is sound");
    let now = DateTime::from_timestamp(1_780_000_000, 0).expect("a time");
    let cards = preview(&bank, &question(prompt, &options), now);
    let embed = message(cards[2].1.clone())["embeds"][0].clone();
    let asked = "**What does it print?**\n```\nfor n in range(3):\n    if n:\n        print(n)\n```\n\n**A** · 1 2\n**B** · 0 1 2";
    assert_eq!(embed["description"], asked);
}

#[test]
fn trivia_show_no_empty_parts() {
    let file = "[topic]\nname = \"capitals\"\ntitle = \"Capitals\"\nsummary = \"S.\"\ndepth = \"trivia\"\n\n\
        [[question]]\nid = \"is-it-paris\"\nprompt = \"Is it Paris?\"\ndifficulty = \"easy\"\n\
        [[question.quiz]]\nprompt = \"Is it Paris?\"\noptions = [{ text = \"True\", right = true }, { text = \"False\" }]\n";
    let bank = Bank::from_files(&[(PathBuf::from("capitals.toml"), file.to_owned())])
        .expect("it is sound");
    let now = DateTime::from_timestamp(1_780_000_000, 0).expect("a time");
    let cards = preview(&bank, &bank.questions()[0], now);
    let answer = message(cards[1].1.clone())["embeds"][0].clone();
    assert_eq!(answer["title"], "Is it Paris?");
    assert_eq!(answer["description"], "✅ **True**");
    assert_eq!(
        answer["fields"].as_array().map_or(0, Vec::len),
        0,
        "{answer}"
    );
    let closed = message(cards[3].1.clone())["embeds"][0]["description"].clone();
    assert_eq!(
        closed,
        "**Is it Paris?**\n\n✅ **A** · True\n\n❌ **B** · False\n"
    );
}
