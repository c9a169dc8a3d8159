//! The limits of rows, buttons and menus.

use std::collections::HashSet;

use twilight_model::channel::message::component::{
    Button, ButtonStyle, Component, SelectMenu, SelectMenuOption, SelectMenuType,
};
use twilight_validate::component as limit;

use super::{error::Faults, fields::is_address};

/// "Link buttons: max 512 characters."
const URL_LENGTH: usize = 512;

/// The limits of an action row.
pub(super) fn row(
    components: &[Component],
    path: &str,
    seen: &mut HashSet<String>,
    faults: &mut Faults,
) {
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
            Component::Button(button) => self::button(button, &path, seen, faults),
            Component::SelectMenu(select) => self::select(select, &path, seen, faults),
            _ => faults.not_among(format!("{path}.type"), "2, 3, 5, 6, 7, 8"),
        }
    }
}

/// The limits of a custom id, which is there once in a message or form.
pub(super) fn custom_id(id: &str, path: &str, seen: &mut HashSet<String>, faults: &mut Faults) {
    let path = format!("{path}.custom_id");
    if id.is_empty() {
        faults.required(path);
    } else if id.chars().count() > limit::COMPONENT_CUSTOM_ID_LENGTH {
        faults.too_long(path, limit::COMPONENT_CUSTOM_ID_LENGTH);
    } else if !seen.insert(id.to_owned()) {
        let message = "Component custom id cannot be duplicated";
        faults.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}

/// The limits of a button.
pub(super) fn button(button: &Button, path: &str, seen: &mut HashSet<String>, faults: &mut Faults) {
    let missing = match button.style {
        ButtonStyle::Link => button.url.is_none().then_some("url"),
        ButtonStyle::Premium => button.sku_id.is_none().then_some("sku_id"),
        _ => button.custom_id.is_none().then_some("custom_id"),
    };
    if let Some(field) = missing {
        faults.required(format!("{path}.{field}"));
    }
    if button.custom_id.is_some() && button.url.is_some() {
        let message = "A custom id and url cannot both be specified";
        let code = "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE";
        faults.add(path, code, message);
    }
    if let Some(id) = &button.custom_id {
        custom_id(id, path, seen, faults);
    }
    let label = button.label.as_deref().unwrap_or_default();
    if label.chars().count() > limit::COMPONENT_BUTTON_LABEL_LENGTH {
        let most = limit::COMPONENT_BUTTON_LABEL_LENGTH;
        faults.too_long(format!("{path}.label"), most);
    }
    if label.is_empty() && button.emoji.is_none() && button.style != ButtonStyle::Premium {
        let message = "A button must have a label or an emoji";
        faults.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
    }
    if let Some(url) = &button.url {
        if !is_address(url, false) {
            let message = "Scheme must be one of ('http', 'https', 'discord').";
            faults.add(format!("{path}.url"), "URL_TYPE_INVALID_SCHEME", message);
        }
        if url.chars().count() > URL_LENGTH {
            faults.too_long(format!("{path}.url"), URL_LENGTH);
        }
    }
}

/// The limits of a menu.
pub(super) fn select(
    select: &SelectMenu,
    path: &str,
    seen: &mut HashSet<String>,
    faults: &mut Faults,
) {
    custom_id(&select.custom_id, path, seen, faults);
    let placeholder = select.placeholder.as_deref().unwrap_or_default();
    if placeholder.chars().count() > limit::SELECT_PLACEHOLDER_LENGTH {
        let most = limit::SELECT_PLACEHOLDER_LENGTH;
        faults.too_long(format!("{path}.placeholder"), most);
    }
    let (least, most) = (
        usize::from(select.min_values.unwrap_or(1)),
        usize::from(select.max_values.unwrap_or(1)),
    );
    let (min, max) = (
        limit::SELECT_MINIMUM_VALUES_LIMIT,
        limit::SELECT_MAXIMUM_VALUES_LIMIT,
    );
    faults.range(format!("{path}.min_values"), least, 0, min);
    faults.range(format!("{path}.max_values"), most, 1, max);
    if least > most {
        let message = "The minimum number of values is greater than the maximum";
        let code = "SELECT_COMPONENT_MIN_VALUES_GREATER_THAN_MAX_VALUES";
        faults.add(format!("{path}.min_values"), code, message);
    }
    if select.kind != SelectMenuType::Text {
        return;
    }
    let options = select.options.as_deref().unwrap_or_default();
    let path = format!("{path}.options");
    if !(1..=limit::SELECT_OPTION_COUNT).contains(&options.len()) {
        faults.bad_length(&path, 1, limit::SELECT_OPTION_COUNT);
    } else if most > options.len() {
        let message = format!("There are fewer options than {most}");
        faults.add(&path, "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE", message);
    }
    select_options(options, &path, faults);
    let defaults = options.iter().filter(|option| option.default).count();
    if defaults > most {
        let message = format!("The number of default options ({defaults}) exceeds {most}");
        faults.add(&path, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", message);
    }
}

fn select_options(options: &[SelectMenuOption], path: &str, faults: &mut Faults) {
    let mut values = HashSet::new();
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.{index}");
        let texts = [
            ("label", &option.label, limit::SELECT_OPTION_LABEL_LENGTH),
            ("value", &option.value, limit::SELECT_OPTION_VALUE_LENGTH),
        ];
        for (name, text, most) in texts {
            if text.is_empty() {
                faults.required(format!("{path}.{name}"));
            } else if text.chars().count() > most {
                faults.too_long(format!("{path}.{name}"), most);
            }
        }
        let description = option.description.as_deref().unwrap_or_default();
        if description.chars().count() > limit::SELECT_OPTION_DESCRIPTION_LENGTH {
            let most = limit::SELECT_OPTION_DESCRIPTION_LENGTH;
            faults.too_long(format!("{path}.description"), most);
        }
        if !values.insert(&option.value) {
            let message = "The specified option value is already used";
            let code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED";
            faults.add(format!("{path}.value"), code, message);
        }
    }
}
