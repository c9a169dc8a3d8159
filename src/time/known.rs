//! A time zone as a release of the database has it.

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::tz::TimeZone;

/// A zone whose rules are read when they are first asked for.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: Cow<'static, str>,
    /// TZif, known to be sound.
    pub(super) data: Cow<'static, [u8]>,
    rules: OnceLock<TimeZone>,
}

impl Known {
    pub(super) fn new(name: Cow<'static, str>, data: Cow<'static, [u8]>) -> Self {
        let rules = OnceLock::new();
        Self { name, data, rules }
    }

    pub(super) fn rules(&self) -> &TimeZone {
        // What the system has was read before; what is built in is read by a test, each zone.
        self.rules
            .get_or_init(|| TimeZone::tzif(&self.name, &self.data).unwrap_or(TimeZone::UTC))
    }
}
