//! What is wrong with the settings, and where. The words are in `app/wording/settings.rs`.

use std::path::PathBuf;

use super::address::BadAddress;
use super::level::BadLevel;
use crate::text_file::TextError;
use crate::toml_reader::Wrong;

/// Everything that is wrong with a settings file, in the order of its lines. Displayed with one fault per line.
#[derive(Debug, Default, thiserror::Error)]
pub struct ConfigFaults(pub Vec<ConfigFault>);

/// One thing to correct in a settings file. Displayed as one line.
#[derive(Debug)]
pub struct ConfigFault {
    /// The file.
    pub file: PathBuf,
    /// From 1; 0 if the fault concerns the whole file.
    pub line: usize,
    /// What is wrong there.
    pub problem: ConfigProblem,
}

/// What can be wrong with settings.
#[derive(Debug)]
pub enum ConfigProblem {
    /// The file can't be read.
    Unreadable(TextError),
    /// It can't be understood.
    Toml(Wrong),
    /// The value of this key isn't an id of Discord's.
    NotAnId(&'static str),
    /// `log.level` can't be understood.
    Level(BadLevel),
    /// `discord.api` can't be called.
    Address(BadAddress),
}

impl From<Wrong> for ConfigProblem {
    fn from(wrong: Wrong) -> Self {
        Self::Toml(wrong)
    }
}
