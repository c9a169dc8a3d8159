//! The limits of names and descriptions, of commands and of their options.

use std::collections::HashMap;

use twilight_validate::command as limit;

use super::error::Faults;

/// A text and its translations by locale.
type Localized<'a> = (&'a String, Option<&'a HashMap<String, String>>);

/// The limits of the name and description of a slash command or option at `path`.
pub(super) fn texts(path: &str, names: Localized, descriptions: Localized, faults: &mut Faults) {
    let at = |field: String| match path {
        "" => field,
        path => format!("{path}.{field}"),
    };
    for (field, name) in each("name", names) {
        if !is_name(name) {
            let message = "Command name is invalid";
            faults.add(at(field), "APPLICATION_COMMAND_INVALID_NAME", message);
        }
    }
    for (field, description) in each("description", descriptions) {
        if limit::description(description).is_err() {
            let (least, most) = (limit::DESCRIPTION_LENGTH_MIN, limit::DESCRIPTION_LENGTH_MAX);
            faults.bad_length(at(field), least, most);
        }
    }
}

/// A text and its translations, each with the field it is in.
fn each<'a>(field: &str, (text, others): Localized<'a>) -> Vec<(String, &'a String)> {
    let others = others.into_iter().flatten();
    let others = others.map(|(locale, text)| (format!("{field}_localizations.{locale}"), text));
    [(field.to_owned(), text)]
        .into_iter()
        .chain(others)
        .collect()
}

/// "CHAT_INPUT command names and command option names must match `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`
/// with the unicode flag set", and "you must use the lowercase variant". Vowel signs of the two scripts are neither
/// letters nor numbers.
fn is_name(name: &str) -> bool {
    let fits = |c: char| {
        c.is_alphanumeric()
            || "-_'".contains(c)
            || matches!(c, '\u{900}'..='\u{97f}' | '\u{a8e0}'..='\u{a8ff}' | '\u{e00}'..='\u{e7f}')
    };
    let length = name.chars().count();
    (limit::NAME_LENGTH_MIN..=limit::NAME_LENGTH_MAX).contains(&length)
        && name.chars().all(fits)
        && name.to_lowercase() == name
}
