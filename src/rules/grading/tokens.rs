//! A text as what it is made of: words, numbers, the signs that carry meaning, and pauses, which don't.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::characters::is_picture;
use super::numbers::{multiple, number, spelled, spelled_in_two, spelled_large};
use super::vocabulary::VOCABULARY;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Whether nothing stands between it and the part before.
    pub glued: bool,
    /// Whether it is a capital letter, alone.
    pub capital: bool,
}

/// What a part of a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, in lower case and without accents.
    Word(String),
    /// Digits, as each number that they may mean.
    Number(Vec<String>),
    /// Signs without which the text would mean something else.
    Sign(String),
    /// Punctuation that another writer would leave out, or put differently.
    Pause(char),
}

impl Token {
    /// Whether it is a pause.
    pub fn is_pause(&self) -> bool {
        matches!(self.kind, Kind::Pause(_))
    }

    /// The word that it is, or nothing.
    pub fn word(&self) -> &str {
        match &self.kind {
            Kind::Word(word) => word,
            _ => "",
        }
    }
}

/// The words and numbers of parts with a space between, and more where anything else is.
pub fn spoken(tokens: &[Token]) -> String {
    let texts = tokens.iter().map(|token| match &token.kind {
        Kind::Number(meant) => meant.first().map_or("", String::as_str),
        _ => token.word(),
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// Whether a letter in these parts is the word that it sounds like, or an article: "c u later".
pub fn has_sounds(parts: &[Token]) -> bool {
    let mut pairs = parts.windows(2);
    pairs.any(|pair| VOCABULARY.sounds.contains(&spoken(pair)))
}

/// The parts of a readable text. Where `apart`, separators end a number (`1,5` is one and five).
pub fn tokens(text: &str, apart: bool) -> Vec<Token> {
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
        apart,
        tokens: Vec::new(),
    };
    while reader.at < reader.chars.len() {
        reader.step();
    }
    with_large_numbers(with_one_spelling(reader.tokens))
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    apart: bool,
    tokens: Vec<Token>,
}

/// What stands on one side of a sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Nothing,
    Number,
    Letter,
    Word,
}

impl Reader {
    fn step(&mut self) {
        let c = self.chars[self.at];
        if c.is_whitespace() || is_picture(c) {
            self.at += 1;
        } else if c.is_ascii_digit() || c == '.' && self.starts_decimals() {
            self.number(self.at, "");
        } else if is_letter(c) {
            self.word();
        } else {
            self.sign();
        }
    }

    fn char(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or(' ')
    }

    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.char(at))
    }

    /// Whether the point here is that of `.5`.
    fn starts_decimals(&self) -> bool {
        let before = self.before(self.at);
        let begins = !before.is_alphanumeric() && before != '.' && before != ')';
        !self.apart && begins && self.char(self.at + 1).is_ascii_digit()
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let glued = start > 0 && !self.before(start).is_whitespace();
        let capital = end == start + 1 && self.char(start).is_uppercase();
        self.tokens.push(Token {
            kind,
            glued,
            capital,
        });
        self.at = end;
    }

    fn number(&mut self, start: usize, sign: &str) {
        let from = start
            + sign.chars().count()
            + usize::from(!sign.is_empty() && self.char(start + 1) == ' ');
        let (length, meant) = number(&self.chars[from..], self.apart);
        let meant = meant
            .into_iter()
            .map(|number| format!("{sign}{number}"))
            .collect();
        self.push(Kind::Number(meant), start, from + length);
        let ordinal: String = self.chars[self.at..]
            .iter()
            .take(2)
            .collect::<String>()
            .to_lowercase();
        let ends = !self.char(self.at + 2).is_alphanumeric();
        if ends && ["st", "nd", "rd", "th"].contains(&&*ordinal) {
            let digits: String = self.chars[from..self.at].iter().collect();
            self.tokens.pop();
            self.push(
                Kind::Word(format!("{sign}{digits}{ordinal}")),
                start,
                self.at + 2,
            );
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let mut end = start;
        let inner = |c: char| is_letter(c) || is_combining_mark(c);
        // A letter beside words without spaces is a word of its own: "答案是B".
        let other = |end: usize| {
            end > start
                && is_unspaced(self.char(end)) != is_unspaced(self.char(end - 1))
                && (self.char(end).is_ascii_alphabetic()
                    || self.char(end - 1).is_ascii_alphabetic())
        };
        while inner(self.char(end)) && !other(end)
            || self.char(end) == '\'' && inner(self.char(end + 1)) && end > start
        {
            end += 1;
        }
        let typed: String = self.chars[start..end].iter().collect();
        let (word, negated) = affirmed(&plain_word(&typed));
        self.push(Kind::Word(word), start, end);
        if negated {
            self.push(Kind::Word("not".into()), start + 1, end);
        }
    }

    fn sign(&mut self) {
        let start = self.at;
        let mut end = start + 1;
        let together = |c: char| "=<>!&|+-*/\\^%~?:.@#$".contains(c);
        while together(self.char(start)) && together(self.char(end)) {
            end += 1;
        }
        // In "C++!" the sentence ends after the signs.
        let closes = |c: char| c.is_whitespace() || ")]}\"',;".contains(c);
        let ends = |at: usize| ".!?:".contains(self.char(at));
        if closes(self.char(end)) && (start..end).any(|at| !ends(at)) {
            while ends(end - 1) {
                end -= 1;
            }
        }
        let run: String = self.chars[start..end].iter().collect();
        let next = self.char(end);
        let operator = run
            .strip_suffix('-')
            .filter(|rest| !rest.is_empty() && !rest.ends_with('-'));
        if next.is_ascii_digit()
            && let Some(operator) = operator
        {
            // ">=-1"
            self.push(Kind::Sign(operator.into()), start, end - 1);
            return self.number(end - 1, "-");
        }
        if run == "-" && self.is_minus(start) {
            return self.number(start, "-");
        }
        let kind = if self.is_pause(&run, start, end) {
            Kind::Pause(self.char(start))
        } else {
            Kind::Sign(run)
        };
        self.push(kind, start, end);
    }

    /// Whether the dash here is part of the number after it: not the one of a range, a difference or a name (`utf-8`).
    fn is_minus(&self, at: usize) -> bool {
        let before = self.before(at);
        let begins = before.is_whitespace() || !before.is_alphanumeric() && !")]}".contains(before);
        let first = self.tokens.is_empty()
            && self.char(at + 1) == ' '
            && self.char(at + 2).is_ascii_digit();
        first || begins && self.char(at + 1).is_ascii_digit()
    }

    /// What stands before `at`, or after it, with at most a space between.
    fn side(&self, at: usize, forward: bool) -> Side {
        let char = |nth: usize| match forward {
            true => self.char(at + nth),
            false if at > nth => self.char(at - nth - 1),
            false => ' ',
        };
        let skip = usize::from(char(0) == ' ');
        match (char(skip), char(skip + 1)) {
            (c, _) if c.is_ascii_digit() => Side::Number,
            (c, next) if is_letter(c) && is_letter(next) => Side::Word,
            (c, _) if is_letter(c) => Side::Letter,
            _ => Side::Nothing,
        }
    }

    /// Whether a run of signs only parts what stands around it.
    fn is_pause(&self, run: &str, start: usize, end: usize) -> bool {
        let (before, after) = (self.before(start), self.char(end));
        let (left, right) = (self.side(start, false), self.side(end, true));
        let spaced = before.is_whitespace() && after.is_whitespace();
        let word_after = after.is_alphanumeric();
        let sentence = run.chars().all(|c| ".,;:!?".contains(c));
        match run {
            "(" | ")" | "[" | "]" | "{" | "}" | "\"" | "'" | "," | ";" | "•" | "·" | "●" | "▪" => {
                true
            }
            "." if word_after => before.is_alphanumeric() || before == ')',
            ":" if word_after => {
                left != Side::Number && right != Side::Number && before.is_alphanumeric()
            }
            "_" => {
                before.is_alphanumeric()
                    && word_after
                    && (left, right) != (Side::Number, Side::Number)
            }
            // "/list" and "-x" are names.
            "-" | "/" | "\\" if before.is_whitespace() && word_after => false,
            "-" | "/" | "\\" => match (left, right) {
                (Side::Word, Side::Word | Side::Letter) | (Side::Letter, Side::Word) => true,
                (Side::Word, Side::Number) | (Side::Number, Side::Word) => !spaced,
                (_, Side::Nothing) => before.is_whitespace(),
                (Side::Nothing, _) => after.is_whitespace(),
                _ => false,
            },
            "--" => spaced,
            // "O(n!)" is a factorial.
            "!" if ")]}".contains(after) => false,
            _ if sentence && word_after => run.starts_with("...") && before.is_alphanumeric(),
            // "! x" denies x, and "!" by itself doesn't end a sentence.
            _ if sentence => !spaced || after_text(&self.tokens) && end >= self.chars.len(),
            _ => false,
        }
    }
}

