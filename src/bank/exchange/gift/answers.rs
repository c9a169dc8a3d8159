//! What stands in the braces of a GIFT question.

use super::super::Draft;
use super::super::draft::true_or_false;
use super::format::Format;
use super::syntax::{marked, part};
use crate::model::{Quiz, QuizOption};

/// Reads the answers of a question into its draft, and says what is not taken over as it was.
pub fn read_answers(answers: &str, format: Format, draft: &mut Draft) -> Vec<String> {
    let mut reader = Reader {
        format,
        told: Vec::new(),
    };
    reader.read(answers, draft);
    reader.told
}

struct Reader {
    /// That of the question, which is also that of texts that say nothing else.
    format: Format,
    told: Vec<String>,
}

/// An option as it is written.
struct Piece {
    /// `=` before it, rather than `~`.
    right: bool,
    /// Its share of the points in percent, as in `%50%`.
    weight: Option<f64>,
    option: QuizOption,
}

impl Reader {
    fn read(&mut self, answers: &str, draft: &mut Draft) {
        let (answers, general) = part(answers, "####").unwrap_or((answers, ""));
        draft.answer = self.text(general);
        let answers = answers.trim();
        let (said, feedback) = part(answers, "#").unwrap_or((answers, ""));
        match said.trim().to_ascii_uppercase().as_str() {
            "T" | "TRUE" => draft.quizzes.push(self.true_or_false(&draft.prompt, true, feedback)),
            "F" | "FALSE" => draft.quizzes.push(self.true_or_false(&draft.prompt, false, feedback)),
            "" if answers.starts_with('#') => self.told.push(format!(
                "the number that is its answer ({}) is left out, so the question comes without a quiz: write one whose \
                 options hold it",
                answers.trim_start_matches('#').trim()
            )),
            "" => {}
            _ => self.options(answers, draft),
        }
    }

    /// The feedback on a wrong answer comes first, then that on a right one.
    fn true_or_false(&mut self, prompt: &str, truth: bool, feedback: &str) -> Quiz {
        let (wrong, right) = part(feedback, "#").unwrap_or((feedback, ""));
        let (wrong, right) = (self.text(wrong), self.text(right));
        let mut options = true_or_false(truth);
        for option in &mut options {
            option
                .why
                .clone_from(if option.right { &right } else { &wrong });
        }
        Quiz {
            prompt: prompt.to_owned(),
            options,
        }
    }

    fn options(&mut self, answers: &str, draft: &mut Draft) {
        let (before, pieces) = marked(answers);
        let pairs = pieces
            .iter()
            .all(|(mark, text)| *mark == '=' && text.contains("->"));
        if pieces.is_empty() {
            return self.told.push(format!(
                "answers that are not understood are left out, so the question comes without a quiz: {answers}"
            ));
        }
        if !before.is_empty() {
            let message = format!("what stands before the first option is left out: {before}");
            self.told.push(message);
        }
        if pairs {
            let pairs: Vec<&str> = pieces.iter().map(|(_, text)| *text).collect();
            return self.told.push(format!(
                "pairs to match are left out ({}), so the question comes without a quiz: a quiz has one option that is \
                 right",
                pairs.join("; ")
            ));
        }
        let pieces: Vec<Piece> = pieces
            .into_iter()
            .map(|(mark, text)| self.piece(mark, text))
            .collect();
        // Answers to type have no wrong ones among them.
        if pieces.iter().all(|piece| piece.right) {
            self.typed(pieces, draft);
        } else {
            let prompt = draft.prompt.clone();
            let options = self.chosen(pieces);
            draft.quizzes.push(Quiz { prompt, options });
        }
    }

    fn piece(&mut self, mark: char, text: &str) -> Piece {
        let (text, why) = part(text, "#").unwrap_or((text, ""));
        let (weight, text) = weight(text.trim());
        let option = QuizOption {
            text: self.text(text),
            right: false,
            why: self.text(why),
        };
        Piece {
            right: mark == '=',
            weight,
            option,
        }
    }

    /// An answer to type, in one or several ways.
    fn typed(&mut self, pieces: Vec<Piece>, draft: &mut Draft) {
        let best = |piece: &&Piece| piece.weight.is_none_or(|weight| weight >= 100.0);
        let first = pieces.iter().find(best).or(pieces.first());
        let first = first
            .map(|piece| piece.option.text.clone())
            .unwrap_or_default();
        let said = pieces
            .iter()
            .any(|piece| !piece.option.why.is_empty() || piece.weight.is_some());
        if pieces.len() > 1 || said || !draft.answer.is_empty() {
            let accepted: Vec<&str> = pieces
                .iter()
                .map(|piece| piece.option.text.as_str())
                .collect();
            self.told.push(format!(
                "accepted answers, their shares and what is said to them are left out: {}",
                accepted.join("; ")
            ));
        }
        if draft.answer.is_empty() {
            draft.answer = first;
        }
    }

    /// The options of a multiple choice, one of them marked if only one can be meant.
    fn chosen(&mut self, pieces: Vec<Piece>) -> Vec<QuizOption> {
        let full = |piece: &Piece| piece.weight.map_or(piece.right, |weight| weight >= 100.0);
        let right: Vec<usize> = (0..pieces.len()).filter(|at| full(&pieces[*at])).collect();
        let partly =
            |piece: &Piece| !full(piece) && piece.weight.is_some_and(|weight| weight > 0.0);
        let partly: Vec<String> = pieces
            .iter()
            .filter(|piece| partly(piece))
            .map(|piece| format!("“{}”", piece.option.text))
            .collect();
        let costs = pieces
            .iter()
            .any(|piece| piece.weight.is_some_and(|weight| weight < 0.0));
        let marked = match right[..] {
            [right] => Some(right),
            _ => {
                let how = match right.len() {
                    0 => "none of its options is right by itself (%…%)".to_owned(),
                    count => format!("{count} of its options are right"),
                };
                self.told.push(format!(
                    "{how}, and a quiz has one, so none is marked; mark one with `right = true`"
                ));
                None
            }
        };
        if marked.is_some() && !partly.is_empty() {
            let partly = partly.join(", ");
            self.told
                .push(format!("partly right there, wrong here: {partly}"));
        }
        if marked.is_some() && costs {
            self.told
                .push("penalties for wrong options are left out".to_owned());
        }
        let options = pieces.into_iter().enumerate();
        options
            .map(|(at, piece)| QuizOption {
                right: marked == Some(at),
                ..piece.option
            })
            .collect()
    }

    fn text(&mut self, text: &str) -> String {
        let (format, text) = Format::of(text.trim(), self.format);
        let (text, lost) = format.read(text);
        self.told
            .extend(lost.into_iter().map(|lost| format!("left out: {lost}")));
        text
    }
}

/// The share of the points with which an option begins, such as `%50%`, and the rest of it.
fn weight(option: &str) -> (Option<f64>, &str) {
    let share = option
        .strip_prefix('%')
        .and_then(|rest| rest.split_once('%'));
    match share.and_then(|(share, rest)| Some((share.trim().parse::<f64>().ok()?, rest))) {
        Some((share, rest)) => (Some(share), rest.trim_start()),
        None => (None, option),
    }
}
