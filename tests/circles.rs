//! That no two files import each other, directly or through others: whoever reads one file reads those before it, and
//! never comes back. A `mod.rs` that only lists what its folder gives out is passed through.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

use crate::sources::{shipped, without_tests};

/// The names of a path, without what leads to the crate's root.
type Path = Vec<String>;

/// A file's part of the house.
struct File {
    module: Path,
    /// What a `use` brings into it, by the name that it has there.
    imported: BTreeMap<String, Path>,
    /// What it writes out with a path.
    written: Vec<Path>,
    defined: BTreeSet<String>,
}

/// A path as it is written.
struct Written {
    names: Path,
    /// The name that a `use` gives to what it leads to.
    imported: Option<String>,
}

/// Collects the paths of `tokens`. `before` are the names before a group of a `use`.
fn paths(tokens: TokenStream, before: Option<&[String]>, found: &mut Vec<Written>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == sign);
    let name = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    };
    // In `pub(in crate::app)` nothing is needed of what is named.
    let is_scope = |token: &TokenTree| match token {
        TokenTree::Group(scope) => {
            let first = scope.stream().into_iter().next();
            first.is_some_and(|first| first.to_string() == "in")
        }
        _ => false,
    };
    let (mut at, mut imports) = (0, before.is_some());
    while at < tokens.len() {
        if let TokenTree::Group(group) = &tokens[at] {
            paths(group.stream(), None, found);
        }
        if is(at, ';') {
            imports = before.is_some();
        }
        let Some(first) = name(at) else {
            at += 1;
            continue;
        };
        at += 1;
        if first == "pub" && tokens.get(at).is_some_and(is_scope) {
            at += 1;
            continue;
        }
        if first == "use" {
            imports = true;
            continue;
        }
        let mut names = before.unwrap_or_default().to_vec();
        names.push(first);
        let mut is_group = false;
        while is(at, ':') && is(at + 1, ':') && !is_group {
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(next)) => names.push(next.to_string()),
                Some(TokenTree::Group(group)) if imports => {
                    paths(group.stream(), Some(&names), found);
                    is_group = true;
                }
                _ => break,
            }
            at += 3;
        }
        let mut imported = names.last().filter(|_| imports).cloned();
        if names.last().is_some_and(|last| last == "self") && names.len() > 1 {
            names.pop();
            imported = names.last().filter(|_| imports).cloned();
        }
        if imports && name(at).is_some_and(|word| word == "as") {
            imported = name(at + 1);
            at += 2;
        }
        if !is_group && (names.len() > 1 || imports) {
            found.push(Written { names, imported });
        }
    }
}

/// The names that a file gives to functions, types and values of its own.
fn defined(tokens: &TokenStream, found: &mut BTreeSet<String>) {
    const KINDS: [&str; 7] = ["fn", "struct", "enum", "trait", "const", "static", "type"];
    let mut names = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                if names {
                    found.insert(word.clone());
                }
                names = KINDS.contains(&word.as_str());
            }
            TokenTree::Group(group) => {
                names = false;
                defined(&group.stream(), found);
            }
            _ => names = false,
        }
    }
}

struct House(BTreeMap<String, File>);

impl House {
    fn new(sources: &[(String, String)]) -> Self {
        let module = |name: &str| -> Path {
            let name = name.trim_end_matches(".rs");
            let names = name.split('/').map(str::to_owned);
            names
                .filter(|name| !["mod", "lib", "main"].contains(&name.as_str()))
                .collect()
        };
        // What only starts the program is nobody's to import.
        let sources = sources.iter().filter(|(name, _)| name != "main.rs");
        let modules: BTreeSet<Path> = sources.clone().map(|(name, _)| module(name)).collect();
        let file = |(name, text): &(String, String)| {
            let tokens: TokenStream = text.parse().unwrap_or_else(|why| panic!("{name}: {why}"));
            let (mut written, mut names) = (Vec::new(), BTreeSet::new());
            defined(&tokens, &mut names);
            paths(tokens, None, &mut written);
            let mut file = File {
                module: module(name),
                imported: BTreeMap::new(),
                written: Vec::new(),
                defined: names,
            };
            let (uses, rest): (Vec<_>, Vec<_>) = written
                .into_iter()
                .partition(|path| path.imported.is_some());
            for path in uses {
                let from_root = from_root(&path.names, &file.module, &modules);
                if let (Some(name), Some(path)) = (path.imported, from_root) {
                    file.imported.insert(name, path);
                }
            }
            for path in rest {
                let imported = file.imported.get(&path.names[0]);
                let through = imported.map(|first| [first, &path.names[1..]].concat());
                let path = through.or_else(|| from_root(&path.names, &file.module, &modules));
                file.written.extend(path);
            }
            (name.clone(), file)
        };
        Self(sources.map(file).collect())
    }