fn after_text(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| !token.is_pause())
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !c.is_ascii_digit()
}

/// Whether a letter is of a script that puts no spaces between words, or sets Latin letters among its own without one.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// A word in lower case, without accents, and with Latin letters for their look-alikes where it has Latin ones.
fn plain_word(typed: &str) -> String {
    let is_accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let mut word = String::with_capacity(typed.len());
    for c in typed.to_lowercase().nfd().filter(|c| !is_accent(c)) {
        match c {
            'ł' => word.push('l'),
            'ß' => word.push_str("ss"),
            'ø' => word.push('o'),
            'đ' | 'ð' => word.push('d'),
            'þ' => word.push_str("th"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'ı' => word.push('i'),
            _ => word.push(c),
        }
    }
    let mut word: String = word.nfc().collect();
    if !word.is_ascii() && word.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        let look = |c| VOCABULARY.look_alikes.iter().find(|pair| pair.0 == c);
        word = word
            .chars()
            .map(|c| look(c).map_or(c, |pair| pair.1))
            .collect();
    }
    word
}

/// A contraction without its "n't", and whether it had one. Then without its other apostrophes.
fn affirmed(word: &str) -> (String, bool) {
    let bare = word.replace('\'', "");
    let verb = match &*bare {
        "cant" | "cannot" => Some("can"),
        "wont" => Some("will"),
        _ => bare
            .strip_suffix("nt")
            .filter(|verb| VOCABULARY.auxiliaries.contains(*verb)),
    };
    match verb {
        Some(verb) => (verb.to_owned(), true),
        None => (bare, false),
    }
}

