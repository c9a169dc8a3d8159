use proptest::prelude::*;

use super::*;
use crate::slack::interactions::commands::{ALL, Definition};

fn definition(name: &str) -> &'static Definition {
    let mut all = ALL.into_iter();
    let found = all.find(|definition| definition.name == name);
    found.unwrap_or_else(|| panic!("there is no /{name}"))
}

fn given(pairs: &[(&'static str, &str)]) -> Arguments {
    let mut arguments = Arguments::default();
    for (name, value) in pairs {
        arguments.set(name, *value);
    }
    arguments
}

/// What is read of the words after a command.
fn of(command: &str, words: &str) -> Read {
    read(words, definition(command).takes)
}

/// The same, all of which can be read.
fn all_of(command: &str, words: &str) -> Arguments {
    let read = of(command, words);
    assert_eq!(read.mistyped, [], "/{command} {words}");
    read.arguments
}

#[test]
fn words_are_read_in_any_order() {
    let expected = given(&[("query", "pile up"), ("difficulty", "easy")]);
    for words in [
        "pile up easy",
        "EASY pile up",
        "difficulty:easy pile up",
        "difficulty: Easy pile up",
        "query:pile up difficulty:easy",
        "difficulty:easy query:pile up",
        "\"pile up\" easy",
        "query:“pile up” easy",
    ] {
        assert_eq!(all_of("question", words), expected, "{words}");
    }
    let expected = given(&[
        ("topic", "caching"),
        ("count", "10"),
        ("difficulty", "hard"),
    ]);
    for words in [
        "caching 10 hard",
        "10 hard caching",
        "hard caching 10",
        "topic:caching 10 hard",
        "topic:caching count:10 hard",
        "count:10 caching hard",
    ] {
        assert_eq!(all_of("quiz", words), expected, "{words}");
    }
    let expected = given(&[
        ("period", "month"),
        ("topic", "http caching"),
        ("page", "2"),
    ]);
    for words in [
        "month http caching 2",
        "2 month http caching",
        "http caching page:2 month",
    ] {
        assert_eq!(all_of("leaderboard", words), expected, "{words}");
    }
}

#[test]
fn what_stands_in_the_middle_or_in_quotes_is_prose() {
    let query = |words: &str| all_of("question", words);
    assert_eq!(
        query("what is hard about tcp"),
        given(&[("query", "what is hard about tcp")])
    );
    assert_eq!(query("\"hard links\""), given(&[("query", "hard links")]));
    assert_eq!(
        query("difficulty:easy hard links"),
        given(&[("query", "hard links"), ("difficulty", "easy")])
    );
    assert_eq!(
        query("a &lt; b &amp;&amp; c"),
        given(&[("query", "a < b && c")])
    );
    assert_eq!(query("subquery:x"), given(&[("query", "subquery:x")]));
    assert_eq!(query(""), Arguments::default());
    assert_eq!(query("   "), Arguments::default());
}

#[test]
fn a_schedule_is_set_by_names_or_without_them() {
    let expected = given(&[
        ("channel", "C024BE7LR"),
        ("time", "9:00 pm"),
        ("zone", "New York"),
        ("days", "mon, wed, fri"),
        ("reveal", "at-close"),
    ]);
    for words in [
        "<#C024BE7LR|daily> 9:00 pm New York mon, wed, fri at close",
        "mon, wed, fri 9:00 pm <#C024BE7LR|daily> at-close New York",
        "channel:<#C024BE7LR|daily> time:9:00 pm zone:New York days:mon, wed, fri reveal:at-close",
        "reveal:at close zone:\"New York\" mon, wed, fri 9:00 pm <#C024BE7LR>",
    ] {
        assert_eq!(all_of("schedule set", words), expected, "{words}");
    }
    let discuss = all_of("schedule set", "schedule:team two discuss:yes");
    assert_eq!(
        discuss,
        given(&[("schedule", "team two"), ("discuss", "true")])
    );
}

#[test]
fn dates_and_members_are_read() {
    let dates = all_of("schedule skip", "24 Dec until:2 Jan schedule:daily");
    assert_eq!(
        dates,
        given(&[
            ("date", "24 Dec"),
            ("until", "2 Jan"),
            ("schedule", "daily")
        ])
    );
    for words in ["<@U012ABCDEF|ana>", "member:<@U012ABCDEF>"] {
        assert_eq!(all_of("stats", words), given(&[("member", "U012ABCDEF")]));
    }
}

#[test]
fn what_is_unknown_contradicting_or_too_long_is_told_and_the_rest_is_read() {
    let read = of("question", "easy caching hard");
    let twice = |one: &str, other: &str| Mistyped::Twice {
        name: "difficulty",
        one: one.to_owned(),
        other: other.to_owned(),
    };
    assert_eq!(read.mistyped, [twice("easy", "hard")]);
    assert_eq!(of("question", "easy caching easy").mistyped, []);
    assert_eq!(
        of("question", "difficulty:easy difficulty:hard").mistyped,
        [twice("easy", "hard")]
    );
    let read = of("quiz", "count:many caching");
    let choices = Vec::new();
    let typed = "many caching".to_owned();
    assert_eq!(
        read.mistyped,
        [Mistyped::NoValue {
            name: "count",
            typed,
            choices
        }]
    );
    let read = of("leaderboard", "period:decade topic:http");
    let choices = vec!["week", "month", "all"];
    let typed = "decade".to_owned();
    assert_eq!(
        read.mistyped,
        [Mistyped::NoValue {
            name: "period",
            typed,
            choices
        }]
    );
    assert_eq!(read.arguments, given(&[("topic", "http")]));
    assert_eq!(
        of("stats", "@somebody").mistyped,
        [Mistyped::Unknown("@somebody".to_owned())]
    );
    assert_eq!(
        of("topics", "all of them").mistyped,
        [Mistyped::Unknown("all of them".to_owned())]
    );
    let read = of("schedule set", "time:09:00 #nowhere zone:");
    let expected = given(&[("channel", "#nowhere"), ("time", "09:00")]);
    assert_eq!(read.arguments, expected);
    let empty = Mistyped::NoValue {
        name: "zone",
        typed: String::new(),
        choices: Vec::new(),
    };
    assert_eq!(read.mistyped, [empty]);
    let (length, most) = (40_000, 1_000);
    assert_eq!(
        of("question", &"x".repeat(length)).mistyped,
        [Mistyped::TooLong { length, most }]
    );
}

/// Each command with `name:value` that the texts of `app/wording/` show, with something in the place of what is
/// filled in: the command's name, the words as they are typed, and what they are to be read as.
fn examples() -> Vec<(&'static Definition, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/wording");
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).expect("the folder is there") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("it is text");
        // Texts go on in the next line.
        let lines: Vec<&str> = text.split("\\\n").map(str::trim_start).collect();
        let text = lines.concat();
        for definition in ALL {
            let command = format!("/{} ", definition.name);
            for (at, _) in text.match_indices(&command) {
                let words = &text[at + command.len()..];
                let end = words.find(['`', '"', '.']).unwrap_or(words.len());
                if words[..end].contains(':') {
                    found.push((definition, words[..end].to_owned()));
                }
            }
        }
    }
    found
}

