//! Forms: reading one from a response, and its limits.

use std::collections::HashSet;

use serde_json::Value;
use twilight_model::channel::message::component::{Component, TextInput, TextInputStyle};
use twilight_validate::component as limit;

use super::{
    control_limits::{custom_id, select},
    error::Faults,
    fields,
};
use crate::discord::world::{FieldView, ModalView};

/// "The title of the popup modal, max 45 characters."
const TITLE_LENGTH: usize = 45;

/// Reads a form from the data of a response. Whose it is and where it came from is not in there.
pub(super) fn modal(data: &Value, faults: &mut Faults) -> ModalView {
    let text = |field: &str| data[field].as_str().unwrap_or_default().to_owned();
    let (title, id) = (text("title"), text("custom_id"));
    if !(1..=TITLE_LENGTH).contains(&title.chars().count()) {
        faults.bad_length("data.title", 1, TITLE_LENGTH);
    }
    if !(1..=limit::COMPONENT_CUSTOM_ID_LENGTH).contains(&id.chars().count()) {
        faults.bad_length("data.custom_id", 1, limit::COMPONENT_CUSTOM_ID_LENGTH);
    }
    let list = fields::list(&data["components"], "data.components", faults);
    if !(1..=limit::COMPONENT_COUNT).contains(&list.len()) {
        faults.bad_length("data.components", 1, limit::COMPONENT_COUNT);
    }
    let (mut components, mut fields) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for (index, value) in list.into_iter().enumerate() {
        let path = format!("data.components.{index}");
        let Some(component) = fields::read::<Component>(value, &path, faults) else {
            continue;
        };
        let menu = menu(&component, &path, &mut seen, faults);
        let text = || Labelled::of(&component, &path);
        match menu.or_else(|| Some(text()?.field(&mut seen, faults))) {
            Some(field) => fields.push(field),
            None => {
                // Discord itself takes files, boxes to tick and bare texts as well.
                let message = "Forms of the local Discord hold text inputs and menus only";
                faults.add(format!("{path}.type"), "BASE_TYPE_CHOICES", message);
            }
        }
        components.push(component);
    }
    ModalView {
        id: 0,
        title,
        custom_id: id,
        fields,
        components,
        person: 0,
        channel: 0,
        message: None,
        command: None,
    }
}

/// The field of a label with a menu in it.
fn menu(
    component: &Component,
    path: &str,
    seen: &mut HashSet<String>,
    faults: &mut Faults,
) -> Option<FieldView> {
    let Component::Label(label) = component else {
        return None;
    };
    let Component::SelectMenu(menu) = &*label.component else {
        return None;
    };
    select(menu, &format!("{path}.component"), seen, faults);
    check_label(&label.label, format!("{path}.label"), faults);
    Some(FieldView {
        id: menu.custom_id.clone(),
        label: label.label.clone(),
        paragraph: false,
        required: menu.required != Some(false),
        value: None,
        placeholder: menu.placeholder.clone(),
        min: None,
        max: None,
        menu: Some(Box::new(menu.clone())),
    })
}

fn check_label(label: &str, at: String, faults: &mut Faults) {
    let (least, most) = (limit::TEXT_INPUT_LABEL_MIN, limit::TEXT_INPUT_LABEL_MAX);
    if !(least..=most).contains(&label.chars().count()) {
        faults.bad_length(at, least, most);
    }
}

/// A text input, what it is labelled, and where both stand.
struct Labelled<'a> {
    input: &'a TextInput,
    at: String,
    label: &'a str,
    label_at: String,
}

impl<'a> Labelled<'a> {
    /// The text input of a row or label at `path`.
    #[expect(
        deprecated,
        reason = "text inputs in action rows carry their label themselves"
    )]
    fn of(component: &'a Component, path: &str) -> Option<Self> {
        match component {
            Component::ActionRow(row) => {
                let [Component::TextInput(input)] = row.components.as_slice() else {
                    return None;
                };
                let at = format!("{path}.components.0");
                Some(Self {
                    input,
                    label: input.label.as_deref().unwrap_or_default(),
                    label_at: format!("{at}.label"),
                    at,
                })
            }
            Component::Label(label) => {
                let Component::TextInput(input) = &*label.component else {
                    return None;
                };
                Some(Self {
                    input,
                    at: format!("{path}.component"),
                    label: &label.label,
                    label_at: format!("{path}.label"),
                })
            }
            _ => None,
        }
    }

    fn field(&self, seen: &mut HashSet<String>, faults: &mut Faults) -> FieldView {
        let Self { input, at, .. } = self;
        custom_id(&input.custom_id, at, seen, faults);
        check_label(self.label, self.label_at.clone(), faults);
        let texts = [
            (
                "placeholder",
                &input.placeholder,
                limit::TEXT_INPUT_PLACEHOLDER_MAX,
            ),
            ("value", &input.value, limit::TEXT_INPUT_LENGTH_MAX),
        ];
        for (name, text, most) in texts {
            if text
                .as_ref()
                .is_some_and(|text| text.chars().count() > most)
            {
                faults.too_long(format!("{at}.{name}"), most);
            }
        }
        let (least, most) = (input.min_length, input.max_length);
        for (name, length, from) in [("min_length", least, 0), ("max_length", most, 1)] {
            if let Some(length) = length {
                let longest = limit::TEXT_INPUT_LENGTH_MAX;
                faults.range(format!("{at}.{name}"), usize::from(length), from, longest);
            }
        }
        if least.zip(most).is_some_and(|(least, most)| least > most) {
            let message = "The minimum length is greater than the maximum";
            let code = "TEXT_INPUT_COMPONENT_MIN_LENGTH_GREATER_THAN_MAX_LENGTH";
            faults.add(format!("{at}.min_length"), code, message);
        }
        FieldView {
            id: input.custom_id.clone(),
            label: self.label.to_owned(),
            paragraph: input.style == TextInputStyle::Paragraph,
            required: input.required != Some(false),
            value: input.value.clone(),
            placeholder: input.placeholder.clone(),
            min: input.min_length,
            max: input.max_length,
            menu: None,
        }
    }
}
