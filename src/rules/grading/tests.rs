//! The corpus of replies, and replies that nobody thought of.

use proptest::prelude::*;
use serde::Deserialize;

use super::characters::readable;
use super::labels::label;
use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    quiz: Vec<Replies>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replies {
    options: Vec<String>,
    /// Those, from 0, that the hint asked about which they reply to.
    #[serde(default)]
    asked: Vec<usize>,
    /// Whether they said no to those, and the hint asked which one they mean.
    #[serde(default)]
    which: bool,
    replies: Vec<Reply>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    reply: String,
    expected: String,
}

fn reading(reading: Reading) -> String {
    let letter = |position: usize| char::from(b'A' + position as u8).to_string();
    match reading {
        Reading::Option(position) => letter(position),
        Reading::Ambiguous(positions) => {
            let letters: Vec<String> = positions.into_iter().map(letter).collect();
            letters.join(" or ")
        }
        Reading::Part(positions) => {
            let letters: Vec<String> = positions.into_iter().map(letter).collect();
            format!("maybe {}", letters.join(" or "))
        }
        Reading::Unclear => "unclear".into(),
        Reading::Denial => "denial".into(),
        Reading::Change => "change".into(),
        Reading::Related(positions) if positions.is_empty() => "related".into(),
        Reading::Related(positions) => {
            let letters: Vec<String> = positions.into_iter().map(letter).collect();
            format!("perhaps {}", letters.join(" or "))
        }
        Reading::NotAnAttempt => "no attempt".into(),
    }
}

#[test]
fn every_reply_of_the_corpus_is_read_as_expected() {
    let corpus: Corpus = toml::from_str(include_str!("../grading_corpus.toml")).unwrap();
    let mut count = 0;
    let mut misread = Vec::new();
    for quiz in &corpus.quiz {
        let options: Vec<&str> = quiz.options.iter().map(String::as_str).collect();
        let asked = Asked {
            options: quiz.asked.clone(),
            which: quiz.which,
        };
        for Reply { reply, expected } in &quiz.replies {
            count += 1;
            let read = reading(read_reply_to_hint(reply, &options, &asked));
            if read != *expected {
                misread.push(format!(
                    "{reply:?} to {options:?}: expected {expected}, read {read}"
                ));
            }
        }
    }
    assert!(misread.is_empty(), "{}", misread.join("\n"));
    assert!(count >= 80, "the corpus has shrunk to {count} replies");
}

#[test]
fn an_endless_reply_is_read_as_a_short_one() {
    let options = [
        "Redis",
        "A read-through cache in front of the database",
        "12",
        "Not at all",
    ];
    // What is not read in linear time does not come to an end here.
    for part in [
        "a",
        "a ",
        "<@1>",
        "<@",
        "1",
        "*",
        "> ",
        "is ",
        "answer: ",
        "~~",
        "\u{301}",
        "👍",
        "\n",
        "b) ",
        "ﷺ",
        "no, ",
        "B, no ",
        "change it to ",
        "the second? ",
        "bbb ",
        "1.0 ",
    ] {
        let reading = read_reply(&part.repeat(20_000 / part.len()), &options);
        let expected = match part {
            "a " => Reading::Option(0),
            "b) " => Reading::Option(1),
            "no, " | "change it to " | "a" | "answer: " | "👍" | "ﷺ" | "is " | "bbb " => {
                Reading::NotAnAttempt
            }
            _ => Reading::Unclear,
        };
        assert_eq!(reading, expected, "{part:?}");
    }
}

fn options() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z]{6,20}( [a-z]{2,12}){0,3}", 3..=5).prop_filter(
        "options differ",
        |options| {
            options
                .iter()
                .enumerate()
                .all(|(position, option)| read(option, options) == Reading::Option(position))
        },
    )
}

