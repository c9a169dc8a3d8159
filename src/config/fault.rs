//! What is wrong with the settings, and where. How it is told stands in `app/wording/settings.rs`.

use std::path::PathBuf;

use super::address::BadAddress;
use super::level::BadLevel;
use crate::text_file::TextError;
use crate::toml_reader::Wrong;

/// Everything that is wrong with a file of settings, in the order of its lines. Displays one line a fault.
#[derive(Debug, Default, thiserror::Error)]
pub struct ConfigFaults(pub Vec<ConfigFault>);

/// One thing to set right in a file of settings. Displays one line.
#[derive(Debug)]
pub struct ConfigFault {
    /// The file.
    pub file: PathBuf,
    /// From 1; 0 when the fault is the whole file's.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with settings.
#[derive(Debug)]
pub enum Problem {
    /// The file is not read.
    Unreadable(TextError),
    /// It can't be understood.
    Toml(Wrong),
    /// The value of this key isn't an id of Discord's.
    NotAnId(&'static str),
    /// `log.level` can't be followed.
    Level(BadLevel),
    /// `discord.api` can't be called.
    Address(BadAddress),
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        Self::Toml(wrong)
    }
}
