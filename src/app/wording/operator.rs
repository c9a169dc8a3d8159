//! What the operator reads: the person who runs the bot.

use super::super::text::Text;
use super::lists::BREAK;
use crate::bank::Faults;
use crate::told::counted;

pub(in crate::app) const BROKEN_SAVE: &str = "The saved question files are broken";

/// Names the first faults; the log has all.
pub(in crate::app) fn broken_save(faults: &Faults) -> Text {
    const SHOWN: usize = 5;
    let mut text = Text::from(
        "I go on asking from the files as they were before. Save them again once these faults are fixed:\n\n",
    );
    for fault in faults.0.iter().take(SHOWN) {
        text = text.plain(fault.to_string()).md(BREAK);
    }
    match faults.0.len().saturating_sub(SHOWN) {
        0 => text,
        more => text.md(format!(
            "and {} more; the log names them all.",
            counted(more, "fault")
        )),
    }
}
