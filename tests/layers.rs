//! Who may know whom: the layers, held by reading the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// A part of the crate, and the parts that it may use.
const ALLOWED: [(&str, &[&str]); 15] = [
    ("text_file", &[]),
    ("model", &["time"]),
    ("bank", &["model", "text_file", "told"]),
    ("rules", &["model", "bank", "time"]),
    ("clock", &["time"]),
    ("config", &["text_file", "told"]),
    ("metrics", &[]),
    ("tasks", &[]),
    ("time", &["told"]),
    ("told", &[]),
    ("serving", &[]),
    (
        "store",
        &["model", "bank", "rules", "metrics", "time", "told"],
    ),
    (
        "app",
        &[
            "model", "bank", "rules", "store", "clock", "metrics", "tasks", "time", "told",
        ],
    ),
    (
        "discord",
        &[
            "app", "model", "bank", "rules", "store", "metrics", "serving", "tasks", "time", "told",
        ],
    ),
    ("sandbox", &["serving"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|kind| kind == "rs") {
            found.push(entry);
        }
    }
}

fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let name = |path: &PathBuf| {
        path.strip_prefix(&root)
            .expect("below src")
            .display()
            .to_string()
    };
    found
        .iter()
        .map(|path| (name(path), fs::read_to_string(path).expect("text")))
        .collect()
}

/// The sources of the bot as shipped: without its tests, and without the local Discord's.
pub fn shipped() -> Vec<(String, String)> {
    let all = all().into_iter();
    let of_the_bot =
        all.filter(|(name, _)| !name.starts_with("sandbox/") && !name.contains("tests"));
    of_the_bot
        .map(|(name, text)| {
            let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
            (name, shipped.to_owned())
        })
        .collect()
}

#[test]
fn each_layer_uses_only_those_below_it() {
    let mut broken = Vec::new();
    for (name, text) in all() {
        let part = name.split(['/', '.']).next().unwrap_or_default();
        let Some((_, allowed)) = ALLOWED.iter().find(|(of, _)| *of == part) else {
            continue;
        };
        for (at, _) in text.match_indices("crate::") {
            let used: String = text[at + 7..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let known = ALLOWED.iter().any(|(of, _)| *of == used);
            if known && used != part && !allowed.contains(&used.as_str()) {
                broken.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn sql_is_in_the_store_and_platforms_are_in_their_adapters() {
    for (name, text) in all() {
        assert!(
            name.starts_with("store/") || !text.contains("rusqlite::Connection"),
            "{name} has SQL"
        );
        // The sandbox is tested with the client that it is made for.
        let adapter = name.starts_with("discord/") || name.starts_with("sandbox/tests/");
        assert!(
            adapter || !text.contains("serenity::"),
            "{name} knows Discord"
        );
    }
}

#[test]
fn names_of_files_are_told_so_that_they_stay_on_their_line() {
    for (name, text) in shipped() {
        assert!(
            !text.contains(".display()"),
            "{name} tells the name of a file as it is: use `told::name`"
        );
    }
}

#[test]
fn no_task_of_the_bot_ends_unnoticed_and_nothing_is_printed_in_the_way() {
    // What watches the files tells its end to whoever follows it, and that is a task.
    let starts = ["tasks.rs", "bank/watch.rs", "serving.rs"];
    for (name, text) in all() {
        let own = name.starts_with("sandbox/")
            || name.contains("tests")
            || starts.contains(&name.as_str());
        let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
        assert!(
            own || !shipped.contains("tokio::spawn("),
            "{name} starts a task that nobody watches: use `Tasks`"
        );
        let prints = ["println!", "eprintln!", "print!("].iter();
        assert!(
            own || !prints.clone().any(|print| shipped.contains(print)),
            "{name} prints, which panics where nobody reads: use `cli::out`"
        );
    }
}
