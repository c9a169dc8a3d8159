//! `greenroom import` and `greenroom export`: questions from and for other programs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::ValueEnum;
use greenroom::app::wording;
use greenroom::bank::exchange::{self, ExportFormat, ImportFormat, Imported, Wanted};
use greenroom::bank::{Bank, LONGEST_NAME, Source};
use greenroom::model::{Depth, Difficulty, Topic};
use greenroom::text_file::{self, TextError};
use greenroom::told;

use super::out;
use super::overrides::Overrides;

/// What to read.
#[derive(clap::Args)]
pub struct Import {
    /// What the file is
    format: From,
    /// The file
    file: PathBuf,
    /// The name of the topic that the questions are for; if the file has several topics, the one to import
    #[arg(long, value_name = "NAME")]
    topic: String,
    /// The topic's title; its name when there is none
    #[arg(long)]
    title: Option<String>,
    /// The topic's summary, in one line; where its questions come from when there is none
    #[arg(long)]
    summary: Option<String>,
    /// How much its questions must hold: `model` answers and whys, or `trivia`; trivia if no question has key points
    #[arg(long)]
    depth: Option<Depth>,
    /// The difficulty of questions that have none: easy, medium or hard
    #[arg(long)]
    difficulty: Option<Difficulty>,
    /// Whether the numbers of right options count from 0 or 1, in a table that doesn't say
    #[arg(long, value_name = "0|1", value_parser = ["0", "1"])]
    correct_from: Option<String>,
    /// The folder to write NAME.toml into; no file is overwritten
    #[arg(long, value_name = "FOLDER", default_value = "drafts")]
    into: PathBuf,
}

/// The longest file that is read, in bytes.
const LONGEST: u64 = 64 << 20;

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
    /// What `greenroom export json` writes
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum To {
    /// A table with a row for each quiz
    Csv,
    /// Notes to import into Anki: prompts and answers
    Anki,
    /// Moodle's GIFT: quizzes with their whys, and answers
    Gift,
    /// Everything
    Json,
}

/// Writes a topic file, and reports what was skipped or changed and what remains to be done. If there is any of that,
/// it fails, though the file is written.
pub fn import(wanted: &Import) -> anyhow::Result<()> {
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    anyhow::ensure!(
        (1..=LONGEST_NAME).contains(&wanted.topic.len()) && wanted.topic.chars().all(plain),
        wording::not_a_topic_name(&wanted.topic)
    );
    let path = wanted.into.join(format!("{}.toml", wanted.topic));
    anyhow::ensure!(!path.exists(), wording::topic_file_exists(&path));
    let file = told::name(&wanted.file);
    let imported = read(wanted).with_context(|| file.to_string())?;
    for skipped in &imported.skipped {
        out::print(format_args!("{file}: {skipped}\n"))?;
    }
    anyhow::ensure!(
        !imported.drafts.is_empty(),
        wording::no_question_in(&wanted.file)
    );
    let topic = topic(wanted, &imported)?;
    let text = exchange::topic_file(&topic, &imported.drafts);
    fs::create_dir_all(&wanted.into).with_context(|| told::name(&wanted.into).to_string())?;
    // Never overwrites a file, even one that appeared in the meantime.
    let mut new =
        fs::File::create_new(&path).with_context(|| format!("writing {}", told::name(&path)))?;
    new.write_all(text.as_bytes())
        .with_context(|| format!("writing {}", told::name(&path)))?;
    report(&path, text, &imported)
}

/// The `[topic]` table: what the command line says, or else what the file does.
fn topic(wanted: &Import, imported: &Imported) -> anyhow::Result<Topic> {
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let name = wanted
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let bare = !imported
        .drafts
        .iter()
        .any(|draft| !draft.key_points.is_empty());
    let depth = match wanted.depth.or(imported.depth) {
        Some(depth) => depth,
        None if bare => {
            out::print(wording::marked_as_trivia(&wanted.file))?;
            Depth::Trivia
        }
        None => Depth::Model,
    };
    Ok(Topic {
        name: wanted.topic.clone(),
        title: given(wanted.title.as_ref().unwrap_or(&imported.title))
            .unwrap_or_else(|| title(&wanted.topic)),
        summary: given(wanted.summary.as_ref().unwrap_or(&imported.summary))
            .unwrap_or_else(|| format!("Questions from {name}.")),
        synonyms: imported.synonyms.clone(),
        depth,
    })
}

fn read(wanted: &Import) -> anyhow::Result<Imported> {
    let format = match wanted.format {
        From::Csv => ImportFormat::Csv,
        From::Anki => ImportFormat::Anki,
        From::Gift => ImportFormat::Gift,
        From::Opentdb => ImportFormat::Trivia,
        From::Json => ImportFormat::Json,
    };
    let text = text_file::read(&wanted.file, LONGEST).map_err(|error| match error {
        TextError::TooLong(_) => anyhow!(wording::split_it(&error)),
        TextError::NotText(_) if format == ImportFormat::Csv => {
            anyhow!(wording::save_as_utf8(&error))
        }
        _ => error.into(),
    })?;
    let to = Wanted {
        topic: &wanted.topic,
        correct_from: wanted
            .correct_from
            .as_ref()
            .and_then(|from| from.parse().ok()),
        difficulty: wanted.difficulty,
    };
    Ok(exchange::import(format, &text, &to)?)
}

/// A name as a title: "http-caching" is "Http caching".
fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Reports what `check` would about the file just written, and fails if anything remains to be looked at.
fn report(path: &Path, text: String, imported: &Imported) -> anyhow::Result<()> {
    let questions = imported.drafts.len();
    let faults = match Bank::from_files(&[(path.to_owned(), text)]) {
        Ok(_) => 0,
        Err(faults) => {
            out::print(format_args!("{faults}\n"))?;
            faults.0.len()
        }
    };
    let bare = imported.drafts.iter();
    let bare = bare.filter(|draft| draft.difficulty.is_none()).count();
    if bare > 0 {
        out::print(wording::without_difficulty(path, bare))?;
    }
    if !imported.others.is_empty() {
        out::print(wording::other_topics(path, &imported.others))?;
    }
    anyhow::ensure!(
        faults == 0,
        wording::written_with_faults(path, questions, faults)
    );
    out::print(wording::written(path, questions))?;
    let skipped = imported.skipped.len();
    anyhow::ensure!(skipped == 0, wording::not_unchanged(path, skipped));
    Ok(())
}

/// Prints the questions.
pub fn export(wanted: &Export, overrides: &Overrides) -> anyhow::Result<()> {
    let bank = Source::new(overrides.config()?.questions).load()?;
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
            vec![topic.with_context(|| wording::no_such_topic(name, &names()))?]
        }
    };
    let format = match wanted.format {
        To::Csv => ExportFormat::Csv,
        To::Anki => ExportFormat::Anki,
        To::Gift => ExportFormat::Gift,
        To::Json => ExportFormat::Json,
    };
    let text = exchange::export(format, &bank, &topics)?;
    out::print(text)
}
