//! Whether a text is an option's: the same but for how it is put, or the same but for slips.

use std::collections::HashSet;

use strsim::osa_distance;

use super::characters::readable;
use super::dress::{undressed, unquoted, without_code_marks};
use super::numbers::{separated, spelled};
use super::slips::{is_slip, same};
use super::tokens::{Kind, Token};
use super::values::of_values;
use super::variants::Variants;
use super::vocabulary::VOCABULARY;

/// How alike two texts have to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Closeness {
    /// The same but for punctuation, articles, accents, spaces and spelling.
    Plain,
    /// The same even though numbers are written otherwise that have the same value: `1.0` and `1`.
    Value,
    /// The same value, but for a few slips.
    Slip,
}

/// The options of a quiz, ready to be compared with.
pub struct Texts {
    options: Vec<OptionText>,
    /// The words of all options.
    pub(super) words: HashSet<String>,
    /// More parts than this a reply cannot have that reads like an option.
    pub(super) longest: usize,
}

struct OptionText {
    readable: String,
    /// It as written, and as shown; with the numbers whole, and apart.
    forms: Vec<Form>,
    /// The same with each number as short as its value can be written. None where that changes nothing.
    values: Option<Vec<Form>>,
}

/// A text ready to be compared: its parts, joined with and without articles.
pub(super) struct Form {
    pub(super) tokens: Vec<Token>,
    plain: Vec<Token>,
    with_articles: Vec<Token>,
    pub(super) negations: usize,
    /// How it may begin: with its article or without.
    initials: [Option<char>; 2],
}

impl Texts {
    /// Prepares the options' texts.
    pub fn new(options: &[&str]) -> Texts {
        let options: Vec<OptionText> = options
            .iter()
            .map(|option| OptionText::new(unquoted(option)))
            .collect();
        let tokens = options.iter().flat_map(|option| &option.forms[0].tokens);
        let words = tokens.map(|token| token.word().to_owned()).collect();
        let lengths = options.iter().map(|option| option.readable.chars().count());
        let longest = 16 + 2 * lengths.max().unwrap_or(0);
        Texts {
            options,
            words,
            longest,
        }
    }

    /// How many options there are.
    pub fn len(&self) -> usize {
        self.options.len()
    }

    /// What an option is made of.
    pub(super) fn parts_of(&self, option: usize) -> &[Token] {
        &self.options[option].forms[0].tokens
    }

    /// The options that read exactly like this; if none does, those that do but for upper and lower case.
    pub fn exact(&self, text: &str) -> Vec<usize> {
        let exact = self.positions(|option| option.readable == text);
        if !exact.is_empty() || text.is_empty() {
            return exact;
        }
        let lower = text.to_lowercase();
        self.positions(|option| option.readable.to_lowercase() == lower)
    }

    /// The options that these parts of a reply name.
    pub fn named(&self, typed: &[Token], closeness: Closeness) -> Vec<usize> {
        // However alike, they begin alike. This saves a closer look at most parts of a sentence.
        let typed = without_article(typed);
        let first = (0..typed.len()).find(|nth| says(typed, *nth));
        let first = initial(first.map(|nth| &typed[nth]));
        let begins = |form: &Form| form.initials.contains(&first);
        if typed.len() > self.longest || self.matching(closeness, begins).is_empty() {
            return Vec::new();
        }
        let mut named = match closeness {
            Closeness::Plain => self.plain(typed.to_vec(), closeness),
            Closeness::Value => self.plain(of_values(typed), closeness),
            Closeness::Slip => self.slips(&of_values(typed)),
        };
        named.retain(|option| self.is_told_apart(typed, *option));
        named
    }

