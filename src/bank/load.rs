//! Makes a bank from question files, or reports everything that is wrong with them.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    num::NonZero,
    panic::resume_unwind,
    path::{Path, PathBuf},
    thread,
};

use super::{
    Bank, Fault, Faults, FileProblem, FolderProblem, Problem,
    names::NameOf,
    schema::{self, Contents},
};
use crate::text_file::{self, TextError};
use crate::toml_reader::Position;

/// The largest question file, in bytes: many times what anyone would read or edit.
const FILE: u64 = 16 << 20;
/// The most bytes that all files may have together.
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

    /// Makes a bank from files that have been read.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn from_files(files: &[(PathBuf, String)]) -> Result<Bank, Faults> {
        Bank::assemble(files, Vec::new())
    }

    /// Makes a bank from files that have been read, given the faults of those that could not be.
    pub(super) fn assemble(
        files: &[(PathBuf, String)],
        mut faults: Vec<Fault>,
    ) -> Result<Bank, Faults> {
        let mut read = read_all(files);
        check_names(&mut read);
        let (mut topics, mut questions) = (Vec::new(), Vec::new());
        for (_, contents) in read {
            faults.extend(contents.faults);
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

/// The same, reading at most `left` bytes.
fn read_within(dir: &Path, mut left: u64) -> (Vec<(PathBuf, String)>, Vec<Fault>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let paths = list(dir).unwrap_or_else(|problem| {
        faults.push(Fault::whole(dir, problem));
        Vec::new()
    });
    for path in paths {
        match read(&path, left) {
            Ok(text) => {
                left = left.saturating_sub(text.len() as u64);
                files.push((path, text));
            }
            Err(problem) => faults.push(Fault::whole(&path, problem)),
        }
    }
    (files, faults)
}

/// Reads a file of at most `left` bytes.
fn read(path: &Path, left: u64) -> Result<String, FileProblem> {
    // Reading a pipe would wait for a writer, and a device may have no end.
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        return Err(FileProblem::NotRegular);
    }
    text_file::read(path, FILE.min(left)).map_err(|error| match error {
        TextError::TooLong(most) if most < FILE => FileProblem::AllTooLong(ALL),
        error => error.into(),
    })
}

/// Reads texts on all cores, since this takes most of the bot's start.
fn read_all(files: &[(PathBuf, String)]) -> Vec<(&Path, Contents)> {
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

fn read_part(files: &[(PathBuf, String)]) -> Vec<(&Path, Contents)> {
    let read = files.iter();
    let read = read.map(|(path, text)| (path.as_path(), schema::read_file(path, text)));
    read.collect()
}

/// Records topics and questions that share a name with another one in the bank.
fn check_names(read: &mut [(&Path, Contents)]) {
    let topics: HashSet<String> = read
        .iter()
        .filter_map(|(_, contents)| Some(contents.topic.as_ref()?.0.name.clone()))
        .collect();
    let (mut topic_places, mut id_places) = (HashMap::new(), HashMap::new());
    for (file, contents) in read {
        let mut fault = |place: Position, question: Option<&str>, problem: Problem| {
            contents.faults.push(Fault {
                file: file.to_owned(),
                place: Some(place),
                question: question.map(str::to_owned),
                problem,
            });
        };
        if let Some((topic, place)) = &contents.topic {
            let taken = claim(&mut topic_places, NameOf::Topic, &topic.name, file, *place);
            taken.into_iter().for_each(|it| fault(*place, None, it));
        }
        for (question, place) in &contents.questions {
            let id = &question.id;
            let taken = claim(&mut id_places, NameOf::Question, id, file, *place);
            let topic = topics.contains(id).then(|| Problem::IsTopic(id.clone()));
            let found = taken.into_iter().chain(topic);
            found.for_each(|problem| fault(*place, Some(id), problem));
        }
    }
}

/// Records where a name is used, and returns a fault if it was used before. A missing name has its fault already.
fn claim<'a>(
    places: &mut HashMap<String, (&'a Path, Position)>,
    of: NameOf,
    name: &str,
    file: &'a Path,
    place: Position,
) -> Option<Problem> {
    if name.is_empty() {
        return None;
    }
    if let Some((file, place)) = places.get(name) {
        return Some(Problem::Taken {
            of,
            name: name.to_owned(),
            file: PathBuf::from(file),
            place: *place,
        });
    }
    places.insert(name.to_owned(), (file, place));
    None
}

/// The question files of a directory, sorted. Hidden files belong to editors.
fn list(dir: &Path) -> Result<Vec<PathBuf>, FolderProblem> {
    let explain = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => FolderProblem::Missing,
        _ => FolderProblem::Closed(error.to_string()),
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
        return Err(FolderProblem::Empty);
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests;
