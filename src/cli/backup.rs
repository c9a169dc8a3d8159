//! `greenroom backup` and `greenroom restore`.

use std::path::PathBuf;

use greenroom::clock::Clock;
use greenroom::config::Config;
use greenroom::{store, told};

use super::out;

/// Where the backup goes.
#[derive(clap::Args)]
pub struct To {
    /// The backup; one of that name is replaced
    file: PathBuf,
    /// Replace a file that is not a Greenroom database
    #[arg(long)]
    force: bool,
}

/// Where it comes from.
#[derive(clap::Args)]
pub struct From {
    /// The backup
    file: PathBuf,
}

/// Backs up the database, which may be in use.
pub fn backup(to: &To, config: &Config) -> anyhow::Result<()> {
    store::back_up(&config.database, &to.file, to.force)?;
    out::say(format_args!(
        "Backed up {} to {}",
        told::name(&config.database),
        told::name(&to.file)
    ));
    Ok(())
}

/// Puts a backup in the database's place.
pub fn restore(from: &From, config: &Config) -> anyhow::Result<()> {
    let kept = store::restore(&config.database, &from.file, Clock::system().now())?;
    out::say(format_args!(
        "Restored {} from {}",
        told::name(&config.database),
        told::name(&from.file)
    ));
    if let Some(kept) = kept {
        out::say(format_args!(
            "What was there is kept as {}",
            told::name(&kept)
        ));
    }
    Ok(())
}
