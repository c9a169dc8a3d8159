//! What is wrong with a bank, and where.

use std::{fmt, path::PathBuf};

use crate::told;

/// One thing to repair in a question file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, or the directory when the whole bank is at fault.
    pub file: PathBuf,
    /// From 1; 0 when the fault has no place inside the file.
    pub line: usize,
    /// In characters, from 1; 0 when the fault has no place inside the file.
    pub column: usize,
    /// The id of the question it is in, when that is known.
    pub question: Option<String>,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", told::name(&self.file))?;
        if self.line > 0 {
            write!(f, "{}:{}:", self.line, self.column)?;
        }
        if let Some(question) = &self.question {
            write!(f, " [{question}]")?;
        }
        write!(f, " {}", self.message)
    }
}

/// Everything that is wrong with a bank, sorted by file and line. Displays one line a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let newline = if index > 0 { "\n" } else { "" };
            write!(f, "{newline}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