fn read(reply: &str, options: &[String]) -> Reading {
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    read_reply(reply, &options)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_is_read_without_a_panic(reply: String, options in prop::collection::vec(any::<String>(), 0..6)) {
        match read(&reply, &options) {
            Reading::Option(position) => prop_assert!(position < options.len()),
            Reading::Ambiguous(positions) | Reading::Part(positions) => {
                prop_assert!(!positions.is_empty() && positions.is_sorted());
                prop_assert!(positions.iter().all(|position| *position < options.len()));
            }
            Reading::Related(positions) => {
                prop_assert!(positions.is_sorted() && positions.iter().all(|position| *position < options.len()));
            }
            Reading::Unclear | Reading::Denial | Reading::Change | Reading::NotAnAttempt => {}
        }
    }

    #[test]
    fn a_label_in_any_dress_is_its_option(options in options(), draw: prop::sample::Index) {
        let position = draw.index(options.len());
        let (letter, number) = (char::from(b'A' + position as u8), position + 1);
        for dress in ["{}", "({})", "**{}**", "{}.", "<@12> {}", "My answer is {}!", "||{}||", "> {}", "option {}", "`{}`"] {
            prop_assert_eq!(read(&dress.replace("{}", &letter.to_string()), &options), Reading::Option(position));
            // Before a number it is more likely a sign.
            if !dress.starts_with('>') {
                prop_assert_eq!(read(&dress.replace("{}", &number.to_string()), &options), Reading::Option(position));
            }
        }
    }

    #[test]
    fn an_options_text_is_that_option(options in options(), draw: prop::sample::Index) {
        let position = draw.index(options.len());
        let text = &options[position];
        for reply in [text.to_uppercase(), format!("**{text}**."), format!("\"{}\"", text.replace(' ', "-"))] {
            prop_assert_eq!(read(&reply, &options), Reading::Option(position));
        }
    }

    #[test]
    fn a_label_and_another_options_text_is_a_question(options in options(), draw: prop::sample::Index) {
        let position = draw.index(options.len());
        let other = (position + 1) % options.len();
        let reply = format!("{}) {}", char::from(b'A' + position as u8), options[other]);
        let both = vec![position.min(other), position.max(other)];
        prop_assert_eq!(read(&reply, &options), Reading::Ambiguous(both));
    }

    #[test]
    fn a_sentence_around_an_option_is_no_answer(options in options(), draw: prop::sample::Index) {
        let position = draw.index(options.len());
        let text = &options[position];
        let reply = format!("We once had trouble with {text} in production, and a cache did not help");
        // At most, it is asked whether that one is meant.
        let read = read(&reply, &options);
        let asked = matches!(&read, Reading::Related(asked) if asked.is_empty() || *asked == [position]);
        prop_assert!(asked, "{read:?}");
    }

    #[test]
    fn numbers_code_and_short_words_are_never_taken_for_one_another(
        options in prop::collection::hash_set(prop::sample::select(SHORT), 3..=5),
    ) {
        let options: Vec<String> = options.into_iter().map(str::to_owned).collect();
        for (position, option) in options.iter().enumerate() {
            let read = read(option, &options);
            let taken = match &read {
                Reading::Option(option) => *option == position,
                Reading::Ambiguous(several) => several.contains(&position),
                _ => false,
            };
            prop_assert!(taken, "{option:?} to {options:?} was read as {read:?}");
        }
        for other in SHORT {
            if let Reading::Option(read) = read(other, &options) {
                let label = label(&tokens::tokens(&readable(other), false), options.len());
                prop_assert!(options[read] == *other || label == [read] || means_the_same(other, &options[read]),
                    "{other:?} to {options:?} was read as {read}");
            }
        }
    }
}

/// Options of a kind that a careless reader would take for one another.
const SHORT: &[&str] = &[
    "1", "2", "-1", "−2", "15", "1.5", "1,5", "1000", "1,000", "10", "100", "0.5", "½", "5%", "5",
    "5‰", "$5", "5°", ">5", "≥5", "<=5", "!=5", "~5", "±5", "5-10", "5–10", "n^2", "n2", "2n",
    "n²", "n-1", "n+1", "n", "C", "C#", "C++", "B", "a", "A*", "==", "===", "=", "!=", "&&", "||",
    "&", "|", "!x", "x", "*x", "**x**", "_x", "x_", "--x", "-x", "x--", "x++", "x()", "[x]", "{x}",
    "\"x\"", "'x'", "on", "off", "no", "yes", "not", "none", "all", "any", "get", "set", "put",
    "post", "head", "read", "write", "hit", "miss", "min", "max", "up", "down", "in", "out",
    "less", "more", "lock", "block", "sync", "async", "before", "after", "a -> b", "a <- b", "a=b",
    "a b", "10ms", "10 s", "10 µs", "1.2.3", "1 2", "one", "first", "last",
];

/// Other ways to write the same.
fn means_the_same(one: &str, other: &str) -> bool {
    let alike: &[&[&str]] = &[
        &["1.5", "1,5"],
        &["1000", "1,000"],
        &["1", "one"],
        &["0.5", "½"],
        &["5-10", "5–10"],
        &["n^2", "n²"],
        &["x", "x()", "[x]", "{x}", "\"x\"", "'x'", "**x**"],
    ];
    alike
        .iter()
        .any(|alike| alike.contains(&one) && alike.contains(&other))
}
