//! Every sentence that members, admins or authors read is in `app/wording/`, held by reading the sources.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::sources::{shipped, without_tests};

/// The parts and files that hold no sentences. Of the command line those that report on what people wrote; the others
/// tell the operator how the program is doing.
const SILENT: [&str; 13] = [
    "app",
    "bank",
    "cli/check.rs",
    "cli/declared.rs",
    "cli/exchange.rs",
    "config",
    "discord",
    "model",
    "rules",
    "slack",
    "store",
    "time",
    "toml_reader",
];

/// From how many words on a text is taken for a sentence.
const WORDS: usize = 3;

/// Macros and methods whose texts only an operator or a developer reads.
const FOR_OPERATORS: [&str; 22] = [
    "anyhow",
    "assert",
    "assert_eq",
    "assert_ne",
    "bail",
    "context",
    "debug",
    "debug_assert",
    "debug_span",
    "ensure",
    "error",
    "error_span",
    "expect",
    "expect_err",
    "info",
    "info_span",
    "panic",
    "trace",
    "unreachable",
    "warn",
    "warn_span",
    "with_context",
];

/// Files that speak to the operator, and never to a member: none of them makes a card.
const OF_THE_OPERATOR: [&str; 17] = [
    "discord/bot.rs",
    "discord/error.rs",
    "discord/gateway/closes.rs",
    "discord/gateway/relay.rs",
    "discord/gateway/watchdog.rs",
    "discord/sending/api.rs",
    "discord/sending/messenger.rs",
    "discord/sending/sender.rs",
    "slack/bot.rs",
    "slack/error.rs",
    "slack/gateway/envelope.rs",
    "slack/gateway/socket.rs",
    "slack/gateway/sockets.rs",
    "slack/sending/api.rs",
    "slack/sending/messenger.rs",
    "slack/sending/over.rs",
    "slack/sending/sender.rs",
];

/// Words of SQL, one of which is in each statement of the store or part of one.
const SQL: [&str; 8] = [
    "AND", "FROM", "INTO", "ORDER", "PRAGMA", "ROLLBACK", "SET", "WHERE",
];

/// How texts of several words begin that nobody reads as a sentence, with where they are.
const EXCEPTIONS: [(&str, &str); 22] = [
    (
        "rules/grading/vocabulary.rs",
        "{text:?} is not a number and its name",
    ),
    // Names of tasks, in the log.
    ("app/delivery/engine.rs", "recording what became of dailies"),
    ("app/delivery/engine.rs", "working on a daily"),
    // For the log.
    ("app/delivery/platform.rs", "it isn't there any more"),
    ("slack/interactions/dispatch.rs", "the app was uninstalled"),
    ("slack/interactions/dispatch.rs", "its token was revoked"),
    ("slack/interactions/dispatch.rs", "taking what comes in"),
    (
        "slack/interactions/dispatch.rs",
        "what is for another workspace",
    ),
    ("store/migrations.rs", "a row refers to one"),
    ("store/quiz_contents.rs", "no order of the options"),
    ("store/sql.rs", "{id:?} isn't an id"),
    ("store/sql.rs", "no {} is called {other:?}"),
    ("store/sql.rs", "{text:?} can't be read"),
    // For developers: what `Debug` shows, and what a file holds that the program is built with.
    ("bank/search/index.rs", "Index of {questions} questions"),
    (
        "rules/grading/vocabulary.rs",
        "{text:?} is not a pair of characters",
    ),
    // What other programs read.
    ("bank/exchange/anki.rs", "#separator:tab"),
    ("bank/exchange/html.rs", "a abbr acronym address"),
    ("bank/lint/code.rs", "REFRESH MATERIALIZED VIEW"),
    // Words that are read, not said.
    ("rules/times.rs", "in the afternoon"),
    ("rules/times.rs", "in the evening"),
    ("rules/times.rs", "in the morning"),
    // What a reader of data expects.
    ("time/zone.rs", "the name of a time zone"),
];

/// The texts of a source that look like sentences to members: not those of attributes that tell the compiler or a
/// reader of the code something, or of what is for operators.
fn sentences(source: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = source.into_iter().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Literal(literal) => {
                found.extend(sentence(&literal.to_string()));
            }
            TokenTree::Group(group) => found.extend(sentences(group.stream())),
            TokenTree::Ident(name) if FOR_OPERATORS.contains(&name.to_string().as_str()) => {
                // A macro's call has any brackets, a method's round ones; `match error {` is neither.
                let is_macro = is_punct(tokens.get(at), '!');
                at += usize::from(is_macro);
                if let Some(TokenTree::Group(group)) = tokens.get(at)
                    && (is_macro || group.delimiter() == Delimiter::Parenthesis)
                {
                    at += 1;
                }
            }
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                if is_punct(tokens.get(at), '!') {
                    at += 1;
                }
                let Some(TokenTree::Group(attribute)) = tokens.get(at) else {
                    continue;
                };
                at += 1;
                let attribute: Vec<String> = attribute
                    .stream()
                    .into_iter()
                    .map(|it| it.to_string())
                    .collect();
                match &attribute[..] {
                    // What `thiserror` makes of it may be read by anyone.
                    [error, text] if error == "error" => found.extend(sentence(text)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    found
}

fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// What a literal says, if it is a text of several words.
fn sentence(literal: &str) -> Option<String> {
    let text = literal.split_once('"')?.1.rsplit_once('"')?.0;
    let lines = text
        .split('\n')
        .map(|line| line.trim_start().trim_end_matches('\\'));
    let text: String = lines.collect();
    let mut depth = 0_i32;
    let said: String = text
        .chars()
        .filter(|c| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0 && *c != '}'
        })
        .collect();
    let words = said.split_whitespace().filter(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1 || matches!(*word, "a" | "I")
    });
    let address = said.starts_with(['/']) || said.starts_with("http");
    (words.count() >= WORDS && !address).then_some(text)
}

