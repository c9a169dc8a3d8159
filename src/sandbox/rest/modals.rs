//! Forms: reading one from a response, and its limits.

use serde_json::Value;
use twilight_model::channel::message::component::{Component, TextInput, TextInputStyle};
use twilight_validate::component as limit;

use super::{component_limits, error::Faults, limits::read};
use crate::sandbox::person::{FieldView, ModalView};

/// "The title of the popup modal, max 45 characters."
const TITLE_LENGTH: usize = 45;

/// Reads a form from the data of a response. Whose it is and where it came from is not in there.
pub(super) fn modal(data: &Value, faults: &mut Faults) -> ModalView {
    let text = |field: &str| data[field].as_str().unwrap_or_default().to_owned();
    let (title, custom_id) = (text("title"), text("custom_id"));
    if !(1..=TITLE_LENGTH).contains(&title.chars().count()) {
        faults.bad_length("data.title", 1, TITLE_LENGTH);
    }
    if !(1..=limit::COMPONENT_CUSTOM_ID_LENGTH).contains(&custom_id.chars().count()) {
        faults.bad_length("data.custom_id", 1, limit::COMPONENT_CUSTOM_ID_LENGTH);
    }
    let list = data["components"].as_array().cloned().unwrap_or_default();
    if !(1..=limit::COMPONENT_COUNT).contains(&list.len()) {
        faults.bad_length("data.components", 1, limit::COMPONENT_COUNT);
    }
    let mut components = Vec::new();
    let mut fields = Vec::new();
    for (index, value) in list.into_iter().enumerate() {
        let path = format!("data.components.{index}");
        let Some(component) = read::<Component>(value, &path, faults) else {
            continue;
        };
        match parts(&component) {
            Some((input, label)) => fields.push(field(input, label, &path, faults)),
            None => faults.not_among(format!("{path}.type"), "1, 18"),
        }
        components.push(component);
    }
    ModalView {
        id: 0,
        title,
        custom_id,
        fields,
        components,
        person: 0,
        channel: 0,
        message: None,
        command: None,
    }
}

/// The text input of a row or label, and what it is labelled.
#[expect(
    deprecated,
    reason = "text inputs in action rows carry their label themselves"
)]
fn parts(component: &Component) -> Option<(&TextInput, &str)> {
    match component {
        Component::ActionRow(row) => match row.components.as_slice() {
            [Component::TextInput(input)] => {
                Some((input, input.label.as_deref().unwrap_or_default()))
            }
            _ => None,
        },
        Component::Label(label) => match &*label.component {
            Component::TextInput(input) => Some((input, &label.label)),
            _ => None,
        },
        _ => None,
    }
}

fn field(input: &TextInput, label: &str, path: &str, faults: &mut Faults) -> FieldView {
    if let Err(why) = limit::text_input(input, true) {
        component_limits::fault(why.kind(), &format!("{path}.components.0"), faults);
    }
    if !(limit::TEXT_INPUT_LABEL_MIN..=limit::TEXT_INPUT_LABEL_MAX).contains(&label.chars().count())
    {
        let (least, most) = (limit::TEXT_INPUT_LABEL_MIN, limit::TEXT_INPUT_LABEL_MAX);
        faults.bad_length(format!("{path}.components.0.label"), least, most);
    }
    FieldView {
        id: input.custom_id.clone(),
        label: label.to_owned(),
        paragraph: input.style == TextInputStyle::Paragraph,
        required: input.required != Some(false),
        value: input.value.clone(),
        placeholder: input.placeholder.clone(),
        min: input.min_length,
        max: input.max_length,
    }
}
