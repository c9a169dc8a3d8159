//! `[slack]`: how it is reached, and what is wished for there.

use std::net::SocketAddr;

use super::commands::commands;
use super::token_files::{TokenFiles, files, workspace};
use crate::config::checked::{checked, is_id_of_slack, parsed};
use crate::config::{ConfigProblem, address};
use crate::toml_reader::Table;

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

/// Reads `[slack]`.
pub(in crate::config) fn slack(mut table: Table<'_, ConfigProblem>) -> Slack {
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

#[cfg(test)]
mod tests {
    use std::path::Path;

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
}
