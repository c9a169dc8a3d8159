//! Prompts that repeat another one, or give their answer away.

use std::collections::BTreeSet;

use super::source_file::{SourceFile, Step, Step::Item, Step::Key};
use super::warning::{OptionsWarning, Warning};
use super::wording::{likeness, meaning};
use crate::bank::Fault;
use crate::model::Quiz;
use crate::toml_reader::Position;

/// How alike two prompts must be to ask nearly the same: two thirds of their words, and more if the shorter one has fewer
/// than [`LONG`], where one word makes another question.
const SAME: f64 = 0.65;
const SAME_IF_SHORT: f64 = 0.85;
const LONG: usize = 7;

/// A prompt and where it is.
struct Prompt<'a> {
    file: &'a SourceFile<'a>,
    question: usize,
    steps: Vec<Step>,
    text: &'a str,
    meaning: BTreeSet<String>,
}

/// Finds duplicates among the questions and among the quizzes of the whole bank, and quizzes whose
/// prompt gives the right option away. A quiz may ask what its question does.
pub fn lint<'a>(files: &'a [SourceFile<'a>], found: &mut Vec<Fault>) {
    let (mut questions, mut quizzes) = (Vec::new(), Vec::new());
    for file in files {
        for (index, question) in file.questions.iter().enumerate() {
            questions.push(Prompt::new(
                file,
                index,
                vec![Key("prompt")],
                &question.prompt,
            ));
        }
        for (question, index, quiz) in file.quizzes() {
            let steps = vec![Key("quiz"), Item(index), Key("prompt")];
            let prompt = Prompt::new(file, question, steps, &quiz.prompt);
            if let Some(words) = given_away(quiz) {
                found.push(prompt.warning(OptionsWarning::GivenAway(words)));
            }
            quizzes.push(prompt);
        }
    }
    repeated(&questions, found);
    repeated(&quizzes, found);
}

fn repeated(prompts: &[Prompt<'_>], found: &mut Vec<Fault>) {
    for (index, prompt) in prompts.iter().enumerate() {
        let first = prompts[..index].iter().find(|other| prompt.repeats(other));
        if let Some(first) = first {
            let warning = Warning::Asked {
                prompt: first.text.to_owned(),
                same: prompt.text.trim() == first.text.trim(),
                file: first.file.path.to_owned(),
                place: first.place(),
            };
            found.push(prompt.warning(warning));
        }
    }
}

impl<'a> Prompt<'a> {
    fn new(file: &'a SourceFile<'a>, question: usize, steps: Vec<Step>, text: &'a str) -> Self {
        Self {
            file,
            question,
            steps,
            text,
            meaning: meaning(text),
        }
    }

    fn repeats(&self, other: &Prompt<'_>) -> bool {
        let long = self.meaning.len().min(other.meaning.len()) >= LONG;
        let same = if long { SAME } else { SAME_IF_SHORT };
        likeness(&self.meaning, &other.meaning) >= same
    }

    fn warning(&self, warning: impl Into<Warning>) -> Fault {
        self.file.warning(self.question, &self.steps, warning)
    }

    fn place(&self) -> Position {
        let steps = [&[Key("question"), Item(self.question)], &self.steps[..]].concat();
        self.file.place(&steps)
    }
}

/// The words by which a prompt points to the right option, if they are half of that option's and
/// no wrong option has a word of the prompt: the only option that repeats the prompt is guessed
/// without knowing anything.
fn given_away(quiz: &Quiz) -> Option<Vec<String>> {
    let asked = meaning(&quiz.prompt);
    let right = meaning(&quiz.options[quiz.right()].text);
    let wrong: BTreeSet<String> = quiz
        .options
        .iter()
        .filter(|option| !option.right)
        .flat_map(|option| meaning(&option.text))
        .collect();
    let telling: Vec<String> = right
        .intersection(&asked)
        // A number that is in the prompt is rarely the answer for that.
        .filter(|word| word.contains(char::is_alphabetic))
        .cloned()
        .collect();
    let gives = !telling.is_empty() && telling.len() * 2 >= right.len();
    (gives && wrong.is_disjoint(&asked)).then_some(telling)
}
