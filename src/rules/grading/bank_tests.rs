//! The shipped bank, answered in every way that a member may write an option, and in ways that mean something else.

use std::path::Path;
use std::sync::LazyLock;

use super::dress::without_code_marks;
use super::everyday::is_common;
use super::reader::Reader;
use super::reading::Reading;
use super::texts::Texts;
use super::vocabulary::VOCABULARY;
use crate::bank::Bank;

/// The options of every quiz of the bank.
static QUIZZES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    let bank = Bank::load(&folder).expect("it is valid");
    let quizzes = bank
        .questions()
        .iter()
        .flat_map(|question| &question.quizzes);
    let texts = |quiz: &crate::model::Quiz| {
        quiz.options
            .iter()
            .map(|option| option.text.clone())
            .collect()
    };
    quizzes.map(texts).collect()
});

/// A quiz and one of its options.
struct Case<'a> {
    reader: &'a Reader,
    options: &'a [&'a str],
    position: usize,
}

impl Case<'_> {
    fn text(&self) -> &str {
        self.options[self.position]
    }

    /// Whether a reply is read as this option; fails where it is read as another without reading like it.
    fn takes(&self, reply: &str) -> bool {
        match self.reader.read(reply) {
            Reading::Option(read) => {
                let other = read != self.position && !self.reads_like(read, reply);
                assert!(
                    !other,
                    "{reply:?} for {:?} in {:?} was read as {read}",
                    self.text(),
                    self.options
                );
                read == self.position
            }
            _ => false,
        }
    }

    /// Fails where a reply that means no option, or not this one alone, is read as one without reading like it.
    fn refuses(&self, reply: &str) {
        if let Reading::Option(read) = self.reader.read(reply) {
            let graded = !self.reads_like(read, reply);
            assert!(
                !graded,
                "{reply:?} in {:?} was read as {read}",
                self.options
            );
        }
    }

    fn reads_like(&self, option: usize, reply: &str) -> bool {
        let bare = |text: &str| without_code_marks(text).to_lowercase();
        bare(self.options[option]) == bare(reply)
    }
}

/// Goes through every option of the bank.
fn each(mut check: impl FnMut(usize, &Case)) {
    let mut nth = 0;
    for quiz in QUIZZES.iter() {
        let options: Vec<&str> = quiz.iter().map(String::as_str).collect();
        let reader = Reader(Texts::new(&options));
        for position in 0..options.len() {
            let case = Case {
                reader: &reader,
                options: &options,
                position,
            };
            check(nth, &case);
            nth += 1;
        }
    }
    assert!(nth > 3000, "the bank has shrunk to {nth} options");
}

/// A text with one of its words replaced.
fn replaced(text: &str, word: &str, with: &str) -> String {
    let words = text
        .split(' ')
        .map(|each| if each == word { with } else { each });
    words.collect::<Vec<_>>().join(" ")
}

/// The words of a text that are letters alone.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ')
        .filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

#[test]
fn an_option_in_any_dress_is_that_option() {
    each(|nth, case| {
        let text = case.text();
        let forms: [String; 15] = [
            text.to_owned(),
            text.to_uppercase(),
            if text.contains('*') {
                format!("_{text}_")
            } else {
                format!("**{text}**")
            },
            format!("||{text}||"),
            format!("\"{text}\""),
            format!("{text}!"),
            format!("{text} 🎉"),
            format!("<@1200> {text}"),
            format!("I think it's {text}"),
            format!("my answer is {text}, imo"),
            format!("{}) {text}", char::from(b'a' + case.position as u8)),
            format!("{text} ({})", case.position + 1),
            text.replace(' ', "\u{a0}"),
            text.replace('-', "\u{2011}").replace('\'', "’"),
            text.replace(' ', " \u{200b}\u{61c}"),
        ];
        // Each form for some of the options, and so each of them hundreds of times.
        for form in forms.iter().skip(nth % 7).step_by(7) {
            assert!(
                case.takes(form),
                "{form:?} in {:?} was read as {:?}",
                case.options,
                case.reader.read(form)
            );
        }
    });
}

