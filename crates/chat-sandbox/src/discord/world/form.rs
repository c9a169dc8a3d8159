//! Forms: what pops up on a screen to be filled in.

use twilight_model::channel::message::component::{Component, SelectMenu};

/// A form that popped up.
#[derive(Clone, Debug)]
pub struct ModalView {
    /// What the page and tests know it by.
    pub id: u64,
    /// Its title.
    pub title: String,
    /// What the bot knows it by.
    pub custom_id: String,
    /// Its fields, in order.
    pub fields: Vec<FieldView>,
    /// Its components as the bot sent them.
    pub components: Vec<Component>,
    /// Whose screen it is on.
    pub person: u64,
    /// The channel it popped up in.
    pub channel: u64,
    /// The message whose component brought it up.
    pub message: Option<u64>,
    /// The command that brought it up.
    pub command: Option<String>,
}

/// A field of a form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldView {
    /// What the bot knows it by.
    pub id: String,
    /// What stands above it.
    pub label: String,
    /// Whether it has several lines.
    pub paragraph: bool,
    /// Whether it must be filled in.
    pub required: bool,
    /// What it is filled with at first.
    pub value: Option<String>,
    /// What it says while it is empty.
    pub placeholder: Option<String>,
    /// The least number of characters.
    pub min: Option<u16>,
    /// The greatest number of characters.
    pub max: Option<u16>,
    /// The menu to choose from, where nothing is to be written.
    pub menu: Option<Box<SelectMenu>>,
}
