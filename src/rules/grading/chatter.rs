//! Replies that are no answers: thanks, links, an emoji.

/// Words of which a reply may consist without being an answer.
const PLEASANTRIES: [&str; 40] = [
    "a",
    "cool",
    "damn",
    "easy",
    "gg",
    "good",
    "great",
    "haha",
    "hah",
    "hard",
    "hello",
    "hey",
    "hi",
    "hm",
    "hmm",
    "i",
    "interesting",
    "is",
    "it",
    "lol",
    "love",
    "morning",
    "nice",
    "oh",
    "ok",
    "okay",
    "one",
    "question",
    "so",
    "thank",
    "thanks",
    "that",
    "the",
    "this",
    "tough",
    "ty",
    "very",
    "wow",
    "xd",
    "you",
];

/// Whether a text that names no option has nothing to do with answering.
pub fn is_chatter(text: &str) -> bool {
    let mut words = text
        .split(|c: char| c.is_whitespace() || ",.!?:;".contains(c))
        .filter(|word| !word.is_empty())
        .peekable();
    words.peek().is_some()
        && (text.starts_with("http://")
            || text.starts_with("https://")
            || words.all(|word| PLEASANTRIES.contains(&word) || is_picture(word)))
}

/// Whether a word is an emoji or several: no letters, no digits, no signs of a keyboard.
fn is_picture(word: &str) -> bool {
    word.chars().all(|c| !c.is_ascii() && !c.is_alphanumeric())
}
