//! A modal or App Home, and what is in its fields.

use serde_json::{Value, json};

/// A view as the app sent it, with what Slack adds.
#[derive(Clone, Debug)]
pub struct View {
    pub id: String,
    pub hash: String,
    /// `type`, `title`, `blocks` and the rest of what was sent.
    pub sent: Value,
}

/// A modal on someone's screen.
#[derive(Clone, Debug)]
pub struct OpenView {
    pub view: View,
    pub root: String,
    pub previous: Option<String>,
    /// What is in its fields: by block, by action.
    pub values: Value,
}

/// A text with what Slack adds to it, or null.
pub(super) fn titled(text: &Value) -> Value {
    if text.is_null() {
        return Value::Null;
    }
    let emoji = text.get("emoji").cloned().unwrap_or(Value::Bool(true));
    json!({ "type": "plain_text", "text": text["text"], "emoji": emoji })
}

/// What is in the fields of a view at first.
pub(super) fn initial(sent: &Value) -> Value {
    let mut values = json!({});
    for block in sent["blocks"].as_array().into_iter().flatten() {
        let element = &block["element"];
        let (Some(id), Some(kind)) = (block["block_id"].as_str(), element["type"].as_str()) else {
            continue;
        };
        if let Some(action) = element["action_id"].as_str() {
            values[id][action] = first_value(kind, element);
        }
    }
    values
}

/// What an element holds before anyone touched it.
fn first_value(kind: &str, element: &Value) -> Value {
    let (key, from) = value_keys(kind);
    let absent = if key.ends_with('s') {
        json!([])
    } else {
        Value::Null
    };
    let value = element.get(from).cloned().unwrap_or(absent);
    let mut held = json!({ "type": kind });
    held[key] = value;
    held
}

/// Under which key a kind of element has its value, and which of its own keys says what it is at first.
pub fn value_keys(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "static_select" | "external_select" | "radio_buttons" | "overflow" => {
            ("selected_option", "initial_option")
        }
        "checkboxes" | "multi_static_select" | "multi_external_select" => {
            ("selected_options", "initial_options")
        }
        "users_select" => ("selected_user", "initial_user"),
        "multi_users_select" => ("selected_users", "initial_users"),
        "conversations_select" => ("selected_conversation", "initial_conversation"),
        "multi_conversations_select" => ("selected_conversations", "initial_conversations"),
        "channels_select" => ("selected_channel", "initial_channel"),
        "multi_channels_select" => ("selected_channels", "initial_channels"),
        "datepicker" => ("selected_date", "initial_date"),
        "timepicker" => ("selected_time", "initial_time"),
        "datetimepicker" => ("selected_date_time", "initial_date_time"),
        _ => ("value", "initial_value"),
    }
}
