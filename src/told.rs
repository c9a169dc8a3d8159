//! What has to be told in words: errors, and the names of files.

use std::error::Error;
use std::fmt::{self, Write};
use std::path::Path;

/// An error with what caused it, each said once: some say what caused them themselves.
pub fn chain(error: &dyn Error) -> String {
    let (mut told, mut next) = (error.to_string(), error.source());
    while let Some(cause) = next {
        let says = cause.to_string();
        if !told.contains(&says) {
            told = format!("{told}: {says}");
        }
        next = cause.source();
    }
    told
}

/// How many there are of something: "1 row", "2 rows", "3 quizzes".
pub fn counted(count: usize, noun: &str) -> String {
    let plural = match noun {
        _ if count == 1 => "",
        _ if noun.ends_with('z') => "zes",
        _ => "s",
    };
    format!("{count} {noun}{plural}")
}

/// The name of a file, on one line and with nothing in it that a terminal obeys: such signs as escapes.
pub fn name(path: &Path) -> impl fmt::Display {
    struct Name<'a>(&'a Path);
    impl fmt::Display for Name<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for sign in self.0.to_string_lossy().chars() {
                match sign {
                    // Parts of lines, and what turns the direction of writing.
                    '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                        write!(f, "{}", sign.escape_unicode())?;
                    }
                    _ if sign.is_control() => write!(f, "{}", sign.escape_default())?,
                    _ => f.write_char(sign)?,
                }
            }
            Ok(())
        }
    }
    Name(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_one_line_that_hides_nothing() {
        for (path, told) in [
            ("a\nb.db", "a\\nb.db"),
            ("\u{1b}[31mred\r\t\u{7}", "\\u{1b}[31mred\\r\\t\\u{7}"),
            (
                "x\u{202e}bd.\u{2028}\u{85}",
                "x\\u{202e}bd.\\u{2028}\\u{85}",
            ),
            ("C:\\Größe/日本 1\"2'.toml", "C:\\Größe/日本 1\"2'.toml"),
        ] {
            assert_eq!(name(Path::new(path)).to_string(), told);
        }
    }

    #[test]
    fn one_of_a_thing_is_not_many() {
        assert_eq!(counted(0, "quiz"), "0 quizzes");
        assert_eq!(counted(1, "topic"), "1 topic");
        assert_eq!(counted(2, "topic"), "2 topics");
    }

    #[test]
    fn what_an_error_says_itself_is_not_said_again() {
        #[derive(Debug, thiserror::Error)]
        #[error("the request failed: {0}")]
        struct Failed(#[source] std::num::ParseIntError);
        let cause = "x".parse::<u8>().expect_err("no number");
        let error = anyhow::Error::new(Failed(cause)).context("reading the list");
        assert_eq!(
            chain(error.as_ref()),
            "reading the list: the request failed: invalid digit found in string"
        );
    }
}