    /// Whether parts that read like an option say more than what all options have: "A record" may differ from others in
    /// its "A" alone.
    fn is_told_apart(&self, typed: &[Token], option: usize) -> bool {
        let own = &self.options[option].forms[0].tokens;
        let (whole, said) = (unpaused(own), said(own));
        let (Some(first), Some(begun)) = (whole.first(), said.first()) else {
            return true;
        };
        let in_all = |token: &&Token| {
            let has = |option: &OptionText| {
                let mut own = option.forms[0].tokens.iter();
                own.any(|own| same(own, token))
            };
            self.options.iter().all(has)
        };
        first == begun
            || !said.iter().all(in_all)
            || typed.first().map(Token::word) == Some(first.word())
    }

    fn plain(&self, typed: Vec<Token>, closeness: Closeness) -> Vec<usize> {
        let typed = Form::new(typed);
        let said = said(&typed.tokens);
        // A letter that stands alone may be a label, so it is no part of the word beside it.
        let joined = joined(&said, false);
        if said.is_empty() {
            return Vec::new();
        }
        let mut named = self.matching(closeness, |option| {
            option.negations == typed.negations
                && (alike(&option.plain, &joined) || option.has_the_words_of(&typed))
        });
        if named.is_empty() {
            return named;
        }
        // "a synchronous" may be "asynchronous" with a space in it.
        named.extend(self.matching(closeness, |option| {
            alike(&option.with_articles, &typed.with_articles)
        }));
        // In "A Redis" the letter may be an option's.
        let first = &typed.tokens[0];
        let letter = first.capital && first.word() == "a" && said[0] != first;
        let own = |option: &usize| {
            let first = self.options[*option].forms.first();
            let first = first.and_then(|form| form.tokens.first());
            first.is_some_and(|token| token.word() == "a")
        };
        if letter && !named.iter().all(own) {
            named.push(0);
        }
        named
    }

    fn slips(&self, typed: &[Token]) -> Vec<usize> {
        let typed = said(typed);
        self.matching(Closeness::Slip, |option| {
            is_slip(&typed, &said(&option.tokens), &self.words)
        })
    }

    /// The options that go on after this answer, or have some of this reason in them: both together may be meant as one.
    pub fn may_hold(&self, answer: &[Token], reason: &[Token]) -> Vec<usize> {
        const ENOUGH: usize = 3;
        let (answer, reason) = (said(answer), said(reason));
        let answer_is_text = answer.first().is_some_and(|first| first.word().len() > 1);
        let part = &reason[..reason.len().min(self.longest)];
        let alike = |one: &[&Token], other: &[&Token]| {
            one.iter().zip(other).all(|(one, other)| same(one, other))
        };
        let holds = |option: &Form| {
            let option = said(&option.tokens);
            let goes_on = answer_is_text && option.len() > answer.len() && alike(&option, &answer);
            let mut shared = part.windows(ENOUGH.min(part.len()).max(1));
            goes_on || shared.any(|part| option.windows(part.len()).any(|other| alike(part, other)))
        };
        self.matching(Closeness::Plain, holds)
    }

    /// Whether a reply has other square or curly brackets than an option: a list is no set.
    pub fn brackets_differ(&self, reply: &[Token], option: usize) -> bool {
        let typed: Vec<char> = reply.iter().filter_map(bracket).collect();
        let meant: Vec<char> = self.options[option].forms[0]
            .tokens
            .iter()
            .filter_map(bracket)
            .collect();
        !typed.is_empty() && !meant.is_empty() && typed != meant
    }

    /// Whether a number stands in an option, in these digits.
    pub fn has_number(&self, digits: &str) -> bool {
        let mut texts = self.options.iter().map(|option| &option.readable);
        texts.any(|text| {
            text.split(|c: char| !c.is_ascii_digit())
                .any(|own| own == digits)
        })
    }

    /// Whether an option has a number in it that is written so.
    pub fn writes(&self, option: usize, number: &str) -> bool {
        separated(&self.options[option].readable).any(|own| own == number)
    }

    /// Whether this stands by itself in an option, as it is written.
    pub fn writes_word(&self, word: &str) -> bool {
        let mut texts = self.options.iter().map(|option| &option.readable);
        texts.any(|text| text.split(' ').any(|own| own == word))
    }

