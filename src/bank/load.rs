//! Makes a bank of question files, or says everything that is wrong with them.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    num::NonZero,
    panic::resume_unwind,
    path::{Path, PathBuf},
    thread,
};

use super::{
    Bank, Fault, Faults,
    reader::Reader,
    schema::{self, Contents},
};
use crate::text_file::{self, TextError};

/// The largest question file, in bytes: many times what anyone reads or edits.
const FILE: u64 = 16 << 20;
/// The most that all of them may have together, in bytes.
const ALL: u64 = 64 << 20;

impl Bank {
    /// Reads every `*.toml` of a directory, in the order of their names.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load(dir: &Path) -> Result<Bank, Faults> {
        let (files, faults) = read_folder(dir);
        Bank::assemble(&files, faults)
    }

    /// Makes a bank of files that have been read.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn from_files(files: &[(PathBuf, String)]) -> Result<Bank, Faults> {
        Bank::assemble(files, Vec::new())
    }

    /// Makes a bank of files that have been read, with the faults of those that have not.
    pub(super) fn assemble(
        files: &[(PathBuf, String)],
        mut faults: Vec<Fault>,
    ) -> Result<Bank, Faults> {
        let mut read = read_all(files);
        check_names(&mut read);
        let (mut topics, mut questions) = (Vec::new(), Vec::new());
        for (reader, contents) in read {
            faults.extend(reader.faults);
            topics.extend(contents.topic.map(|(topic, _)| topic));
            questions.extend(contents.questions.into_iter().map(|(question, _)| question));
        }
        if faults.is_empty() {
            return Ok(Bank::new(topics, questions));
        }
        faults.sort();
        Err(Faults(faults))
    }
}

/// Reads every `*.toml` of a directory, in the order of their names, and the faults of those that
/// cannot be read.
pub(super) fn read_folder(dir: &Path) -> (Vec<(PathBuf, String)>, Vec<Fault>) {
    read_within(dir, ALL)
}

/// The same, of which there are `left` bytes at most to be read.
fn read_within(dir: &Path, mut left: u64) -> (Vec<(PathBuf, String)>, Vec<Fault>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let paths = list(dir).unwrap_or_else(|message| {
        faults.push(whole(dir, message));
        Vec::new()
    });
    for path in paths {
        match read(&path, left) {
            Ok(text) => {
                left = left.saturating_sub(text.len() as u64);
                files.push((path, text));
            }
            Err(fault) => faults.push(fault),
        }
    }
    (files, faults)
}

/// Reads a file, of which there are `left` bytes at most to be read.
fn read(path: &Path, left: u64) -> Result<String, Fault> {
    // Reading a pipe would wait for who writes to it, and a device may have no end.
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        let message = "is not a regular file; move it out of the folder of questions";
        return Err(whole(path, message.to_owned()));
    }
    let most = FILE.min(left);
    text_file::read(path, most).map_err(|error| match error {
        TextError::NotText(why) => Fault {
            line: why.line,
            column: why.column,
            ..whole(path, why.advice())
        },
        TextError::TooLong(FILE) => whole(path, format!("{error}; make several files of it")),
        TextError::TooLong(_) => {
            let all = ALL >> 20;
            let message = format!(
                "is not read: with it the question files have more than {all} MiB together"
            );
            whole(path, message)
        }
        TextError::Io(_) => whole(path, error.to_string()),
    })
}

/// Reads texts, on all cores: it is most of what the bot does before it is there.
fn read_all(files: &[(PathBuf, String)]) -> Vec<(Reader<'_>, Contents)> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let part = files.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let start = |files| scope.spawn(move || read_part(files));
        let parts: Vec<_> = files.chunks(part).map(start).collect();
        let parts = parts.into_iter().map(thread::ScopedJoinHandle::join);
        parts
            .flat_map(|part| part.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

fn read_part(files: &[(PathBuf, String)]) -> Vec<(Reader<'_>, Contents)> {
    let mut read = Vec::with_capacity(files.len());
    for (path, text) in files {
        let mut reader = Reader::new(path, text);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let contents = schema::read_file(&mut reader, text, &stem);
        read.push((reader, contents));
    }
    read
}

/// Faults topics and questions that share a name with another of the bank.
fn check_names(read: &mut [(Reader<'_>, Contents)]) {
    let topics: HashSet<String> = read
        .iter()
        .filter_map(|(_, contents)| Some(contents.topic.as_ref()?.0.name.clone()))
        .collect();
    let (mut topic_places, mut id_places) = (HashMap::new(), HashMap::new());
    for (reader, contents) in read {
        if let Some((topic, at)) = &contents.topic {
            claim(&mut topic_places, reader, "topic", &topic.name, *at);
        }
        for (question, at) in &contents.questions {
            reader.question = Some(question.id.clone());
            claim(&mut id_places, reader, "question", &question.id, *at);
            if topics.contains(&question.id) {
                let message = format!(
                    "`{}` is a topic; give the question an id of its own",
                    question.id
                );
                reader.fault(*at, message);
            }
        }
    }
}

/// Notes where a name is used, or faults it if it was used before. A missing name has its fault already.
fn claim(
    places: &mut HashMap<String, String>,
    reader: &mut Reader<'_>,
    what: &str,
    name: &str,
    at: usize,
) {
    if name.is_empty() {
        return;
    }
    if let Some(first) = places.get(name) {
        reader.fault(at, format!("another {what} is called `{name}`, at {first}"));
    } else {
        places.insert(name.to_owned(), reader.place(at));
    }
}

/// The question files of a directory, sorted. Hidden files are editors' own.
fn list(dir: &Path) -> Result<Vec<PathBuf>, String> {
    let explain = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            "there is no such directory; name the one with the question files with --questions"
                .into()
        }
        _ => format!("cannot be read: {error}; name another directory with --questions"),
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).map_err(explain)? {
        let path = entry.map_err(explain)?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden
            && path
                .extension()
                .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
        {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(
            "there is no question file (*.toml) in it; name another directory with --questions"
                .into(),
        );
    }
    paths.sort();
    Ok(paths)
}

/// A fault of a whole file or directory.
pub(super) fn whole(path: &Path, message: String) -> Fault {
    Fault {
        file: path.to_owned(),
        line: 0,
        column: 0,
        question: None,
        message,
    }
}

#[cfg(test)]
mod tests;
