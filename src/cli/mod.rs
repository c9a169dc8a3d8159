//! The command line: wiring only, one file per command.

mod backup;
mod check;
#[cfg(feature = "sandbox")]
mod clocks;
mod declared;
#[cfg(feature = "authoring")]
mod exchange;
mod forget;
#[cfg(feature = "authoring")]
mod lint;
#[cfg(feature = "sandbox")]
mod locals;
mod log;
mod monitor;
mod out;
mod overrides;
#[cfg(all(test, feature = "sandbox"))]
#[allow(
    dead_code,
    reason = "it is the end-to-end tests', which use more of it"
)]
#[path = "../../tests/harness/planted.rs"]
mod planted;
mod platforms;
#[cfg(feature = "sandbox")]
mod preview;
mod run;
#[cfg(feature = "sandbox")]
mod sandbox;
mod search;
#[cfg(feature = "sandbox")]
mod seed;
mod slack;
mod status;
mod supervisor;
#[cfg(all(test, feature = "sandbox"))]
mod together;
mod tokens;
mod zones;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use greenroom::config::Config;
use greenroom::discord::FatalCloses;
use greenroom::tasks::{Ended, caught};
use greenroom::told::chain;

use overrides::Overrides;

/// An interview-prep bot for Discord and Slack: a question a day, lookups, quizzes and leaderboards.
///
/// Without a command it runs on a local Discord and a local Slack in your browser: no token, no server needed.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    overrides: Overrides,
}

#[derive(Subcommand)]
enum Command {
    /// Try it on a local Discord and a local Slack in your browser (the default)
    Sandbox,
    /// Run on each platform that there are tokens for: DISCORD_TOKEN; SLACK_BOT_TOKEN and SLACK_APP_TOKEN; or files
    /// that the configuration names
    Run,
    /// What Slack needs to know of the bot
    #[command(subcommand)]
    Slack(slack::Slack),
    /// Check the configuration and the question files, and report every fault
    Check(check::Checks),
    /// Print the questions that some words find, best first: what `/question` would offer
    Search(search::Search),
    #[cfg(feature = "authoring")]
    /// Make a question file from what another program wrote, and report what it lacks
    Import(exchange::Import),
    #[cfg(feature = "authoring")]
    /// Print the questions for another program
    Export(exchange::Export),
    /// Back up the database, while the bot runs too
    Backup(backup::To),
    /// Replace the database with a backup, and keep the old one under another name
    Restore(backup::From),
    /// Delete what is stored about a member, or of a server or workspace, while the bot runs too
    #[command(subcommand)]
    Forget(forget::Forget),
}

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    match dispatch(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            chain(error.as_ref()).lines().for_each(out::warn);
            status::of(&error)
        }
    }
}

fn dispatch(arguments: Arguments) -> anyhow::Result<()> {
    let overrides = &arguments.overrides;
    match arguments.command.unwrap_or(Command::Sandbox) {
        Command::Check(checks) => check::check(&checks, overrides),
        Command::Search(wanted) => search::search(&wanted, overrides),
        #[cfg(feature = "authoring")]
        Command::Import(wanted) => exchange::import(&wanted),
        #[cfg(feature = "authoring")]
        Command::Export(wanted) => exchange::export(&wanted, overrides),
        Command::Backup(to) => backup::backup(&to, &overrides.config()?),
        Command::Restore(from) => backup::restore(&from, &overrides.config()?),
        Command::Forget(what) => forget::forget(&what, &overrides.config()?),
        Command::Slack(wanted) => slack::slack(&wanted, &overrides.config()?),
        Command::Run => bot(&overrides.config()?, run::run),
        #[cfg(feature = "sandbox")]
        Command::Sandbox => bot(&overrides.config()?, async |config, closes| {
            sandbox::sandbox(config, closes, overrides.database.clone()).await
        }),
        #[cfg(not(feature = "sandbox"))]
        Command::Sandbox => anyhow::bail!(
            "this greenroom was built without the local Discord and Slack. Build it without `--no-default-features`, or give \
             another command: `greenroom --help` lists them"
        ),
    }
}

/// Runs a bot, with a log, until it ends.
fn bot(
    config: &Config,
    run: impl AsyncFnOnce(Config, FatalCloses) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let closes = log::start(&config.log_level, config.log_json)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(caught(run(config.clone(), closes)));
    // All that matters is finished; a thread that reads from a hanging file system may never end.
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended.unwrap_or_else(|why| {
        let task = "the program";
        Err(Ended { task, why }.into())
    })
}
