//! `greenroom check`: every fault of the configuration and the question files, and lint warnings.

use std::io;
use std::path::{self, Path};

use greenroom::app::Library;
use greenroom::app::wording::{self, NoBackups};
use greenroom::bank::{Bank, Source};
use greenroom::config::{Config, ConfigFault};
use greenroom::model::{Difficulty, Question};
use greenroom::store::{self, OpenError};
use greenroom::told::counted;

use super::overrides::Overrides;
use super::tokens::Tokens;
use super::{declared, out, zones};

/// What to check besides faults.
#[derive(clap::Args)]
pub struct Checks {
    #[cfg(feature = "authoring")]
    #[command(flatten)]
    lint: super::lint::Lint,
    /// Print how much there is of each topic and difficulty, as a Markdown table
    #[arg(long)]
    stats: bool,
}

/// Reports every fault, or how much there is to ask.
pub fn check(checks: &Checks, overrides: &Overrides) -> anyhow::Result<()> {
    // A broken configuration must not hide broken questions. One that can't be read at all doesn't say where those are.
    let (config, faults) = overrides.read()?;
    let mut faults: Vec<String> = faults.0.iter().map(ConfigFault::to_string).collect();
    let source = Source::new(config.questions.clone());
    let tokens = Tokens::read(&config);
    faults.extend(tokens.wrong.iter().map(ToString::to_string));
    faults.extend(unusable(&config));
    let mut sound = None;
    match source.load() {
        Err(error) => faults.push(error.to_string()),
        Ok(bank) => {
            #[cfg(feature = "authoring")]
            checks.lint.look(&source, &mut faults)?;
            if checks.stats {
                out::print(table(&bank))?;
            }
            let counts = counts(&bank);
            faults.extend(declared::read(&config, &Library::new(bank)).1);
            sound = Some(counts);
        }
    }
    let (release, warning) = zones::in_force();
    if let Some(warning) = warning {
        out::warn(format_args!("warning: {warning}"));
    }
    for idle in declared::idle(&config, &tokens) {
        out::warn(format_args!("warning: {idle}"));
    }
    anyhow::ensure!(faults.is_empty(), faults.join("\n"));
    // The table is for pasting, so nothing is printed after it.
    if let Some(counts) = sound.filter(|_| !checks.stats) {
        out::print(wording::no_fault_found(counts, &source, &release))?;
    }
    Ok(())
}

/// What is named in the settings that `greenroom run` could not use.
fn unusable(config: &Config) -> Vec<String> {
    let mut faults = Vec::new();
    faults.extend(unusable_database(&config.database));
    if let Some(folder) = &config.backup_folder {
        faults.extend(unusable_backups(folder, &config.database));
    }
    faults
}

fn unusable_database(database: &Path) -> Option<String> {
    let folder = match database.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Some(wording::no_folder_for_database(folder));
    }
    if database.is_dir() {
        return Some(wording::database_is_folder(database));
    }
    match store::refuse_unusable(database) {
        Ok(()) => {}
        Err(OpenError::Unreachable { why, .. }) if !is_of_disk(&why) => return None,
        Err(error) => return Some(error.to_string()),
    }
    unwritable(folder).map(|why| wording::database_unwritable(folder, why))
}

fn unusable_backups(folder: &Path, database: &Path) -> Option<String> {
    let wrong = |why| Some(wording::no_backups_here(folder, &why));
    let real = |path: &Path| path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if real(folder).starts_with(real(database)) {
        return wrong(NoBackups::Database);
    }
    // Missing folders are created.
    let absolute = real(folder);
    let mut there = absolute.ancestors();
    let there = there.find(|folder| folder.symlink_metadata().is_ok())?;
    if !there.is_dir() {
        return wrong(NoBackups::NotAFolder(there));
    }
    wrong(NoBackups::Unwritable(&unwritable(there)?))
}

/// Why no file can be made in a folder, if that is so. The file made to find out has no name and is gone at once.
fn unwritable(folder: &Path) -> Option<String> {
    let why = tempfile::tempfile_in(folder).err()?;
    is_of_disk(&why).then(|| why.to_string())
}

/// Whether a failure doesn't depend on the user: the bot may run as another one, who may do more.
fn is_of_disk(why: &io::Error) -> bool {
    why.kind() != io::ErrorKind::PermissionDenied
}

/// How many questions and quizzes there are.
#[derive(Default)]
struct Counts {
    by_difficulty: [usize; 3],
    quizzes: usize,
}

impl Counts {
    fn add(&mut self, question: &Question) {
        for (count, difficulty) in self.by_difficulty.iter_mut().zip(Difficulty::ALL) {
            *count += usize::from(question.difficulty == difficulty);
        }
        self.quizzes += question.quizzes.len();
    }

    fn row(&self, title: &str) -> String {
        let [easy, medium, hard] = self.by_difficulty;
        let all = easy + medium + hard;
        format!(
            "| {title} | {easy} | {medium} | {hard} | {all} | {} |\n",
            self.quizzes
        )
    }
}

/// A Markdown table of all topics.
fn table(bank: &Bank) -> String {
    let mut table = wording::TOPICS_TABLE.to_owned();
    let mut all = Counts::default();
    for topic in bank.topics() {
        let mut counts = Counts::default();
        for question in bank.in_topic(&topic.name) {
            counts.add(question);
            all.add(question);
        }
        table += &counts.row(&topic.title);
    }
    let topics = counted(bank.topics().len(), "topic");
    table += &all.row(&format!("**{topics}**"));
    table
}

/// How many topics, questions and quizzes there are.
fn counts(bank: &Bank) -> [usize; 3] {
    let quizzes = bank
        .questions()
        .iter()
        .map(|question| question.quizzes.len());
    [bank.topics().len(), bank.questions().len(), quizzes.sum()]
}
