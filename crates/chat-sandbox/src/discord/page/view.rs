//! What the page is told of messages, people and forms, as JSON.

use std::sync::Arc;

use serde_json::{Value, json};
use twilight_model::channel::message::{Component, Embed};

use super::markdown::{self, Names};
use crate::discord::{AuthorView, MemberView, MessageView, ModalView, Person, World};

/// How many characters of a message a reply to it shows.
const EXCERPT: usize = 120;

impl Names for World {
    fn user(&self, id: u64) -> Option<String> {
        let state = self.lock();
        let user = &state.someone(id)?.user;
        Some(
            user.global_name
                .clone()
                .unwrap_or_else(|| user.name.clone()),
        )
    }

    fn channel(&self, id: u64) -> Option<String> {
        let state = self.lock();
        state.rooms.get(&id).map(|room| state.room_name(room))
    }

    fn role(&self, id: u64) -> Option<String> {
        let state = self.lock();
        let mut roles = state.guilds.values().flat_map(|guild| &guild.roles);
        let role = roles.find(|role| role.id.get() == id)?;
        Some(role.name.clone())
    }
}

/// A message as `person` sees it.
pub(super) fn message(world: &Arc<World>, person: &Person, message: &MessageView) -> Value {
    let local = |url: &str| local(world, person, url);
    let embeds = message.embeds.iter().map(|data| embed(world, data, local));
    let files = message.attachments.iter().map(|file| {
        json!({ "name": file.name, "size": file.size, "url": local(&file.url), "content_type": file.content_type })
    });
    let reactions = message.reactions.iter().map(
        |reaction| json!({ "emoji": reaction.emoji, "count": reaction.count, "me": reaction.me }),
    );
    json!({
        "id": message.id.to_string(),
        "channel": message.channel.to_string(),
        "author": author(&message.author),
        "timestamp": message.timestamp,
        "edited": message.edited,
        "html": markdown::render(&message.content, &**world),
        "content": message.content,
        "pings": message.pings,
        "reply_to": message.reply_to.map(|to| replied(world, person, to)),
        "command": message.command.as_ref().map(|(name, user)| json!({ "name": name, "user": author(user) })),
        "ephemeral": message.ephemeral,
        "thinking": message.thinking,
        "embeds": embeds.collect::<Vec<_>>(),
        "components": message.components,
        "attachments": files.collect::<Vec<_>>(),
        "reactions": reactions.collect::<Vec<_>>(),
    })
}

/// What stands above a reply; without an author if the message is gone.
fn replied(world: &World, person: &Person, to: u64) -> Value {
    let (author, excerpt) = match person.message(to) {
        Some(message) => {
            let text = markdown::plain(&message.text(), world);
            (
                Some(author(&message.author)),
                text.chars().take(EXCERPT).collect(),
            )
        }
        None => (None, "The original message was deleted".to_owned()),
    };
    json!({ "id": to.to_string(), "author": author, "excerpt": excerpt })
}

/// An embed. `local` makes an address that its reader can open of one of ours.
pub(super) fn embed(world: &World, embed: &Embed, local: impl Fn(&str) -> String) -> Value {
    let html = |text: &Option<String>| text.as_deref().map(|text| markdown::render(text, world));
    let fields = embed.fields.iter().map(|field| {
        json!({
            "name_html": markdown::render_line(&field.name, world),
            "value_html": markdown::render(&field.value, world),
            "inline": field.inline,
        })
    });
    json!({
        "title_html": embed.title.as_deref().map(|title| markdown::render_line(title, world)),
        "url": embed.url,
        "description_html": html(&embed.description),
        "color": embed.color.map(color),
        "author": embed.author.as_ref().map(|author| json!({ "name": author.name, "url": author.url })),
        "fields": fields.collect::<Vec<_>>(),
        "image": embed.image.as_ref().map(|image| local(&image.url)),
        "thumbnail": embed.thumbnail.as_ref().map(|image| local(&image.url)),
        "footer": embed.footer.as_ref().map(|footer| footer.text.clone()),
        "timestamp": embed.timestamp.map(|time| time.iso_8601().to_string()),
    })
}

/// Files of this sandbox by their path alone, which holds by whatever name the browser came here, and
/// for this person only.
fn local(world: &World, person: &Person, url: &str) -> String {
    let host = url.strip_prefix("http://").unwrap_or_default();
    let path = host.find('/').map_or("", |at| &host[at..]);
    if !path.starts_with("/files/") {
        return url.to_owned();
    }
    let path = path.split('?').next().unwrap_or_default();
    let state = world.lock();
    let key = state.someone(person.id()).map(|someone| &someone.key);
    let key = key.map_or("", String::as_str);
    format!("{path}?as={}&key={key}", person.id())
}

fn color(rgb: u32) -> String {
    format!("#{rgb:06x}")
}

/// Someone as the author of a message.
pub(super) fn author(author: &AuthorView) -> Value {
    json!({
        "id": author.id.to_string(),
        "name": author.display,
        "username": author.name,
        "color": color(author.color),
        "bot": author.bot,
    })
}

/// What a newcomer is told.
pub(super) fn introduction(world: &World) -> Value {
    let told = &world.introduction;
    // It may go on in the same sentence, or in one of its own.
    let line = |text: &str| {
        let gap = if text.starts_with(' ') { " " } else { "" };
        format!("{gap}{}", markdown::render_line(text, world))
    };
    let steps = told.steps.iter().map(|step| {
        json!({
            "name": step.name,
            "action_html": line(&step.action),
            "rest_html": line(&step.rest),
            "button": step.button,
            "done": step.done,
            "after_last": step.after_last,
            "by_another": step.by_another,
        })
    });
    json!({
        "title": told.title,
        "html": line(&told.text),
        "steps": steps.collect::<Vec<_>>(),
        "end_html": line(&told.end),
    })
}

/// Someone in the member list.
pub(super) fn member(member: &MemberView) -> Value {
    let mut value = author(&member.author);
    value["admin"] = json!(member.admin);
    value["away"] = json!(member.away);
    value["roles"] = json!(member.roles);
    value
}

/// The roles one can name, which is all but `@everyone`.
pub(super) fn roles(world: &World) -> Vec<Value> {
    let state = world.lock();
    let named = state
        .roles_of(Some(state.home))
        .iter()
        .filter(|role| role.id.get() != state.home);
    named
        .map(|role| json!({ "id": role.id, "name": role.name }))
        .collect()
}

/// A form.
pub(super) fn modal(modal: &ModalView) -> Value {
    let fields = modal.fields.iter().map(|field| {
        json!({
            "id": field.id,
            "label": field.label,
            "style": if field.paragraph { "paragraph" } else { "short" },
            "required": field.required,
            "value": field.value,
            "placeholder": field.placeholder,
            "min": field.min,
            "max": field.max,
            "menu": field.menu.as_ref().map(|menu| Component::SelectMenu((**menu).clone())),
        })
    });
    json!({ "id": modal.id.to_string(), "title": modal.title, "fields": fields.collect::<Vec<_>>() })
}
