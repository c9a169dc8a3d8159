//! Topics that are too small.

use super::Warning;
use super::source_file::SourceFile;
use crate::bank::Fault;

/// The fewest questions of a topic: with a daily each weekday, it lasts for more than two weeks.
const LEAST: usize = 12;

/// Finds a topic with fewer than [`LEAST`] questions.
pub fn lint(file: &SourceFile<'_>, found: &mut Vec<Fault>) {
    let count = file.questions.len();
    if count < LEAST {
        let least = LEAST;
        found.push(file.warning_of_topic(Warning::SmallTopic { count, least }));
    }
}
