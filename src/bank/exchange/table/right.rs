//! Which option a column says to be right: by letter, number or text. A guess would mark a wrong
//! option right and nobody would see, so what can be read in two ways marks none.

use super::super::{CountsFromEither, ImportError};

/// What a row says of its options.
pub struct Told<'a> {
    pub line: usize,
    pub prompt: &'a str,
    /// What stands in the column.
    pub value: &'a str,
    /// The options by their columns; an empty one is none.
    pub options: Vec<&'a str>,
}

/// A way to name an option by its place.
#[derive(Clone, Copy, PartialEq)]
enum Label {
    /// From 0.
    Letter(usize),
    /// As written.
    Number(usize),
}

/// From what the numbers of a column count: 0, 1, or nothing that says which. `known` is what is known of it
/// beforehand.
///
/// # Errors
/// When its numbers mean different options by either, and nothing decides.
pub fn counts_from(
    column: &str,
    rows: &[Told<'_>],
    known: Option<usize>,
) -> Result<Option<usize>, ImportError> {
    let (mut zero, mut one, mut either) = (None, None, None);
    for row in rows {
        let Some(Label::Number(number)) = label(row.value) else {
            continue;
        };
        // What is an option's text says nothing of how others count.
        if !row.texts(row.value).is_empty() {
            continue;
        }
        match (
            row.has(number),
            number.checked_sub(1).is_some_and(|at| row.has(at)),
        ) {
            (_, false) if number == 0 => zero = zero.or(Some(row)),
            (true, true) => either = either.or(Some(row)),
            (false, true) => one = one.or(Some(row)),
            _ => {}
        }
    }
    match (known, zero, one, either) {
        (Some(_), ..) => Ok(known),
        (None, Some(zero), Some(one), _) => Err(ImportError::CountsFromBoth {
            column: column.to_owned(),
            zero: zero.line,
            one: one.line,
            number: one.value.to_owned(),
        }),
        (None, Some(_), None, _) => Ok(Some(0)),
        (None, None, Some(_), _) => Ok(Some(1)),
        (None, None, None, Some(row)) => {
            let reading = |from| {
                let at = label(row.value).and_then(|label| row.at(label, from));
                at.map_or_else(String::new, |at| row.options[at].to_owned())
            };
            Err(ImportError::CountsFromEither(Box::new(CountsFromEither {
                column: column.to_owned(),
                line: row.line,
                number: row.value.to_owned(),
                prompt: row.prompt.to_owned(),
                from_zero: reading(0),
                from_one: reading(1),
            })))
        }
        (None, None, None, None) => Ok(None),
    }
}

impl Told<'_> {
    /// The position of the option that is right.
    ///
    /// # Errors
    /// Says why none is marked, and what to do.
    pub fn right(&self, from: Option<usize>) -> Result<usize, String> {
        let value = self.value;
        if value.is_empty() {
            return Err("nothing says which option is right, so none is marked; mark one with `right = true`".into());
        }
        let from = from.map_or(0..=1, |from| from..=from);
        let label = label(value);
        let mut found: Vec<(usize, &str)> = self
            .texts(value)
            .into_iter()
            .map(|at| (at, "the text of"))
            .collect();
        if let Some(label) = label {
            let how = match label {
                Label::Letter(_) => "the letter of",
                Label::Number(_) => "the number of",
            };
            found.extend(from.filter_map(|from| Some((self.at(label, from)?, how))));
        } else if found.is_empty() {
            // "B) Redis": had better be one and the same.
            for (label, text) in labelled(value) {
                let texts = self.texts(text);
                if !texts.is_empty() {
                    found.extend(
                        from.clone()
                            .filter_map(|from| Some((self.at(label, from)?, "the label of"))),
                    );
                    found.extend(texts.into_iter().map(|at| (at, "the text of")));
                }
            }
        }
        let mut seen = Vec::new();
        found.retain(|(at, _)| {
            !seen.contains(at) && {
                seen.push(*at);
                true
            }
        });
        match &found[..] {
            [(at, _)] => Ok(*at),
            [] if several(value) => Err(format!(
                "`{value}` names several options; a quiz has one that is right, so none is marked; mark one \
                 with `right = true`, or ask so that one is right"
            )),
            [] => Err(format!(
                "`{value}` is no option's letter, number or text, so none is marked; mark one with `right = true`"
            )),
            _ => {
                let readings = found
                    .iter()
                    .map(|(at, how)| format!("{how} “{}”", self.options[*at]));
                let readings: Vec<String> = readings.collect();
                Err(format!(
                    "`{value}` may be {}, so none is marked; mark one with `right = true`",
                    readings.join(" or ")
                ))
            }
        }
    }

    fn has(&self, at: usize) -> bool {
        self.options
            .get(at)
            .is_some_and(|option| !option.is_empty())
    }

    /// The option that a label names if numbers count from `from`.
    fn at(&self, label: Label, from: usize) -> Option<usize> {
        let at = match label {
            Label::Letter(at) => at,
            Label::Number(number) => number.checked_sub(from)?,
        };
        self.has(at).then_some(at)
    }

    /// The options that read so; those that differ by case or spaces, if none does exactly.
    fn texts(&self, text: &str) -> Vec<usize> {
        let folded = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            words.join(" ")
        };
        let positions = |same: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let options = self.options.iter().enumerate();
            options
                .filter(|(_, option)| !option.is_empty() && same(option))
                .map(|(at, _)| at)
                .collect()
        };
        let exact = positions(&|option| option == text);
        if exact.is_empty() {
            let text = folded(text);
            return positions(&|option| folded(option) == text);
        }
        exact
    }
}

