//! The crate names no bot of its own: whose bot it is comes in as options.

use std::fs;
use std::path::{Path, PathBuf};

/// What the bot is called whose sources lie beside these, and what it is for. Written so that this file has none.
const WORDS: [&str; 6] = [
    concat!("green", "room"),
    concat!("inter", "view"),
    concat!("quest", "ion"),
    concat!("qu", "iz"),
    concat!("dail", "ies"),
    concat!("leader", "board"),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn no_file_names_the_bot_beside_it() {
    let mut found = Vec::new();
    files(Path::new(env!("CARGO_MANIFEST_DIR")), &mut found);
    assert!(found.len() > 100, "{}", found.len());
    for path in found {
        let text = fs::read_to_string(&path).expect("text").to_lowercase();
        for word in WORDS {
            assert!(!text.contains(word), "{} has {word:?}", path.display());
        }
    }
}
