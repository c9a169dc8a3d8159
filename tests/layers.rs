//! Who may know whom: the layers, held by reading the sources.

use crate::sources;

/// A part of the crate, and the parts that it may use.
const ALLOWED: [(&str, &[&str]); 18] = [
    ("text_file", &[]),
    ("toml_reader", &[]),
    ("model", &["time"]),
    ("bank", &["model", "text_file", "toml_reader"]),
    ("rules", &["model", "bank", "time"]),
    ("calling", &["told"]),
    ("clock", &["time"]),
    ("config", &["text_file", "toml_reader"]),
    ("metrics", &[]),
    ("tasks", &[]),
    ("time", &["told"]),
    ("told", &[]),
    ("serving", &[]),
    ("troubles", &[]),
    (
        "store",
        &["model", "bank", "rules", "metrics", "time", "told"],
    ),
    (
        "app",
        &[
            "model",
            "bank",
            "rules",
            "store",
            "clock",
            "config",
            "metrics",
            "tasks",
            "text_file",
            "time",
            "told",
            "toml_reader",
            "troubles",
        ],
    ),
    (
        "discord",
        &[
            "app", "model", "bank", "rules", "calling", "metrics", "serving", "tasks", "time",
            "told", "troubles",
        ],
    ),
    (
        "slack",
        &[
            "app", "model", "bank", "rules", "calling", "metrics", "serving", "tasks", "time",
            "told", "troubles",
        ],
    ),
];

