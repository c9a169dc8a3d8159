//! What is typed as a date, a time, days or a zone, and isn't one or can be several: with a title that says which.

use std::fmt::Display;

use super::super::outcome::Refusal;
use super::super::text::Text;
use super::labels::{NO_SUCH_DATE, UNREAD, WHICH_DATE, WHICH_DATES, WHICH_DAYS, WHICH_ZONE};
use crate::model::UnknownReveal;
use crate::rules::dates::{BadDate, near_date};
use crate::rules::near_days::near_day;
use crate::rules::times::BadTime;
use crate::rules::weekdays::UnknownWeekdays;
use crate::rules::zones::UnknownZone;

/// What was typed and has no one meaning.
pub trait Misread: Display {
    /// What is so: that it can't be read or, where it was read, what is asked about it.
    fn title(&self) -> &'static str {
        UNREAD
    }
}

impl Misread for BadTime {}
impl Misread for String {}
impl Misread for UnknownReveal {}

impl Misread for BadDate {
    fn title(&self) -> &'static str {
        match self {
            Self::Unknown(written) if near_date(written).is_none() => UNREAD,
            Self::Unknown(_) | Self::Several { .. } | Self::OtherWeekday { .. } => WHICH_DATE,
            Self::NoSuchMonth(_) | Self::NoSuchDay { .. } => NO_SUCH_DATE,
            Self::OutOfOrder => WHICH_DATES,
        }
    }
}

impl Misread for UnknownWeekdays {
    fn title(&self) -> &'static str {
        match self {
            Self::Unknown(written) if near_day(written).is_none() => UNREAD,
            Self::Unknown(_) | Self::None | Self::Rhythm(_) => WHICH_DAYS,
        }
    }
}

impl Misread for UnknownZone {
    fn title(&self) -> &'static str {
        match self {
            Self::None { near, .. } if near.is_empty() => UNREAD,
            Self::None { .. } | Self::Several { .. } => WHICH_ZONE,
        }
    }
}

/// What is wrong with what somebody typed, and how to write it.
pub fn not_understood(why: impl Misread) -> Refusal {
    Refusal::neutral(why.title(), Text::new().plain(why.to_string()))
}