#[test]
fn no_sentence_stands_outside_the_wording() {
    let mut unused: Vec<_> = EXCEPTIONS.to_vec();
    let mut silent: Vec<&str> = OF_THE_OPERATOR.to_vec();
    let mut found = Vec::new();
    for (name, text) in shipped("src") {
        let is_silent = SILENT
            .iter()
            .any(|part| name == *part || name.starts_with(&format!("{part}/")));
        let wording = name.starts_with("app/wording/");
        if !is_silent || wording {
            continue;
        }
        let tokens: TokenStream = text.parse().expect("Rust");
        for sentence in sentences(tokens) {
            let is_it = |(file, text): &(&str, &str)| *file == name && sentence.starts_with(text);
            let is_sql = || sentence.split_whitespace().any(|word| SQL.contains(&word));
            if name.starts_with("store/") && is_sql() {
                continue;
            }
            if OF_THE_OPERATOR.contains(&name.as_str()) {
                silent.retain(|file| *file != name);
            } else if EXCEPTIONS.iter().any(is_it) {
                unused.retain(|exception| !is_it(exception));
            } else {
                found.push(format!("{name}: “{sentence}”"));
            }
        }
    }
    assert!(
        found.is_empty(),
        "move these into app/wording/, or say here why nobody reads them: {found:#?}"
    );
    assert!(unused.is_empty(), "no exceptions any more: {unused:#?}");
    assert!(silent.is_empty(), "they say nothing any more: {silent:#?}");
}

/// What only people of one platform say.
const OF_ONE_PLATFORM: [&str; 4] = ["discord", "server", "slack", "workspace"];

/// Files of the wording that may say it: the words themselves, and what is said to people of one platform or to
/// operators, who know which they set up.
const NAMES_PLATFORMS: [&str; 3] = ["idiom.rs", "refusals.rs", "settings.rs"];

#[test]
fn what_people_of_every_platform_read_names_none() {
    let mut found = Vec::new();
    for (name, text) in shipped("src/app/wording") {
        if NAMES_PLATFORMS.contains(&name.as_str()) {
            continue;
        }
        let said = sentences(text.parse().expect("Rust")).into_iter();
        found.extend(said.filter_map(|sentence| {
            let lower = sentence.to_lowercase();
            let mut words = lower.split(|c: char| !c.is_alphabetic());
            words
                .any(|word| OF_ONE_PLATFORM.contains(&word.trim_end_matches('s')))
                .then(|| format!("{name}: “{sentence}”"))
        }));
    }
    assert!(found.is_empty(), "say it by an idiom: {found:#?}");
}

#[test]
fn a_sentence_is_found_wherever_it_may_stand() {
    let found = |source: &str| sentences(without_tests(source).parse().expect("Rust"));
    for source in [
        r#"const SAID: &str = "This daily is closed.";"#,
        r##"fn f() { say(r#"This daily is closed."#) }"##,
        "fn f() { format!(\"This \\\n   daily {is} closed.\") }",
        r#"#[error("This daily is closed.")] enum E {}"#,
        r#"fn f() { tracing::info!("started"); "This daily is closed." }"#,
        r#"#[cfg(test)] use tests::X; fn f() { "This daily is closed." }"#,
        r#"fn f() { match error { _ => "This daily is closed." } }"#,
    ] {
        assert_eq!(found(source).len(), 1, "{source}");
    }
    for source in [
        "/// This daily is closed.\nfn f() {}",
        r#"fn f() { tracing::warn!(%error, "this daily is closed") }"#,
        r#"fn f() { it.expect("this daily is closed") }"#,
        r#"#[cfg(test)] mod tests { fn f() { "This daily is closed." } } fn g() {}"#,
        r#"#[arg(help = "This daily is closed")] struct S;"#,
        r#"fn f() { format!("{daily} {is} {closed} now") }"#,
        r#"fn f() { "two words" }"#,
    ] {
        assert_eq!(found(source), [""; 0], "{source}");
    }
}
