//! `[slack]`: the workspaces, and what is wished for there.

use std::net::SocketAddr;
use std::path::PathBuf;

use secrecy::{ExposeSecret as _, SecretString};

use super::checked::{checked, is_id_of_slack, parsed};
use super::token::{Token, TokenError, token};
use super::{ConfigProblem, address};
use crate::toml_reader::Table;

/// What the commands are called unless the settings say otherwise; the last takes the others as words.
pub const COMMANDS: [&str; 9] = [
    "question",
    "topics",
    "quiz",
    "daily",
    "leaderboard",
    "stats",
    "schedule",
    "privacy",
    "greenroom",
];

/// The most characters that the name of a command may have, its slash aside.
const LONGEST_COMMAND: usize = 31;

/// How Slack is reached, and what is wished for there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slack {
    /// The workspace whose tokens may also come from the environment.
    pub own: TokenFiles,
    /// The other ones.
    pub workspaces: Vec<TokenFiles>,
    /// Where to listen for what Slack sends over HTTP. Nothing listens without one.
    pub listen: Option<SocketAddr>,
    /// Another address of the Web API, with a slash at its end.
    pub api: Option<String>,
    /// The commands that are called otherwise, each with its name.
    pub commands: Vec<(&'static str, String)>,
    /// The ids of those who count as admins beside the workspace's own.
    pub admins: Vec<String>,
    /// Whether guests, and people of other workspaces, may answer.
    pub guests_may_answer: bool,
}

/// Which files hold the tokens for a workspace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenFiles {
    /// The bot token.
    pub bot: Option<PathBuf>,
    /// The app-level token.
    pub app: Option<PathBuf>,
    /// The signing secret.
    pub signing: Option<PathBuf>,
}

/// The tokens for a workspace.
#[derive(Clone, Debug)]
pub struct WorkspaceTokens {
    /// The bot token.
    pub bot: SecretString,
    /// The file that it is from, unless it is from the environment.
    pub bot_file: Option<PathBuf>,
    /// What events come in with.
    pub door: Door,
}

/// What events come in with.
#[derive(Clone, Debug)]
pub enum Door {
    /// By a socket that the app-level token opens.
    Socket(SecretString),
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
        let read = |kind, file: &Option<PathBuf>| token(kind, given(kind), file.as_deref());
        let bot = read(Token::SlackBot, &files.bot)?;
        let is_given = |kind, file: &Option<PathBuf>| file.is_some() || given(kind).is_some();
        let app = is_given(Token::SlackApp, &files.app);
        let signing = is_given(Token::SlackSigning, &files.signing);
        // With both, whether something listens says which door is meant.
        let door = if signing && (self.listen.is_some() || !app) {
            let secret = read(Token::SlackSigning, &files.signing)?;
            if self.listen.is_none() {
                return Err(TokenError::NothingListens);
            }
            Door::Http(secret)
        } else {
            Door::Socket(read(Token::SlackApp, &files.app)?)
        };
        let bot_file = files
            .bot
            .clone()
            .filter(|_| given(Token::SlackBot).is_none());
        Ok(WorkspaceTokens {
            bot,
            bot_file,
            door,
        })
    }
}

/// What a workspace has that one before has too.
fn shared(before: &[WorkspaceTokens], read: &WorkspaceTokens) -> Option<Token> {
    let same =
        |one: &SecretString, other: &SecretString| one.expose_secret() == other.expose_secret();
    before
        .iter()
        .find_map(|other| match (&other.door, &read.door) {
            _ if same(&other.bot, &read.bot) => Some(Token::SlackBot),
            (Door::Socket(one), Door::Socket(two)) if same(one, two) => Some(Token::SlackApp),
            (Door::Http(one), Door::Http(two)) if same(one, two) => Some(Token::SlackSigning),
            _ => None,
        })
}

