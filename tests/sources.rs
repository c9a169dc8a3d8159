//! The sources, for the tests that read them.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Every source below a folder of the repository, by its path there.
pub fn all(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    collect(&root, &mut found);
    let source = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("below the folder");
        let text = fs::read_to_string(&path).expect("text");
        (name.display().to_string(), text)
    };
    found.into_iter().map(source).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// The same as they are shipped: without files and items that are there for tests only.
pub fn shipped(folder: &str) -> Vec<(String, String)> {
    let mut modules = BTreeSet::new();
    let mut sources = all(folder);
    for (name, text) in &mut sources {
        let tests = Tests::of(name, text);
        *text = tests.without(text);
        modules.extend(tests.modules);
    }
    let for_tests = |name: &str| {
        let module = module(Path::new(name));
        modules.iter().any(|tests| module.starts_with(tests))
    };
    sources.retain(|(name, _)| !for_tests(name));
    sources
}

/// A source without the items that are there for tests only.
pub fn without_tests(text: &str) -> String {
    Tests::of("lib.rs", text).without(text)
}

/// What of a source is there for tests only.
#[derive(Default)]
struct Tests {
    /// The items, each from its `#[cfg(test)]` to its end, in the order of the text.
    items: Vec<Range<usize>>,
    /// The modules among them that are files of their own.
    modules: Vec<PathBuf>,
}

impl Tests {
    fn of(name: &str, text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap_or_else(|why| panic!("{name}: {why}"));
        let mut tests = Self::default();
        tests.find(tokens, Path::new(name));
        tests
    }

    fn find(&mut self, tokens: TokenStream, file: &Path) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let is_attribute = token.to_string() == "#";
            let attribute = tokens.get(at + 1).filter(|_| is_attribute);
            if attribute.is_some_and(is_for_tests) {
                let item = &tokens[at..];
                let last = item.iter().position(ends_item).unwrap_or(item.len() - 1);
                let ends = item[last].span().byte_range().end;
                self.items.push(token.span().byte_range().start..ends);
                self.modules.extend(module_of(&item[..=last], file));
                at += last;
            } else if let TokenTree::Group(group) = token {
                self.find(group.stream(), file);
            }
            at += 1;
        }
    }

    fn without(&self, text: &str) -> String {
        let mut kept = String::new();
        let mut from = 0;
        for item in &self.items {
            kept.push_str(&text[from..item.start]);
            from = item.end;
        }
        kept + &text[from..]
    }
}

/// Whether what follows a `#` says that an item is there for tests only.
fn is_for_tests(attribute: &TokenTree) -> bool {
    let attribute = attribute.to_string().replace(' ', "");
    attribute == "[cfg(test)]" || attribute.starts_with("[cfg(all(test,")
}

fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => token.to_string() == ";",
    }
}

/// The module that an item declares, if that is a file of its own.
fn module_of(item: &[TokenTree], file: &Path) -> Option<PathBuf> {
    let words: Vec<String> = item.iter().map(ToString::to_string).collect();
    let name = words.iter().position(|word| word == "mod")? + 1;
    if words.last()? != ";" {
        return None;
    }
    let elsewhere = words
        .iter()
        .find_map(|word| word.strip_prefix("[path = \"")?.strip_suffix(".rs\"]"));
    Some(match elsewhere {
        Some(path) => file.parent()?.join(path),
        None => module(file).join(words.get(name)?),
    })
}

/// The path of a module: that of its file without the ending, or of the folder whose index the file is.
fn module(file: &Path) -> PathBuf {
    let path = file.with_extension("");
    let is_index = ["mod", "lib", "main"]
        .iter()
        .any(|name| path.ends_with(name));
    match path.parent().filter(|_| is_index) {
        Some(folder) => folder.to_owned(),
        None => path,
    }
}

#[test]
fn what_is_there_for_tests_only_is_left_out_and_what_follows_it_is_not() {
    for (text, shipped) in [
        (
            "fn a() {} #[cfg(test)] mod tests { fn b() {} } fn c() {}",
            "fn a() {}  fn c() {}",
        ),
        ("#[cfg(all(test, unix))] mod tests; struct S;", " struct S;"),
        (
            "const Z: &str = \"é #[cfg(test)]\"; #[cfg(test)] use x::Y; fn a() {}",
            "const Z: &str = \"é #[cfg(test)]\";  fn a() {}",
        ),
        (
            "impl S { #[cfg(test)] fn b(&self) -> [u8; 2] { [1; 2] } fn c() {} }",
            "impl S {  fn c() {} }",
        ),
        ("#[cfg(not(test))] fn a() {}", "#[cfg(not(test))] fn a() {}"),
    ] {
        assert_eq!(without_tests(text), shipped, "{text}");
    }
    let modules = |name: &str, text: &str| Tests::of(name, text).modules;
    let tests = "#[cfg(test)] mod tests; mod other;";
    assert_eq!(modules("a/b.rs", tests), [Path::new("a/b/tests")]);
    assert_eq!(modules("a/mod.rs", tests), [Path::new("a/tests")]);
    let elsewhere = "#[cfg(test)] #[path = \"b_tests.rs\"] mod tests;";
    assert_eq!(modules("a/b.rs", elsewhere), [Path::new("a/b_tests")]);
}
