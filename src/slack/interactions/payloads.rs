//! What Slack says of commands, presses and forms: as much as is used here, read tolerantly.

use serde_json::Value;

pub(in crate::slack) use crate::slack::gateway::Ack;

/// A slash command that somebody used.
#[derive(Clone, Debug, Default)]
pub(crate) struct Command {
    /// What it is called in the workspace, without the slash.
    pub name: String,
    /// What was typed after it, as Slack sends it: `&`, `<` and `>` escaped, mentions as `<@U…|name>` and `<#C…|name>`.
    pub text: String,
    /// Who used it.
    pub user: String,
    /// Where.
    pub channel: String,
    /// Where answers go: five, within half an hour.
    pub response_url: String,
    /// What opens a form, once and within three seconds.
    pub trigger_id: String,
    /// What it is to the metrics and the log: a name of ours, such as `schedule set`, once that is known.
    pub kind: &'static str,
}

/// A button that was pressed, or an option that was chosen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Press {
    /// Who did.
    pub user: String,
    /// The element's `action_id`.
    pub action: String,
    /// What is chosen in a menu, or what a button carries.
    pub value: Option<String>,
    /// The channel of the message that it is on; none in forms and on App Home.
    pub channel: Option<String>,
    /// The message that it is on.
    pub message: Option<String>,
    /// The message whose thread that is in.
    pub thread: Option<String>,
    /// Where answers go, with messages: five, within half an hour.
    pub response_url: Option<String>,
}

/// A form that was submitted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Submission {
    /// Who did.
    pub user: String,
    /// The form with what was filled in, as Slack tells it: `callback_id`, `private_metadata`, `state.values`.
    pub view: Value,
}

/// A menu whose options are asked for while somebody types.
#[derive(Clone, Debug, Default)]
pub(crate) struct Suggestion {
    /// Who types.
    pub user: String,
    /// The menu's `action_id`.
    pub action: String,
    /// What was typed so far.
    pub typed: String,
}

impl Command {
    /// Reads one.
    pub(super) fn read(payload: &Value) -> Self {
        Self {
            name: text(&payload["command"]).trim_start_matches('/').to_owned(),
            text: text(&payload["text"]),
            user: text(&payload["user_id"]),
            channel: text(&payload["channel_id"]),
            response_url: text(&payload["response_url"]),
            trigger_id: text(&payload["trigger_id"]),
            kind: "unknown command",
        }
    }
}

impl Press {
    /// Reads one; there is one action in each.
    pub(super) fn read(payload: &Value) -> Self {
        let (action, container) = (&payload["actions"][0], &payload["container"]);
        let first = |places: [&Value; 2]| places.into_iter().find_map(some_text);
        let message = first([&container["message_ts"], &payload["message"]["ts"]]);
        let thread = first([&container["thread_ts"], &payload["message"]["thread_ts"]]);
        Self {
            user: text(&payload["user"]["id"]),
            action: text(&action["action_id"]),
            value: first([&action["selected_option"]["value"], &action["value"]]),
            channel: first([&payload["channel"]["id"], &container["channel_id"]]),
            // A message that has replies names itself as its thread, wherever it is pressed.
            thread: thread.filter(|thread| message.as_ref() != Some(thread)),
            message,
            response_url: some_text(&payload["response_url"]),
        }
    }
}

impl Submission {
    /// Reads one.
    pub(super) fn read(payload: &Value) -> Self {
        Self {
            user: text(&payload["user"]["id"]),
            view: payload["view"].clone(),
        }
    }
}

impl Suggestion {
    /// Reads one.
    pub(super) fn read(payload: &Value) -> Self {
        Self {
            user: text(&payload["user"]["id"]),
            action: text(&payload["action_id"]),
            typed: text(&payload["value"]),
        }
    }
}

fn some_text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
