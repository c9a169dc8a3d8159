//! The answers in the braces of a GIFT question.

use super::super::draft::true_or_false;
use super::super::{Draft, OfGift, Remark};
use super::format::Format;
use super::syntax::{marked, part};
use crate::model::{Quiz, QuizOption};

/// Reads the answers of a question into its draft, and records what is skipped or changed.
pub fn read_answers(answers: &str, format: Format, draft: &mut Draft) -> Vec<Remark> {
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
    told: Vec<Remark>,
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
            "T" | "TRUE" => draft
                .quizzes
                .push(self.true_or_false(&draft.prompt, true, feedback)),
            "F" | "FALSE" => draft
                .quizzes
                .push(self.true_or_false(&draft.prompt, false, feedback)),
            "" if answers.starts_with('#') => {
                let number = answers.trim_start_matches('#').trim();
                self.tell(OfGift::Number(number.to_owned()));
            }
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
            return self.tell(OfGift::NotUnderstood(answers.to_owned()));
        }
        if !before.is_empty() {
            self.tell(OfGift::BeforeOptions(before.to_owned()));
        }
        if pairs {
            let pairs = pieces.iter().map(|(_, text)| (*text).to_owned());
            return self.tell(OfGift::Pairs(pairs.collect()));
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
            let accepted = pieces.into_iter().map(|piece| piece.option.text);
            self.tell(OfGift::Accepted(accepted.collect()));
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
            .map(|piece| piece.option.text.clone())
            .collect();
        let costs = pieces
            .iter()
            .any(|piece| piece.weight.is_some_and(|weight| weight < 0.0));
        let marked = match right[..] {
            [right] => Some(right),
            _ => {
                self.tell(OfGift::Right(right.len()));
                None
            }
        };
        if marked.is_some() && !partly.is_empty() {
            self.tell(OfGift::PartlyRight(partly));
        }
        if marked.is_some() && costs {
            self.tell(OfGift::Penalties);
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
        self.told.extend(lost.into_iter().map(Remark::Lost));
        text
    }

    fn tell(&mut self, of: OfGift) {
        self.told.push(of.into());
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