/// The parts with one spelling for what has several: `and` for `&`, `%` for `percent`, `5$` for `$5`, `^` for `**`, and
/// `25` for `twenty-five`.
fn with_one_spelling(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for mut token in tokens {
        let (rest, hyphen) = match &out[..] {
            [rest @ .., hyphen] if hyphen.kind == Kind::Pause('-') => (rest, 1),
            rest => (rest, 0),
        };
        if let Some(ten) = rest.last()
            && let Some(digits) = spelled_in_two(ten.word(), token.word())
        {
            let glued = ten.glued;
            out.truncate(out.len() - hyphen - 1);
            out.push(Token {
                kind: Kind::Number(vec![digits]),
                glued,
                capital: false,
            });
            continue;
        }
        let number = matches!(
            out.last(),
            Some(Token {
                kind: Kind::Number(_),
                ..
            })
        );
        let kind = match &token.kind {
            Kind::Sign(sign) if sign == "&" && !token.glued => Kind::Word("and".into()),
            Kind::Sign(sign) if sign == "**" && !out.is_empty() && token.glued => {
                Kind::Sign("^".into())
            }
            Kind::Sign(sign) if sign == "+-" || sign == "+/-" => Kind::Sign("±".into()),
            Kind::Word(word) if word == "percent" && number => Kind::Sign("%".into()),
            Kind::Word(word) if word == "x" && number => Kind::Sign("*".into()),
            Kind::Word(word) if word == "us" && number => Kind::Word("μs".into()),
            Kind::Number(_) if out.last().is_some_and(is_currency) => {
                let currency = out.pop();
                token.glued = currency.as_ref().is_some_and(|currency| currency.glued);
                out.push(token);
                out.extend(currency);
                continue;
            }
            _ => token.kind,
        };
        token.kind = kind;
        out.push(token);
    }
    out
}

/// The parts with large numbers in digits: `200` for "two hundred".
fn with_large_numbers(tokens: Vec<Token>) -> Vec<Token> {
    let large = |token: &Token| token.word() == "oh" || multiple(token.word()).is_some();
    let zero = |pair: &[Token]| spelled(pair[0].word()).is_some() && pair[1].word() == "zero";
    if !tokens.iter().any(large) && !tokens.windows(2).any(zero) {
        return tokens;
    }
    let digits = |token: &Token| match &token.kind {
        Kind::Number(meant) if meant.len() == 1 => meant[0].clone(),
        _ => token.word().to_owned(),
    };
    let mut out = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        // "Two-hundred" is the same.
        let rest = tokens[at..].iter().enumerate();
        let rest = rest
            .filter(|(_, token)| token.kind != Kind::Pause('-'))
            .take(12);
        let (places, words): (Vec<usize>, Vec<String>) =
            rest.map(|(nth, token)| (nth, digits(token))).unzip();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let spelled = spelled_large(&words).filter(|_| places.first() == Some(&0));
        let (kind, length) = match spelled {
            Some((words, digits)) => (Kind::Number(vec![digits]), places[words - 1] + 1),
            None => (first.kind.clone(), 1),
        };
        let Token { glued, capital, .. } = *first;
        out.push(Token {
            kind,
            glued,
            capital,
        });
        at += length;
    }
    out
}

fn is_currency(token: &Token) -> bool {
    matches!(&token.kind, Kind::Sign(sign) if ["$", "€", "£", "¥", "₹", "₽", "₩"].contains(&&**sign))
}
