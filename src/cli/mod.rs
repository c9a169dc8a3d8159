//! The command line: wiring only, one file a command.

mod backup;
mod check;
mod declared;
mod exchange;
mod forget;
mod log;
mod monitor;
mod out;
#[cfg(all(test, feature = "sandbox"))]
#[allow(
    dead_code,
    reason = "it is the end-to-end tests', which use more of it"
)]
#[path = "../../tests/harness/planted.rs"]
mod planted;
#[cfg(feature = "sandbox")]
mod preview;
mod run;
#[cfg(feature = "sandbox")]
mod sandbox;
mod search;
#[cfg(feature = "sandbox")]
mod seed;
mod status;
mod zones;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use greenroom::config::{Config, ConfigFaults};
use greenroom::discord::{Closes, RunError};
use greenroom::tasks::{Ended, caught};
use greenroom::told::chain;

/// An interview-prep bot for Discord: a question a day, lookups, quizzes and leaderboards.
///
/// Without a command it runs on a local Discord in your browser: no token, no server needed.
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
    /// Try it on a local Discord in your browser (the default)
    Sandbox,
    /// Run on Discord; needs a token (DISCORD_TOKEN, or token_file in the configuration)
    Run,
    /// Check the configuration and the question files, and tell every fault
    Check(check::Checks),
    /// Print the questions that words find, the best first: what `/question` would offer
    Search(search::Search),
    /// Make a question file of what another program wrote, and report what it lacks
    Import(exchange::Import),
    /// Print the questions for another program
    Export(exchange::Export),
    /// Back up the database, while the bot runs too
    Backup(backup::To),
    /// Put a backup in the place of the database, which is kept under another name
    Restore(backup::From),
    /// Delete what is stored about a member or of a server, while the bot runs too
    #[command(subcommand)]
    Forget(forget::Forget),
}

#[derive(clap::Args)]
struct Overrides {
    /// The configuration; config.toml when there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of question files, instead of the configuration's
    #[arg(long, global = true, value_name = "FOLDER")]
    questions: Option<PathBuf>,
    /// The database, instead of the configuration's
    #[arg(long, global = true, value_name = "FILE")]
    database: Option<PathBuf>,
}

impl Overrides {
    /// The settings in force.
    fn config(&self) -> anyhow::Result<Config> {
        let (config, faults) = self.read()?;
        anyhow::ensure!(faults.0.is_empty(), faults);
        Ok(config)
    }

    /// The settings in force as far as they could be read, and what is wrong with them.
    ///
    /// # Errors
    /// When the configuration can't be read at all.
    fn read(&self) -> Result<(Config, ConfigFaults), ConfigFaults> {
        let usual = PathBuf::from("config.toml");
        let file = self
            .config
            .clone()
            .or_else(|| usual.exists().then_some(usual));
        let (mut config, faults) = match file {
            Some(file) => Config::read(&file)?,
            None => (Config::default(), ConfigFaults::default()),
        };
        if let Some(questions) = &self.questions {
            config.questions = Some(questions.clone());
        }
        if let Some(database) = &self.database {
            config.database.clone_from(database);
        }
        Ok((config, faults))
    }
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
        Command::Import(wanted) => exchange::import(&wanted),
        Command::Export(wanted) => exchange::export(&wanted, overrides),
        Command::Backup(to) => backup::backup(&to, &overrides.config()?),
        Command::Restore(from) => backup::restore(&from, &overrides.config()?),
        Command::Forget(what) => forget::forget(&what, &overrides.config()?),
        Command::Run => bot(&overrides.config()?, run::run),
        #[cfg(feature = "sandbox")]
        Command::Sandbox => bot(&overrides.config()?, async |config, closes| {
            sandbox::sandbox(config, closes, overrides.database.clone()).await
        }),
        #[cfg(not(feature = "sandbox"))]
        Command::Sandbox => anyhow::bail!(
            "this greenroom was built without the local Discord. Build it without `--no-default-features`, or give \
             another command: `greenroom --help` lists them"
        ),
    }
}

/// Runs a bot, with a log, until it ends.
fn bot(
    config: &Config,
    run: impl AsyncFnOnce(Config, Closes) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let closes = log::start(&config.log_level, config.log_json)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(caught(run(config.clone(), closes)));
    // All that matters is finished; a thread that reads from a file system that hangs may never be.
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended.unwrap_or_else(|why| {
        let task = "the program";
        Err(RunError::Ended(Ended { task, why }).into())
    })
}
