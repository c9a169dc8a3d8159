//! What a person sees: messages, forms and choices.

use chrono::{DateTime, Utc};
use serde_json::Value;
use twilight_model::channel::message::{
    Component, Embed, MessageFlags,
    component::{Button, ButtonStyle, SelectMenu},
};

use crate::discord::world::{SILENCE, State, StoredMessage};

/// Who wrote something.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuthorView {
    /// Their id.
    pub id: u64,
    /// Their user name, such as `ana`.
    pub name: String,
    /// Their display name, such as `Ana`.
    pub display: String,
    /// Their colour, 0xRRGGBB.
    pub color: u32,
    /// Whether it is the bot.
    pub bot: bool,
}

/// A file on a message; [`World::file`](crate::discord::World::file) has its bytes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AttachmentView {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its address.
    pub url: String,
    /// Its media type.
    pub content_type: String,
}

/// The reactions with one emoji.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReactionView {
    /// The emoji.
    pub emoji: String,
    /// How many reacted so.
    pub count: usize,
    /// Whether the viewer did.
    pub me: bool,
}

/// A button.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ButtonView {
    /// What is written on it.
    pub label: String,
    /// What the bot knows it by; links have none.
    pub custom_id: Option<String>,
    /// Where a link leads.
    pub url: Option<String>,
    /// Whether it can't be clicked.
    pub disabled: bool,
    /// How it looks.
    pub style: ButtonStyle,
}

/// A select menu.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SelectView {
    /// What the bot knows it by.
    pub custom_id: String,
    /// What it says while nothing is chosen.
    pub placeholder: Option<String>,
    /// Labels and values of its options; none where people or channels are chosen.
    pub options: Vec<(String, String)>,
    /// Whether it can't be used.
    pub disabled: bool,
}

/// A message as one person sees it.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// Its id.
    pub id: u64,
    /// The id of its channel.
    pub channel: u64,
    /// The name of its channel.
    pub channel_name: String,
    /// Who wrote it.
    pub author: AuthorView,
    /// Its text, as it was written.
    pub content: String,
    /// Its embeds.
    pub embeds: Vec<Embed>,
    /// Its components.
    pub components: Vec<Component>,
    /// Its files.
    pub attachments: Vec<AttachmentView>,
    /// The reactions to it.
    pub reactions: Vec<ReactionView>,
    /// The message it replies to.
    pub reply_to: Option<u64>,
    /// Whether it pings the one who sees it.
    pub pings: bool,
    /// The command it answers, and who used it.
    pub command: Option<(String, AuthorView)>,
    /// Whether only the viewer sees it.
    pub ephemeral: bool,
    /// Whether it only says that the application is thinking.
    pub thinking: bool,
    /// Whether it was edited.
    pub edited: bool,
    /// When it was posted.
    pub timestamp: DateTime<Utc>,
}

impl MessageView {
    pub(crate) fn of(state: &State, viewer: u64, stored: &StoredMessage) -> Self {
        let message = &stored.message;
        let channel = message.channel_id.get();
        let flags = message.flags.unwrap_or(MessageFlags::empty());
        let room = state.rooms.get(&channel);
        let command = stored.command.as_ref();
        let loading = flags.contains(MessageFlags::LOADING);
        let lapsed = loading && state.lapsed(message.timestamp);
        Self {
            id: message.id.get(),
            channel,
            channel_name: room.map(|room| state.room_name(room)).unwrap_or_default(),
            author: author(state, message.author.id.get()),
            content: if lapsed {
                SILENCE.to_owned()
            } else {
                message.content.clone()
            },
            embeds: message.embeds.clone(),
            components: message.components.clone(),
            attachments: attachments(stored),
            reactions: reactions(stored, viewer),
            reply_to: message
                .reference
                .as_ref()
                .and_then(|r| r.message_id)
                .map(|id| id.get()),
            pings: message.mention_everyone
                || message.mentions.iter().any(|user| user.id.get() == viewer),
            command: command.map(|(name, user)| (name.clone(), author(state, *user))),
            ephemeral: stored.only.is_some(),
            thinking: loading && !lapsed,
            edited: message.edited_timestamp.is_some(),
            timestamp: DateTime::from_timestamp_micros(message.timestamp.as_micros())
                .unwrap_or_default(),
        }
    }

