//! The bot's token: the one secret, kept out of the settings file.

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::text_file::{self, NotText, TextError};

/// The largest file that is read, in bytes: far more than any token has.
const LARGEST: u64 = 4096;

/// Why there is no token. The words, which say how to get and give one, are in `app/wording/settings.rs`.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// None was given.
    Missing,
    /// The file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// Others can read it.
    Exposed(PathBuf),
    /// It is a folder, a pipe, …
    NoFile(PathBuf),
    /// It is in an encoding that isn't known for sure.
    NotText {
        /// The file.
        path: PathBuf,
        /// Where, and what it seems to be.
        why: NotText,
    },
    /// It isn't a token alone.
    Malformed {
        /// The file that it is in; `None` for the environment.
        file: Option<PathBuf>,
        /// What is there instead.
        why: BadToken,
    },
}

/// What is there besides a token, or instead of one. Never holds the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadToken {
    /// Nothing at all.
    Nothing,
    /// A mark of the file's encoding.
    Mark,
    /// The name of a variable.
    Name,
    /// Quotation marks.
    Quotes,
    /// The word that precedes it in an HTTP header.
    Word,
    /// More words or lines.
    Words,
    /// Characters that no token has.
    Signs,
    /// Only digits.
    Digits,
    /// More than any token has.
    Length,
}

/// The bot's token: from the environment, else from the file.
///
/// # Errors
/// When there is none, or the file is open to others.
pub fn token(environment: Option<String>, file: Option<&Path>) -> Result<SecretString, TokenError> {
    let (file, token) = match (environment.filter(|token| !token.is_empty()), file) {
        (Some(token), _) => (None, token),
        (None, Some(path)) => (Some(path.to_owned()), token_in(path)?),
        (None, None) => return Err(TokenError::Missing),
    };
    let token = token.trim();
    match beside(token) {
        None => Ok(SecretString::from(token)),
        Some(why) => Err(TokenError::Malformed { file, why }),
    }
}

/// What is there besides a token, or instead of one: what people paste along with it, or by mistake.
fn beside(token: &str) -> Option<BadToken> {
    let quotes = [
        '"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}',
    ];
    let is_name = |name: &str| {
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
        !name.is_empty() && name.chars().all(letter)
    };
    let first = token.split_whitespace().next().unwrap_or_default();
    let assigned = token
        .split_once(['=', ':'])
        .is_some_and(|(name, _)| is_name(name.trim().trim_start_matches("export ").trim()));
    Some(if token.is_empty() {
        BadToken::Nothing
    } else if token.starts_with('\u{feff}') {
        BadToken::Mark
    } else if assigned || first == "export" {
        BadToken::Name
    } else if token.contains(quotes) {
        BadToken::Quotes
    } else if matches!(first, "Bot" | "Bearer") {
        BadToken::Word
    } else if token.contains(char::is_whitespace) {
        BadToken::Words
    } else if !token.chars().all(|character| character.is_ascii_graphic()) {
        BadToken::Signs
    } else if token.chars().all(|digit| digit.is_ascii_digit()) {
        BadToken::Digits
    } else {
        return None;
    })
}

fn token_in(path: &Path) -> Result<String, TokenError> {
    let unreadable = |why| TokenError::Unreadable {
        path: path.to_owned(),
        why,
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(TokenError::NoFile(path.to_owned()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(TokenError::Exposed(path.to_owned()));
        }
    }
    text_file::read(path, LARGEST).map_err(|error| match error {
        TextError::Io(why) => unreadable(why),
        TextError::NotText(why) => TokenError::NotText {
            path: path.to_owned(),
            why,
        },
        TextError::TooLong(_) => TokenError::Malformed {
            file: Some(path.to_owned()),
            why: BadToken::Length,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_never_shows_in_debug_output_and_needs_a_private_file() {
        let token = token(Some("canary-token".to_owned()), None).expect("a token");
        assert!(!format!("{token:?}").contains("canary"));
        assert!(matches!(super::token(None, None), Err(TokenError::Missing)));
    }

    #[test]
    fn what_is_pasted_beside_a_token_is_named_and_the_token_is_not() {
        let told = [
            "\"canary.def.ghi\"",
            "'canary.def.ghi'",
            "\u{201c}canary.def.ghi\u{201d}",
            "DISCORD_TOKEN=canary.def.ghi",
            "DISCORD_TOKEN=\"canary.def.ghi\"",
            "export DISCORD_TOKEN=canary.def.ghi",
            "TOKEN : canary.def.ghi",
            "\u{feff}canary.def.ghi",
            "Bot canary.def.ghi",
            "canary.def.ghi second",
            "canary.def\u{200b}.ghi",
            "123456789012345678",
            " \n",
        ];
        let told = told.map(|text| {
            let error = token(Some(text.to_owned()), None)
                .expect_err(text)
                .to_string();
            assert!(!error.contains("canary"), "{error}");
            error
                .split(": ")
                .nth(1)
                .unwrap_or_default()
                .split(". Write")
                .next()
                .unwrap_or_default()
                .to_owned()
        });
        insta::assert_snapshot!(told.join("\n"), @r#"
        there are quotes around it
        there are quotes around it
        there are quotes around it
        a name precedes it, as in `DISCORD_TOKEN=`
        a name precedes it, as in `DISCORD_TOKEN=`
        a name precedes it, as in `DISCORD_TOKEN=`
        a name precedes it, as in `DISCORD_TOKEN=`
        a byte-order mark precedes it
        the word "Bot" or "Bearer" precedes it
        there are several words or lines
        it has characters that a token can't have
        these are digits only, perhaps the application's id
        there is nothing in it
        "#);
        assert!(token(Some(" canary.def-_.ghi=\n".to_owned()), None).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_token_file_is_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = token(None, Some(folder.path()))
            .expect_err("a folder")
            .to_string();
        assert!(told.contains("this is not a file"), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_token_file_is_read_in_the_encoding_that_it_says() {
        use secrecy::ExposeSecret;
        use std::os::unix::fs::PermissionsExt;
        let file = tempfile::NamedTempFile::new().expect("a file");
        let private = fs::Permissions::from_mode(0o600);
        fs::set_permissions(file.path(), private).expect("set");
        let read = |bytes: &[u8]| {
            fs::write(file.path(), bytes).expect("written");
            token(None, Some(file.path()))
        };
        let marked = "\u{feff}canary.def.ghi\r\n";
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [marked.as_bytes(), &wide] {
            let token = read(bytes).expect("it is read");
            assert_eq!(token.expose_secret(), "canary.def.ghi");
        }
        let cases: [(&[u8], &str); 3] = [
            (&wide[2..], "line 1: this looks like broken UTF-16"),
            (b"canary\n.def\xff", "line 2: this isn't UTF-8"),
            (&[b'c'; LARGEST as usize + 1], "far longer than a token"),
        ];
        for (bytes, said) in cases {
            let told = read(bytes).expect_err(said).to_string();
            assert!(told.contains(said), "{told}");
            assert!(!told.contains("canary"), "{told}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_token_file_open_to_others_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), "canary-token\n").expect("written");
        let set =
            |mode| fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).expect("set");
        set(0o640);
        assert!(matches!(
            token(None, Some(file.path())),
            Err(TokenError::Exposed(_))
        ));
        set(0o600);
        assert!(token(None, Some(file.path())).is_ok());
    }
}
