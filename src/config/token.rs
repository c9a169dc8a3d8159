//! The bot's token: the one secret, kept out of the settings file.

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

/// Why there is no token. Says how to get and give one.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// None was given.
    #[error(
        "no token. Create an application at https://discord.com/developers/applications, copy the token from its page \"Bot\", and run `DISCORD_TOKEN=... greenroom run`, or put it into a file and name that as `token_file` in the configuration. To try Greenroom without Discord, run `greenroom` alone."
    )]
    Missing,
    /// The file cannot be read.
    #[error("{path}: cannot read the token: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// Others can read it.
    #[error("{0}: the token can be read by group or others. Run `chmod 600` on the file.")]
    Exposed(PathBuf),
    /// It is not one token.
    #[error("{0} does not hold a token: it must be one word without spaces, as Discord shows it.")]
    Malformed(String),
}

/// The bot's token: from the environment, else from the file.
///
/// # Errors
/// When there is none, or the file is open to others.
pub fn token(environment: Option<String>, file: Option<&Path>) -> Result<SecretString, TokenError> {
    let (from, token) = match (environment.filter(|token| !token.is_empty()), file) {
        (Some(token), _) => ("DISCORD_TOKEN".to_owned(), token),
        (None, Some(path)) => (path.display().to_string(), token_in(path)?),
        (None, None) => return Err(TokenError::Missing),
    };
    let token = token.trim();
    if token.is_empty() || !token.chars().all(|character| character.is_ascii_graphic()) {
        return Err(TokenError::Malformed(from));
    }
    Ok(SecretString::from(token))
}

fn token_in(path: &Path) -> Result<String, TokenError> {
    let unreadable = |why| TokenError::Unreadable {
        path: path.to_owned(),
        why,
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(TokenError::Exposed(path.to_owned()));
        }
    }
    fs::read_to_string(path).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_never_shows_in_debug_output_and_needs_a_private_file() {
        let token = token(Some("canary-token".to_owned()), None).expect("a token");
        assert!(!format!("{token:?}").contains("canary"));
        assert!(matches!(super::token(None, None), Err(TokenError::Missing)));
        assert!(matches!(
            super::token(Some("two words".to_owned()), None),
            Err(TokenError::Malformed(_))
        ));
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
