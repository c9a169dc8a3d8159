//! Reads a typed reply to a quiz: which option it names, if it surely names one.
//!
//! An answer cannot be taken back, so whatever may mean two options is asked about, and whatever is not sure to mean one
//! is asked for again. A reply goes through these steps; the first that names an option, or several, decides:
//!
//! 1. What is around it and what is struck out is taken away (`dress`), and its characters become what they mean
//!    (`characters`): every dash a `-`, `≥` as `>=`, 🇧 as `B`.
//! 2. A text that reads **exactly** like an option's is that option. A **label** (`labels`) is its option: a letter, a
//!    number, an ordinal, in any script, alone or in a sentence that says no more ("I think it's B"). Where an option's
//!    text is another's label, both are meant.
//! 3. The rest is taken apart into words, numbers, signs and pauses (`tokens`, `numbers`), and compared with the options'
//!    texts (`texts`): **plain**, that is without pauses, articles, accents and spaces, but with every sign that carries
//!    meaning. Label and text together name one option or two; so do several of them ("A or Redis"). What follows
//!    "because" is not read, and what follows a pause and "since" or the like only for what may mean another (`reasons`).
//!    Then the same by **value** (`values`): `1.0 hour` is `1 hour`, unless an option writes it so.
//! 4. The same once more with **slips** in long words (`slips`). A digit, a sign, another word and a word's opposite are
//!    never slips.
//! 5. Where only a **part** of an option is said, its yes or no, a number that is in it, or a few of its words and no
//!    others, it is asked about (`parts`). So is a label that stands alone among words of any language (`lone`), and what
//!    is left of the letters and places that a short reply speaks of (`left`, `places`): "the first is nonsense, so the
//!    second". A reply that says where an option stands and no more is read before all parts (`places`, `relations`,
//!    `extremes`, `neither` in `lists`): "second to last", "the one below C", "the lowest number"; and one that tells of
//!    options by another and no more is understood of it ("everything but C") names none.
//!
//! Whatever was taken away on the way, or read as a label, and is an option's text itself, means that option as well. And
//! what reads like an answer but is a remark ("first!", "oh no") is talk.
//!
//! What none of them reads is a try at an answer, or talk, or may be either (`chatter`). Met by silence is what is known
//! to be talk (words of talk only, a longer sentence without a word of an option, a question why), and nothing else: a sure try is always told why it was not read, and what may be either is
//! told so once. A laugh before an answer ("lol c") does not make talk of it.
//!
//! Of several options, the one that is plainly meant is asked about alone (`resolved`), and so is one that a sentence tells
//! of in its own words (`own_words`).
//!
//! A lone letter by which an option calls a thing ("Row A") may be that or a label, so it is asked about (`things`); and
//! an option's text in another order is proposed (`orders`).
//!
//! Whoever turns options down ("avoid B", "not A, not B") is asked about none of them (`rejections`).
//! Whoever tells what the answer was, or what went wrong ("switch from B", "I pressed D, sorry"), names no option; nor
//! does who only wishes to change it (`wishes`).
//!
//! What is typed to a hint that asked which option is meant may be a yes or a no (`asked`).
//!
//! Whoever asks about their own answer ("was I right?") says none (`own_answers`).
//!
//! The words that all this needs are in `vocabulary.toml`, and examples of what is read how in `grading_corpus.toml`.

mod asked;
mod characters;
mod chatter;
mod dress;
mod everyday;
mod extremes;
mod labels;
mod left;
mod lists;
mod lone;
mod named_numbers;
mod numbers;
mod orders;
mod own_answers;
mod own_words;
mod parts;
mod places;
mod reader;
mod reading;
mod reasons;
mod rejections;
mod relations;
mod resolved;
mod slips;
mod texts;
mod things;
mod tokens;
mod values;
mod variants;
mod vocabulary;
mod wishes;

pub use asked::{Asked, read_reply_to_hint, says_yes_or_no};
pub use characters::is_invisible;
pub use chatter::{asks_how_to_answer, calls_for_help};
pub use own_answers::asks_about_own_answer;
pub use reader::read_reply;
pub use reading::Reading;
pub use wishes::is_question;

#[cfg(test)]
mod bank_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vocabulary_tests;
