//! Topics that are too small.

use super::Blemish;
use super::sheet::Sheet;
use crate::bank::Fault;

/// The fewest questions of a topic: with a daily each weekday, it lasts for more than two weeks.
const LEAST: usize = 12;

/// Finds a topic with fewer than [`LEAST`] questions.
pub fn lint(sheet: &Sheet<'_>, found: &mut Vec<Fault>) {
    let count = sheet.questions.len();
    if count < LEAST {
        let least = LEAST;
        found.push(sheet.blemish_of_topic(Blemish::SmallTopic { count, least }));
    }
}
