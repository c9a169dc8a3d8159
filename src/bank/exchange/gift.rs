//! Moodle's GIFT: text with the answers in braces.

use super::{Draft, Imported, html};
use crate::bank::{Quiz, QuizOption};

/// Reads questions that blank lines part.
pub fn read(text: &str) -> Imported {
    let mut imported = Imported::default();
    let (mut block, mut start) = (String::new(), 0);
    for (index, line) in text.lines().chain([""]).enumerate() {
        let line = line.trim();
        if line.starts_with("//") {
            continue;
        }
        if line.starts_with("$CATEGORY") {
            imported.leave(
                index + 1,
                format!("{line}: --topic says where the questions go"),
            );
        } else if !line.is_empty() {
            if block.is_empty() {
                start = index + 1;
            }
            block.push_str(line);
            block.push('\n');
        } else if !block.is_empty() {
            read_question(&block, start, &mut imported);
            block.clear();
        }
    }
    imported
}

fn read_question(block: &str, line: usize, imported: &mut Imported) {
    let named = block.strip_prefix("::").and_then(|rest| part(rest, "::"));
    // A name is a note for teachers; the prompt makes a better id.
    let text = named.map_or(block, |(_, text)| text).trim();
    let (format, text) = format(text);
    let Some((before, rest)) = part(text, "{") else {
        imported.leave(line, "a description; it asks nothing");
        return;
    };
    let Some((answers, after)) = part(rest, "}") else {
        imported.leave(line, "a question whose answers have no closing brace");
        return;
    };
    let gap = if after.trim().is_empty() {
        ""
    } else {
        " _____ "
    };
    let prompt = format!("{}{gap}{}", before.trim(), after.trim());
    let mut reader = Answers {
        format,
        line,
        imported,
    };
    let mut draft = Draft {
        prompt: reader.plain(&prompt),
        ..Draft::default()
    };
    reader.read(answers.trim(), &mut draft);
    imported.drafts.push(draft);
}

/// The format that is written in front of a text, such as `[html]`.
fn format(text: &str) -> (&str, &str) {
    let format = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    format
        .filter(|(name, _)| ["html", "moodle", "plain", "markdown"].contains(name))
        .unwrap_or(("moodle", text))
}

/// The answers of one question.
struct Answers<'a> {
    format: &'a str,
    line: usize,
    imported: &'a mut Imported,
}

impl Answers<'_> {
    fn read(&mut self, answers: &str, draft: &mut Draft) {
        let (answers, general) = part(answers, "####").unwrap_or((answers, ""));
        draft.answer = self.plain(general);
        let answers = answers.trim();
        let (said, feedback) = part(answers, "#").unwrap_or((answers, ""));
        match said.trim() {
            "T" | "TRUE" => draft
                .quizzes
                .push(self.true_or_false(&draft.prompt, true, feedback)),
            "F" | "FALSE" => draft
                .quizzes
                .push(self.true_or_false(&draft.prompt, false, feedback)),
            "" if answers.starts_with('#') => {
                self.leave(format!("a number as the answer: {answers}"))
            }
            "" => {}
            _ => self.options(answers, draft),
        }
    }

    /// The feedback on a wrong answer comes first, then that on a right one.
    fn true_or_false(&mut self, prompt: &str, truth: bool, feedback: &str) -> Quiz {
        let (wrong, right) = part(feedback, "#").unwrap_or((feedback, ""));
        let (wrong, right) = (self.plain(wrong), self.plain(right));
        let option = |text: &str, says: bool| QuizOption {
            text: text.to_owned(),
            right: says == truth,
            why: if says == truth {
                right.clone()
            } else {
                wrong.clone()
            },
        };
        Quiz {
            prompt: prompt.to_owned(),
            options: vec![option("True", true), option("False", false)],
        }
    }

    fn options(&mut self, answers: &str, draft: &mut Draft) {
        let pieces = marked(answers);
        if pieces.iter().any(|(_, text)| weighted(text)) {
            self.leave(
                "options that are right in part (%…%): a quiz has one that is right".to_owned(),
            );
            return;
        }
        if !pieces.is_empty()
            && pieces
                .iter()
                .all(|(mark, text)| *mark == '=' && text.contains("->"))
        {
            self.leave("pairs to match (->): a quiz has one option that is right".to_owned());
            return;
        }
        let options: Vec<QuizOption> = pieces
            .iter()
            .map(|(mark, piece)| {
                let (text, why) = part(piece, "#").unwrap_or((piece, ""));
                QuizOption {
                    text: self.plain(text),
                    right: *mark == '=',
                    why: self.plain(why),
                }
            })
            .collect();
        if options.iter().any(|option| !option.right) {
            let prompt = draft.prompt.clone();
            draft.quizzes.push(Quiz { prompt, options });
        } else if let Some((first, others)) = options.split_first() {
            // An answer to type, in one or several ways.
            if !draft.answer.is_empty() || !others.is_empty() || !first.why.is_empty() {
                let accepted: Vec<&str> =
                    options.iter().map(|option| option.text.as_str()).collect();
                self.leave(format!(
                    "accepted answers and what is said to them: {}",
                    accepted.join("; ")
                ));
            }
            if draft.answer.is_empty() {
                draft.answer.clone_from(&first.text);
            }
        } else {
            self.leave(format!("answers that are not understood: {answers}"));
        }
    }

    /// A text without its escapes and, if it is HTML, without its tags.
    fn plain(&mut self, text: &str) -> String {
        let text = unescape(text.trim());
        if self.format != "html" {
            return text;
        }
        let (text, lost) = html::text(&text);
        if lost {
            self.leave("formatting that CommonMark does not have, or images".to_owned());
        }
        text
    }

    fn leave(&mut self, message: String) {
        self.imported.leave(self.line, message);
    }
}

/// Whether an option begins with the share of the points that it makes, such as `%50%`.
fn weighted(option: &str) -> bool {
    let share = option
        .strip_prefix('%')
        .and_then(|rest| rest.split_once('%'));
    share.is_some_and(|(share, _)| share.parse::<f64>().is_ok())
}

/// The pieces that begin with an unescaped `=` or `~`, each with that sign.
fn marked(answers: &str) -> Vec<(char, &str)> {
    let mut starts: Vec<(usize, char)> = Vec::new();
    let mut escaped = false;
    for (at, sign) in answers.char_indices() {
        if !escaped && matches!(sign, '=' | '~') {
            starts.push((at, sign));
        }
        escaped = sign == '\\' && !escaped;
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|(at, _)| *at)
        .chain([answers.len()]);
    let pieces = starts.iter().zip(ends);
    pieces
        .map(|((at, sign), end)| (*sign, answers[at + 1..end].trim()))
        .collect()
}

/// What is before and after the first occurrence of a sign that is not escaped.
fn part<'a>(text: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        if !escaped && text[at..].starts_with(sign) {
            return Some((&text[..at], &text[at + sign.len()..]));
        }
        escaped = character == '\\' && !escaped;
    }
    None
}

/// `\n` is a line break; a backslash takes the meaning from the sign behind it.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            plain.push(sign);
            continue;
        }
        match signs.next() {
            Some('n') => plain.push('\n'),
            Some(sign) if "~=#{}:\\".contains(sign) => plain.push(sign),
            Some(sign) => plain.extend(['\\', sign]),
            None => plain.push('\\'),
        }
    }
    plain.trim().to_owned()
}
