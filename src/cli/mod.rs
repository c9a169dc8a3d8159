//! The command line: wiring only, one file a command.

mod backup;
mod check;
mod exchange;
mod log;
mod monitor;
mod preview;
mod run;
mod sandbox;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use greenroom::config::Config;

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
        let usual = PathBuf::from("config.toml");
        let file = self
            .config
            .clone()
            .or_else(|| usual.exists().then_some(usual));
        let mut config = match file {
            Some(file) => Config::load(&file)?,
            None => Config::default(),
        };
        if let Some(questions) = &self.questions {
            config.questions.clone_from(questions);
        }
        if let Some(database) = &self.database {
            config.database.clone_from(database);
        }
        Ok(config)
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
            ExitCode::FAILURE
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
    log::start(&config.log_level, config.log_json)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match arguments.command {
            Some(Command::Run) => run::run(config).await,
            _ => sandbox::sandbox(config, arguments.overrides.database.clone()).await,
        }
    })
}