#[test]
fn every_example_is_read_as_the_options_that_it_names() {
    let examples = examples();
    assert!(
        examples.len() >= 4,
        "{examples:#?}",
        examples = examples.len()
    );
    for (definition, example) in examples {
        // What people are shown, and what Slack sends when they type it.
        let mut filled = String::new();
        for part in example.split('{') {
            match part.split_once('}') {
                Some((_, after)) => filled = format!("{filled}second daily{after}"),
                None => filled.push_str(part),
            }
        }
        let sent = filled.replace("#daily", "<#C024BE7LR|daily>");
        let read = all_of(definition.name, &sent);
        // Discord reads an option up to the next one.
        let mut expected = Arguments::default();
        let mut starts: Vec<(usize, &'static str)> = definition
            .takes
            .iter()
            .filter_map(|takes| Some((filled.find(&format!("{}:", takes.name))?, takes.name)))
            .collect();
        starts.sort_unstable();
        for (nth, (start, name)) in starts.iter().enumerate() {
            let end = starts.get(nth + 1).map_or(filled.len(), |(next, _)| *next);
            let value = filled[start + name.len() + 1..end].trim();
            expected.set(name, value.replace("#daily", "C024BE7LR"));
        }
        assert_eq!(read, expected, "/{} {sent}", definition.name);
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_no_value_is_empty(
        words in "(([a-z0-9:\"“”<>#@|!&;, -]|easy|topic:|count:|schedule:|time:|9 pm|<#C1\\|a>|\\PC){0,40})",
    ) {
        for definition in ALL {
            let read = read(&words, definition.takes);
            for parameter in definition.takes {
                let value = read.arguments.get(parameter.name);
                prop_assert!(value.is_none_or(|value| !value.trim().is_empty()));
            }
        }
    }

    #[test]
    fn what_is_named_is_read_as_discord_would(
        schedule in "[a-z]{1,8}( [a-z]{1,8}){0,2}",
        time in "[0-9]{2}:[0-9]{2}",
        zone in "[A-Z][a-z]{2,8}(/[A-Z][a-z]{2,8})?",
        first in 0..3_usize,
    ) {
        let mut options = [("schedule", &schedule), ("time", &time), ("zone", &zone)];
        options.rotate_left(first);
        let typed: Vec<String> = options.iter().map(|(name, value)| format!("{name}:{value}")).collect();
        let mut expected = Arguments::default();
        for (name, value) in options {
            expected.set(name, value.as_str());
        }
        prop_assert_eq!(of("schedule set", &typed.join(" ")), Read { arguments: expected, mistyped: Vec::new() });
    }
}
