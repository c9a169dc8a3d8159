//! Elements: what people press, choose and fill in.

use serde_json::Value;

use super::{
    check::{Check, Need, Object, Surface},
    objects::{Texts, choices, chosen_at_first, options},
};

/// In which block an element stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    Actions,
    Section,
    Input,
}

const BUTTONS: [&str; 2] = ["button", "workflow_button"];
const FIELDS: [&str; 5] = [
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
];
const CHOOSERS: [&str; 14] = [
    "checkboxes",
    "radio_buttons",
    "datepicker",
    "timepicker",
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
];

fn stands(kind: &str, place: Place) -> bool {
    let chooser = CHOOSERS.contains(&kind);
    match place {
        Place::Actions => {
            chooser
                || BUTTONS.contains(&kind)
                || ["overflow", "datetimepicker", "rich_text_input"].contains(&kind)
        }
        Place::Section => {
            chooser || BUTTONS.contains(&kind) || ["overflow", "image"].contains(&kind)
        }
        Place::Input => {
            chooser
                || FIELDS.contains(&kind)
                || ["datetimepicker", "rich_text_input"].contains(&kind)
        }
    }
}

/// An element of a block.
pub fn element(value: &Value, path: &str, place: Place, check: &mut Check) {
    let Some(mut object) = check.object(value, path) else {
        return;
    };
    let kind = value["type"].as_str().unwrap_or_default();
    if !stands(kind, place) {
        let kind: String = kind.chars().take(40).collect();
        return check.fault(path, &format!("unsupported type: {kind:?}"));
    }
    object.skip("type");
    if kind == "image" {
        image(&mut object, check);
        return object.end(check);
    }
    action_id(&mut object, check);
    if BUTTONS.contains(&kind) {
        button(&mut object, check);
    } else if FIELDS.contains(&kind) || kind == "rich_text_input" {
        field(kind, &mut object, check);
    } else {
        chooser(kind, &mut object, check);
    }
    object.end(check);
}

fn action_id(object: &mut Object<'_>, check: &mut Check) {
    let path = object.at("action_id");
    let Some(id) = object.string("action_id", 1, 255, Need::Optional, check) else {
        return;
    };
    if !check.action_ids.insert(id.to_owned()) {
        check.fault(&path, "action_id already exists in this block");
    }
}

/// A button.
fn button(object: &mut Object<'_>, check: &mut Check) {
    object.plain("text", 75, Need::Required, check);
    object.string("value", 1, 2_000, Need::Optional, check);
    object.string("url", 1, 3_000, Need::Optional, check);
    object.one_of("style", &["primary", "danger"], Need::Optional, check);
    object.string("accessibility_label", 1, 75, Need::Optional, check);
    object.skip("workflow");
    object.confirm(check);
}

/// A picture.
pub fn image(object: &mut Object<'_>, check: &mut Check) {
    object.string("alt_text", 1, 2_000, Need::Required, check);
    let url = object.string("image_url", 1, 3_000, Need::Optional, check);
    if url.is_some() == object.get("slack_file").is_some() {
        check.fault(
            &object.path,
            "exactly one of image_url and slack_file is required",
        );
    }
}

/// What something is typed into.
fn field(kind: &str, object: &mut Object<'_>, check: &mut Check) {
    focus(object, check);
    object.plain("placeholder", 150, Need::Optional, check);
    object.skip("dispatch_action_config");
    match kind {
        "plain_text_input" => {
            object.boolean("multiline", check);
            object.string("initial_value", 0, 3_000, Need::Optional, check);
            object.integer("min_length", 0, 3_000, check);
            object.integer("max_length", 1, 3_000, check);
        }
        "number_input" => {
            object.want("is_decimal_allowed", Need::Required, check);
            for key in ["initial_value", "min_value", "max_value"] {
                object.string(key, 1, 3_000, Need::Optional, check);
            }
        }
        "file_input" => {
            object.skip("filetypes");
            object.integer("max_files", 1, 10, check);
        }
        "rich_text_input" => object.skip("initial_value"),
        _ => {
            object.string("initial_value", 0, 3_000, Need::Optional, check);
        }
    }
}

/// What something is chosen from.
fn chooser(kind: &str, object: &mut Object<'_>, check: &mut Check) {
    object.confirm(check);
    match kind {
        "overflow" => return options(object, 1, 5, Texts::Plain, true, check),
        "checkboxes" | "radio_buttons" => {
            focus(object, check);
            options(object, 1, 10, Texts::Any, false, check);
            return chosen_at_first(object, Texts::Any, check);
        }
        "datepicker" => {
            object.string("initial_date", 10, 10, Need::Optional, check);
        }
        "timepicker" => {
            object.string("initial_time", 5, 5, Need::Optional, check);
            object.string("timezone", 1, 100, Need::Optional, check);
        }
        "datetimepicker" => {
            object.integer("initial_date_time", 1_000_000_000, 9_999_999_999, check)
        }
        _ => select(kind, object, check),
    }
    focus(object, check);
    object.plain("placeholder", 150, Need::Optional, check);
}

fn select(kind: &str, object: &mut Object<'_>, check: &mut Check) {
    if kind.starts_with("multi_") {
        object.integer("max_selected_items", 1, 1_000, check);
    }
    match kind.trim_start_matches("multi_") {
        "static_select" => {
            choices(object, 1, check);
            chosen_at_first(object, Texts::Plain, check);
        }
        "external_select" => {
            object.integer("min_query_length", 0, 3_000, check);
            chosen_at_first(object, Texts::Plain, check);
        }
        "users_select" => {
            object.skip("initial_user");
            object.skip("initial_users");
        }
        "channels_select" => {
            object.skip("initial_channel");
            object.skip("initial_channels");
            object.boolean("response_url_enabled", check);
        }
        _ => {
            object.skip("initial_conversation");
            object.skip("initial_conversations");
            object.skip("filter");
            object.boolean("default_to_current_conversation", check);
            object.boolean("response_url_enabled", check);
        }
    }
}

fn focus(object: &mut Object<'_>, check: &mut Check) {
    if object.boolean("focus_on_load", check) {
        check.focused += 1;
        if check.surface == Surface::Message {
            check.fault(&object.at("focus_on_load"), "only works in views");
        }
    }
}
