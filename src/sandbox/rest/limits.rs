//! The limits of messages: what is wrong with a body, field by field.

use chrono::DateTime;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use twilight_model::channel::message::{AllowedMentions, Embed, MessageFlags};
use twilight_validate::{embed as limit, message as message_limit};

use super::{
    body::{Body, id},
    component_limits,
    error::{Error, Faults},
};
use crate::sandbox::world::Content;

/// "Up to 25 characters."
const NONCE_LENGTH: usize = 25;

/// How many users or roles one may allow to be mentioned.
const MENTIONS: usize = 100;

/// How many files one message may carry.
const FILES: usize = 10;

/// Reads what a message is to say from `data`, which is at `prefix` in the body.
pub(super) fn content(data: &Value, prefix: &str, body: &Body, faults: &mut Faults) -> Content {
    let at = |field: &str| format!("{prefix}{field}");
    let text = match &data["content"] {
        Value::Null if data.get("content").is_some() => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    };
    let longest = message_limit::MESSAGE_CONTENT_LENGTH_MAX;
    if text
        .as_ref()
        .is_some_and(|text| text.chars().count() > longest)
    {
        faults.too_long(at("content"), longest);
    }
    if body.files.len() > FILES {
        faults.too_long(at("files"), FILES);
    }
    let nonce = data["nonce"].as_str().unwrap_or_default();
    if nonce.chars().count() > NONCE_LENGTH {
        faults.too_long(at("nonce"), NONCE_LENGTH);
    }
    let flags = data["flags"].as_u64().map(MessageFlags::from_bits_truncate);
    let v2 = flags.is_some_and(|flags| flags.contains(MessageFlags::IS_COMPONENTS_V2));
    let keep = data["attachments"].as_array();
    Content {
        content: text,
        embeds: embeds(data, &at("embeds"), faults),
        components: component_limits::components(data, &at("components"), v2, faults),
        keep: keep.map(|list| list.iter().filter_map(|entry| id(&entry["id"])).collect()),
        uploads: body.uploads(),
        flags,
        allowed_mentions: allowed_mentions(data, &at("allowed_mentions"), faults),
    }
}

/// Refuses a new message without anything in it.
pub(super) fn not_empty(content: &Content) -> Result<(), Error> {
    let empty = content
        .content
        .as_deref()
        .unwrap_or_default()
        .trim()
        .is_empty()
        && content.embeds.as_ref().is_none_or(Vec::is_empty)
        && content.components.as_ref().is_none_or(Vec::is_empty)
        && content.uploads.is_empty();
    if empty {
        Err(Error::empty_message())
    } else {
        Ok(())
    }
}

/// One value of a wire type, or a fault at its place.
pub(super) fn read<T: DeserializeOwned>(
    value: Value,
    path: &str,
    faults: &mut Faults,
) -> Option<T> {
    match serde_json::from_value(value) {
        Ok(value) => Some(value),
        Err(why) => {
            faults.add(
                path,
                "DICT_TYPE_CONVERT",
                format!("Could not be read: {why}."),
            );
            None
        }
    }
}

fn allowed_mentions(data: &Value, path: &str, faults: &mut Faults) -> Option<AllowedMentions> {
    let value = data
        .get("allowed_mentions")
        .filter(|value| !value.is_null())?;
    let mentions: AllowedMentions = read(value.clone(), path, faults)?;
    use twilight_model::channel::message::MentionType as Kind;
    let lists = [
        ("users", mentions.users.len(), Kind::Users),
        ("roles", mentions.roles.len(), Kind::Roles),
    ];
    for (name, count, kind) in lists {
        if count > MENTIONS {
            faults.too_long(format!("{path}.{name}"), MENTIONS);
        }
        if count > 0 && mentions.parse.contains(&kind) {
            let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
            faults.add(
                path,
                code,
                format!("parse:[\"{name}\"] and {name}: [ids...] are mutually exclusive."),
            );
        }
    }
    Some(mentions)
}

