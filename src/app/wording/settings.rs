//! What is wrong with the settings and the token, as operators read it.

use std::fmt::{self, Display, Formatter};

use crate::config::{
    BadAddress, BadLevel, BadToken, ConfigFault, ConfigFaults, ConfigProblem, LEVELS, TokenError,
};
use crate::text_file::TextError;
use crate::told;

use super::files::advice;

impl Display for ConfigFaults {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let told: Vec<String> = self.0.iter().map(ConfigFault::to_string).collect();
        f.write_str(&told.join("\n"))
    }
}

impl Display for ConfigFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", told::name(&self.file))?;
        if self.line > 0 {
            write!(f, "{}:", self.line)?;
        }
        write!(f, " {}", self.problem)
    }
}

impl Display for ConfigProblem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(TextError::NotText(why)) => f.write_str(&advice(why)),
            Self::Unreadable(TextError::TooLong(_)) => {
                f.write_str("this is too large to be the configuration; name another file")
            }
            Self::Unreadable(TextError::Io(why)) => write!(
                f,
                "cannot read the configuration: {why}; name another file with --config"
            ),
            Self::Toml(wrong) => wrong.fmt(f),
            Self::NotAnId(key) => write!(
                f,
                "`{key}` is an id of digits, as Discord's \"Copy ID\" gives it"
            ),
            Self::Level(why) => write!(f, "`level` has {why}"),
            Self::Address(why) => write!(
                f,
                "`api` is not an address of an API: {why}. Write one as in \"http://127.0.0.1:7878\""
            ),
        }
    }
}

impl Display for BadLevel {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let meant = |near: Option<&str>| match near {
            Some(near) => format!(": did you mean `{near}`?"),
            None => ".".to_owned(),
        };
        match self {
            Self::Unknown { part, near } => write!(
                f,
                "{part:?}, which is not a level{} Write one of {}; or by module, as in \
                 \"info,greenroom::discord=debug\"",
                meant(*near),
                LEVELS.join(", ")
            ),
            Self::NoModule { part, name, near } => write!(
                f,
                "{part:?}, but nothing that logs is called {name:?}{} Name a module as in \
                 \"info,greenroom::discord=debug\"",
                meant(near.as_deref())
            ),
        }
    }
}

impl Display for BadAddress {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "it must begin with http:// or https://",
            Self::Malformed(why) => why,
            Self::Credentials => "a name and password in it are not used",
            Self::TooLong => "it must end before `?` and `#`",
            Self::Path => "the path of the API, /api/v10, is added to it",
        })
    }
}

impl Display for TokenError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "no token. Create an application at https://discord.com/developers/applications, copy the token \
                 from its page \"Bot\", and run `DISCORD_TOKEN=... greenroom run`, or put it into a file and name \
                 that as `token_file` in the configuration. To try Greenroom without Discord, run `greenroom` alone.",
            ),
            Self::Unreadable { path, why } => {
                write!(f, "{}: cannot read the token: {why}", told::name(path))
            }
            Self::Exposed(path) => write!(
                f,
                "{}: the token can be read by group or others. Run `chmod 600` on the file.",
                told::name(path)
            ),
            Self::NoFile(path) => write!(
                f,
                "{}: the token must be in a file of its own, and this is not a file. Set `token_file` in the \
                 configuration.",
                told::name(path)
            ),
            Self::NotText { path, why } => write!(f, "{}: {why}", told::name(path)),
            Self::Malformed { file, why } => {
                match file {
                    Some(file) => write!(f, "{}", told::name(file))?,
                    None => f.write_str("DISCORD_TOKEN")?,
                }
                write!(
                    f,
                    " does not hold a token alone: {why}. Write the token as Discord shows it, one word and nothing \
                     else."
                )
            }
        }
    }
}

impl Display for BadToken {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "there is nothing in it",
            Self::Mark => "a byte-order mark precedes it",
            Self::Name => "a name precedes it, as in `DISCORD_TOKEN=`",
            Self::Quotes => "there are quotes around it",
            Self::Word => "the word \"Bot\" or \"Bearer\" precedes it",
            Self::Words => "there are several words or lines",
            Self::Signs => "it has characters that a token can't have",
            Self::Digits => "these are digits only, perhaps the application's id",
            Self::Length => "it is far longer than a token",
        })
    }
}
