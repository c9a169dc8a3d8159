//! Printing. There may be no reader, and the disk that it goes to may be full.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use anyhow::Context;

/// Prints what was asked for on standard output. It isn't an error if the reader closes the pipe early.
///
/// # Errors
/// When it cannot be written.
pub fn print(text: impl Display) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let written = write!(out, "{text}").and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("writing to standard output")
        }
        _ => Ok(()),
    }
}

/// Prints a line of status on standard output, if anyone can read it.
pub fn say(line: impl Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Prints a warning on standard error, if anyone can read it.
pub fn warn(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "greenroom: {line}");
}