/// The names that a path begins with, or each path of a group of them.
fn firsts(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        let letters = text.trim_start().chars();
        letters
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let (mut names, mut depth) = (vec![name(group)], 1);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// What of the crate's root a source names: after `crate::`, or after as many `super::` as lead there.
fn named(file: &str, text: &str) -> Vec<String> {
    let module = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let up = "super::".repeat(module.split('/').count());
    let of_crate = text
        .match_indices("crate::")
        .map(|(at, path)| at + path.len());
    // Tests in the file are a module further down.
    let of_super = text.match_indices(&up).map(|(at, path)| at + path.len());
    let below = of_super
        .clone()
        .filter(|at| text[*at..].starts_with("super::"));
    let below = below.map(|at| at + "super::".len());
    let places = of_crate.chain(of_super).chain(below);
    places.flat_map(|at| firsts(&text[at..])).collect()
}

/// The parts that a source uses and may not.
fn forbidden(file: &str, text: &str) -> Vec<String> {
    let part = file.split(['/', '.']).next().unwrap_or_default();
    let Some((_, allowed)) = ALLOWED.iter().find(|(of, _)| *of == part) else {
        return Vec::new();
    };
    let mut used = named(file, text);
    used.retain(|used| ALLOWED.iter().any(|(of, _)| of == used));
    used.retain(|used| used != part && !allowed.contains(&used.as_str()));
    used
}

#[test]
fn each_layer_uses_only_those_below_it() {
    let mut broken = Vec::new();
    for (name, text) in sources::all("src") {
        let used = forbidden(&name, &text).into_iter();
        broken.extend(used.map(|used| format!("{name} uses {used}")));
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn whichever_way_a_path_is_written_it_is_seen() {
    let none: [&str; 0] = [];
    for (file, text, seen) in [
        ("model/daily.rs", "use crate::store::Store;", &["store"][..]),
        (
            "model/daily.rs",
            "use super::super::store::Store;",
            &["store"],
        ),
        (
            "model/daily.rs",
            "use super::super::{time::Zone, store::{Store, rules}, app};",
            &["store", "app"],
        ),
        (
            "model/daily.rs",
            "mod tests { use super::super::super::bank::Bank; }",
            &["bank"],
        ),
        ("model/mod.rs", "use super::bank::Bank;", &["bank"]),
        ("clock.rs", "use super::{app, time};", &["app"]),
        (
            "rules/dates/range.rs",
            "use super::super::super::app::App;",
            &["app"],
        ),
        (
            "bank/watch.rs",
            "use crate::{text_file, rules};",
            &["rules"],
        ),
        (
            "model/daily.rs",
            "use crate::time::Zone; use super::schedule::Reveal;",
            &none,
        ),
        (
            "rules/dates/range.rs",
            "use super::super::times; use crate::model::Daily;",
            &none,
        ),
    ] {
        assert_eq!(forbidden(file, text), seen, "{file}: {text}");
    }
}

/// What the store hands out: itself, its errors, what queries are asked with, and what comes of statements.
const OF_THE_STORE: [&str; 17] = [
    "BackupError",
    "Choose",
    "Claim",
    "ClockWasAhead",
    "DatabaseDamage",
    "Filter",
    "OpenError",
    "Queued",
    "Reader",
    "Replaced",
    "ScheduleSet",
    "back_up",
    "refuse_unusable",
    "restore",
    "Store",
    "StoreError",
    "Unusable",
];

#[test]
fn nouns_are_in_the_model_and_the_store_hands_out_none() {
    for (name, text) in sources::all("src") {
        if name.starts_with("model/") {
            for outside in [
                "rusqlite",
                "tokio",
                "std::fs",
                "std::io",
                "std::net",
                "SystemTime",
                "Utc::now",
            ] {
                assert!(!text.contains(outside), "{name} uses {outside}");
            }
        }
        if name != "store/mod.rs" {
            continue;
        }
        assert!(!text.contains("pub mod"), "the store hands out a module");
        for (at, exported) in text.match_indices("pub use ") {
            let path = text[at + exported.len()..]
                .split(';')
                .next()
                .unwrap_or_default();
            let last = path.split_once("::").map_or(path, |(_, last)| last);
            for name in firsts(last) {
                let own = name.is_empty() || OF_THE_STORE.contains(&name.as_str());
                assert!(
                    own,
                    "the store hands out {name}: if it is a noun, move it to model/"
                );
            }
        }
    }
}

#[test]
fn sql_is_in_the_store_and_platforms_are_in_their_adapters() {
    for (name, text) in sources::all("src") {
        assert!(
            name.starts_with("store/") || !text.contains("rusqlite::"),
            "{name} has SQL"
        );
        let past_the_app = [".store\n", ".store."];
        assert!(
            !name.starts_with("discord/") || !past_the_app.iter().any(|it| text.contains(it)),
            "{name} passes by the use-cases: what is remembered is theirs"
        );
        assert!(
            name.starts_with("discord/") || !text.contains("serenity::"),
            "{name} knows Discord"
        );
    }
    // Tests of an adapter may talk to the platform that it is for.
    for (name, text) in sources::shipped("src") {
        assert!(
            name.starts_with("cli/") || !text.contains("chat_sandbox"),
            "{name} knows the local Discord"
        );
    }
}

/// A file that is longer is about more than one thing.
const LONGEST_FILE: usize = 450;

/// A function that is longer does more than one thing.
const LONGEST_FUNCTION: usize = 70;

#[test]
fn files_and_functions_are_short_enough_to_be_read_at_once() {
    for (name, text) in sources::shipped("src") {
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines.len() <= LONGEST_FILE,
            "{name} has {} lines",
            lines.len()
        );
        for (first, line) in lines.iter().enumerate() {
            let (code, margin) = (line.trim_start(), line.len() - line.trim_start().len());
            let mut words = code.split_whitespace().take(5);
            let is_function = words.any(|word| word == "fn") && !code.ends_with(';');
            // As the formatter sets it: the brace that ends it stands below its first word.
            let end = format!("{:margin$}}}", "");
            let Some(length) = lines[first..].iter().position(|line| **line == *end) else {
                continue;
            };
            assert!(
                !is_function || length < LONGEST_FUNCTION,
                "{name}: this function has {} lines: {code}",
                length + 1
            );
        }
    }
}

#[test]
fn names_of_files_are_told_so_that_they_stay_on_their_line() {
    for (name, text) in sources::shipped("src") {
        assert!(
            !text.contains(".display()"),
            "{name} tells the name of a file as it is: use `told::name`"
        );
    }
}

#[test]
fn no_task_of_the_bot_ends_unnoticed_and_nothing_is_printed_in_the_way() {
    // What watches the files tells its end to whoever follows it, and that is a task.
    let starts = ["tasks.rs", "bank/source.rs", "bank/watch.rs", "serving.rs"];
    for (name, text) in sources::shipped("src") {
        let own = starts.contains(&name.as_str());
        assert!(
            own || !text.contains("tokio::spawn("),
            "{name} starts a task that nobody watches: use `Tasks`"
        );
        let prints = ["println!", "eprintln!", "print!("].iter();
        assert!(
            own || !prints.clone().any(|print| text.contains(print)),
            "{name} prints, which panics where nobody reads: use `cli::out`"
        );
    }
}