/// A word with one slip, after its first letter.
fn slipped(word: &str, nth: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + nth / 4 % (letters.len() - 2);
    match nth % 4 {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = if letters[at] == 'z' { 'q' } else { 'z' },
    }
    letters.into_iter().collect()
}

#[test]
fn a_slip_in_a_long_word_is_forgiven() {
    // "Cannot" is two words, and "percent" a sign.
    let is_long = |word: &&str| word.len() >= 6 && !["cannot", "percent"].contains(word);
    let (mut tried, mut lost) = (0, Vec::new());
    each(|nth, case| {
        let long: Vec<&str> = words(case.text()).filter(is_long).collect();
        let Some(word) = long.get(nth % long.len().max(1)) else {
            return;
        };
        let slip = slipped(word, nth);
        let typed = replaced(case.text(), word, &slip);
        let slip = slip.to_lowercase();
        if VOCABULARY.known.contains(&slip) || case.reader.0.has_word(&slip) {
            return;
        }
        tried += 1;
        if !case.takes(&typed) {
            lost.push(format!(
                "{typed:?} in {:?}: {:?}",
                case.options,
                case.reader.read(&typed)
            ));
        }
    });
    assert!(tried > 2500, "only {tried} slips make no other word");
    assert!(
        lost.is_empty(),
        "of {tried} slips these weren't forgiven: {lost:#?}"
    );
}

#[test]
fn a_reason_leaves_an_option_as_it_is_or_has_it_proposed() {
    let reasons = [
        ", since zebras graze",
        " since zebras graze",
        ", as the zebra grazes",
        " because zebras graze",
        " bc of zebras",
        ", for zebras graze",
        ", so zebras graze",
        " so zebras graze",
        " that way zebras graze",
        ", due to zebras",
        " due to zebras",
        ": zebras graze",
        ". Zebras graze",
        " - zebras graze",
        " (zebras graze)",
        " given that zebras graze",
    ];
    let (mut tried, mut lost) = (0, Vec::new());
    each(|nth, case| {
        // A word that is said in every chat may be no answer.
        if is_common(&case.text().to_lowercase()) {
            return;
        }
        let reply = format!("{}{}", case.text(), reasons[nth % reasons.len()]);
        tried += 1;
        let read = case.reader.read(&reply);
        let asked = match &read {
            Reading::Ambiguous(several) | Reading::Part(several) => {
                several.contains(&case.position)
            }
            _ => false,
        };
        if !asked && !case.takes(&reply) {
            lost.push(format!("{reply:?} in {:?}: {read:?}", case.options));
        }
        let other = (case.position + 1) % case.options.len();
        let other = case.options[other];
        case.refuses(&format!("{}, since {other}", case.text()));
        case.refuses(&format!("not {}, since zebras graze", case.text()));
    });
    assert!(lost.is_empty(), "of {tried}: {lost:#?}");
}

#[test]
fn a_negation_is_never_the_option() {
    each(|nth, case| {
        let text = case.text();
        let words: Vec<&str> = text.split(' ').collect();
        let at = nth % words.len();
        let (before, after) = (words[..at].join(" "), words[at..].join(" "));
        let negation = ["not", "never", "no", "without"][nth % 4];
        case.refuses(&format!("{before} {negation} {after}"));
        let sentence = ["not", "I don't think it's", "anything except"][nth % 3];
        case.refuses(&format!("{sentence} {text}"));
        for word in &words {
            match *word {
                "is" | "does" | "do" | "are" | "has" | "can" => {
                    case.refuses(&replaced(text, word, &format!("{word}n't")))
                }
                "not" | "never" | "no" | "without" => case.refuses(&replaced(text, word, "")),
                "cannot" => case.refuses(&replaced(text, word, "can")),
                _ => {}
            }
        }
    });
}