/// The place that a text names which is nothing else: "B", "(b)", "2", "Option C", "choice_1".
fn label(text: &str) -> Option<Label> {
    let text = text.trim().to_lowercase();
    let named = ["option", "choice", "answer"]
        .into_iter()
        .find_map(|noun| text.strip_prefix(noun));
    let bare = named.map_or(&*text, |rest| rest.trim_start_matches([' ', '_', '-', ':']));
    let bare = bare.trim_start_matches(['#', '(', '[']);
    let bare = bare.trim_end_matches([')', ']', '.', ':', ' ']);
    match bare.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(Label::Letter(usize::from(letter - b'a'))),
        _ => {
            // Spreadsheets write whole numbers as 2.0.
            let whole = bare
                .split_once('.')
                .filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
            let digits = whole.map_or(bare, |(whole, _)| whole);
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            plain
                .then(|| digits.parse().ok().map(Label::Number))
                .flatten()
        }
    }
}

/// A label with a text behind it, at each sign that may part them.
fn labelled(text: &str) -> impl Iterator<Item = (Label, &str)> {
    let parts = [')', '.', ':', ']', '-', ' '].into_iter();
    parts.filter_map(|sign| {
        let (before, after) = text.split_once(sign)?;
        Some((label(before)?, after.trim()))
    })
}

/// Whether a text is made of labels.
fn several(text: &str) -> bool {
    let parts = text.split([',', ';', '/', '&', '+', '|', ' ']);
    let parts: Vec<&str> = parts
        .filter(|part| !matches!(*part, "" | "and" | "or"))
        .collect();
    parts.len() > 1 && parts.into_iter().all(|part| label(part).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(value: &'a str, options: &[&'a str]) -> Told<'a> {
        Told {
            line: 2,
            prompt: "Which?",
            value,
            options: options.to_vec(),
        }
    }

    fn from(values: &[(&str, &[&str])], known: Option<usize>) -> Result<Option<usize>, String> {
        let rows: Vec<Told<'_>> = values
            .iter()
            .map(|(value, options)| told(value, options))
            .collect();
        counts_from("correct", &rows, known).map_err(|error| error.to_string())
    }

    const FOUR: &[&str] = &["80", "443", "22", "25"];

    #[test]
    fn a_column_says_from_what_it_counts_or_is_refused() {
        assert_eq!(
            from(&[("1", FOUR), ("0", FOUR), ("2", FOUR)], None),
            Ok(Some(0))
        );
        assert_eq!(from(&[("1", FOUR), ("4", FOUR)], None), Ok(Some(1)));
        assert_eq!(from(&[("1", FOUR), ("4.0", FOUR)], None), Ok(Some(1)));
        // Options that are missing at the end don't count.
        assert_eq!(from(&[("2", &["a1", "b1", "", ""])], None), Ok(Some(1)));
        // Numbers that are options' texts say nothing.
        assert_eq!(from(&[("4", &["3", "4", "5"])], None), Ok(None));
        assert_eq!(
            from(&[("0", &["0", "1", "2"]), ("B", FOUR)], None),
            Ok(None)
        );
        let either = from(&[("1", FOUR), ("2", FOUR)], None).expect_err("it may be either");
        for said in [
            "line 2",
            "from 0",
            "“443”",
            "from 1",
            "“80”",
            "--correct-from",
        ] {
            assert!(either.contains(said), "{said} is not in {either}");
        }
        assert_eq!(from(&[("1", FOUR)], Some(0)), Ok(Some(0)));
        assert_eq!(from(&[("1", FOUR)], Some(1)), Ok(Some(1)));
        assert!(from(&[("0", FOUR), ("4", FOUR)], None).is_err());
    }

    #[test]
    fn one_option_is_named_or_none() {
        let names: &[&str] = &["GET", "PUT", "POST"];
        for (value, right) in [
            ("A", 0),
            ("b", 1),
            ("(c)", 2),
            ("C.", 2),
            ("1", 0),
            ("3.0", 2),
            ("option b", 1),
            ("Option_C", 2),
            ("choice 2", 1),
            ("PUT", 1),
            ("post", 2),
            ("B) PUT", 1),
            ("2. PUT", 1),
            ("c: post", 2),
            ("#2", 1),
        ] {
            assert_eq!(told(value, names).right(Some(1)), Ok(right), "{value}");
        }
        for (value, said) in [
            ("D", "no option's letter"),
            ("0", "no option's letter"),
            ("4", "no option's letter"),
            ("", "nothing says"),
            ("A) PUT", "may be"),
            ("A,C", "several"),
            ("a and b", "several"),
            ("1;2", "several"),
            ("all of the above", "no option's letter"),
            ("99999999999999999999999", "no option's letter"),
            ("-1", "no option"),
        ] {
            let why = told(value, names).right(Some(1)).expect_err(value);
            assert!(why.contains(said), "{value}: {why}");
        }
    }

    #[test]
    fn a_letter_or_number_that_is_another_options_text_marks_none() {
        let why = told("C", &["C++", "C", "Java", "Rust"])
            .right(None)
            .expect_err("either");
        assert!(
            why.contains("the text of “C” or the letter of “Java”"),
            "{why}"
        );
        let why = told("4", &["3", "8", "4", "2"])
            .right(None)
            .expect_err("either");
        assert!(
            why.contains("the text of “4” or the number of “2”"),
            "{why}"
        );
        assert!(told("c", &["C++", "C", "Java"]).right(None).is_err());
        assert!(
            told("2", &["1", "2", "3"]).right(None).is_err(),
            "from 0 it is the third"
        );
        // Where they agree there is nothing to ask.
        assert_eq!(told("B", &["A", "B", "C"]).right(None), Ok(1));
        assert_eq!(told("2", &["1", "2", "3"]).right(Some(1)), Ok(1));
        assert_eq!(told("3", &["1", "2", "3"]).right(None), Ok(2));
    }
}