/// Reads `[slack]`.
pub(super) fn slack(mut table: Table<'_, ConfigProblem>) -> Slack {
    let own = files(&mut table);
    let workspaces = table.tables("workspace", 0..=usize::MAX, "workspace");
    let workspaces = workspaces.into_iter().map(workspace).collect();
    let listen = parsed(&mut table, "listen", |text| {
        text.parse().map_err(|_| ConfigProblem::NotAnAddress)
    });
    let api = checked(&mut table, "api", |api| {
        address::usable_on_slack(api).map_err(ConfigProblem::SlackAddress)
    });
    let admins: Vec<String> = table.value("admins").unwrap_or_default();
    if !admins.iter().all(|id| is_id_of_slack(id, &['U', 'W'])) {
        table.fault("admins", ConfigProblem::NotAPerson);
    }
    let slack = Slack {
        own,
        workspaces,
        listen,
        api: api.map(|api| format!("{}/", api.trim_end_matches('/'))),
        commands: commands(table.table("commands")),
        admins,
        guests_may_answer: table.value("guests_may_answer").unwrap_or_default(),
    };
    table.end();
    slack
}

fn files(table: &mut Table<'_, ConfigProblem>) -> TokenFiles {
    TokenFiles {
        bot: table.value(Token::SlackBot.key()),
        app: table.value(Token::SlackApp.key()),
        signing: table.value(Token::SlackSigning.key()),
    }
}

/// Reads a `[[slack.workspace]]`, whose tokens can be in files only.
fn workspace(mut table: Table<'_, ConfigProblem>) -> TokenFiles {
    let files = files(&mut table);
    if !table.has(Token::SlackBot.key()) {
        table.required_value::<PathBuf>(Token::SlackBot.key());
    }
    if !table.has(Token::SlackApp.key()) && !table.has(Token::SlackSigning.key()) {
        table.fault("", ConfigProblem::NoDoor);
    }
    table.end();
    files
}

fn commands(mut table: Table<'_, ConfigProblem>) -> Vec<(&'static str, String)> {
    let mut renamed: Vec<(&'static str, String)> = Vec::new();
    for command in COMMANDS {
        let name = checked(&mut table, command, |name| {
            is_name(name)
                .then_some(())
                .ok_or(ConfigProblem::NotACommand)
        });
        renamed.extend(name.map(|name| (command, name)));
    }
    let called = |command: &'static str| {
        let mut renamed = renamed.iter();
        renamed
            .find(|(ours, _)| *ours == command)
            .map_or(command, |(_, name)| name)
    };
    for (command, name) in &renamed {
        let taken = COMMANDS
            .into_iter()
            .find(|other| other != command && called(other) == name);
        if let Some(other) = taken {
            table.fault(command, ConfigProblem::CommandTaken(other));
        }
    }
    table.end();
    renamed
}