#[test]
fn an_opposite_is_never_the_option() {
    each(|nth, case| {
        let text = case.text();
        let long: Vec<&str> = words(text).filter(|word| word.len() > 3).collect();
        for (at, word) in long.iter().enumerate() {
            let lower = word.to_lowercase();
            for pair in VOCABULARY.opposites.iter().map(|phrase| &phrase.0) {
                for (one, other) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                    if lower == *one {
                        case.refuses(&replaced(text, word, other));
                    }
                }
            }
            let prefixes = &VOCABULARY.prefixes;
            if (nth + at).is_multiple_of(2) {
                let prefix = &prefixes[(nth + at) / 2 % prefixes.len()];
                case.refuses(&replaced(text, word, &format!("{prefix}{lower}")));
            }
            for prefix in prefixes {
                let stem = lower
                    .strip_prefix(prefix.as_str())
                    .filter(|stem| stem.len() > 3);
                if let Some(stem) = stem.filter(|_| (nth + at) % 3 == 0) {
                    case.refuses(&replaced(text, word, stem));
                }
            }
        }
    });
}

#[test]
fn numbers_are_read_as_written_and_never_as_others() {
    let mut tried = 0;
    each(|_, case| {
        let text = case.text();
        let digits = text.contains(|c: char| c.is_ascii_digit());
        if !digits {
            return;
        }
        tried += 1;
        let persian: String = text
            .chars()
            .map(|c| {
                c.to_digit(10)
                    .map_or(c, |digit| "۰۱۲۳۴۵۶۷۸۹".chars().nth(digit as usize).unwrap())
            })
            .collect();
        for form in [
            persian,
            text.replace('-', "−"),
            text.replace(" ms", "ms").replace(" %", "%"),
            text.replace("^2", "²"),
        ] {
            assert!(
                case.takes(&form),
                "{form:?} in {:?} was read as {:?}",
                case.options,
                case.reader.read(&form)
            );
        }
        let first = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let (before, number) = text.split_at(first);
        let signs = ["-", "−", "1", ">", "≥", "±", "~", "$", "9.", "9,"];
        // "base-64" is "base64".
        for other in signs.iter().skip(if before.ends_with(char::is_alphabetic) {
            2
        } else {
            0
        }) {
            case.refuses(&format!("{before}{other}{number}"));
        }
    });
    assert!(tried > 300);
}

#[test]
fn a_label_in_any_script_is_its_option_and_contradicts_anothers_text() {
    let scripts = [
        "ABCDE",
        "ＡＢＣＤＥ",
        "ⒶⒷⒸⒹⒺ",
        "🇦🇧🇨🇩🇪",
        "𝐀𝐁𝐂𝐃𝐄",
        "12345",
        "①②③④⑤",
        "١٢٣٤٥",
        "१२३४५",
        "𝟙𝟚𝟛𝟜𝟝",
    ];
    let between = [
        ") ", ". ", ".", ": ", " - ", "-", " – ", "/", " = ", " -> ", ", so ", ", ", " | ", "\n",
    ];
    each(|nth, case| {
        let label = |position: usize| scripts[nth % scripts.len()].chars().nth(position).unwrap();
        let own = label(case.position);
        let label_alone = |reply: &str| {
            let read = label_is(case.reader, reply, case.position);
            assert!(
                read,
                "{reply:?} in {:?} was read as {:?}",
                case.options,
                case.reader.read(reply)
            );
        };
        label_alone(&format!("{own}"));
        label_alone(&format!("I think it is ({own})"));
        label_alone(&format!("the answer is {own} because it fits"));
        let other = (case.position + 1) % case.options.len();
        let between = between[nth % between.len()];
        let text = case.options[other];
        case.refuses(&format!("{own}{between}{text}"));
        case.refuses(&format!("{text} ({own})"));
        case.refuses(&format!("{own} or {}", label(other)));
        case.refuses(&format!("not {own}"));
    });
}

/// Whether a reply is read as the option of this label, or as it and others that read like it.
fn label_is(reader: &Reader, reply: &str, position: usize) -> bool {
    match reader.read(reply) {
        Reading::Option(read) => read == position,
        Reading::Ambiguous(several) => several.contains(&position),
        _ => false,
    }
}
