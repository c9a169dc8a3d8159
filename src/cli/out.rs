//! What is printed. Nobody may be reading, and the disk that it goes to may be full.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use anyhow::Context;

/// Prints what was asked for, on standard output. Whoever has read enough of it may hang up.
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

/// Says on standard output how things are, to whoever may be there.
pub fn say(line: impl Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Says on standard error what is wrong, to whoever may be there.
pub fn warn(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "greenroom: {line}");
}
