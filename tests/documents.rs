//! What the documents say there is, there is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use greenroom::bank::Bank;
use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<(PathBuf, String)> {
    let is_page = |path: &PathBuf| path.extension().is_some_and(|end| end == "md");
    let mut pages: Vec<PathBuf> = Vec::new();
    for folder in ["docs", "crates"] {
        pages.extend(below(&root().join(folder)).into_iter().filter(is_page));
    }
    for page in ["README.md", "CONTRIBUTING.md", "SECURITY.md"] {
        pages.push(root().join(page));
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("read");
        (path, text)
    };
    pages.into_iter().map(read).collect()
}

/// All files and folders below a folder, but for what Git, Cargo and npm keep there.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("listed").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if [".git", "node_modules", "target"].contains(&&*name) {
            continue;
        }
        if path.is_dir() {
            found.extend(below(&path));
        }
        found.push(path);
    }
    found
}

/// What documents name and the repository doesn't have: the reader's own files, and what tools make.
const ELSEWHERE: [&str; 4] = [
    "config.toml",
    "fuzz/artifacts/",
    "questions/message-queues.toml",
    "target/",
];

/// The text of a page without its blocks of code.
fn prose(text: &str) -> String {
    let blocks = Regex::new(r"(?ms)^```.*?^```$").expect("a pattern");
    blocks.replace_all(text, "").into_owned()
}

/// The links of a page to what isn't there. Those to other sites aren't followed.
fn dead_links(page: &Path, text: &str) -> Vec<String> {
    let link = Regex::new(r"\]\(([^)\s]+)\)").expect("a pattern");
    let text = prose(text);
    let links = link.captures_iter(&text).map(|link| link[1].to_owned());
    let is_dead = |link: &String| {
        let (path, heading) = link.split_once('#').unwrap_or((link, ""));
        let target = match path {
            "" => page.to_owned(),
            path => page.parent().expect("a folder").join(path),
        };
        let is_there = || heading.is_empty() || headings(&target).contains(&heading.to_owned());
        !(link.contains("://") || target.exists() && is_there())
    };
    links.filter(is_dead).collect()
}

/// The headings of a page as links name them.
fn headings(page: &Path) -> Vec<String> {
    let text = prose(&fs::read_to_string(page).expect("read"));
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let name = |heading: &str| {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = |c: &char| c.is_alphanumeric() || "_- ".contains(*c);
        words
            .chars()
            .filter(kept)
            .collect::<String>()
            .replace(' ', "-")
    };
    headings.map(name).collect()
}

/// The paths that a page names and that no file or folder has: from the repository's root, or from a folder that the
/// text is about. A `*` stands for any part of a name. A path without an extension begins with a folder that is there.
fn missing_paths(text: &str, all: &[String]) -> Vec<String> {
    let path = Regex::new(r"`([\w.*-]+(?:/[\w.*-]+)*/?)`").expect("a pattern");
    let end = r"(/|[^/]\.(css|html|js|md|mjs|png|py|rs|service|sql|toml|tsv|txt|yml))$";
    let end = Regex::new(end).expect("a pattern");
    let is_there = |start: &str, named: &str| {
        let pattern = regex::escape(named).replace(r"\*", "[^/]*");
        let pattern = Regex::new(&format!("{start}{pattern}/?$")).expect("a pattern");
        all.iter().any(|path| pattern.is_match(path))
    };
    let is_missing = |named: &String| {
        let first = named.split_inclusive('/').next().unwrap_or_default();
        let folder = |start| first.ends_with('/') && is_there(start, first);
        let start = if folder("^") { "^" } else { "(^|/)" };
        let is_path = end.is_match(named) || folder("(^|/)");
        is_path && !is_there(start, named)
    };
    let text = prose(text);
    let named = path.captures_iter(&text).map(|path| path[1].to_owned());
    named.filter(is_missing).collect()
}

