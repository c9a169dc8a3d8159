//! Options whose looks give the right one away.

use std::path::Path;

use super::source_file::{SourceFile, Step::Item, Step::Key};
use super::warning::{OptionsWarning, Warning};
use crate::bank::Fault;
use crate::bank::limits::OPTIONS;
use crate::bank::texts::words;
use crate::model::Quiz;

/// The most quizzes of a topic whose right option is longer than each of the others, in percent.
/// With four options, chance alone makes 25.
const LONGEST: usize = 35;
/// The fewest quizzes from which shares and positions say anything.
const ENOUGH: usize = 12;
/// Options that begin with as many equal words repeat what belongs in the prompt.
const COMMON_START: usize = 4;

/// Finds a topic whose right options stand out by length or position, and options that repeat each
/// other.
pub fn lint(file: &SourceFile<'_>, found: &mut Vec<Fault>) {
    lint_lengths(file, found);
    let quizzes: Vec<&Quiz> = file.quizzes().map(|(.., quiz)| quiz).collect();
    let uneven = uneven(&quizzes, false);
    found.extend(uneven.map(|warning| file.warning_of_topic(warning)));
    for (question, index, quiz) in file.quizzes() {
        let at = [Key("quiz"), Item(index), Key("options")];
        found.extend(repeated_start(quiz).map(|start| file.warning(question, &at, start)));
        for (option, warning) in repeated(quiz) {
            let at = [&at[..], &[Item(option)]].concat();
            found.push(file.warning(question, &at, warning));
        }
    }
}

/// Finds a bank whose right options favour a position, which may not show in any single topic.
pub fn lint_positions_of_all(folder: &Path, files: &[SourceFile<'_>], found: &mut Vec<Fault>) {
    let all: Vec<&Quiz> = files
        .iter()
        .flat_map(|file| file.quizzes().map(|(.., quiz)| quiz))
        .collect();
    found.extend(uneven(&all, true).map(|warning| Fault::whole(folder, Warning::from(warning))));
}

fn lint_lengths(file: &SourceFile<'_>, found: &mut Vec<Fault>) {
    let all = file.quizzes().count();
    let lines: Vec<usize> = file
        .quizzes()
        .filter(|(.., quiz)| right_is_longest(quiz))
        .map(|(question, index, _)| {
            let steps = [Key("question"), Item(question), Key("quiz"), Item(index)];
            file.place(&steps).line
        })
        .collect();
    if all < ENOUGH || lines.len() * 100 <= all * LONGEST {
        return;
    }
    let most = LONGEST;
    found.push(file.warning_of_topic(OptionsWarning::Longest { all, most, lines }));
}

/// Whether the right option, as members see it, is longer than each of the others.
fn right_is_longest(quiz: &Quiz) -> bool {
    let length = |text: &str| text.chars().filter(|c| *c != '`').count();
    // "False" is longer than "True", whichever is right.
    if quiz.options.len() < 3 {
        return false;
    }
    let (right, wrong): (Vec<_>, Vec<_>) = quiz.options.iter().partition(|option| option.right);
    let longest = |options: &[&crate::model::QuizOption]| {
        options.iter().map(|option| length(&option.text)).max()
    };
    longest(&right) > longest(&wrong)
}

/// What is wrong if the right options are not spread evenly over the positions: Pearson's
/// chi-squared test, at a level of 1 %. Quizzes of three and five options count by their own
/// chances.
fn uneven(quizzes: &[&Quiz], overall: bool) -> Option<OptionsWarning> {
    /// The values exceeded by chance in 1 % of cases, from one degree of freedom on; see the table
    /// of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
    const CRITICAL: [f64; 4] = [6.635, 9.210, 11.345, 13.277];
    if quizzes.len() < ENOUGH {
        return None;
    }
    let (mut seen, mut expected) = ([0_u32; OPTIONS], [0.0; OPTIONS]);
    for quiz in quizzes {
        seen[quiz.right()] += 1;
        for chance in &mut expected[..quiz.options.len()] {
            *chance += 1.0 / f64::from(u8::try_from(quiz.options.len()).unwrap_or(u8::MAX));
        }
    }
    // Positions that hardly any quiz has would make the test mean nothing.
    let positions: Vec<usize> = (0..OPTIONS).filter(|at| expected[*at] >= 3.0).collect();
    let squared: f64 = positions
        .iter()
        .map(|at| (f64::from(seen[*at]) - expected[*at]).powi(2) / expected[*at])
        .sum();
    let freedom = positions.len().checked_sub(2)?;
    (squared > CRITICAL[freedom]).then_some(OptionsWarning::Uneven { seen, overall })
}

/// What is wrong if all options begin with the same words.
fn repeated_start(quiz: &Quiz) -> Option<OptionsWarning> {
    let options: Vec<String> = quiz.options.iter().map(|o| words(&o.text)).collect();
    let code = quiz
        .options
        .iter()
        .any(|option| option.text.starts_with('`'));
    let first: Vec<&str> = options[0].split(' ').take(COMMON_START).collect();
    let alike = options.iter().all(|option| {
        option
            .split(' ')
            .take(COMMON_START)
            .eq(first.iter().copied())
    });
    (first.len() == COMMON_START && alike && !code)
        .then(|| OptionsWarning::CommonStart(first.join(" ")))
}

/// The options that differ from an earlier one by articles only, and repeated whys.
fn repeated(quiz: &Quiz) -> Vec<(usize, OptionsWarning)> {
    let mut found = Vec::new();
    for (index, option) in quiz.options.iter().enumerate() {
        for other in &quiz.options[..index] {
            // In code, one character makes a difference.
            let code = option.text.contains('`') || other.text.contains('`');
            let said = without_articles(&option.text);
            if !code && !said.is_empty() && said == without_articles(&other.text) {
                found.push((index, OptionsWarning::SameOption(other.text.clone())));
            }
            // In trivia the why may be missing.
            if !option.why.is_empty() && words(&option.why) == words(&other.why) {
                found.push((index, OptionsWarning::SameWhy));
            }
        }
    }
    found
}

/// "a" stays: it is also a name, as in "Row A".
fn without_articles(text: &str) -> Vec<String> {
    let words = words(text);
    let words = words
        .split(' ')
        .filter(|word| !matches!(*word, "the" | "an" | ""));
    words.map(str::to_owned).collect()
}
