//! Why a file isn't read as text, as authors and operators read it.

use std::fmt::{self, Display, Formatter};

use crate::text_file::{Encoding, NotText, TextError};

/// Goes behind the file's name.
impl Display for TextError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(why) => write!(f, "cannot be read: {why}"),
            Self::TooLong(most) => write!(f, "is larger than {}", size(*most)),
            Self::NotText(why) => why.fmt(f),
        }
    }
}

impl Display for NotText {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, advice(self))
    }
}

/// What it seems to be, and what to do about it.
pub(super) fn advice(why: &NotText) -> String {
    let what = match why.seems {
        Encoding::Utf16Or32 => {
            "this looks like broken UTF-16 or UTF-32, or lacks the mark that says so"
        }
        Encoding::OneByte => "this isn't UTF-8 from here on; it may be Windows-1252 or the like",
    };
    format!("{what}. Save the file as UTF-8: in an editor, “Save as” with the encoding UTF-8")
}

/// A number of bytes in words.
pub(super) fn size(bytes: u64) -> String {
    match (bytes >> 20, bytes >> 10) {
        (0, 0) => format!("{bytes} bytes"),
        (0, kib) => format!("{kib} KiB"),
        (mib, _) => format!("{mib} MiB"),
    }
}
