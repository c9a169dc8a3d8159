//! What `greenroom check` and `greenroom run` tell operators of the configuration and the question files.

use std::fmt::Display;
use std::path::Path;

use super::idiom::idiom;
use crate::bank::Source;
use crate::model::PlatformId;
use crate::told::{counted, name};

const SET_DATABASE: &str = "Set `database` in the configuration.";

/// The head of a Markdown table of topics, to which each adds a row.
pub const TOPICS_TABLE: &str = "| Topic | Easy | Medium | Hard | Questions | Quizzes |\n\
                                |---|---:|---:|---:|---:|---:|\n";

/// How much there is, and nothing is wrong with it; below that, the release of the time zones.
pub fn no_fault_found(
    [topics, questions, quizzes]: [usize; 3],
    source: &Source,
    release: &str,
) -> String {
    format!(
        "{}, {}, {}: no fault found in {source}\n{release}\n",
        counted(topics, "topic"),
        counted(questions, "question"),
        counted(quizzes, "quiz")
    )
}

/// The folder of the database isn't there.
pub fn no_folder_for_database(folder: &Path) -> String {
    format!(
        "{}: there is no folder for the database. Make it, or set `database` in the configuration.",
        name(folder)
    )
}

/// A folder is where the database should be.
pub fn database_is_folder(database: &Path) -> String {
    format!(
        "{}: the database must be a file, and this is a folder. {SET_DATABASE}",
        name(database)
    )
}

/// The folder of the database can't be written to; what the system says.
pub fn database_unwritable(folder: &Path, why: impl Display) -> String {
    format!(
        "{}: the database cannot be written here: {why}. {SET_DATABASE}",
        name(folder)
    )
}

/// The folder for backups can't be used.
pub fn no_backups_here(folder: &Path, why: &NoBackups) -> String {
    let why = match why {
        NoBackups::Database => "the database goes there".to_owned(),
        NoBackups::NotAFolder(there) => format!("{} is not a folder", name(there)),
        NoBackups::Unwritable(why) => (*why).to_owned(),
    };
    format!(
        "{}: backups cannot be kept here: {why}. Set `folder` under [backup] in the configuration.",
        name(folder)
    )
}

/// Why a folder for backups can't be used.
#[derive(Clone, Copy, Debug)]
pub enum NoBackups<'a> {
    /// The database is to be there.
    Database,
    /// This file is in the way.
    NotAFolder(&'a Path),
    /// It can't be written to. What the system says.
    Unwritable(&'a str),
}

/// What is wrong with the schedule that the configuration declares at a line, from 1.
pub fn at_schedule(line: usize, fault: impl Display) -> String {
    format!("schedule at line {line}: {fault}")
}

/// Why a schedule of the configuration doesn't post, though nothing is wrong with it.
pub fn no_token_to_post(platform: PlatformId) -> String {
    let platform = idiom(platform).name;
    format!("it posts nothing, since there is no token for {platform}")
}

/// Another schedule of the space, at a line, has the name.
pub fn schedule_name_taken(name: &str, line: usize, platform: PlatformId) -> String {
    let space = idiom(platform).space;
    format!(
        "the {space} has a schedule “{name}” already, at line {line}. Give one of them another `name`."
    )
}

/// A space has more schedules than it may have.
pub fn one_schedule_more(most: usize, platform: PlatformId) -> String {
    let space = idiom(platform).space;
    format!("a {space} can have at most {most} schedules, and this is one too many. Remove one.")
}
