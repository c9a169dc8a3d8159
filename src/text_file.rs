//! Text files as people's programs save them: in any encoding that declares itself, up to a size.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Why a file can't be read as text. The words, which follow the file's name, are in `app/wording/files.rs`.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// It can't be read at all.
    Io(#[from] io::Error),
    /// It has more than this many bytes.
    TooLong(u64),
    /// It is in an encoding that can't be told for sure.
    NotText(#[from] NotText),
}

impl TextError {
    /// The line concerned, from 1; 0 if it is the whole file.
    pub fn line(&self) -> usize {
        match self {
            Self::NotText(why) => why.line,
            Self::Io(_) | Self::TooLong(_) => 0,
        }
    }
}

/// Where bytes stop being text that can be told for sure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct NotText {
    /// The line, from 1.
    pub line: usize,
    /// The character of that line, from 1.
    pub column: usize,
    /// What it seems to be.
    pub seems: Encoding,
}

/// What a file seems to be encoded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// UTF-16 or UTF-32, with its mark missing or its text broken.
    Utf16Or32,
    /// A one-byte encoding such as Windows-1252: nothing in the file says which.
    OneByte,
}

impl NotText {
    /// Right after the text that could be read.
    fn behind(text: &str, seems: Encoding) -> Self {
        let last = text.rsplit('\n').next().unwrap_or_default();
        Self {
            line: 1 + text.matches('\n').count(),
            column: 1 + last.chars().count(),
            seems,
        }
    }
}

/// Reads a file of at most `most` bytes.
///
/// # Errors
/// When it can't be read, is longer, or doesn't declare its encoding.
pub fn read(path: &Path, most: u64) -> Result<String, TextError> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
        return Err(TextError::TooLong(most));
    }
    Ok(decode(&bytes)?)
}

/// The text of these bytes, without its byte order mark: UTF-8, or what that mark announces.
///
/// # Errors
/// When they are neither.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    match bytes {
        // That of UTF-32 begins like that of UTF-16.
        [0xff, 0xfe, 0, 0, rest @ ..] => decode_wide(rest, 4, false),
        [0, 0, 0xfe, 0xff, rest @ ..] => decode_wide(rest, 4, true),
        [0xff, 0xfe, rest @ ..] => decode_wide(rest, 2, false),
        [0xfe, 0xff, rest @ ..] => decode_wide(rest, 2, true),
        [0xef, 0xbb, 0xbf, rest @ ..] => decode_utf8(rest),
        _ => decode_utf8(bytes),
    }
}

fn decode_utf8(bytes: &[u8]) -> Result<String, NotText> {
    let (text, rest) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, &bytes[bytes.len()..]),
        Err(_) => {
            let text = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            (text, &bytes[text.len()..])
        }
    };
    // Nobody types this character; every second or fourth byte of wide text is it.
    match text.find('\0') {
        Some(at) => Err(NotText::behind(&text[..at], Encoding::Utf16Or32)),
        None if rest.is_empty() => Ok(text.to_owned()),
        None if rest.contains(&0) => Err(NotText::behind(text, Encoding::Utf16Or32)),
        None => Err(NotText::behind(text, Encoding::OneByte)),
    }
}

/// Text in units of 2 or 4 bytes.
fn decode_wide(bytes: &[u8], width: usize, big: bool) -> Result<String, NotText> {
    let chunks = bytes.chunks(width);
    let units = chunks.map(|chunk| {
        let fold = |unit: u32, byte: &u8| unit << 8 | u32::from(*byte);
        match (chunk.len() == width, big) {
            (true, true) => chunk.iter().fold(0, fold),
            (true, false) => chunk.iter().rev().fold(0, fold),
            (false, _) => u32::MAX,
        }
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut add = |character: Option<char>| match character {
        Some(character) => {
            text.push(character);
            Ok(())
        }
        None => Err(NotText::behind(&text, Encoding::Utf16Or32)),
    };
    if width == 4 {
        units.map(char::from_u32).try_for_each(add)?;
    } else {
        // A unit that is cut off becomes the first half of a pair: it is the last, so nothing completes it.
        let units = units.map(|unit| u16::try_from(unit).unwrap_or(0xd800));
        char::decode_utf16(units).try_for_each(|character| add(character.ok()))?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_pair_that_is_cut_off_is_no_character() {
        for bytes in [
            &[0xff, 0xfe, 0x00, 0xd8, 0x41][..],
            &[0xfe, 0xff, 0xd8, 0x00, 0x41],
        ] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
    }

    /// A text in units of so many bytes, behind its mark.
    fn wide(text: &str, width: usize, big: bool) -> Vec<u8> {
        let text = format!("\u{feff}{text}");
        let units: Vec<u32> = match width {
            2 => text.encode_utf16().map(u32::from).collect(),
            _ => text.chars().map(u32::from).collect(),
        };
        let bytes = units.into_iter().flat_map(|unit| {
            let all = unit.to_be_bytes();
            let mut bytes = all[4 - width..].to_vec();
            if !big {
                bytes.reverse();
            }
            bytes
        });
        bytes.collect()
    }

    #[test]
    fn what_a_mark_announces_is_read() {
        let text = "größer,\n🦀\u{feff}?";
        for width in [2, 4] {
            for big in [true, false] {
                assert_eq!(decode(&wide(text, width, big)).as_deref(), Ok(text));
            }
        }
        assert_eq!(decode(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(
            decode(format!("\u{feff}{text}").as_bytes()).as_deref(),
            Ok(text)
        );
        assert_eq!(decode(b"").as_deref(), Ok(""));
    }

    #[test]
    fn other_encodings_are_told_with_the_line_and_what_to_do() {
        let told = |bytes: &[u8]| decode(bytes).expect_err("it is no text").to_string();
        let latin = b"question\nWas ist gr\xf6\xdfer?";
        let place = decode(latin).map_err(|at| (at.line, at.column));
        assert_eq!(place, Err((2, 11)));
        let latin = told(latin);
        assert!(latin.starts_with("line 2: this isn't UTF-8"), "{latin}");
        assert!(latin.contains("Save the file as UTF-8"), "{latin}");
        let unmarked = &wide("a,b\nc", 2, false)[2..];
        assert!(told(unmarked).contains("looks like broken UTF-16"));
        let mut cut = wide("a\nb", 2, true);
        cut.pop();
        assert!(told(&cut).starts_with("line 2: "));
        assert!(told(&[0xff, 0xfe, 0, 0xd8, 65, 0]).contains("UTF-16"));
        assert!(told(&[0xff, 0xfe, 0, 0, 0, 0, 0, 1]).contains("UTF-32"));
    }

    #[test]
    fn no_more_is_read_than_was_asked_for() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "12345").expect("written");
        assert_eq!(read(file.path(), 5).expect("it fits"), "12345");
        let error = read(file.path(), 4).expect_err("it is longer");
        assert_eq!(error.to_string(), "is larger than 4 bytes");
        assert_eq!(
            TextError::TooLong(16 << 20).to_string(),
            "is larger than 16 MiB"
        );
    }
}
