//! Reads back which daily or question a message of ours is about: its buttons say so.

use poise::serenity_prelude::{ActionRowComponent, ButtonKind, Message};

use crate::app::Action;

/// What the first button of a message of ours does.
pub(crate) fn first_action(message: &Message) -> Option<Action> {
    let rows = message.components.iter();
    let mut ids = rows
        .flat_map(|row| &row.components)
        .filter_map(|component| match component {
            ActionRowComponent::Button(button) => match &button.data {
                ButtonKind::NonLink { custom_id, .. } => Some(custom_id),
                _ => None,
            },
            _ => None,
        });
    Action::decode(ids.next()?)
}
