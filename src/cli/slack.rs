//! `greenroom slack manifest`: what Slack makes an app from.

use greenroom::config::Config;
use greenroom::slack::{Commands, ManifestOptions, manifest};

use super::out;

/// What Slack needs to know of the bot.
#[derive(clap::Subcommand)]
pub enum Slack {
    /// Print the manifest of an app, to be pasted at https://api.slack.com/apps under "From a manifest"
    Manifest(Manifest),
}

/// Which app.
#[derive(clap::Args)]
pub struct Manifest {
    /// Ask for no history of channels: members answer by buttons only, and a daily that may be posted already is not
    /// looked for
    #[arg(long)]
    buttons_only: bool,
    /// For an app that Slack reaches over HTTP: the address to which it sends everything, as in
    /// https://bot.example/slack; the bot takes requests at any path
    #[arg(long, value_name = "URL", value_parser = reachable)]
    http: Option<String>,
}

/// Prints it, with the commands called as the configuration says.
pub fn slack(wanted: &Slack, config: &Config) -> anyhow::Result<()> {
    let Slack::Manifest(wanted) = wanted;
    let renamed = config.slack.commands.iter();
    let renamed = renamed.map(|(ours, name)| ((*ours).to_owned(), name.clone()));
    let manifest = manifest(&ManifestOptions {
        commands: Commands(renamed.collect()),
        buttons_only: wanted.buttons_only,
        http: wanted.http.clone(),
    });
    out::print(format!("{manifest:#}\n"))
}

/// An address that Slack calls.
fn reachable(typed: &str) -> Result<String, String> {
    match typed.strip_prefix("https://") {
        Some(rest) if !rest.is_empty() && !rest.contains(char::is_whitespace) => {
            Ok(typed.to_owned())
        }
        _ => Err("Slack calls addresses that begin with https:// only".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use greenroom::config::COMMANDS;

    use super::*;

    #[test]
    fn every_command_of_the_manifest_can_be_called_otherwise() {
        let manifest = manifest(&ManifestOptions::default());
        let listed = manifest["features"]["slash_commands"].as_array();
        let listed = listed.expect("a list").iter();
        let mut listed: Vec<&str> = listed
            .filter_map(|command| command["command"].as_str()?.strip_prefix('/'))
            .collect();
        let mut commands = COMMANDS;
        listed.sort_unstable();
        commands.sort_unstable();
        assert_eq!(listed, commands);
    }

    #[test]
    fn slack_is_given_addresses_that_it_calls() {
        assert!(reachable("https://bot.example/slack").is_ok());
        for typed in [
            "bot.example",
            "http://bot.example",
            "https://",
            "https://a b",
        ] {
            assert!(reachable(typed).is_err(), "{typed}");
        }
    }
}