#[test]
fn every_link_leads_somewhere_and_every_path_is_there() {
    let name = |path: PathBuf| {
        let name = path.strip_prefix(root()).expect("below the root");
        let end = if path.is_dir() { "/" } else { "" };
        format!("{}{end}", name.display())
    };
    let all: Vec<String> = below(root()).into_iter().map(name).collect();
    let (mut wrong, mut excepted) = (Vec::new(), BTreeSet::new());
    for (page, text) in documents() {
        let missing = missing_paths(&text, &all).into_iter();
        let (elsewhere, missing): (Vec<_>, Vec<_>) =
            missing.partition(|path| ELSEWHERE.contains(&path.as_str()));
        excepted.extend(elsewhere);
        let found = dead_links(&page, &text).into_iter().chain(missing);
        wrong.extend(found.map(|it| format!("{}: {it}", page.display())));
    }
    assert!(wrong.is_empty(), "these are not there: {wrong:#?}");
    assert!(
        excepted.iter().eq(ELSEWHERE),
        "no longer named, or there: those of {ELSEWHERE:?} but {excepted:?}"
    );
}

#[test]
fn a_link_or_path_to_nothing_is_seen() {
    let page = root().join("docs/development.md");
    let text = "[a](testing.md) [b](nowhere.md) [c](design/sandbox.md#in-a-test) [d](testing.md#nothing) [e](#the-map)\n\
        ```\n[f](nowhere.md)\n```\n[g](https://example.org/nowhere.md)";
    assert_eq!(
        dead_links(&page, text),
        ["nowhere.md", "testing.md#nothing"]
    );
    let all = [
        "src/",
        "src/app/",
        "src/app/daily.rs",
        "src/app/daily_card.rs",
        "src/run",
    ]
    .map(str::to_owned);
    let text = "`src/app/daily.rs` `app/daily.rs` `daily.rs` `src/daily.rs` `src/app/` `app/*_card.rs` `aily.rs` \
        `app/*_menu.rs` `config.toml` `daily.rs with words` `src/app` `src/run` `src/app/walk` `app/walk` `src/ap` \
        `Europe/Berlin` `daily` `src/*`";
    assert_eq!(
        missing_paths(text, &all),
        [
            "src/daily.rs",
            "aily.rs",
            "app/*_menu.rs",
            "config.toml",
            "src/app/walk",
            "app/walk",
            "src/ap",
        ]
    );
}

/// Numbers of questions, topics and quizzes that are a limit or an example say so by the word before.
#[test]
fn the_bank_has_what_the_documents_say() {
    let bank = Bank::load(&root().join("questions")).expect("no fault");
    let quizzes: usize = bank.questions().iter().map(|it| it.quizzes.len()).sum();
    let told = Regex::new(r"(\w+)\W+([0-9][0-9,]*) (topics|questions|quizzes)").expect("a pattern");
    let mut compared = 0;
    for (path, text) in documents() {
        for part in told.captures_iter(&text) {
            if ["to", "from", "than", "among", "least", "most"].contains(&&part[1]) {
                continue;
            }
            let count = match &part[3] {
                "topics" => bank.topics().len(),
                "questions" => bank.questions().len(),
                _ => quizzes,
            };
            assert_eq!(
                part[2].replace(',', ""),
                count.to_string(),
                "{}: {}",
                path.display(),
                &part[0]
            );
            compared += 1;
        }
    }
    assert!(
        compared >= 3,
        "the README counts topics, questions and quizzes"
    );
}

#[test]
fn the_guide_for_authors_counts_as_check_does() {
    let output = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .current_dir(root())
        .args(["check", "--stats", "--questions", "questions"])
        .output()
        .expect("it runs");
    let table = String::from_utf8(output.stdout).expect("text");
    let guide = fs::read_to_string(root().join("docs/authoring.md")).expect("read");
    assert!(
        table.lines().count() > 3 && guide.contains(&table),
        "{table}"
    );
}