    /// Whether a word is in an option.
    pub fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether an option has this word, or nearly. In a long option a short word that is only near says nothing.
    pub fn has_like(&self, word: &str) -> bool {
        const SHORT: usize = 3;
        self.options.iter().any(|option| {
            let own = option.words();
            let tells = |own: &&str| own.chars().count() > SHORT;
            let is_like = |other: &&str| *other == word || is_near(other, word);
            let is_same =
                |other: &&str| *other == word && word.len() > 1 && !VOCABULARY.small.contains(word);
            own.iter().any(|other| {
                is_like(other) && (own.len() <= SHORT || tells(other)) || is_same(other)
            })
        })
    }

    /// Whether a sentence has all words of an option in it that are not common, or is made of an option's words.
    pub fn is_about(&self, words: &[&str], is_common: impl Fn(&str) -> bool) -> bool {
        let typed: HashSet<&str> = words.iter().copied().collect();
        let tells = |word: &&&str| word.len() > 1 && !is_common(word);
        let holds = |option: &OptionText| {
            let own = option.words();
            let mut telling = own.iter().filter(tells).peekable();
            telling.peek().is_some() && telling.all(|word| typed.contains(word))
        };
        self.options.iter().any(holds) || self.is_part(words, &is_common)
    }

    /// Whether a sentence is made of an option's words, some of them not common.
    pub fn is_part(&self, words: &[&str], is_common: impl Fn(&str) -> bool) -> bool {
        let tells = |word: &&&str| word.len() > 1 && !is_common(word);
        self.options.iter().any(|option| {
            let own: HashSet<&str> = option.words().into_iter().collect();
            let shared: Vec<&&str> = words.iter().filter(|word| own.contains(**word)).collect();
            shared.len() * 2 > words.len() && shared.iter().any(tells)
        })
    }

    /// The options of which a form, at this closeness, passes.
    pub(super) fn matching(
        &self,
        closeness: Closeness,
        passes: impl Fn(&Form) -> bool,
    ) -> Vec<usize> {
        self.positions(|option| option.forms(closeness).iter().any(&passes))
    }

    fn positions(&self, passes: impl Fn(&OptionText) -> bool) -> Vec<usize> {
        (0..self.options.len())
            .filter(|position| passes(&self.options[*position]))
            .collect()
    }
}

impl OptionText {
    fn forms(&self, closeness: Closeness) -> &[Form] {
        match (closeness, &self.values) {
            (Closeness::Value | Closeness::Slip, Some(values)) => values,
            _ => &self.forms,
        }
    }

    fn words(&self) -> Vec<&str> {
        let words = self.forms[0].tokens.iter().map(Token::word);
        words.filter(|word| !word.is_empty()).collect()
    }

    fn new(option: &str) -> OptionText {
        let written = without_code_marks(option);
        // Marks inside code are no Markdown.
        let shown = if option.contains('`') {
            written.clone()
        } else {
            undressed(&written)
        };
        let Variants { whole, apart } = Variants::new(&written, &shown);
        let parts: Vec<Vec<Token>> = whole.into_iter().chain(apart).collect();
        let values: Vec<Vec<Token>> = parts.iter().map(|parts| of_values(parts)).collect();
        let differ = values != parts;
        let forms = |parts: Vec<Vec<Token>>| parts.into_iter().map(Form::new).collect();
        OptionText {
            readable: readable(&written),
            forms: forms(parts),
            values: differ.then(|| forms(values)),
        }
    }
}

impl Form {
    pub(super) fn new(tokens: Vec<Token>) -> Form {
        let said = said(&tokens);
        let is_negation = |token: &&&Token| VOCABULARY.negations.contains(token.word());
        Form {
            plain: joined(&said, true),
            with_articles: joined(&unpaused(&tokens), true),
            negations: said.iter().filter(is_negation).count(),
            initials: [
                initial(said.first().copied()),
                initial(unpaused(&tokens).first().copied()),
            ],
            tokens,
        }
    }

