//! Why a call of Slack's Web API came to nothing.

use std::fmt;
use std::time::Duration;

use super::meaning::Meaning;
use super::over::UNTIL_MENDED;
use crate::app::{RefusedCall, delivery};

/// Why a call came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Slack says no, and would again.
    Refused {
        /// What Slack calls it, such as `not_in_channel`.
        error: String,
        /// The scopes of which the app needs one, if it lacks one.
        needed: Option<String>,
    },
    /// Nothing was done, and nothing will be before that time has passed.
    Later(String, Duration),
    /// It may have been done or not.
    Unsure(String),
}

impl Failure {
    /// A refusal by that name.
    pub(crate) fn refused(error: impl Into<String>) -> Self {
        Self::Refused {
            error: error.into(),
            needed: None,
        }
    }

    /// What a refusal means; none for another failure.
    pub(crate) fn meaning(&self) -> Option<Meaning> {
        match self {
            Self::Refused { error, .. } => Some(Meaning::of(error)),
            Self::Later(..) | Self::Unsure(_) => None,
        }
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (error, needed) = match self {
            Self::Refused { error, needed, .. } => (error, needed),
            Self::Later(why, _) | Self::Unsure(why) => return f.write_str(why),
        };
        f.write_str(error)?;
        let scope = needed.clone().map(RefusedCall::Scope);
        let advice = scope.or_else(|| Meaning::of(error).advice());
        advice.map_or(Ok(()), |advice| write!(f, ": {advice}"))
    }
}

impl From<Failure> for delivery::Failure {
    fn from(failure: Failure) -> Self {
        let told = failure.to_string();
        match failure {
            Failure::Unsure(_) => Self::Unsure(told),
            Failure::Later(_, wait) => Self::Later(told, wait),
            Failure::Refused { error, .. } => match Meaning::of(&error) {
                Meaning::Gone | Meaning::Nobody => Self::Gone,
                Meaning::NoChannel
                | Meaning::NotInChannel
                | Meaning::Archived
                | Meaning::MayNotPost
                | Meaning::Closed => Self::Closed(told),
                Meaning::Removed | Meaning::Token => Self::Later(told, UNTIL_MENDED),
                _ => Self::Refused(told),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_to_do_and_a_missing_scope_which() {
        let failure = |error: &str| Failure::refused(error);
        assert_eq!(failure("no_text").to_string(), "no_text");
        let told = failure("not_in_channel").to_string();
        assert!(told.contains("/invite"), "{told}");
        let missing = Failure::Refused {
            error: "missing_scope".into(),
            needed: Some("channels:history".into()),
        };
        assert_eq!(
            missing.to_string(),
            "missing_scope: the app needs the scope channels:history; paste its manifest anew on its page App Manifest, \
             then reinstall it"
        );
        let revoked = failure("token_revoked").to_string();
        assert!(revoked.contains("start it again"), "{revoked}");
    }

    #[test]
    fn the_engine_is_told_what_is_gone_what_is_closed_and_what_is_refused() {
        let told = |failure: Failure| delivery::Failure::from(failure);
        let refused = |error: &str| told(Failure::refused(error));
        assert_eq!(refused("message_not_found"), delivery::Failure::Gone);
        for closed in ["channel_not_found", "not_in_channel", "is_archived"] {
            let failure = refused(closed);
            assert!(matches!(failure, delivery::Failure::Closed(_)), "{closed}");
        }
        // Nothing that waits for its turn is given up for want of a token.
        for token in ["invalid_auth", "token_revoked"] {
            let failure = refused(token);
            assert!(matches!(failure, delivery::Failure::Later(..)), "{token}");
        }
        assert_eq!(
            refused("invalid_blocks"),
            delivery::Failure::Refused("invalid_blocks".into())
        );
        let wait = Duration::from_secs(7);
        assert_eq!(
            told(Failure::Later("wait".into(), wait)),
            delivery::Failure::Later("wait".into(), wait)
        );
        assert_eq!(
            told(Failure::Unsure("500".into())),
            delivery::Failure::Unsure("500".into())
        );
    }
}
