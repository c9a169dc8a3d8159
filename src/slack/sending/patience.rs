//! How long a call is worth waiting for.

use std::time::Duration;

/// How long a call may wait for its turn, and whether it is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    /// Its turn is now, or it isn't made.
    None,
    /// Somebody waits for it. It is tried once.
    Short,
    /// It is tried again.
    Long,
}

impl Patience {
    /// How long it may wait.
    pub(super) fn time(self) -> Duration {
        match self {
            Self::None => Duration::ZERO,
            Self::Short => Duration::from_secs(5),
            Self::Long => Duration::from_secs(60),
        }
    }
}
