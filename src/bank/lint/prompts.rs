//! Prompts that are there already, or that give their answer away.

use std::collections::BTreeSet;

use super::Blemish;
use super::sheet::{Sheet, Step, Step::Item, Step::Key};
use super::wording::{likeness, meaning};
use crate::bank::Fault;
use crate::model::Quiz;
use crate::toml_reader::Place;

/// From how much likeness on two prompts ask nearly the same: two thirds of their words, and more
/// if the shorter has less than [`LONG`], where one word makes another question.
const SAME: f64 = 0.65;
const SAME_IF_SHORT: f64 = 0.85;
const LONG: usize = 7;

/// A prompt with its place.
struct Prompt<'a> {
    sheet: &'a Sheet<'a>,
    question: usize,
    steps: Vec<Step>,
    text: &'a str,
    meaning: BTreeSet<String>,
}

/// Finds duplicates among the questions and among the quizzes of the whole bank, and quizzes whose
/// prompt gives the right option away. A quiz may ask what its question does.
pub fn lint<'a>(sheets: &'a [Sheet<'a>], found: &mut Vec<Fault>) {
    let (mut questions, mut quizzes) = (Vec::new(), Vec::new());
    for sheet in sheets {
        for (index, question) in sheet.questions.iter().enumerate() {
            questions.push(Prompt::new(
                sheet,
                index,
                vec![Key("prompt")],
                &question.prompt,
            ));
        }
        for (question, index, quiz) in sheet.quizzes() {
            let steps = vec![Key("quiz"), Item(index), Key("prompt")];
            let prompt = Prompt::new(sheet, question, steps, &quiz.prompt);
            if let Some(words) = given_away(quiz) {
                found.push(prompt.blemish(Blemish::GivenAway(words)));
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
            let blemish = Blemish::Asked {
                prompt: first.text.to_owned(),
                same: prompt.text.trim() == first.text.trim(),
                file: first.sheet.path.to_owned(),
                place: first.place(),
            };
            found.push(prompt.blemish(blemish));
        }
    }
}

impl<'a> Prompt<'a> {
    fn new(sheet: &'a Sheet<'a>, question: usize, steps: Vec<Step>, text: &'a str) -> Self {
        Self {
            sheet,
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

    fn blemish(&self, blemish: Blemish) -> Fault {
        self.sheet.blemish(self.question, &self.steps, blemish)
    }

    fn place(&self) -> Place {
        let steps = [&[Key("question"), Item(self.question)], &self.steps[..]].concat();
        self.sheet.place(&steps)
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
