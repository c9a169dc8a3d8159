//! The tokens for each workspace, from files and the environment.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};

use super::settings::Slack;
use super::token_files::TokenFiles;
use crate::config::token::{Token, TokenError, token};

/// The tokens for a workspace.
#[derive(Clone, Debug)]
pub struct WorkspaceTokens {
    /// The bot token.
    pub bot: GivenToken,
    /// What events come in with.
    pub door: Door,
}

/// A token that was given.
#[derive(Clone, Debug)]
pub struct GivenToken {
    /// The token.
    pub secret: SecretString,
    /// The file that it is from, unless it is from the environment.
    pub file: Option<PathBuf>,
}

/// What events come in with.
#[derive(Clone, Debug)]
pub enum Door {
    /// By a socket that the app-level token opens.
    Socket(GivenToken),
    /// By requests that Slack signs with this.
    Http(SecretString),
}

impl Slack {
    /// The tokens for each workspace, and what is wrong with the others. `variable` reads the environment.
    pub fn tokens(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> (Vec<WorkspaceTokens>, Vec<TokenError>) {
        let (mut tokens, mut faults) = (Vec::new(), Vec::new());
        let mut keep = |read: Result<WorkspaceTokens, TokenError>| match read {
            Ok(read) => match shared(&tokens, &read) {
                Some(token) => faults.push(TokenError::Shared(token)),
                None => tokens.push(read),
            },
            Err(error) => faults.push(error),
        };
        let given = |token: Token| variable(token.variable()).filter(|text| !text.is_empty());
        if self.own != TokenFiles::default()
            || Token::OF_SLACK.into_iter().any(|it| given(it).is_some())
        {
            keep(self.tokens_of(&self.own, given));
        }
        for workspace in &self.workspaces {
            keep(self.tokens_of(workspace, |_| None));
        }
        (tokens, faults)
    }

    fn tokens_of(
        &self,
        files: &TokenFiles,
        given: impl Fn(Token) -> Option<String>,
    ) -> Result<WorkspaceTokens, TokenError> {
        let read = |kind, file: &Option<PathBuf>| {
            let said = given(kind);
            let file = file.as_deref().filter(|_| said.is_none());
            let secret = token(kind, said, file)?;
            let file = file.map(Path::to_owned);
            Ok::<_, TokenError>(GivenToken { secret, file })
        };
        let bot = read(Token::SlackBot, &files.bot)?;
        let is_given = |kind, file: &Option<PathBuf>| file.is_some() || given(kind).is_some();
        let app = is_given(Token::SlackApp, &files.app);
        let signing = is_given(Token::SlackSigning, &files.signing);
        // With both, whether something listens says which door is meant.
        let door = if signing && (self.listen.is_some() || !app) {
            let GivenToken { secret, .. } = read(Token::SlackSigning, &files.signing)?;
            if self.listen.is_none() {
                return Err(TokenError::NothingListens);
            }
            Door::Http(secret)
        } else {
            Door::Socket(read(Token::SlackApp, &files.app)?)
        };
        Ok(WorkspaceTokens { bot, door })
    }
}

/// What a workspace has that one before has too.
fn shared(before: &[WorkspaceTokens], read: &WorkspaceTokens) -> Option<Token> {
    let same =
        |one: &SecretString, other: &SecretString| one.expose_secret() == other.expose_secret();
    before
        .iter()
        .find_map(|other| match (&other.door, &read.door) {
            _ if same(&other.bot.secret, &read.bot.secret) => Some(Token::SlackBot),
            (Door::Socket(one), Door::Socket(two)) if same(&one.secret, &two.secret) => {
                Some(Token::SlackApp)
            }
            (Door::Http(one), Door::Http(two)) if same(one, two) => Some(Token::SlackSigning),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use tempfile::TempDir;

    use super::*;
    use crate::config::Config;

    fn read(text: &str) -> Config {
        let (config, faults) = Config::parse(Path::new("config.toml"), text);
        assert!(faults.0.is_empty(), "{faults}");
        config
    }

    /// What comes of these settings and variables: a line for each workspace and each fault.
    fn told(settings: &str, variables: &[(&str, &str)]) -> String {
        let variable = |name: &str| {
            let mut variables = variables.iter();
            let (_, value) = variables.find(|(other, _)| *other == name)?;
            Some((*value).to_owned())
        };
        let (tokens, faults) = read(settings).slack.tokens(variable);
        let tokens = tokens.iter().map(|tokens| {
            let bot = tokens.bot.secret.expose_secret();
            match &tokens.door {
                Door::Socket(app) => format!("{bot} by {}", app.secret.expose_secret()),
                Door::Http(secret) => format!("{bot} over HTTP, {}", secret.expose_secret()),
            }
        });
        let faults = faults.iter().map(|fault| {
            let fault = fault.to_string();
            assert!(!fault.contains("canary"), "{fault}");
            fault
        });
        tokens.chain(faults).collect::<Vec<_>>().join("\n")
    }

    const BOT: (&str, &str) = ("SLACK_BOT_TOKEN", "xoxb-canary");
    const APP: (&str, &str) = ("SLACK_APP_TOKEN", "xapp-canary");
    const SIGNING: (&str, &str) = ("SLACK_SIGNING_SECRET", "canary");

    #[test]
    fn tokens_that_are_missing_or_swapped_are_told_and_say_which_door_is_meant() {
        let listen = "[slack]\nlisten = \"127.0.0.1:3000\"\n";
        assert_eq!(told("", &[]), "");
        assert_eq!(told("", &[BOT, APP]), "xoxb-canary by xapp-canary");
        assert_eq!(told("", &[BOT, APP, SIGNING]), "xoxb-canary by xapp-canary");
        for variables in [&[BOT, SIGNING][..], &[BOT, APP, SIGNING]] {
            assert_eq!(told(listen, variables), "xoxb-canary over HTTP, canary");
        }
        assert_eq!(told(listen, &[BOT, APP]), "xoxb-canary by xapp-canary");
        let told = [
            told("", &[BOT]),
            told("", &[APP]),
            told("", &[BOT, SIGNING]),
            told(
                "",
                &[("SLACK_BOT_TOKEN", APP.1), ("SLACK_APP_TOKEN", BOT.1)],
            ),
            told("", &[BOT, ("SLACK_APP_TOKEN", BOT.1)]),
            told("", &[BOT, ("SLACK_APP_TOKEN", "canary")]),
            told("", &[("SLACK_BOT_TOKEN", "xoxp-canary"), APP]),
            told(listen, &[BOT, ("SLACK_SIGNING_SECRET", APP.1)]),
            told(
                "",
                &[("SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN=xoxb-canary"), APP],
            ),
        ];
        insta::assert_snapshot!(told.join("\n"), @r#"
        no app-level token for Slack. Generate one on the app's page "Basic Information", with the scope connections:write, and copy it into SLACK_APP_TOKEN, or put it into a file and name that as `app_token_file` under [slack] in the configuration. (Where Slack reaches the app over HTTP, it is SLACK_SIGNING_SECRET instead.)
        no bot token for Slack. Create an app at https://api.slack.com/apps from what `greenroom slack manifest` prints, install it, copy the token from its page "OAuth & Permissions" into SLACK_BOT_TOKEN, or put it into a file and name that as `bot_token_file` under [slack] in the configuration.
        SLACK_SIGNING_SECRET is for what Slack sends over HTTP, and nothing listens for that: set `listen` under [slack] in the configuration, or give SLACK_APP_TOKEN instead.
        SLACK_BOT_TOKEN does not hold the bot token of Slack: this is the app-level token of Slack, which is for SLACK_APP_TOKEN. Are the two swapped?
        SLACK_APP_TOKEN does not hold the app-level token of Slack: this is the bot token of Slack, which is for SLACK_BOT_TOKEN. Are the two swapped?
        SLACK_APP_TOKEN does not hold the app-level token of Slack: that begins with xapp-
        SLACK_BOT_TOKEN does not hold the bot token of Slack: that begins with xoxb-
        SLACK_SIGNING_SECRET does not hold the signing secret of Slack: this is the app-level token of Slack, which is for SLACK_APP_TOKEN. Are the two swapped?
        SLACK_BOT_TOKEN does not hold a token alone: a name precedes it, as in `SLACK_BOT_TOKEN=`. Write the token as Slack shows it, one word and nothing else.
        "#);
        let error = token(Token::Discord, Some(BOT.1.to_owned()), None).expect_err("it is Slack's");
        insta::assert_snapshot!(error, @r"
        DISCORD_TOKEN does not hold the token of Discord: this is the bot token of Slack, which is for SLACK_BOT_TOKEN. Are the two swapped?
        ");
    }

    #[cfg(unix)]
    #[test]
    fn each_workspace_of_the_list_has_tokens_of_its_own_and_a_fault_of_one_leaves_the_others() {
        use std::os::unix::fs::PermissionsExt;
        let folder = TempDir::new().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("set");
            path
        };
        let (bot, app) = (file("bot", "xoxb-2\n"), file("app", "xapp-2\n"));
        let (third, own) = (file("third", "xoxb-3\n"), file("own", "xapp-3\n"));
        let settings = format!(
            "[slack]\napp_token_file = {app:?}\n[[slack.workspace]]\nbot_token_file = {bot:?}\n\
             app_token_file = {bot:?}\n[[slack.workspace]]\nbot_token_file = {bot:?}\napp_token_file = {own:?}\n\
             [[slack.workspace]]\nbot_token_file = {third:?}\napp_token_file = {app:?}\n\
             [[slack.workspace]]\nbot_token_file = {bot:?}\napp_token_file = {app:?}\n"
        );
        let told = told(&settings, &[BOT]);
        let told = told.replace(&*folder.path().to_string_lossy(), "…");
        insta::assert_snapshot!(told, @r"
        xoxb-canary by xapp-2
        xoxb-2 by xapp-3
        …/bot does not hold the app-level token of Slack: this is the bot token of Slack, which is for `bot_token_file`. Are the two swapped?
        two workspaces on Slack have the same app-level token of Slack: what is done in one would be taken for the other's. Make an app for each at https://api.slack.com/apps, and give each workspace the tokens of its own.
        two workspaces on Slack have the same app-level token of Slack: what is done in one would be taken for the other's. Make an app for each at https://api.slack.com/apps, and give each workspace the tokens of its own.
        ");
    }

    #[cfg(unix)]
    #[test]
    fn no_two_workspaces_have_the_same_bot_or_are_signed_for_alike() {
        use std::os::unix::fs::PermissionsExt;
        let folder = TempDir::new().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("set");
            path
        };
        let (bot, secret) = (file("bot", "xoxb-2\n"), file("secret", "canary\n"));
        let settings = format!(
            "[slack]\nlisten = \"127.0.0.1:3000\"\n[[slack.workspace]]\nbot_token_file = {bot:?}\nsigning_secret_file = {secret:?}\n"
        );
        let signed = told(&settings, &[BOT, SIGNING]);
        assert!(signed.ends_with("own."), "{signed}");
        assert!(
            signed.contains("the same signing secret of Slack"),
            "{signed}"
        );
        let bots = told(&settings, &[("SLACK_BOT_TOKEN", "xoxb-2"), APP]);
        assert!(bots.contains("the same bot token of Slack"), "{bots}");
    }
}
