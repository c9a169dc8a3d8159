//! Filling in a form.

use twilight_model::{
    application::interaction::{
        InteractionData, InteractionType,
        modal::{
            ModalInteractionActionRow, ModalInteractionComponent, ModalInteractionData,
            ModalInteractionLabel, ModalInteractionTextInput,
        },
    },
    channel::message::Component,
};

use super::{Failure, FieldView, ModalView, Person, Reply, refused};
use crate::world::{Asked, Form};

impl Person {
    /// Fills in a form: ids and texts of its fields. Fields left out keep what they were filled with.
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
        let mut texts = Vec::new();
        for field in &form.fields {
            texts.push(filled(field, values).map_err(Failure::Refused)?);
        }
        state.modals.remove(&modal);
        drop(state);
        let data = ModalInteractionData {
            components: rows(&form, &texts),
            custom_id: form.custom_id.clone(),
            resolved: None,
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
        Err(format!(
            "{:?} takes {least} to {most} characters",
            field.label
        ))
    }
}

/// The texts, nested as the form's components are.
fn rows(form: &ModalView, texts: &[String]) -> Vec<ModalInteractionComponent> {
    let parts = form
        .components
        .iter()
        .zip(&form.fields)
        .zip(texts)
        .zip((1..).step_by(2));
    parts
        .map(|(((component, field), text), id)| {
            let input = ModalInteractionComponent::TextInput(ModalInteractionTextInput {
                custom_id: field.id.clone(),
                id: id + 1,
                value: text.clone(),
            });
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
