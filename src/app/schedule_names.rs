//! Names of schedules: as they are typed, as they are kept, and which is meant when none is typed.

use unicode_normalization::UnicodeNormalization;

use super::outcome::Refusal;
use super::wording;
use crate::bank::nearest;
use crate::model::Schedule;
use crate::rules::grading::is_invisible;

/// What a schedule is called when the admin names none.
pub const USUAL_NAME: &str = "daily";
/// The longest name of a schedule.
pub(super) const LONGEST_NAME: usize = 32;

/// The name of a schedule as it is kept; [`USUAL_NAME`] when none is typed.
///
/// # Errors
/// A refusal says what a name needs.
pub fn schedule_name(typed: Option<&str>) -> Result<String, Refusal> {
    typed.map_or_else(|| Ok(USUAL_NAME.to_owned()), read_name)
}

/// The name that an admin typed, as it is kept.
pub(super) fn read_name(typed: &str) -> Result<String, Refusal> {
    let name = one_name(typed);
    let readable = name.contains(char::is_alphanumeric);
    if !readable || name.chars().count() > LONGEST_NAME {
        return Err(wording::schedule_name(LONGEST_NAME));
    }
    Ok(name)
}

/// A name in the one form that all have that look like it: lowercase, single spaces, nothing invisible.
pub(super) fn one_name(typed: &str) -> String {
    let seen = typed.nfkc().filter(|c| !is_invisible(*c));
    let lower: String = seen.flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}

/// The schedule's name that what was typed may be a misspelling of.
pub(super) fn near_name<'a>(typed: &str, there: &'a [Schedule]) -> Option<&'a str> {
    let typed = one_name(typed);
    let mut names = there.iter().map(|schedule| schedule.name.as_str());
    let near = nearest(&typed, names.clone().map(|name| (name, name)));
    let letters = |name: &str| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    near.or_else(|| names.find(|name| letters(name) == letters(&typed)))
}

/// Which schedule is set when none is named: the only one, or a new one that is called as usual; of several it is asked.
pub(super) fn usual_name(there: &[Schedule], missing: &[&str]) -> Result<String, Refusal> {
    let usual = there.iter().any(|schedule| schedule.name == USUAL_NAME);
    match there {
        [only] if !usual && !missing.is_empty() => Ok(only.name.clone()),
        [_, _, ..] if usual || !missing.is_empty() => Err(wording::which_schedule(there)),
        _ => Ok(USUAL_NAME.to_owned()),
    }
}