    /// The file that a path leads to, whatever gives it out on the way.
    fn file(&self, path: &[String], passed: usize) -> Option<&str> {
        let holds = |file: &File| path.starts_with(&file.module);
        let files = self.0.iter().filter(|(_, file)| holds(file));
        let (name, file) = files.max_by_key(|(_, file)| file.module.len())?;
        let rest = &path[file.module.len()..];
        let Some(first) = rest.first() else {
            return Some(name);
        };
        match file.imported.get(first) {
            // A name that leads to itself would be followed for ever.
            Some(given) if !file.defined.contains(first) && passed < 8 => {
                self.file(&[given, &rest[1..]].concat(), passed + 1)
            }
            _ => Some(name),
        }
    }

    /// The other files that each file needs.
    fn needs(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let needed = self.0.iter().map(|(name, file)| {
            let paths = file.imported.values().chain(&file.written);
            let files = paths.filter_map(|path| self.file(path, 0));
            (name.as_str(), files.filter(|other| other != name).collect())
        });
        needed.collect()
    }

    /// A circle of files, each of which needs the next; none if there is none.
    fn circle(&self) -> Option<Vec<&str>> {
        let mut needs = self.needs();
        let mut left = usize::MAX;
        while needs.len() < left {
            left = needs.len();
            let known: BTreeSet<&str> = needs.keys().copied().collect();
            needs.retain(|_, needed| needed.iter().any(|file| known.contains(file)));
        }
        let mut walked = vec![*needs.keys().next()?];
        loop {
            let last = walked[walked.len() - 1];
            let next = needs[last].iter().find(|file| needs.contains_key(*file))?;
            if let Some(at) = walked.iter().position(|file| file == next) {
                return Some(walked.split_off(at));
            }
            walked.push(next);
        }
    }
}

/// A path of a module's text from the crate's root on; none where it leads out of the crate.
fn from_root(names: &[String], module: &[String], modules: &BTreeSet<Path>) -> Option<Path> {
    let first = names[0].as_str();
    let ups = names.iter().take_while(|name| *name == "super").count();
    match first {
        "crate" => Some(names[1..].to_vec()),
        "self" => Some([module, &names[1..]].concat()),
        "super" => {
            let above = &module[..module.len().checked_sub(ups)?];
            Some([above, &names[ups..]].concat())
        }
        _ => {
            let child = [module, &names[..1]].concat();
            modules.contains(&child).then(|| [module, names].concat())
        }
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    for folder in ["src", "crates/chat-sandbox/src"] {
        let house = House::new(&shipped(folder));
        let circle = house.circle();
        assert!(
            circle.is_none(),
            "in {folder}, each of these needs the next: {circle:#?}"
        );
    }
}

#[test]
fn a_circle_is_found_however_its_paths_are_written() {
    let house = |files: &[(&str, &str)]| {
        let file = |(name, text): &(&str, &str)| ((*name).to_owned(), without_tests(text));
        House::new(&files.iter().map(file).collect::<Vec<_>>())
    };
    let index = ("a/mod.rs", "mod b; mod c; pub use b::B; pub use c::C;");
    for (b, c, circle) in [
        ("use super::c::C; pub struct B;", "pub struct C;", None),
        (
            "use super::C; pub struct B;",
            "use super::{B, x}; pub struct C;",
            Some(2),
        ),
        (
            "pub struct B(super::C);",
            "pub struct C(Box<crate::a::B>);",
            Some(2),
        ),
        (
            "use super::c::{self, y}; pub struct B;",
            "pub struct C; fn y() { println!(\"{}\", super::B) }",
            Some(2),
        ),
        (
            "pub(in crate::a) struct B;",
            "pub struct C(super::B);",
            None,
        ),
        (
            "pub struct B; #[cfg(all(test, unix))] mod tests { use super::C; }",
            "pub struct C(super::B);",
            None,
        ),
        (
            "pub struct B; // super::C",
            "pub struct C(super::B); const TEXT: &str = \"use super::B\";",
            None,
        ),
    ] {
        let found = house(&[index, ("a/b.rs", b), ("a/c.rs", c)]);
        assert_eq!(found.circle().map(|files| files.len()), circle, "{b} {c}");
    }
    let own = house(&[
        ("a/mod.rs", "mod b; use b::B; pub struct A(B);"),
        ("a/b.rs", "pub struct B(Option<super::A>);"),
    ]);
    assert_eq!(own.circle(), Some(vec!["a/b.rs", "a/mod.rs"]));
}
