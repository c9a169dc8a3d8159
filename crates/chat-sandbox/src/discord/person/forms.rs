//! Filling in a form.

use twilight_model::{
    application::interaction::{
        InteractionData, InteractionDataResolved, InteractionType,
        modal::{
            ModalInteractionActionRow, ModalInteractionChannelSelect, ModalInteractionComponent,
            ModalInteractionData, ModalInteractionLabel, ModalInteractionMentionableSelect,
            ModalInteractionRoleSelect, ModalInteractionStringSelect, ModalInteractionTextInput,
            ModalInteractionUserSelect,
        },
    },
    channel::message::{
        Component,
        component::{SelectMenu, SelectMenuType},
    },
    id::Id,
};

use super::{Failure, Person, Reply, interact::selected, refused};
use crate::common::lengths;
use crate::discord::world::{Asked, Form, State, nothing};
use crate::discord::world::{FieldView, ModalView};

impl Person {
    /// Fills in a form: ids and texts of its fields. Fields left out keep what they were filled with. What is chosen
    /// in a menu is the value of an option or an id; several are given one by one.
    ///
    /// # Errors
    /// When a text is missing, too short or too long, or the bot does not answer.
    pub async fn submit(
        &self,
        modal: &ModalView,
        values: &[(&str, &str)],
    ) -> Result<Reply, Failure> {
        let values: Vec<_> = values
            .iter()
            .map(|(id, text)| (id.to_string(), text.to_string()))
            .collect();
        let id = self.start_submit(modal.id, &values)?;
        self.outcome(id).await
    }

    /// Sends a form without waiting for what comes of it. Returns the interaction's id.
    ///
    /// # Errors
    /// When the form is not theirs or gone, or a text is missing, too short or too long.
    pub fn start_submit(&self, modal: u64, values: &[(String, String)]) -> Result<u64, Failure> {
        let mut state = self.world.lock();
        let found = state.modals.get(&modal).cloned();
        let found = found.filter(|form| form.modal.person == self.id);
        let Some(Form {
            modal: form,
            trigger,
        }) = found
        else {
            return refused("This form is gone");
        };
        if let Some((id, _)) = values
            .iter()
            .find(|(id, _)| form.fields.iter().all(|f| f.id != *id))
        {
            return refused(format!("This form has no field {id:?}"));
        }
        let mut given = Vec::new();
        let mut resolved = nothing();
        for field in &form.fields {
            let values = match &field.menu {
                Some(menu) => {
                    let who = (self.id, form.channel);
                    chosen(&state, who, (field, menu), values, &mut resolved)
                }
                None => filled(field, values).map(|text| vec![text]),
            };
            given.push(values.map_err(Failure::Refused)?);
        }
        let menus = form.fields.iter().any(|field| field.menu.is_some());
        state.modals.remove(&modal);
        drop(state);
        let data = ModalInteractionData {
            components: rows(&form, &given),
            custom_id: form.custom_id.clone(),
            resolved: menus.then_some(resolved),
        };
        Ok(self.world.ask(Asked {
            kind: InteractionType::ModalSubmit,
            person: self.id,
            channel: form.channel,
            data: InteractionData::ModalSubmit(Box::new(data)),
            command: None,
            message: form.message,
            trigger: Some(trigger),
        }))
    }
}

/// What was chosen in a menu, if it may be sent so; what stands for it is added to `resolved`.
fn chosen(
    state: &State,
    who: (u64, u64),
    (field, menu): (&FieldView, &SelectMenu),
    values: &[(String, String)],
    resolved: &mut InteractionDataResolved,
) -> Result<Vec<String>, String> {
    let given = values.iter().filter(|(id, _)| *id == field.id);
    let given = given.map(|(_, value)| value.clone());
    let chosen: Vec<String> = given.filter(|value| !value.is_empty()).collect();
    if chosen.is_empty() && !field.required {
        return Ok(chosen);
    }
    let found = selected(state, who, menu, &chosen);
    let found = found.map_err(|why| format!("{:?}: {why}", field.label))?;
    if let Some(found) = found {
        resolved.users.extend(found.users);
        resolved.members.extend(found.members);
        resolved.roles.extend(found.roles);
        resolved.channels.extend(found.channels);
    }
    Ok(chosen)
}

/// The text of a field, if it may be sent so.
fn filled(field: &FieldView, values: &[(String, String)]) -> Result<String, String> {
    let given = values
        .iter()
        .find(|(id, _)| *id == field.id)
        .map(|(_, text)| text.clone());
    let text = given.or_else(|| field.value.clone()).unwrap_or_default();
    let length = text.chars().count();
    if length == 0 && !field.required {
        return Ok(text);
    }
    if length == 0 {
        return Err(format!("{:?} must be filled in", field.label));
    }
    let (least, most) = (field.min.unwrap_or(0), field.max.unwrap_or(4_000));
    if (usize::from(least)..=usize::from(most)).contains(&length) {
        Ok(text)
    } else {
        let least = least.max(u16::from(field.required));
        let lengths = lengths(least.into(), most.into());
        Err(format!("{:?} takes {lengths}", field.label))
    }
}

/// What was given, nested as the form's components are.
fn rows(form: &ModalView, given: &[Vec<String>]) -> Vec<ModalInteractionComponent> {
    let parts = form
        .components
        .iter()
        .zip(&form.fields)
        .zip(given)
        .zip((1..).step_by(2));
    parts
        .map(|(((component, field), values), id)| {
            let input = part(field, values, id + 1);
            match component {
                Component::Label(_) => ModalInteractionComponent::Label(ModalInteractionLabel {
                    component: Box::new(input),
                    id,
                }),
                _ => ModalInteractionComponent::ActionRow(ModalInteractionActionRow {
                    components: vec![input],
                    id,
                }),
            }
        })
        .collect()
}

fn part(field: &FieldView, values: &[String], id: i32) -> ModalInteractionComponent {
    use ModalInteractionComponent as Part;
    let custom_id = field.id.clone();
    let Some(menu) = &field.menu else {
        let value = values.concat();
        return Part::TextInput(ModalInteractionTextInput {
            custom_id,
            id,
            value,
        });
    };
    // Each of these has a type of its own, with fields of the same names.
    macro_rules! menu {
        ($part:ident $kind:ident $values:expr) => {
            Part::$part($kind {
                id,
                custom_id,
                values: $values,
            })
        };
    }
    match menu.kind {
        SelectMenuType::Channel => menu!(ChannelSelect ModalInteractionChannelSelect ids(values)),
        SelectMenuType::Mentionable => {
            menu!(MentionableSelect ModalInteractionMentionableSelect ids(values))
        }
        SelectMenuType::Role => menu!(RoleSelect ModalInteractionRoleSelect ids(values)),
        SelectMenuType::User => menu!(UserSelect ModalInteractionUserSelect ids(values)),
        _ => menu!(StringSelect ModalInteractionStringSelect values.to_vec()),
    }
}

fn ids<T>(values: &[String]) -> Vec<Id<T>> {
    let ids = values.iter().filter_map(|value| value.parse().ok());
    ids.collect()
}
