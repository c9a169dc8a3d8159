//! Why a call of Slack's Web API came to nothing.

use std::fmt;
use std::time::Duration;

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
        /// The scopes that it has, then.
        provided: Option<String>,
    },
    /// Nothing was done, and nothing will be before that time has passed.
    Later(String, Duration),
    /// It may have been done or not.
    Unsure(String),
}

/// Slack's words for a token that it does not take.
pub(in crate::slack) const TOKEN: [&str; 7] = [
    "account_inactive",
    "invalid_auth",
    "not_allowed_token_type",
    "not_authed",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
];

/// Slack's words for a message, thread or person that is gone.
const GONE: [&str; 6] = [
    "message_not_found",
    "thread_not_found",
    "user_not_found",
    "user_not_visible",
    "user_disabled",
    "users_not_found",
];

/// Slack's words for a person of whom it says nothing to the bot: it has never seen them, or may not.
const NOBODY: [&str; 3] = ["user_not_found", "user_not_visible", "users_not_found"];

/// Slack's words for a channel that the bot cannot post to.
const CLOSED_TO_US: [&str; 12] = [
    "channel_is_limited_access",
    "channel_not_found",
    "is_archived",
    "is_inactive",
    "messages_tab_disabled",
    "no_permission",
    "not_in_channel",
    "posting_to_channel_denied",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
];

impl Failure {
    /// A refusal by that name.
    pub(crate) fn refused(error: impl Into<String>) -> Self {
        Self::Refused {
            error: error.into(),
            needed: None,
            provided: None,
        }
    }

    /// What Slack calls a refusal; none for another failure.
    pub(crate) fn error(&self) -> Option<&str> {
        match self {
            Self::Refused { error, .. } => Some(error),
            Self::Later(..) | Self::Unsure(_) => None,
        }
    }

    /// Whether Slack says that there is no such person, or none that the bot may see.
    pub(crate) fn means_nobody(&self) -> bool {
        self.error().is_some_and(|error| NOBODY.contains(&error))
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
        let meaning = scope.or_else(|| meaning(error));
        meaning.map_or(Ok(()), |meaning| write!(f, ": {meaning}"))
    }
}

/// What a refusal means whose name doesn't say what to do:
/// <https://docs.slack.dev/reference/methods/chat.postMessage#errors>.
fn meaning(error: &str) -> Option<RefusedCall> {
    Some(match error {
        "not_in_channel" | "channel_not_found" => RefusedCall::NotThere,
        "is_archived" | "is_inactive" => RefusedCall::Archived,
        "posting_to_channel_denied"
        | "restricted_action"
        | "restricted_action_non_threadable_channel"
        | "restricted_action_read_only_channel"
        | "restricted_action_thread_only_channel" => RefusedCall::MayNotPost,
        "edit_window_closed" => RefusedCall::TooOld,
        _ if TOKEN.contains(&error) => RefusedCall::Token,
        _ => return None,
    })
}

impl From<Failure> for delivery::Failure {
    fn from(failure: Failure) -> Self {
        let told = failure.to_string();
        match failure {
            Failure::Unsure(_) => Self::Unsure(told),
            Failure::Later(_, wait) => Self::Later(told, wait),
            Failure::Refused { error, .. } => match error.as_str() {
                error if GONE.contains(&error) => Self::Gone,
                error if CLOSED_TO_US.contains(&error) => Self::Closed(told),
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
            provided: Some("chat:write".into()),
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
        for closed in CLOSED_TO_US {
            let failure = refused(closed);
            assert!(matches!(failure, delivery::Failure::Closed(_)), "{closed}");
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
