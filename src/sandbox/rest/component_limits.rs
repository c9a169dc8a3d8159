//! The limits of components.

use std::collections::HashSet;

use serde_json::Value;
use twilight_model::channel::message::component::{
    Button, ButtonStyle, Component, SelectMenu, SelectMenuType,
};
use twilight_validate::component::{self as limit, ComponentValidationErrorType as Kind};

use super::{
    error::Faults,
    limits::{is_address, read},
};

/// "Link buttons: max 512 characters."
const URL_LENGTH: usize = 512;

/// Reads the components of a message at `path`; `v2` when the message is made of nothing else.
pub(super) fn components(
    data: &Value,
    path: &str,
    v2: bool,
    faults: &mut Faults,
) -> Option<Vec<Component>> {
    let list = data
        .get("components")?
        .as_array()
        .cloned()
        .unwrap_or_default();
    let most = if v2 {
        limit::COMPONENT_V2_COUNT
    } else {
        limit::COMPONENT_COUNT
    };
    if list.len() > most {
        faults.too_long(path, most);
    }
    let mut components = Vec::new();
    let mut seen = HashSet::new();
    for (index, value) in list.into_iter().enumerate() {
        let path = format!("{path}.{index}");
        let Some(component) = read::<Component>(value, &path, faults) else {
            continue;
        };
        match &component {
            Component::ActionRow(row) => self::row(&row.components, &path, &mut seen, faults),
            other if v2 => {
                if let Err(why) = limit::component_v2(other) {
                    faults.add(&path, "COMPONENT_INVALID", why.to_string());
                }
            }
            _ => faults.not_among(format!("{path}.type"), "1"),
        }
        components.push(component);
    }
    Some(components)
}

