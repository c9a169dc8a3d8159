//! What admins read of a daily of which it can't be seen whether it was posted.

use super::super::outcome::Refusal;
use super::super::text::{InstantStyle, Text};
use super::dates::long_date;
use super::idiom::idiom;
use super::labels::{ALREADY_POSTED, OLD_BUTTON, POST_AGAIN};
use super::lists::BREAK;
use crate::model::{ChannelId, Daily, PlatformId, Suspension};
use crate::rules::timetable::LATENESS;
use crate::told::counted;

/// Beside the button that posts it again.
pub(in crate::app) fn daily_in_doubt(daily: &Daily, schedule: &str) -> Text {
    let name = idiom(daily.space.platform()).name;
    let date = long_date(daily.date);
    let text = Text::from(format!(
        "{name} did not say whether it posted the daily of {date} in "
    ));
    let text = text.channel(&daily.channel).md(", of the schedule “");
    let hours = counted(LATENESS.num_hours().unsigned_abs() as usize, "hour");
    text.plain(schedule).md(format!(
        "”, and I may not read that channel to find out. Please look there. If the daily is there, the first press \
         of one of its letters tells me. If it isn't, **{POST_AGAIN}** posts it; if it is there all the same, \
         everybody sees it twice. Until I know, this schedule posts nothing, for {hours} at most; then it goes on \
         with its next daily.",
    ))
}

/// In the list of schedules.
pub(super) fn waits_in_doubt(suspension: &Suspension, platform: PlatformId) -> Text {
    let name = idiom(platform).name;
    let text =
        format!("{BREAK}Waiting: I can't see whether the last daily was posted. {name} says “");
    Text::from(text)
        .plain(&suspension.why)
        .md("”. Look for it; if it isn't there, `/daily post` asks whether to post it again. Looking again ")
        .instant(suspension.until, InstantStyle::Relative)
}

/// To an admin who wants it posted again.
pub(in crate::app) fn daily_is_there(channel: &ChannelId) -> Refusal {
    let text = Text::from("Nothing was posted again: by now I know that the daily is in ");
    Refusal::neutral(ALREADY_POSTED, text.channel(channel).md("."))
}

/// To an admin whose button is about an earlier try.
pub(in crate::app) fn doubt_is_over() -> Refusal {
    Refusal::neutral(
        OLD_BUTTON,
        "Nothing was posted again: that daily was tried once more since, or given up. `/schedule list` says how \
         the schedule is.",
    )
}
