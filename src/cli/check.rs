//! `greenroom check`: every fault of the configuration and the question files, and what a machine
//! finds to better in them.

use std::path::{Path, PathBuf};

use greenroom::app::Library;
use greenroom::app::setting::ScheduleRequest;
use greenroom::bank::{self, Bank, Difficulty, Fault, Inventory};
use greenroom::config::{self, Config, ConfigFaults, DeclaredSchedule};

use super::{Overrides, out, zones};

/// What to check beside faults.
#[derive(clap::Args)]
pub struct Checks {
    /// Take warnings for faults
    #[arg(long)]
    strict: bool,
    /// Print how much there is of each topic and difficulty, as a Markdown table
    #[arg(long)]
    stats: bool,
    /// List what no question's `sources` cover of an inventory: TOML with [[item]] tables with `id`
    #[arg(long, value_name = "FILE")]
    coverage: Option<PathBuf>,
}

/// Tells every fault, or how much there is to ask.
pub fn check(checks: &Checks, overrides: &Overrides) -> anyhow::Result<()> {
    // A broken configuration must not hide broken questions.
    let (config, ConfigFaults(mut faults)) = overrides.read();
    let folder = &config.questions;
    faults.extend(unusable(&config));
    let bank = Bank::load(folder);
    let (mut warnings, mut sound) = (Vec::new(), None);
    match bank {
        Err(error) => faults.push(error.to_string()),
        Ok(bank) => {
            warnings = bank::lint(folder)?;
            if let Some(inventory) = &checks.coverage {
                faults.extend(uncovered(inventory, folder)?);
            }
            if checks.stats {
                out::print(table(&bank))?;
            }
            let counts = counts(&bank);
            faults.extend(broken_schedules(&config, bank)?);
            sound = Some(counts);
        }
    }
    let (release, warning) = zones::in_force();
    if let Some(warning) = warning {
        out::warn(format_args!("warning: {warning}"));
    }
    if checks.strict {
        faults.extend(warnings.iter().map(Fault::to_string));
    } else {
        for warning in &warnings {
            out::warn(format_args!("warning: {warning}"));
        }
    }
    anyhow::ensure!(faults.is_empty(), faults.join("\n"));
    // A table is for pasting, so nothing follows it.
    if let Some(counts) = sound.filter(|_| !checks.stats) {
        out::print(format_args!("{counts}: no fault found\n{release}\n"))?;
    }
    Ok(())
}

/// What the settings name that `greenroom run` could not use.
fn unusable(config: &Config) -> Vec<String> {
    let mut faults = Vec::new();
    if let Some(file) = &config.token_file
        && let Err(error) = config::token(None, Some(file))
    {
        faults.push(error.to_string());
    }
    let folder = match config.database.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        faults.push(format!(
            "{}: there is no folder for the database. Make it, or set `database` in the configuration.",
            folder.display()
        ));
    } else if config.database.is_dir() {
        faults.push(format!(
            "{}: the database must be a file, and this is a folder. Set `database` in the configuration.",
            config.database.display()
        ));
    }
    faults
}

/// What the inventory and the bank do not have of each other.
fn uncovered(inventory: &Path, folder: &Path) -> anyhow::Result<Vec<String>> {
    let faults = Inventory::load(inventory)?.compare(folder)?;
    Ok(faults.iter().map(Fault::to_string).collect())
}

fn broken_schedules(config: &Config, bank: Bank) -> anyhow::Result<Vec<String>> {
    let library = Library::new(bank);
    let read = config.schedules.iter().flat_map(|schedule| {
        let parts = parts(schedule).into_iter();
        let mut errors: Vec<_> = parts
            .filter_map(|part| library.check_part(part).err())
            .collect();
        if errors.is_empty() && is_whole(schedule) {
            errors.extend(library.read_request(request(schedule)).err());
        }
        let at = schedule.line;
        errors
            .into_iter()
            .map(move |error| format!("schedule at line {at}: {error}"))
    });
    Ok(read.collect())
}

/// Each thing that a schedule declares, apart, so that a fault of one hides none of another.
fn parts(schedule: &DeclaredSchedule) -> Vec<ScheduleRequest> {
    let whole = request(schedule);
    let written = |text: Option<String>| text.filter(|text| !text.is_empty());
    let nothing = ScheduleRequest::default;
    let mut parts = vec![
        ScheduleRequest {
            name: whole.name,
            ..nothing()
        },
        ScheduleRequest {
            time: written(whole.time),
            ..nothing()
        },
        ScheduleRequest {
            zone: written(whole.zone),
            ..nothing()
        },
        ScheduleRequest {
            weekdays: whole.weekdays,
            ..nothing()
        },
        ScheduleRequest {
            reveal: whole.reveal,
            ..nothing()
        },
    ];
    parts.extend(schedule.topics.iter().map(|topic| ScheduleRequest {
        topics: Some(topic.clone()),
        ..nothing()
    }));
    parts
}

/// Whether it has what each needs. What it lacks is told with the settings.
fn is_whole(schedule: &DeclaredSchedule) -> bool {
    let needed = [
        &schedule.guild,
        &schedule.channel,
        &schedule.zone,
        &schedule.time,
    ];
    needed.iter().all(|text| !text.is_empty())
}

/// How many questions and quizzes there are.
#[derive(Default)]
struct Counts {
    by_difficulty: [usize; 3],
    quizzes: usize,
}

impl Counts {
    fn add(&mut self, question: &bank::Question) {
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
    let mut table = "| Topic | Easy | Medium | Hard | Questions | Quizzes |\n\
                     |---|---:|---:|---:|---:|---:|\n"
        .to_owned();
    let mut all = Counts::default();
    for topic in bank.topics() {
        let mut counts = Counts::default();
        for question in bank.in_topic(&topic.name) {
            counts.add(question);
            all.add(question);
        }
        table += &counts.row(&topic.title);
    }
    let topics = counted(bank.topics().len(), "topic", "topics");
    table += &all.row(&format!("**{topics}**"));
    table
}

fn counts(bank: &Bank) -> String {
    let quizzes: usize = bank
        .questions()
        .iter()
        .map(|question| question.quizzes.len())
        .sum();
    [
        counted(bank.topics().len(), "topic", "topics"),
        counted(bank.questions().len(), "question", "questions"),
        counted(quizzes, "quiz", "quizzes"),
    ]
    .join(", ")
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A declared schedule as an admin would type it.
pub fn request(schedule: &DeclaredSchedule) -> ScheduleRequest {
    ScheduleRequest {
        name: schedule.name.clone(),
        channel: Some(schedule.channel.as_str().into()),
        time: Some(schedule.time.clone()),
        zone: Some(schedule.zone.clone()),
        weekdays: schedule.weekdays.clone(),
        topics: Some(schedule.topics.join(",")),
        reveal: schedule.reveal.clone(),
        discuss: Some(schedule.discuss),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_of_a_thing_is_not_many() {
        assert_eq!(counted(0, "quiz", "quizzes"), "0 quizzes");
        assert_eq!(counted(1, "topic", "topics"), "1 topic");
        assert_eq!(counted(2, "quiz", "quizzes"), "2 quizzes");
    }
}