fn embeds(data: &Value, path: &str, faults: &mut Faults) -> Option<Vec<Embed>> {
    let value = data.get("embeds")?;
    let list = value.as_array().cloned().unwrap_or_default();
    if list.len() > message_limit::EMBED_COUNT_LIMIT {
        faults.too_long(path, message_limit::EMBED_COUNT_LIMIT);
    }
    let mut embeds = Vec::new();
    for (index, mut value) in list.into_iter().enumerate() {
        let path = format!("{path}.{index}");
        complete(&mut value, &path, faults);
        if let Some(embed) = read::<Embed>(value, &path, faults) {
            check(&embed, &path, faults);
            embeds.push(embed);
        }
    }
    if embeds.iter().map(limit::chars).sum::<usize>() > limit::EMBED_TOTAL_LENGTH {
        let most = limit::EMBED_TOTAL_LENGTH;
        let message = format!("Embed size exceeds maximum size of {most}");
        faults.add(path, "MAX_EMBED_SIZE_EXCEEDED", message);
    }
    Some(embeds)
}

/// Adds what Discord takes for granted and the wire type requires.
fn complete(embed: &mut Value, path: &str, faults: &mut Faults) {
    embed["type"] = json!("rich");
    if let Some(text) = embed["timestamp"].as_str() {
        // The wire type reads one way of writing a time only.
        embed["timestamp"] = match DateTime::parse_from_rfc3339(text) {
            Ok(time) => json!(
                time.to_utc()
                    .format("%Y-%m-%dT%H:%M:%S%.6f+00:00")
                    .to_string()
            ),
            Err(_) => {
                let message = format!("Could not parse {text}. Should be ISO8601.");
                faults.add(format!("{path}.timestamp"), "DATETIME_TYPE_PARSE", message);
                Value::Null
            }
        };
    }
    for field in embed["fields"].as_array_mut().into_iter().flatten() {
        if field.get("inline").is_none_or(Value::is_null) {
            field["inline"] = json!(false);
        }
    }
    if embed["fields"].is_null() {
        embed["fields"] = json!([]);
    }
}

fn check(embed: &Embed, path: &str, faults: &mut Faults) {
    let mut longest = |field: &str, text: Option<&String>, most: usize| {
        if text.is_some_and(|text| text.chars().count() > most) {
            faults.too_long(format!("{path}.{field}"), most);
        }
    };
    longest("title", embed.title.as_ref(), limit::TITLE_LENGTH);
    longest(
        "description",
        embed.description.as_ref(),
        limit::DESCRIPTION_LENGTH,
    );
    let footer = embed.footer.as_ref().map(|footer| &footer.text);
    longest("footer.text", footer, limit::FOOTER_TEXT_LENGTH);
    let author = embed.author.as_ref().map(|author| &author.name);
    longest("author.name", author, limit::AUTHOR_NAME_LENGTH);
    if embed
        .color
        .is_some_and(|color| color > limit::COLOR_MAXIMUM)
    {
        let message = format!(
            "int value should be less than or equal to {}.",
            limit::COLOR_MAXIMUM
        );
        faults.add(format!("{path}.color"), "NUMBER_TYPE_MAX", message);
    }
    if embed.fields.len() > limit::FIELD_COUNT {
        faults.too_long(format!("{path}.fields"), limit::FIELD_COUNT);
    }
    for (index, field) in embed.fields.iter().enumerate() {
        let parts = [
            ("name", &field.name, limit::FIELD_NAME_LENGTH),
            ("value", &field.value, limit::FIELD_VALUE_LENGTH),
        ];
        for (name, text, most) in parts {
            let path = format!("{path}.fields.{index}.{name}");
            if text.trim().is_empty() {
                faults.required(path);
            } else if text.chars().count() > most {
                faults.too_long(path, most);
            }
        }
    }
    let image = embed.image.as_ref().map(|image| &image.url);
    let thumbnail = embed.thumbnail.as_ref().map(|thumbnail| &thumbnail.url);
    let addresses = [
        ("url", embed.url.as_ref(), false),
        (
            "author.url",
            embed.author.as_ref().and_then(|author| author.url.as_ref()),
            false,
        ),
        ("image.url", image, true),
        ("thumbnail.url", thumbnail, true),
    ];
    for (name, url, file) in addresses {
        if url.is_some_and(|url| !is_address(url, file)) {
            faults.add(
                format!("{path}.{name}"),
                "URL_TYPE_INVALID_URL",
                "Not a well formed URL.",
            );
        }
    }
}

/// Whether a text is an address that Discord takes, or a file of the message where those may stand.
pub(super) fn is_address(url: &str, file: bool) -> bool {
    let web = ["http://", "https://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    let web = web.is_some_and(|rest| !rest.is_empty() && !url.contains(char::is_whitespace));
    web || (file && url.starts_with("attachment://"))
}