    fn has_the_words_of(&self, typed: &Form) -> bool {
        let same_words = |one: &[&Token], other: &[&Token]| {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        };
        same_words(&unpaused(&self.tokens), &unpaused(&typed.tokens))
            || same_words(&said(&self.tokens), &said(&typed.tokens))
    }
}

/// Whether long words differ in a letter or two, or one is in the other.
fn is_near(one: &str, other: &str) -> bool {
    const LONG: usize = 4;
    let lengths = [one.chars().count(), other.chars().count()];
    let shorter = lengths[0].min(lengths[1]);
    let within = || one.contains(other) || other.contains(one);
    let slips = 1 + shorter / 8;
    shorter >= LONG && lengths[0].abs_diff(lengths[1]) <= slips && osa_distance(one, other) <= slips
        || shorter > LONG && within()
}

fn bracket(token: &Token) -> Option<char> {
    match token.kind {
        Kind::Pause(bracket @ ('[' | ']' | '{' | '}')) => Some(bracket),
        _ => None,
    }
}

/// The letter that a text begins with whose first part this is; for numbers, in digits or not, always the same.
fn initial(first: Option<&Token>) -> Option<char> {
    match &first?.kind {
        Kind::Word(word) if spelled(word).is_none() => word.chars().next(),
        Kind::Sign(sign) => sign.chars().next(),
        _ => Some('0'),
    }
}

/// The parts without an article before another, which is a name then: "the A record".
fn without_article(tokens: &[Token]) -> &[Token] {
    let is_article = |token: &Token| VOCABULARY.articles.contains(token.word());
    match tokens {
        [first, rest @ ..] if rest.len() > 1 && is_article(first) && is_article(&rest[0]) => rest,
        _ => tokens,
    }
}

fn unpaused(tokens: &[Token]) -> Vec<&Token> {
    tokens.iter().filter(|token| !token.is_pause()).collect()
}

/// The parts that say something.
pub(super) fn said(tokens: &[Token]) -> Vec<&Token> {
    (0..tokens.len())
        .filter(|nth| says(tokens, *nth))
        .map(|nth| &tokens[nth])
        .collect()
}

/// Whether a part says something: it is no pause, and no article.
fn says(tokens: &[Token], nth: usize) -> bool {
    let before_a_word = |next: &Token| {
        !next.glued && (next.word().len() > 1 || matches!(next.kind, Kind::Number(_)))
    };
    let is_article = || {
        VOCABULARY.articles.contains(tokens[nth].word())
            && tokens.get(nth + 1).is_some_and(before_a_word)
    };
    !tokens[nth].is_pause() && !is_article()
}

/// The parts with neighbouring words as one, since "read through", "read-through" and "readthrough" are the same; and
/// with numbers in digits. Where `letters` is false, letters that may be labels stay alone.
fn joined(tokens: &[&Token], letters: bool) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut before_joins = false;
    for token in tokens {
        let mut kind = token.kind.clone();
        if let Some(number) = spelled(token.word()) {
            kind = Kind::Number(vec![number]);
        }
        // No option has a letter beyond the fifth.
        let is_label = |word: &str| {
            let beyond = word.starts_with(|c: char| ('f'..='z').contains(&c));
            word.chars().count() < 2 && !beyond
        };
        let joins = letters || !is_label(token.word());
        match (&mut out.last_mut().map(|last| &mut last.kind), kind) {
            (Some(Kind::Word(before)), Kind::Word(word)) if joins && before_joins => {
                before.push_str(&word)
            }
            (_, kind) => out.push(Token {
                kind,
                glued: false,
                capital: false,
            }),
        }
        before_joins = joins;
    }
    out
}

fn alike(one: &[Token], other: &[Token]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}
