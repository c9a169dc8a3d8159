//! The tokens that the bot proves with who it is: the only secrets, kept out of the settings file.

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::text_file::{self, NotText, TextError};

/// The largest file that is read, in bytes: far more than any token has.
const LARGEST: u64 = 4096;

/// What the bot proves with to a platform who it is, or a platform to the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// The bot's, on Discord.
    Discord,
    /// The bot's, on Slack: `xoxb-…`.
    SlackBot,
    /// The app's, with which it opens sockets on Slack: `xapp-…`.
    SlackApp,
    /// What Slack signs its requests with.
    SlackSigning,
}

impl Token {
    pub(super) const OF_SLACK: [Self; 3] = [Self::SlackBot, Self::SlackApp, Self::SlackSigning];

    /// The variable of the environment that holds it.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Discord => "DISCORD_TOKEN",
            Self::SlackBot => "SLACK_BOT_TOKEN",
            Self::SlackApp => "SLACK_APP_TOKEN",
            Self::SlackSigning => "SLACK_SIGNING_SECRET",
        }
    }

    /// The key of the settings that names a file which holds it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Discord => "token_file",
            Self::SlackBot => "bot_token_file",
            Self::SlackApp => "app_token_file",
            Self::SlackSigning => "signing_secret_file",
        }
    }

    /// What it begins with, if all of its kind do.
    pub fn prefix(self) -> Option<&'static str> {
        match self {
            Self::SlackBot => Some("xoxb-"),
            Self::SlackApp => Some("xapp-"),
            Self::Discord | Self::SlackSigning => None,
        }
    }

    /// What a text is, if it isn't this: another token, or nothing known.
    fn mistaken(self, text: &str) -> Option<BadToken> {
        let begins = |token: &Self| token.prefix().is_some_and(|begin| text.starts_with(begin));
        match Self::OF_SLACK.into_iter().find(begins) {
            Some(other) if other != self => Some(BadToken::Other(other)),
            None if self.prefix().is_some() => Some(BadToken::Prefix),
            _ => None,
        }
    }
}

/// Why there is no token. The words, which say how to get and give one, are in `app/wording/settings.rs`.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// None was given.
    Missing(Token),
    /// A signing secret was given, and no address to listen on.
    NothingListens,
    /// Two workspaces on Slack were given the same.
    Shared(Token),
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
    NoFile {
        /// What it should hold.
        token: Token,
        /// What is no file.
        path: PathBuf,
    },
    /// It is in an encoding that isn't known for sure.
    NotText {
        /// The file.
        path: PathBuf,
        /// Where, and what it seems to be.
        why: NotText,
    },
    /// It isn't a token alone.
    Malformed {
        /// What it should be.
        token: Token,
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
    /// Another token.
    Other(Token),
    /// Not what such a token begins with.
    Prefix,
}

/// A token: from the environment, else from the file.
///
/// # Errors
/// When there is none, or the file is open to others.
pub fn token(
    token: Token,
    environment: Option<String>,
    file: Option<&Path>,
) -> Result<SecretString, TokenError> {
    let (file, text) = match (environment.filter(|text| !text.is_empty()), file) {
        (Some(text), _) => (None, text),
        (None, Some(path)) => (Some(path.to_owned()), text_in(token, path)?),
        (None, None) => return Err(TokenError::Missing(token)),
    };
    let text = text.trim();
    match beside(text).or_else(|| token.mistaken(text)) {
        None => Ok(SecretString::from(text)),
        Some(why) => Err(TokenError::Malformed { token, file, why }),
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

fn text_in(token: Token, path: &Path) -> Result<String, TokenError> {
    let unreadable = |why| TokenError::Unreadable {
        path: path.to_owned(),
        why,
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        let path = path.to_owned();
        return Err(TokenError::NoFile { token, path });
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
            token,
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
        let token = token(Token::Discord, Some("canary-token".to_owned()), None).expect("a token");
        assert!(!format!("{token:?}").contains("canary"));
        let missing = super::token(Token::Discord, None, None);
        assert!(matches!(missing, Err(TokenError::Missing(Token::Discord))));
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
            let error = token(Token::Discord, Some(text.to_owned()), None)
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
        assert!(
            token(
                Token::Discord,
                Some(" canary.def-_.ghi=\n".to_owned()),
                None
            )
            .is_ok()
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_token_file_is_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = token(Token::Discord, None, Some(folder.path()))
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
            token(Token::Discord, None, Some(file.path()))
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
            token(Token::Discord, None, Some(file.path())),
            Err(TokenError::Exposed(_))
        ));
        set(0o600);
        assert!(token(Token::Discord, None, Some(file.path())).is_ok());
    }
}
