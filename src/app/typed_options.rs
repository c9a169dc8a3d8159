//! Options that somebody typed into the text of another one: what a platform doesn't know as an option, such as
//! `weekdays:mon-fri`, it hands over as a part of the text before it.

use super::wording::COMMANDS;

/// The first option in a text that can't be a value: the "days" of "09:00 days: mon-fri".
pub(super) fn option_in(typed: &str) -> Option<&str> {
    let words = typed.split_whitespace();
    words.filter_map(option).map(|(name, _)| name).next()
}

/// The first option in a text that may be a value, such as a name: what follows other words and has a value, as in
/// "evening weekdays:mon-fri", or is called as an option is. "Morning: algorithms" has none.
pub(super) fn option_in_name(typed: &str) -> Option<&str> {
    let options = typed.split_whitespace().enumerate();
    let mut options = options.filter_map(|(at, word)| Some((at, option(word)?)));
    let meant = options.find(|(at, (name, value))| {
        (*at > 0 && !value.is_empty()) || COMMANDS.iter().any(|command| command.takes(name))
    });
    meant.map(|(_, (name, _))| name)
}

/// The first option of these commands in a text that may be any words at all, with a value.
pub(super) fn option_of<'a>(commands: &[&str], typed: &'a str) -> Option<&'a str> {
    let mut options = typed.split_whitespace().filter_map(option);
    let meant = options.find(|(name, value)| {
        let mut known = COMMANDS.iter();
        !value.is_empty()
            && known.any(|command| commands.contains(&command.name) && command.takes(name))
    });
    meant.map(|(name, _)| name)
}

/// A word as an option, if it looks like one: its name and value. `std::mem` and an address are none.
fn option(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once(':')?;
    let letters = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
    let named = (2..=32).contains(&name.len()) && name.chars().all(letters);
    (named && !value.starts_with([':', '/'])).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_a_colon_is_an_option_unless_it_can_be_a_value() {
        for typed in ["09:00 days:mon-fri", "days: mon-fri", "9 Days:mon"] {
            let name = option_in(typed).expect(typed);
            assert!(name.eq_ignore_ascii_case("days"), "{typed}: {name}");
        }
        for typed in ["09:00", "UTC+5:30", "std::mem", "https://a.test", "a:b"] {
            assert_eq!(option_in(typed), None, "{typed}");
        }
        assert_eq!(option_in_name("evening weekdays:mon-fri"), Some("weekdays"));
        assert_eq!(option_in_name("time:9"), Some("time"));
        assert_eq!(option_in_name("evening zone: Berlin"), Some("zone"));
        for name in ["morning: algorithms", "team:backend", "the team: backend"] {
            assert_eq!(option_in_name(name), None, "{name}");
        }
        let of_queries = |typed| option_of(&["question", "quiz"], typed);
        assert_eq!(of_queries("caching difficulty:hard"), Some("difficulty"));
        for query in ["redis key:value", "time:complexity", "topic: caching"] {
            assert_eq!(of_queries(query), None, "{query}");
        }
    }
}