fn row(components: &[Component], path: &str, seen: &mut HashSet<String>, faults: &mut Faults) {
    let path = format!("{path}.components");
    if components.is_empty() || components.len() > limit::ACTION_ROW_COMPONENT_COUNT {
        faults.bad_length(&path, 1, limit::ACTION_ROW_COMPONENT_COUNT);
    }
    let selects = components
        .iter()
        .filter(|c| matches!(c, Component::SelectMenu(_)))
        .count();
    if selects > 0 && components.len() > 1 {
        let message = "A select menu fills its row.";
        faults.add(&path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
    }
    for (index, component) in components.iter().enumerate() {
        let path = format!("{path}.{index}");
        match component {
            Component::Button(button) => self::button(button, &path, faults),
            Component::SelectMenu(select) => self::select(select, &path, faults),
            _ => faults.not_among(format!("{path}.type"), "2, 3, 5, 6, 7, 8"),
        }
        if let Some(id) = custom_id(component)
            && !seen.insert(id.to_owned())
        {
            let message = "Component custom id cannot be duplicated";
            faults.add(
                format!("{path}.custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                message,
            );
        }
    }
}

/// The custom id of a button or select.
pub(super) fn custom_id(component: &Component) -> Option<&str> {
    match component {
        Component::Button(button) => button.custom_id.as_deref(),
        Component::SelectMenu(select) => Some(&select.custom_id),
        _ => None,
    }
}

fn button(button: &Button, path: &str, faults: &mut Faults) {
    if let Err(why) = limit::button(button) {
        fault(why.kind(), path, faults);
    }
    if button.custom_id.as_ref().is_some_and(String::is_empty) {
        faults.required(format!("{path}.custom_id"));
    }
    let label = button.label.as_deref().unwrap_or_default();
    if label.is_empty() && button.emoji.is_none() && button.style != ButtonStyle::Premium {
        let message = "A button must have a label or an emoji";
        faults.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
    }
    if let Some(url) = &button.url {
        if !is_address(url, false) {
            let message = "Scheme must be one of ('http', 'https', 'discord').";
            faults.add(format!("{path}.url"), "URL_TYPE_INVALID_SCHEME", message);
        }
        if url.len() > URL_LENGTH {
            faults.too_long(format!("{path}.url"), URL_LENGTH);
        }
    }
}

fn select(select: &SelectMenu, path: &str, faults: &mut Faults) {
    if let Err(why) = limit::select_menu(select, true) {
        fault(why.kind(), path, faults);
    }
    if select.custom_id.is_empty() {
        faults.required(format!("{path}.custom_id"));
    }
    if select.kind != SelectMenuType::Text {
        return;
    }
    let options = select.options.as_deref().unwrap_or_default();
    if options.is_empty() {
        faults.bad_length(format!("{path}.options"), 1, limit::SELECT_OPTION_COUNT);
    }
    let mut values = HashSet::new();
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{index}");
        for (name, text) in [("label", &option.label), ("value", &option.value)] {
            if text.is_empty() {
                faults.required(format!("{path}.{name}"));
            }
        }
        if !values.insert(&option.value) {
            let message = "The specified option value is already used";
            faults.add(
                format!("{path}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                message,
            );
        }
    }
    let defaults = options.iter().filter(|option| option.default).count();
    let most = usize::from(select.max_values.unwrap_or(1));
    if defaults > most {
        let message = format!("The number of default options ({defaults}) exceeds {most}");
        faults.add(
            format!("{path}.options"),
            "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
            message,
        );
    }
}

/// The place and text of a limit that twilight found breached.
pub(super) fn fault(kind: &Kind, path: &str, faults: &mut Faults) {
    let longest = |faults: &mut Faults, field: &str, most: usize| {
        faults.too_long(format!("{path}.{field}"), most);
    };
    let between = |faults: &mut Faults, field: &str, least: usize, most: usize| {
        faults.bad_length(format!("{path}.{field}"), least, most);
    };
    match kind {
        Kind::ButtonConflict => {
            let message = "A custom id and url cannot both be specified";
            faults.add(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                message,
            );
        }
        Kind::ButtonStyle {
            style: ButtonStyle::Link,
        } => faults.required(format!("{path}.url")),
        Kind::ButtonStyle { .. } => faults.required(format!("{path}.custom_id")),
        Kind::ComponentCustomIdLength { .. } => {
            longest(faults, "custom_id", limit::COMPONENT_CUSTOM_ID_LENGTH);
        }
        Kind::ComponentLabelLength { .. } => {
            longest(faults, "label", limit::COMPONENT_BUTTON_LABEL_LENGTH);
        }
        Kind::SelectOptionsMissing => faults.required(format!("{path}.options")),
        Kind::SelectOptionCount { .. } => {
            between(faults, "options", 1, limit::SELECT_OPTION_COUNT);
        }
        Kind::SelectOptionLabelLength { .. } => {
            longest(faults, "options.label", limit::SELECT_OPTION_LABEL_LENGTH);
        }
        Kind::SelectOptionValueLength { .. } => {
            longest(faults, "options.value", limit::SELECT_OPTION_VALUE_LENGTH);
        }
        Kind::SelectOptionDescriptionLength { .. } => {
            longest(
                faults,
                "options.description",
                limit::SELECT_OPTION_DESCRIPTION_LENGTH,
            );
        }
        Kind::SelectPlaceholderLength { .. } => {
            longest(faults, "placeholder", limit::SELECT_PLACEHOLDER_LENGTH);
        }
        Kind::TextInputLabelLength { .. } => {
            between(
                faults,
                "label",
                limit::TEXT_INPUT_LABEL_MIN,
                limit::TEXT_INPUT_LABEL_MAX,
            );
        }
        Kind::TextInputPlaceholderLength { .. } => {
            longest(faults, "placeholder", limit::TEXT_INPUT_PLACEHOLDER_MAX);
        }
        Kind::TextInputValueLength { .. } => longest(faults, "value", limit::TEXT_INPUT_LENGTH_MAX),
        other => faults.add(path, "COMPONENT_INVALID", format!("{other:?}")),
    }
}