    /// Everything there is to read: the content, each embed's author, title, description, fields and
    /// footer, and each text among the components, a line each.
    pub fn text(&self) -> String {
        let mut lines = vec![self.content.as_str()];
        for embed in &self.embeds {
            lines.extend(embed.author.as_ref().map(|author| author.name.as_str()));
            lines.extend(embed.title.as_deref());
            lines.extend(embed.description.as_deref());
            lines.extend(
                embed
                    .fields
                    .iter()
                    .flat_map(|field| [&*field.name, &*field.value]),
            );
            lines.extend(embed.footer.as_ref().map(|footer| footer.text.as_str()));
        }
        lines.extend(
            flatten(&self.components)
                .into_iter()
                .filter_map(|part| match part {
                    Component::TextDisplay(text) => Some(text.content.as_str()),
                    _ => None,
                }),
        );
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// Its buttons, in order.
    pub fn buttons(&self) -> Vec<ButtonView> {
        let parts = flatten(&self.components).into_iter();
        parts
            .filter_map(|part| {
                if let Component::Button(button) = part {
                    Some(button)
                } else {
                    None
                }
            })
            .map(button_view)
            .collect()
    }

    /// The first button with that label.
    pub fn button(&self, label: &str) -> Option<ButtonView> {
        self.buttons()
            .into_iter()
            .find(|button| button.label == label)
    }

    /// Its select menus, in order.
    pub fn selects(&self) -> Vec<SelectView> {
        let parts = flatten(&self.components).into_iter();
        parts
            .filter_map(|part| {
                if let Component::SelectMenu(menu) = part {
                    Some(menu)
                } else {
                    None
                }
            })
            .map(select_view)
            .collect()
    }
}

/// Every component in a message, whatever it is nested in, in order.
pub(super) fn flatten(components: &[Component]) -> Vec<&Component> {
    let mut all = Vec::new();
    for component in components {
        match component {
            Component::ActionRow(row) => all.extend(flatten(&row.components)),
            Component::Container(container) => all.extend(flatten(&container.components)),
            Component::Section(section) => {
                all.extend(flatten(&section.components));
                all.push(&section.accessory);
            }
            other => all.push(other),
        }
    }
    all
}

fn button_view(button: &Button) -> ButtonView {
    use twilight_model::channel::message::EmojiReactionType as Emoji;
    let emoji = match &button.emoji {
        Some(Emoji::Unicode { name }) => name.clone(),
        Some(Emoji::Custom { name, .. }) => name.clone().unwrap_or_default(),
        None => String::new(),
    };
    ButtonView {
        label: button.label.clone().unwrap_or(emoji),
        custom_id: button.custom_id.clone(),
        url: button.url.clone(),
        disabled: button.disabled,
        style: button.style,
    }
}

fn select_view(menu: &SelectMenu) -> SelectView {
    let options = menu.options.as_deref().unwrap_or_default();
    SelectView {
        custom_id: menu.custom_id.clone(),
        placeholder: menu.placeholder.clone(),
        options: options
            .iter()
            .map(|o| (o.label.clone(), o.value.clone()))
            .collect(),
        disabled: menu.disabled,
    }
}

/// How someone is shown who wrote something.
pub(crate) fn author(state: &State, id: u64) -> AuthorView {
    let user = state.user(id);
    AuthorView {
        id,
        display: user.global_name.unwrap_or_else(|| user.name.clone()),
        name: user.name,
        color: state
            .someone(id)
            .map(|someone| someone.color)
            .unwrap_or_default(),
        bot: user.bot,
    }
}

fn attachments(stored: &StoredMessage) -> Vec<AttachmentView> {
    let view = |file: &twilight_model::channel::Attachment| AttachmentView {
        name: file.filename.clone(),
        size: file.size,
        url: file.url.clone(),
        content_type: file.content_type.clone().unwrap_or_default(),
    };
    stored.message.attachments.iter().map(view).collect()
}

fn reactions(stored: &StoredMessage, viewer: u64) -> Vec<ReactionView> {
    let view = |(emoji, users): &(String, Vec<u64>)| ReactionView {
        emoji: emoji.clone(),
        count: users.len(),
        me: users.contains(&viewer),
    };
    stored.reactions.iter().map(view).collect()
}

/// A choice offered while typing a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is shown.
    pub name: String,
    /// What is sent: a text or a number.
    pub value: Value,
}
