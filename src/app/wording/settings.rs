//! What is wrong with the settings and the token, as operators read it.

use std::fmt::{self, Display, Formatter};

use crate::config::{
    BadAddress, BadLevel, BadToken, ConfigFault, ConfigFaults, ConfigProblem, LEVELS, Token,
    TokenError,
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
            Self::NotAnIdOfSlack(key) => write!(
                f,
                "`{key}` is an id of Slack's, such as {}: in a browser, the address of a channel ends in \
                 /T0123ABCD/C0123ABCD, the ids of its workspace and of itself",
                match *key {
                    "workspace" => "T0123ABCD",
                    _ => "C0123ABCD",
                }
            ),
            Self::NoSpace => f.write_str(
                "the schedule lacks `guild`, the id of a server on Discord, or `workspace`, that of one on Slack",
            ),
            Self::TwoSpaces => f.write_str(
                "a schedule posts in one place: leave out `guild` or `workspace`, and declare another for that",
            ),
            Self::NotAPerson => f.write_str(
                "`admins` are ids of people on Slack, such as U0123ABCD: see a person's profile, Copy member ID",
            ),
            Self::NoDoor => f.write_str(
                "the workspace lacks `app_token_file`, or `signing_secret_file` if Slack is to reach the app over HTTP",
            ),
            Self::NotACommand => f.write_str(
                "a command has a name of 1 to 31 small letters, digits, hyphens and underscores, without the slash",
            ),
            Self::CommandTaken(other) => {
                write!(f, "`{other}` is called that already; give one of them another name")
            }
            Self::NotAnAddress => f.write_str(
                "`listen` is an address of this machine and a port, as in \"127.0.0.1:3000\"",
            ),
            Self::Level(why) => write!(f, "`level` has {why}"),
            Self::Address(why) => write!(
                f,
                "`api` is not an address of an API: {why}. Write one as in \"http://127.0.0.1:7878\""
            ),
            Self::SlackAddress(why) => write!(
                f,
                "`api` is not an address of an API: {why}. Write one as in \"http://127.0.0.1:7979/api/\""
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
            Self::NoPath => "it must end with the path of the API, /api/",
        })
    }
}

impl Display for TokenError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(token) => f.write_str(how_to_get(*token)),
            Self::NothingListens => f.write_str(
                "SLACK_SIGNING_SECRET is for what Slack sends over HTTP, and nothing listens for that: set `listen` under \
                 [slack] in the configuration, or give SLACK_APP_TOKEN instead."
            ),
            Self::Shared(token) => write!(
                f,
                "two workspaces on Slack have the same {}: what is done in one would be taken for the other's. Make an \
                 app for each at https://api.slack.com/apps, and give each workspace the tokens of its own.",
                name_of(*token)
            ),
            Self::Unreadable { path, why } => {
                write!(f, "{}: cannot read the token: {why}", told::name(path))
            }
            Self::Exposed(path) => write!(
                f,
                "{}: the token can be read by group or others. Run `chmod 600` on the file.",
                told::name(path)
            ),
            Self::NoFile { token, path } => write!(
                f,
                "{}: the token must be in a file of its own, and this is not a file. Set `{}` in the \
                 configuration.",
                told::name(path),
                token.key()
            ),
            Self::NotText { path, why } => write!(f, "{}: {why}", told::name(path)),
            Self::Malformed { token, file, why } => {
                match file {
                    Some(file) => write!(f, "{}", told::name(file))?,
                    None => f.write_str(token.variable())?,
                }
                malformed(f, *token, file.is_some(), *why)
            }
        }
    }
}

/// How to get a token that is missing, and where to put it.
fn how_to_get(token: Token) -> &'static str {
    match token {
        Token::Discord => {
            "no token. Create an application at https://discord.com/developers/applications, copy the token \
             from its page \"Bot\", and run `DISCORD_TOKEN=... greenroom run`, or put it into a file and name \
             that as `token_file` in the configuration. To try Greenroom without Discord, run `greenroom` alone."
        }
        Token::SlackBot => {
            "no bot token for Slack. Create an app at https://api.slack.com/apps from what `greenroom slack manifest` \
             prints, install it, copy the token from its page \"OAuth & Permissions\" into SLACK_BOT_TOKEN, or put it \
             into a file and name that as `bot_token_file` under [slack] in the configuration."
        }
        Token::SlackApp | Token::SlackSigning => {
            "no app-level token for Slack. Generate one on the app's page \"Basic Information\", with the scope \
             connections:write, and copy it into SLACK_APP_TOKEN, or put it into a file and name that as \
             `app_token_file` under [slack] in the configuration. (Where Slack reaches the app over HTTP, it is \
             SLACK_SIGNING_SECRET instead.)"
        }
    }
}

fn name_of(token: Token) -> &'static str {
    match token {
        Token::Discord => "token of Discord",
        Token::SlackBot => "bot token of Slack",
        Token::SlackApp => "app-level token of Slack",
        Token::SlackSigning => "signing secret of Slack",
    }
}

/// What is wrong with the place of a token, which has just been named.
fn malformed(f: &mut Formatter<'_>, token: Token, in_a_file: bool, why: BadToken) -> fmt::Result {
    let platform = match token {
        Token::Discord => "Discord",
        Token::SlackBot | Token::SlackApp | Token::SlackSigning => "Slack",
    };
    let why = match why {
        BadToken::Other(other) => {
            let place = match in_a_file {
                true => format!("`{}`", other.key()),
                false => other.variable().to_owned(),
            };
            return write!(
                f,
                " does not hold the {}: this is the {}, which is for {place}. Are the two swapped?",
                name_of(token),
                name_of(other)
            );
        }
        BadToken::Prefix => {
            return write!(
                f,
                " does not hold the {}: that begins with {}",
                name_of(token),
                token.prefix().unwrap_or_default()
            );
        }
        BadToken::Name => format!("a name precedes it, as in `{}=`", token.variable()),
        BadToken::Nothing => "there is nothing in it".to_owned(),
        BadToken::Mark => "a byte-order mark precedes it".to_owned(),
        BadToken::Quotes => "there are quotes around it".to_owned(),
        BadToken::Word => "the word \"Bot\" or \"Bearer\" precedes it".to_owned(),
        BadToken::Words => "there are several words or lines".to_owned(),
        BadToken::Signs => "it has characters that a token can't have".to_owned(),
        BadToken::Digits => "these are digits only, perhaps the application's id".to_owned(),
        BadToken::Length => "it is far longer than a token".to_owned(),
    };
    write!(
        f,
        " does not hold a token alone: {why}. Write the token as {platform} shows it, one word and nothing else."
    )
}
