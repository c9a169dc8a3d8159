//! `greenroom import` and `greenroom export`: questions from and for other programs.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::ValueEnum;
use greenroom::bank::exchange::{self, ExportFormat, ImportFormat};
use greenroom::bank::{Bank, Topic};

use super::{Overrides, out};

/// What to read.
#[derive(clap::Args)]
pub struct Import {
    /// What the file is
    format: From,
    /// The file
    file: PathBuf,
    /// The name of the topic that the questions are for
    #[arg(long, value_name = "NAME")]
    topic: String,
    /// The topic's title
    #[arg(long, default_value = "")]
    title: String,
    /// The topic's summary, in one line
    #[arg(long, default_value = "")]
    summary: String,
    /// The folder to write NAME.toml into; no file is overwritten
    #[arg(long, value_name = "FOLDER", default_value = "drafts")]
    into: PathBuf,
}

/// What to write.
#[derive(clap::Args)]
pub struct Export {
    /// What to write, to standard output
    format: To,
    /// This topic only
    #[arg(long, value_name = "NAME")]
    topic: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum From {
    /// A table with a header
    Csv,
    /// Notes that Anki exported as plain text
    Anki,
    /// Moodle's GIFT
    Gift,
    /// JSON of the Open Trivia Database
    Opentdb,
}

#[derive(Clone, Copy, ValueEnum)]
enum To {
    /// A table with a row for each quiz
    Csv,
    /// Notes to import into Anki: prompts and answers
    Anki,
    /// Everything
    Json,
}

/// Writes a topic file, and reports what was not taken over and what is left to do.
pub fn import(wanted: &Import) -> anyhow::Result<()> {
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    anyhow::ensure!(
        !wanted.topic.is_empty() && wanted.topic.chars().all(plain),
        "`{}` is no topic's name: lowercase letters, digits and hyphens",
        wanted.topic
    );
    let path = wanted.into.join(format!("{}.toml", wanted.topic));
    anyhow::ensure!(
        !path.exists(),
        "{} is there already; name another folder with --into, or another topic",
        path.display()
    );
    let format = match wanted.format {
        From::Csv => ImportFormat::Csv,
        From::Anki => ImportFormat::Anki,
        From::Gift => ImportFormat::Gift,
        From::Opentdb => ImportFormat::Trivia,
    };
    let file = wanted.file.display();
    let text = fs::read_to_string(&wanted.file).with_context(|| format!("reading {file}"))?;
    let imported =
        exchange::import(format, &text, &wanted.topic).with_context(|| file.to_string())?;
    for left in &imported.left {
        out::print(format_args!("{file}: not taken over: {left}\n"))?;
    }
    anyhow::ensure!(
        !imported.drafts.is_empty(),
        "{file} has no question to take over"
    );
    let topic = Topic {
        name: wanted.topic.clone(),
        title: wanted.title.clone(),
        summary: wanted.summary.clone(),
        synonyms: Vec::new(),
    };
    let text = exchange::topic_file(&topic, &imported.drafts);
    fs::create_dir_all(&wanted.into).with_context(|| wanted.into.display().to_string())?;
    fs::write(&path, &text).with_context(|| format!("writing {}", path.display()))?;
    report(path, text, imported.drafts.len())
}

/// Says what `check` has to say of the file that was written.
fn report(path: PathBuf, text: String, questions: usize) -> anyhow::Result<()> {
    let written = path.display().to_string();
    match Bank::from_files(&[(path, text)]) {
        Ok(_) => out::print(format_args!(
            "{written}: {questions} questions, ready to move to the others\n"
        )),
        Err(faults) => out::print(format_args!(
            "{faults}\n{written}: {questions} questions; the {} faults above are yours to mend before \
             it moves to the others\n",
            faults.0.len()
        )),
    }
}

/// Prints the questions.
pub fn export(wanted: &Export, overrides: &Overrides) -> anyhow::Result<()> {
    let bank = Bank::load(&overrides.config()?.questions)?;
    let topics: Vec<&Topic> = match &wanted.topic {
        None => bank.topics().iter().collect(),
        Some(name) => {
            let names = || {
                bank.topics()
                    .iter()
                    .map(|topic| topic.name.as_str())
                    .collect::<Vec<_>>()
            };
            let topic = bank.topic(name);
            vec![topic.with_context(|| {
                format!("there is no topic `{name}`, only {}", names().join(", "))
            })?]
        }
    };
    let format = match wanted.format {
        To::Csv => ExportFormat::Csv,
        To::Anki => ExportFormat::Anki,
        To::Json => ExportFormat::Json,
    };
    let text = exchange::export(format, &bank, &topics)?;
    out::print(text)
}
