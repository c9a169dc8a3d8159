//! What is there of Discord, in a table.

use std::fmt::Write as _;

use crate::discord::{rest::routes, world::EVENTS};

/// The routes and the gateway's events that there are, in Markdown.
pub fn support() -> String {
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = writeln!(text, "| Route | Methods |\n|---|---|");
    let names = routes::all().names;
    let mut paths: Vec<&str> = names.iter().map(|(_, path)| *path).collect();
    paths.dedup();
    for path in paths {
        let methods = names.iter().filter(|(_, other)| *other == path);
        let methods: Vec<&str> = methods.map(|(method, _)| method.as_str()).collect();
        let _ = writeln!(text, "| `{path}` | {} |", methods.join(", "));
    }
    let _ = writeln!(text, "\n| Event | Intent |\n|---|---|");
    for (event, intent) in EVENTS {
        let _ = writeln!(text, "| `{event}` | {intent} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Run with `UPDATE_README=1`, this writes the table in place of the one that is there.
    #[test]
    fn the_table_in_the_readme_is_this_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = fs::read_to_string(path).expect("the README");
        let (before, rest) = readme
            .split_once("<!-- support -->\n")
            .expect("a beginning");
        let (table, after) = rest.split_once("<!-- end -->\n").expect("an end");
        if std::env::var_os("UPDATE_README").is_some() {
            let text = format!(
                "{before}<!-- support -->\n{}<!-- end -->\n{after}",
                support()
            );
            fs::write(path, text).expect("the README can be written");
        } else {
            assert_eq!(table, support());
        }
    }
}
