//! Weekends as people write them: a Saturday with its Sunday.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

use super::bad_date::BadDate;
use super::written::{on_weekday, one, tokens};
use crate::time::DateSums;

/// The dates of "weekend", "this weekend" or "next weekend", from today on: on a Sunday this weekend is that day. From
/// Monday to Friday the next one can be two, as next Saturday can. `None` where a text says anything else.
pub(super) fn weekend(
    text: &str,
    today: NaiveDate,
) -> Option<Result<RangeInclusive<NaiveDate>, BadDate>> {
    let tokens = tokens(text);
    let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let which = match words[..] {
        ["weekend"] => "this",
        [which @ ("this" | "next" | "coming"), "weekend"] => which,
        _ => return None,
    };
    if which == "this" && today.weekday() == Weekday::Sun {
        return Some(Ok(today..=today));
    }
    let saturdays = on_weekday(which, Weekday::Sat, today);
    let saturday = one(text.trim().to_owned(), saturdays, None);
    Some(saturday.map(|saturday| saturday..=saturday.plus_days(1)))
}
