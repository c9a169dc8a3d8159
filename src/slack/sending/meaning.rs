//! Slack's words for why a call came to nothing, each with what it means to the bot. The words stand in the list of
//! errors of each method's page, such as <https://docs.slack.dev/reference/methods/chat.postMessage#errors>.

use crate::app::RefusedCall;

/// What a word of Slack's means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The workspace removed the bot, or the bot's token was revoked.
    Removed,
    /// The token isn't taken, or not as things are set in the workspace. That stays so until somebody mends it.
    Token,
    /// The app lacks a scope.
    Scope,
    /// A message, a thread or a person is gone.
    Gone,
    /// Of such a person the bot has never seen anything, or may not.
    Nobody,
    /// There is no such channel, or it is private and the bot isn't in it.
    NoChannel,
    /// The bot isn't in the channel.
    NotInChannel,
    /// The channel is archived.
    Archived,
    /// Who may post to the channel is limited.
    MayNotPost,
    /// The bot can't post to the channel for another reason.
    Closed,
    /// The message may not be changed any more, being too old.
    TooOld,
    /// The message may not be changed any more.
    Unchangeable,
    /// The form was closed, or something else is shown in its place.
    FormClosed,
    /// There were too many calls, or the workspace is being moved. Nothing was done.
    Limited,
    /// Slack doesn't know itself: "it's possible some aspect of the operation succeeded".
    Unsure,
    /// Something else, which would be said again.
    Other,
}

impl Meaning {
    /// What a word means.
    pub(crate) fn of(word: &str) -> Self {
        match word {
            "account_inactive" | "token_revoked" => Self::Removed,
            "access_denied"
            | "ekm_access_denied"
            | "invalid_auth"
            | "not_allowed_token_type"
            | "not_authed"
            | "org_login_required"
            | "team_access_not_granted"
            | "token_expired"
            | "two_factor_setup_required" => Self::Token,
            "missing_scope" => Self::Scope,
            "message_not_found" | "thread_not_found" | "user_disabled" => Self::Gone,
            "user_not_found" | "user_not_visible" | "users_not_found" => Self::Nobody,
            "channel_not_found" => Self::NoChannel,
            "not_in_channel" => Self::NotInChannel,
            "is_archived" | "is_inactive" => Self::Archived,
            "posting_to_channel_denied"
            | "restricted_action"
            | "restricted_action_non_threadable_channel"
            | "restricted_action_read_only_channel"
            | "restricted_action_thread_only_channel" => Self::MayNotPost,
            "channel_is_limited_access" | "messages_tab_disabled" | "no_permission" => Self::Closed,
            "edit_window_closed" => Self::TooOld,
            "block_mismatch" | "cant_update_message" => Self::Unchangeable,
            "hash_conflict" | "not_found" => Self::FormClosed,
            "rate_limited" | "ratelimited" | "team_added_to_org" => Self::Limited,
            "fatal_error" | "internal_error" | "request_timeout" | "service_unavailable" => {
                Self::Unsure
            }
            _ => Self::Other,
        }
    }

    /// What is to be done about it, where the word doesn't say that.
    pub(crate) fn advice(self) -> Option<RefusedCall> {
        Some(match self {
            Self::NoChannel | Self::NotInChannel => RefusedCall::NotThere,
            Self::Archived => RefusedCall::Archived,
            Self::MayNotPost => RefusedCall::MayNotPost,
            Self::TooOld => RefusedCall::TooOld,
            Self::Removed | Self::Token => RefusedCall::Token,
            _ => return None,
        })
    }

    /// Whether a message may not be changed any more.
    pub(crate) fn is_unchangeable(self) -> bool {
        matches!(self, Self::TooOld | Self::Unchangeable)
    }

    /// Whether no socket can be opened any more with an app-level token that is refused so.
    pub(crate) fn ends_sockets(self) -> bool {
        // `no_permission`, which is of channels elsewhere, is of the token there.
        matches!(
            self,
            Self::Removed | Self::Token | Self::Scope | Self::Closed
        )
    }
}