/// Whether Slack takes it for the name of a command, without the slash.
fn is_name(name: &str) -> bool {
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    (1..=LONGEST_COMMAND).contains(&name.len()) && name.chars().all(sign)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::*;
    use crate::config::{Config, DeclaredSpace};

    fn faults(text: &str) -> String {
        let (_, faults) = Config::parse(Path::new("config.toml"), text);
        faults.to_string()
    }

    fn read(text: &str) -> Config {
        let (config, faults) = Config::parse(Path::new("config.toml"), text);
        assert!(faults.0.is_empty(), "{faults}");
        config
    }

    #[test]
    fn every_fault_is_told() {
        let text = "[slack]\n\
            listen = \"3000\"\n\
            api = \"http://127.0.0.1:7979\"\n\
            admins = [\"U0123ABCD\", \"@ana\"]\n\
            guests_may_answer = \"yes\"\n\
            bot_token = \"xoxb-1\"\n\
            [slack.commands]\n\
            question = \"/question\"\n\
            quiz = \"topics\"\n\
            stats = \"mine\"\n\
            daily = \"mine\"\n\
            queue = \"line\"\n\
            [[slack.workspace]]\n\
            bot_token_file = \"one\"\n\
            [[slack.workspace]]\n\
            app_token_file = \"two\"\n";
        insta::assert_snapshot!(faults(text), @r#"
        config.toml:2: `listen` is an address of this machine and a port, as in "127.0.0.1:3000"
        config.toml:3: `api` is not an address of an API: it must end with the path of the API, /api/. Write one as in "http://127.0.0.1:7979/api/"
        config.toml:4: `admins` are ids of people on Slack, such as U0123ABCD: see a person's profile, Copy member ID
        config.toml:5: `guests_may_answer` must be true or false, without quotes
        config.toml:6: unknown key `bot_token`; the keys here are bot_token_file, app_token_file, signing_secret_file, workspace, listen, api, admins, commands, guests_may_answer
        config.toml:8: a command has a name of 1 to 31 small letters, digits, hyphens and underscores, without the slash
        config.toml:9: `topics` is called that already; give one of them another name
        config.toml:10: `daily` is called that already; give one of them another name
        config.toml:11: `stats` is called that already; give one of them another name
        config.toml:12: unknown key `queue`; the keys here are question, topics, quiz, daily, leaderboard, stats, schedule, privacy, greenroom
        config.toml:13: the workspace lacks `app_token_file`, or `signing_secret_file` if Slack is to reach the app over HTTP
        config.toml:15: the workspace lacks `bot_token_file`
        "#);
    }

    #[test]
    fn a_schedule_posts_in_one_place_by_ids_of_its_platform() {
        let schedule =
            |rest: &str| format!("[[schedule]]\n{rest}\nzone = \"UTC\"\ntime = \"9:00\"\n");
        let right = schedule("workspace = \"T0123ABCD\"\nchannel = \"C0123ABCD\"");
        let space = DeclaredSpace::Workspace("T0123ABCD".to_owned());
        assert_eq!(read(&right).schedules[0].space, space);
        let told = [
            "channel = \"7\"",
            "guild = \"1\"\nworkspace = \"T1\"\nchannel = \"7\"",
            "workspace = \"1\"\nchannel = \"C1\"",
            "workspace = \"T1\"\nchannel = \"#daily\"",
            "guild = \"1\"\nchannel = \"C1\"",
            "workspace = 7\nchannel = \"C1\"",
        ];
        let told = told.map(|rest| faults(&schedule(rest)));
        insta::assert_snapshot!(told.join("\n"), @r#"
        config.toml:1: the schedule lacks `guild`, the id of a server on Discord, or `workspace`, that of one on Slack
        config.toml:3: a schedule posts in one place: leave out `guild` or `workspace`, and declare another for that
        config.toml:2: `workspace` is an id of Slack's, such as T0123ABCD: in a browser, the address of a channel ends in /T0123ABCD/C0123ABCD, the ids of its workspace and of itself
        config.toml:3: `channel` is an id of Slack's, such as C0123ABCD: in a browser, the address of a channel ends in /T0123ABCD/C0123ABCD, the ids of its workspace and of itself
        config.toml:3: `channel` is an id of digits, as Discord's "Copy ID" gives it
        config.toml:2: `workspace` must be text in quotes, not a number
        "#);
    }

    #[test]
    fn commands_can_be_called_otherwise_and_swapped() {
        let config = read(
            "[slack]\napi = \"http://127.0.0.1:1/api\"\n[slack.commands]\nquiz = \"topics\"\ntopics = \"quiz\"\n",
        );
        let renamed = [("topics", "quiz".to_owned()), ("quiz", "topics".to_owned())];
        assert_eq!(config.slack.commands, renamed);
        assert_eq!(config.slack.api.as_deref(), Some("http://127.0.0.1:1/api/"));
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
            let bot = tokens.bot.expose_secret();
            match &tokens.door {
                Door::Socket(app) => format!("{bot} by {}", app.expose_secret()),
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
        …/bot does not hold the app-level token of Slack: this is the bot token of Slack, which is for SLACK_BOT_TOKEN. Are the two swapped?
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
