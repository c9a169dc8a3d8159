//! The command line: wiring only, one file a command.

mod backup;
mod check;
mod exchange;
mod log;
mod monitor;
mod preview;
mod run;
mod sandbox;
mod status;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use greenroom::config::{Config, ConfigFaults};

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
    /// Make a question file of what another program wrote, and report what it lacks
    Import(exchange::Import),
    /// Print the questions for another program
    Export(exchange::Export),
    /// Back up the database, while the bot runs too
    Backup(backup::To),
    /// Put a backup in the place of the database, which is kept under another name
    Restore(backup::From),
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
        let (config, faults) = self.read();
        anyhow::ensure!(faults.0.is_empty(), faults);
        Ok(config)
    }

    /// The settings in force as far as they could be read, and what is wrong with them.
    fn read(&self) -> (Config, ConfigFaults) {
        let usual = PathBuf::from("config.toml");
        let file = self
            .config
            .clone()
            .or_else(|| usual.exists().then_some(usual));
        let (mut config, faults) = match file {
            Some(file) => Config::read(&file),
            None => (Config::default(), ConfigFaults::default()),
        };
        if let Some(questions) = &self.questions {
            config.questions.clone_from(questions);
        }
        if let Some(database) = &self.database {
            config.database.clone_from(database);
        }
        (config, faults)
    }
}

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for line in format!("{error:#}").lines() {
                eprintln!("greenroom: {line}");
            }
            status::of(&error)
        }
    }
}

fn dispatch(arguments: &Arguments) -> anyhow::Result<()> {
    match &arguments.command {
        Some(Command::Check(checks)) => return check::check(checks, &arguments.overrides),
        Some(Command::Import(wanted)) => return exchange::import(wanted),
        Some(Command::Export(wanted)) => return exchange::export(wanted, &arguments.overrides),
        _ => {}
    }
    let config = arguments.overrides.config()?;
    match &arguments.command {
        Some(Command::Backup(to)) => return backup::backup(to, &config),
        Some(Command::Restore(from)) => return backup::restore(from, &config),
        _ => {}
    }
    let closes = log::start(&config.log_level, config.log_json)?;
    // At least two: of a connection that is closed without a code, serenity reads in a loop that
    // leaves its thread to nothing else until the next heartbeat is due.
    let threads = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()?;
    let ended = runtime.block_on(async {
        match arguments.command {
            Some(Command::Run) => run::run(config, closes).await,
            _ => sandbox::sandbox(config, closes, arguments.overrides.database.clone()).await,
        }
    });
    // All that matters is finished; that loop of serenity's may never be.
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended
}
