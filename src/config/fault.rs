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
    /// The value of this key isn't an id of Slack's.
    NotAnIdOfSlack(&'static str),
    /// A schedule names no server and no workspace.
    NoSpace,
    /// A schedule names a server and a workspace.
    TwoSpaces,
    /// One of those who count as admins isn't a person's id on Slack.
    NotAPerson,
    /// A workspace has nothing with which its events could come in.
    NoDoor,
    /// Slack takes no command of this name.
    NotACommand,
    /// This command is called so already.
    CommandTaken(&'static str),
    /// `slack.listen` isn't an address and a port.
    NotAnAddress,
    /// `log.level` can't be understood.
    Level(BadLevel),
    /// `discord.api` can't be called.
    Address(BadAddress),
    /// `slack.api` can't be called.
    SlackAddress(BadAddress),
}

impl From<Wrong> for ConfigProblem {
    fn from(wrong: Wrong) -> Self {
        Self::Toml(wrong)
    }
}
