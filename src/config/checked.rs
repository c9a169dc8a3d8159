//! Values that are more than text of some kind: each is read, or what is wrong with it is recorded.

use super::ConfigProblem;
use crate::toml_reader::Table;

/// The text of a key, if `right` finds nothing wrong with it.
pub(super) fn checked(
    table: &mut Table<'_, ConfigProblem>,
    key: &'static str,
    right: impl FnOnce(&str) -> Result<(), ConfigProblem>,
) -> Option<String> {
    let text: String = table.value(key)?;
    match right(&text) {
        Ok(()) => Some(text),
        Err(problem) => {
            table.fault(key, problem);
            None
        }
    }
}

/// The value of a key, if it can be read.
pub(super) fn parsed<T>(
    table: &mut Table<'_, ConfigProblem>,
    key: &'static str,
    read: impl FnOnce(&str) -> Result<T, ConfigProblem>,
) -> Option<T> {
    let text: String = table.value(key)?;
    read(&text)
        .map_err(|problem| table.fault(key, problem))
        .ok()
}

/// Whether it is an id of Discord's, in its usual form: "01" or "+1" would count as another server than "1".
pub(super) fn is_id_of_discord(id: &str) -> bool {
    id.parse::<u64>().is_ok_and(|read| read.to_string() == id)
}

/// Whether a text is an id of Slack's that begins with one of these letters.
pub(super) fn is_id_of_slack(text: &str, letters: &[char]) -> bool {
    let sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    text.len() > 1 && text.starts_with(letters) && text.chars().all(sign)
}
