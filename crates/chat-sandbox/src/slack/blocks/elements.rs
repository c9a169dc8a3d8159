//! Elements: what people press, choose and fill in.

use chrono::{NaiveDate, NaiveTime};
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
        chooser(kind, place, &mut object, check);
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
    dispatch(object, check);
    match kind {
        "plain_text_input" => typed(object, check),
        "number_input" => number(object, check),
        "file_input" => {
            object.skip("filetypes");
            object.integer("max_files", 1, 10, check);
            if check.surface != Surface::Modal {
                check.fault(&object.path, "file_input only works in modals");
            }
        }
        "rich_text_input" => {
            object.skip("initial_value");
            object.integer("min_lines", 1, 100, check);
            object.integer("max_lines", 1, 100, check);
        }
        _ => {
            object.string("initial_value", 0, 3_000, Need::Optional, check);
        }
    }
}

/// A line of text, or several.
fn typed(object: &mut Object<'_>, check: &mut Check) {
    object.boolean("multiline", check);
    object.integer("min_length", 0, 3_000, check);
    object.integer("max_length", 1, 3_000, check);
    let first = object.string("initial_value", 0, 3_000, Need::Optional, check);
    let lengths = [object.number("min_length"), object.number("max_length")];
    let [least, most] = lengths.map(|length| length.map(|length| length as f64));
    object.ordered(("min_length", least), ("max_length", most), check);
    let first = first.map(|text| text.chars().count() as f64);
    object.ordered(("initial_value", first), ("max_length", most), check);
}

/// A number, whose limits are written as texts.
fn number(object: &mut Object<'_>, check: &mut Check) {
    object.want("is_decimal_allowed", Need::Required, check);
    object.boolean("is_decimal_allowed", check);
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    for key in ["initial_value", "min_value", "max_value"] {
        object.like(key, "a number", is_number, check);
    }
    let limits = [object.get("min_value"), object.get("max_value")];
    let [least, most] = limits.map(|limit| limit?.as_str()?.parse().ok());
    object.ordered(("min_value", least), ("max_value", most), check);
}

/// When the app is told of what is typed.
fn dispatch(object: &mut Object<'_>, check: &mut Check) {
    let path = object.at("dispatch_action_config");
    let config = object.get("dispatch_action_config");
    let Some(mut config) = config.and_then(|config| check.object(config, &path)) else {
        return;
    };
    let path = config.at("trigger_actions_on");
    if let Some(on) = config.get("trigger_actions_on") {
        for (when, path) in check.items(on, &path, 1, 2) {
            if when != "on_enter_pressed" && when != "on_character_entered" {
                check.fault(
                    &path,
                    "must be one of on_enter_pressed, on_character_entered",
                );
            }
        }
    }
    config.end(check);
}

/// What something is chosen from.
fn chooser(kind: &str, place: Place, object: &mut Object<'_>, check: &mut Check) {
    object.confirm(check);
    match kind {
        "overflow" => return options(object, 1, 5, Texts::Plain, true, check),
        "checkboxes" | "radio_buttons" => {
            focus(object, check);
            options(object, 1, 10, Texts::Any, false, check);
            return chosen_at_first(object, Texts::Any, check);
        }
        "datepicker" => {
            object.like("initial_date", "a date YYYY-MM-DD", is_date, check);
        }
        "timepicker" => {
            object.like("initial_time", "a time HH:mm", is_time, check);
            object.string("timezone", 1, 100, Need::Optional, check);
        }
        "datetimepicker" => {
            object.integer("initial_date_time", 1_000_000_000, 9_999_999_999, check)
        }
        _ => select(kind, place, object, check),
    }
    focus(object, check);
    object.plain("placeholder", 150, Need::Optional, check);
}

/// Whether a text is a date as Slack writes it.
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

/// Whether a text is a time of day as Slack writes it.
pub fn is_time(text: &str) -> bool {
    text.len() == 5 && NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

/// That the app is to be given a response URL, which there is for fields of modals only.
fn answers(place: Place, object: &mut Object<'_>, check: &mut Check) {
    if object.boolean("response_url_enabled", check)
        && (place != Place::Input || check.surface != Surface::Modal)
    {
        let path = object.at("response_url_enabled");
        check.fault(&path, "only works in input blocks of modals");
    }
}

/// Which conversations can be chosen.
fn filter(object: &mut Object<'_>, check: &mut Check) {
    let path = object.at("filter");
    let filter = object.get("filter");
    let Some(mut filter) = filter.and_then(|filter| check.object(filter, &path)) else {
        return;
    };
    let path = filter.at("include");
    if let Some(include) = filter.get("include") {
        for (kind, path) in check.items(include, &path, 1, 4) {
            let kinds = ["im", "mpim", "private", "public"];
            if kind.as_str().is_none_or(|kind| !kinds.contains(&kind)) {
                check.fault(&path, "must be one of im, mpim, private, public");
            }
        }
    }
    for key in ["exclude_external_shared_channels", "exclude_bot_users"] {
        filter.boolean(key, check);
    }
    filter.end(check);
}

/// That no more is chosen at first than may be.
fn fewest(object: &mut Object<'_>, check: &mut Check) {
    object.integer("max_selected_items", 1, 1_000, check);
    let most = object.number("max_selected_items").map(|most| most as f64);
    for key in [
        "initial_options",
        "initial_users",
        "initial_channels",
        "initial_conversations",
    ] {
        let first = object.peek(key).and_then(Value::as_array);
        let first = first.map(|first| first.len() as f64);
        object.ordered((key, first), ("max_selected_items", most), check);
    }
}

fn select(kind: &str, place: Place, object: &mut Object<'_>, check: &mut Check) {
    if kind.starts_with("multi_") {
        fewest(object, check);
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
            answers(place, object, check);
        }
        _ => {
            object.skip("initial_conversation");
            object.skip("initial_conversations");
            filter(object, check);
            object.boolean("default_to_current_conversation", check);
            answers(place, object, check);
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
