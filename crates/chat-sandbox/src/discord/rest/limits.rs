//! The limits of messages: what is wrong with a body, field by field.

use serde_json::Value;
use twilight_model::channel::message::{AllowedMentions, MessageFlags};
use twilight_validate::message as limit;

use super::{
    body::{Body, id},
    component_limits, embed_limits,
    error::{Error, Faults},
    fields::{list, read},
};
use crate::discord::world::Content;

/// "Up to 25 characters."
const NONCE_LENGTH: usize = 25;

/// How many users or roles one may allow to be mentioned.
const MENTIONS: usize = 100;

/// How many files one message may carry.
const FILES: usize = 10;

/// The longest name of a file.
const FILE_NAME_LENGTH: usize = 1_024;

/// Reads what a message is to say from `data`, which is at `prefix` in the body.
pub(super) fn content(data: &Value, prefix: &str, body: &Body, faults: &mut Faults) -> Content {
    let at = |field: &str| format!("{prefix}{field}");
    let text = data
        .get("content")
        .map(|text| self::text(text, &at("content"), faults));
    files(data, &at(""), body, faults);
    let nonce = data["nonce"].as_str().unwrap_or_default();
    if nonce.chars().count() > NONCE_LENGTH {
        faults.too_long(at("nonce"), NONCE_LENGTH);
    }
    let flags = data["flags"].as_u64().map(MessageFlags::from_bits_truncate);
    let v2 = flags.is_some_and(|flags| flags.contains(MessageFlags::IS_COMPONENTS_V2));
    let keep = data["attachments"].as_array();
    if v2 {
        let legacy = [
            (
                "content",
                text.as_ref().is_some_and(|text| !text.is_empty()),
            ),
            (
                "embeds",
                data["embeds"]
                    .as_array()
                    .is_some_and(|list| !list.is_empty()),
            ),
        ];
        for (field, there) in legacy {
            if there {
                let message = "Not with the flag that makes a message of components alone";
                faults.add(
                    at(field),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    message,
                );
            }
        }
    }
    Content {
        content: text,
        embeds: embed_limits::embeds(data, &at("embeds"), faults),
        components: component_limits::components(data, &at("components"), v2, faults),
        keep: keep.map(|list| list.iter().filter_map(|entry| id(&entry["id"])).collect()),
        uploads: body.uploads(),
        flags,
        allowed_mentions: allowed_mentions(data, &at("allowed_mentions"), faults),
    }
}

/// The text of a message, which null empties.
fn text(value: &Value, path: &str, faults: &mut Faults) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => {
            let message = format!("Could not interpret \"{other}\" as string.");
            faults.add(path, "STRING_TYPE_CONVERT", message);
            String::new()
        }
    };
    let longest = limit::MESSAGE_CONTENT_LENGTH_MAX;
    if text.chars().count() > longest {
        faults.too_long(path, longest);
    }
    text
}

/// The limits of files: of those that come with the message and those that an edit keeps.
fn files(data: &Value, prefix: &str, body: &Body, faults: &mut Faults) {
    let listed = data.get("attachments").map_or_else(Vec::new, |value| {
        list(value, &format!("{prefix}attachments"), faults)
    });
    let new = |entry: &Value| {
        let id = id(&entry["id"]);
        body.files.iter().any(|(number, _)| Some(*number) == id)
    };
    let kept = listed.iter().filter(|entry| !new(entry)).count();
    if kept + body.files.len() > FILES {
        faults.too_long(format!("{prefix}attachments"), FILES);
    }
    for (index, entry) in listed.iter().enumerate() {
        let texts = [
            ("description", limit::ATTACHMENT_DESCIPTION_LENGTH_MAX),
            ("filename", FILE_NAME_LENGTH),
        ];
        for (field, most) in texts {
            let text = entry[field].as_str().unwrap_or_default();
            if text.chars().count() > most {
                faults.too_long(format!("{prefix}attachments.{index}.{field}"), most);
            }
        }
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
