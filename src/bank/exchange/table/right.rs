//! Which option a column says is right: by letter, number or text. A wrong guess would go unnoticed, so what can be read
//! in two ways marks none.

use super::super::{CountsFromEither, ImportError, NamedBy, NotMarked};

/// What a row says about its options.
pub struct Told<'a> {
    pub line: usize,
    pub prompt: &'a str,
    /// What the column says.
    pub value: &'a str,
    /// The options by their columns; an empty text isn't an option.
    pub options: Vec<&'a str>,
    /// What these columns are called.
    pub names: &'a [&'a str],
}

/// Whether the numbers of a column count from 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counting {
    /// From 0 or 1; `None` where nothing says which.
    pub from: Option<usize>,
    /// Whether the command or the columns' names say so, rather than the numbers suggesting it.
    pub said: bool,
}

/// A label that names an option by its position.
#[derive(Clone, Copy, PartialEq)]
enum Label {
    /// From 0.
    Letter(usize),
    /// As written.
    Number(usize),
}

/// From what the numbers of a column count. `known` is what is known of it beforehand.
///
/// # Errors
/// When its numbers mean different options by either, and nothing decides.
pub fn counts_from(
    column: &str,
    rows: &[Told<'_>],
    known: Option<usize>,
) -> Result<Counting, ImportError> {
    let (mut zero, mut one, mut either) = (None, None, None);
    for row in rows {
        let Some(Label::Number(number)) = label(row.value).filter(|_| row.asks()) else {
            continue;
        };
        // What is an option's text, or its column's name, says nothing of how others count.
        if !row.texts(row.value).is_empty() || row.named(row.value).is_some() {
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
    let counting = |from: Option<usize>| Counting {
        from,
        said: known.is_some(),
    };
    match (known, zero, one, either) {
        (Some(_), ..) => Ok(counting(known)),
        (None, Some(zero), Some(one), _) => Err(ImportError::CountsFromBoth {
            column: column.to_owned(),
            zero: zero.line,
            one: one.line,
            number: one.value.to_owned(),
        }),
        (None, Some(_), None, _) => Ok(counting(Some(0))),
        (None, None, Some(_), _) => Ok(counting(Some(1))),
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
        (None, None, None, None) => Ok(counting(None)),
    }
}

impl Told<'_> {
    /// The position of the option that is right.
    ///
    /// # Errors
    /// Why none is marked.
    pub fn right(&self, counting: Counting) -> Result<usize, NotMarked> {
        let value = self.value;
        if value.is_empty() {
            return Err(NotMarked::NothingSaid);
        }
        let found = self.readings(counting);
        match &found[..] {
            [(at, _)] => Ok(*at),
            [] if several(value) => Err(NotMarked::Several(value.to_owned())),
            [] => Err(NotMarked::NoOption(value.to_owned())),
            _ => {
                let readings = found.iter();
                let readings = readings.map(|(at, how)| (*how, self.options[*at].to_owned()));
                Err(NotMarked::Unsure {
                    value: value.to_owned(),
                    readings: readings.collect(),
                })
            }
        }
    }

    /// Each option that may be meant, and how it is named.
    fn readings(&self, counting: Counting) -> Vec<(usize, NamedBy)> {
        let all = |found: Vec<usize>, how| found.into_iter().map(move |at| (at, how));
        let mut found: Vec<_> = all(self.texts(self.value), NamedBy::Text).collect();
        let named = self.named(self.value);
        let from = counting.from.map_or(0..=1, |from| from..=from);
        if let Some(label) = label(self.value) {
            let (how, sure) = match label {
                Label::Letter(_) => (NamedBy::Letter, true),
                Label::Number(_) => (NamedBy::Number, named.is_none()),
            };
            if sure {
                found.extend(from.filter_map(|from| Some((self.at(label, from)?, how))));
            }
            // What counts from 1 has greater numbers too.
            if sure && !counting.said && counting.from != Some(1) {
                found.extend(self.truth(label).map(|at| (at, NamedBy::Truth)));
            }
            if !counting.said || matches!(label, Label::Letter(_)) {
                found.extend(all(self.labelled_so(label), NamedBy::LabelIn));
            }
        } else if found.is_empty() {
            // "B) Redis": had better be one and the same.
            for (label, text) in labelled(self.value) {
                let texts = self.texts(text);
                if !texts.is_empty() {
                    let from = from.clone();
                    found.extend(
                        from.filter_map(|from| Some((self.at(label, from)?, NamedBy::LabelOf))),
                    );
                    found.extend(all(texts, NamedBy::Text));
                }
            }
        }
        found.extend(named.map(|at| (at, NamedBy::Column)));
        let mut seen = Vec::new();
        found.retain(|(at, _)| {
            !seen.contains(at) && {
                seen.push(*at);
                true
            }
        });
        found
    }

    /// Whether there are options to choose from.
    pub fn asks(&self) -> bool {
        self.options.iter().any(|option| !option.is_empty())
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

    /// The option whose column has this name.
    fn named(&self, text: &str) -> Option<usize> {
        let key = |text: &str| -> String {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let wanted = Some(key(text)).filter(|wanted| !wanted.is_empty())?;
        let at = self.names.iter().position(|name| key(name) == wanted)?;
        self.has(at).then_some(at)
    }

    /// The options that have this label before their own text, as in "B) Redis".
    fn labelled_so(&self, wanted: Label) -> Vec<usize> {
        let own = |option: &str| {
            let (before, after) = option.split_once([')', ']', '.', ':'])?;
            after.starts_with(' ').then(|| label(before))?
        };
        let options = self.options.iter().enumerate();
        options
            .filter(|(_, option)| own(option) == Some(wanted))
            .map(|(at, _)| at)
            .collect()
    }

    /// What 1 and 0 mean where the options say that something is so, and that it isn't.
    fn truth(&self, label: Label) -> Option<usize> {
        let said = match label {
            Label::Number(0) => ["false", "no"],
            Label::Number(1) => ["true", "yes"],
            _ => return None,
        };
        said.iter()
            .find_map(|said| self.texts(said).first().copied())
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
mod tests;
