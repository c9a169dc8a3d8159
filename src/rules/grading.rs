//! Reads a typed reply to a quiz: which option it names, if it surely names one.

mod chatter;
mod text;

use text::{bare, folded, near, normal};

/// What a typed reply means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It names this option, from 0.
    Option(usize),
    /// It may mean any of these options, from 0 and in their order: ask, don't guess.
    Ambiguous(Vec<usize>),
    /// It looks like an answer, but names no option.
    Unclear,
    /// It has nothing to do with answering: thanks, a joke, a link, an emoji.
    NotAnAttempt,
}

impl Reading {
    /// What a reply means that may mean each of these options.
    fn of(mut options: Vec<usize>) -> Reading {
        options.sort_unstable();
        options.dedup();
        match options[..] {
            [] => Reading::Unclear,
            [option] => Reading::Option(option),
            _ => Reading::Ambiguous(options),
        }
    }
}

/// Reads a reply that was typed to a quiz of these options.
///
/// It may be a letter or a number ("B", "(b)", "#2", "option b", 🇧, 2️⃣), an option's text (case, punctuation, Markdown,
/// compatible Unicode and a few typos forgiven), or both ("B) Redis"). A letter inside a sentence names nothing, and
/// neither does an option's text inside one: an answer cannot be taken back, so whatever is not sure is asked for again.
pub fn read_reply(reply: &str, options: &[&str]) -> Reading {
    let reply = normal(without_mentions(reply));
    let core = without_lead_in(bare(&reply));
    let options: Vec<String> = options.iter().map(|option| normal(option)).collect();
    let reads = |text: &str| positions(&options, |option| option == text);
    let (whole, exact) = (reads(&reply), reads(core));
    // "A*" is that option rather than a letter with Markdown beside it.
    if reply != core && !whole.is_empty() {
        return Reading::of(whole);
    }
    // "2" is the second option, or the one that reads "2".
    if let Some(label) = read_label(core, options.len()) {
        return Reading::of([exact, vec![label]].concat());
    }
    // The letter A before a text is an article.
    let noun = core.strip_prefix("a ");
    let beside = if noun.is_none() { core } else { "" };
    let readings = [
        exact,
        read_label_and_text(
            core,
            &[")", "]", ":", ". ", ", ", " - ", " – ", " — "],
            &options,
        ),
        positions(&options, |option| {
            [Some(&*reply), Some(core), noun]
                .into_iter()
                .flatten()
                .any(|text| same(option, text))
        }),
        read_label_and_text(beside, &[" "], &options),
        read_labels(core, options.len()),
        near(&reply, &options),
        near(core, &options),
    ];
    readings
        .into_iter()
        .find(|named| !named.is_empty())
        .map_or_else(|| unread(&reply), Reading::of)
}

/// What a reply is that names no option.
fn unread(reply: &str) -> Reading {
    if chatter::is_chatter(reply) {
        Reading::NotAnAttempt
    } else {
        Reading::Unclear
    }
}

fn positions(options: &[String], passes: impl Fn(&str) -> bool) -> Vec<usize> {
    (0..options.len())
        .filter(|position| passes(&options[*position]))
        .collect()
}

/// Whether two texts are the same but for punctuation.
fn same(option: &str, text: &str) -> bool {
    let text = folded(text);
    !text.is_empty() && folded(option) == text
}

/// The reply without the mentions (`<@123>`, `<@!123>`, `<@&123>`) that it starts with.
fn without_mentions(reply: &str) -> &str {
    let mut rest = reply.trim_start();
    while let Some((id, after)) = rest
        .strip_prefix("<@")
        .and_then(|mention| mention.split_once('>'))
    {
        let id = id.trim_start_matches(['!', '&']);
        if !id.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// The text without "answer:", "my answer is", "option" and the like before it.
fn without_lead_in(text: &str) -> &str {
    const NOUNS: [&str; 6] = ["answer", "ans", "option", "choice", "letter", "number"];
    let (mut core, mut rest, mut named) = (text, text, false);
    while let Some((word, after)) = rest.split_once([' ', ':']) {
        rest = after;
        named |= NOUNS.contains(&word);
        match word {
            "my" | "the" | "final" => {}
            "is" | "" if named => core = rest,
            _ if NOUNS.contains(&word) => core = rest,
            _ => break,
        }
    }
    bare(core)
}

/// The option that a text names which is only a letter or a number.
fn read_label(text: &str, options: usize) -> Option<usize> {
    let position = match text.as_bytes() {
        [letter @ b'a'..=b'z'] => usize::from(letter - b'a'),
        [b'1'..=b'9', ..] => text.parse::<usize>().ok()? - 1,
        _ => return None,
    };
    (position < options).then_some(position)
}

/// The options that a label and a text beside it name, which had better be one: "b) redis", "2: redis". None if either of
/// them names nothing.
fn read_label_and_text(text: &str, delimiters: &[&str], options: &[String]) -> Vec<usize> {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    let (label, rest) = text.split_at(end);
    let rest = rest.trim_start_matches(['*', '_', '`', '|']);
    let text = delimiters
        .iter()
        .find_map(|delimiter| rest.strip_prefix(delimiter));
    let (Some(label), Some(text)) = (read_label(label, options.len()), text.map(bare)) else {
        return Vec::new();
    };
    let readings = [
        positions(options, |option| option == text),
        positions(options, |option| same(option, text)),
        near(text, options),
    ];
    match readings.into_iter().find(|named| !named.is_empty()) {
        Some(named) => [named, vec![label]].concat(),
        None => Vec::new(),
    }
}

/// The options that a text names which has nothing but labels: "a or b", "a, c", "b / b".
fn read_labels(text: &str, options: usize) -> Vec<usize> {
    text.split([' ', ',', '/', '&', ';'])
        .map(bare)
        .filter(|word| !["", "or", "and"].contains(word))
        .map(|word| read_label(word, options))
        .collect::<Option<_>>()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
