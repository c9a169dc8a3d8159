//! What admins read of calls that a platform refused, beside its own name for the refusal.

/// What a refusal of Slack's means, where its name doesn't say what to do:
/// <https://docs.slack.dev/reference/methods/chat.postMessage#errors>.
pub fn meaning_of_refusal(error: &str) -> Option<&'static str> {
    Some(match error {
        "not_in_channel" | "channel_not_found" => {
            "the bot isn't in the channel; whoever is can type /invite and its name there"
        }
        "is_archived" | "is_inactive" => "the channel is archived",
        "restricted_action"
        | "restricted_action_read_only_channel"
        | "restricted_action_thread_only_channel"
        | "restricted_action_non_threadable_channel" => {
            "the channel's settings don't let the bot post there"
        }
        "edit_window_closed" => "messages that old can no longer be changed there",
        "token_revoked" | "account_inactive" | "invalid_auth" => {
            "the bot token isn't valid any more"
        }
        _ => return None,
    })
}

/// That a call was refused for want of a scope.
pub fn scope_is_missing(scope: &str) -> String {
    format!("the app needs the scope {scope}")
}

/// Why it can't be known whether a daily was posted.
pub fn last_daily_unseen(why: &str) -> String {
    format!("whether the last daily arrived can't be seen there ({why})")
}
