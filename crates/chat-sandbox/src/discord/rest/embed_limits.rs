//! The limits of embeds.

use chrono::DateTime;
use serde_json::{Value, json};
use twilight_model::channel::message::Embed;
use twilight_validate::{embed as limit, message::EMBED_COUNT_LIMIT};

use super::{
    error::Faults,
    fields::{is_address, list, read},
};

/// The longest address in an embed.
const URL_LENGTH: usize = 2_048;

/// Reads the embeds of a message at `path`.
pub(super) fn embeds(data: &Value, path: &str, faults: &mut Faults) -> Option<Vec<Embed>> {
    let list = list(data.get("embeds")?, path, faults);
    if list.len() > EMBED_COUNT_LIMIT {
        faults.too_long(path, EMBED_COUNT_LIMIT);
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
    let shown = !embed.fields.is_empty() || embed.image.is_some() || embed.thumbnail.is_some();
    let texts = [&embed.title, &embed.description, &embed.url];
    let written = texts.into_iter().flatten().any(|text| !text.is_empty());
    if !shown && !written && embed.author.is_none() && embed.footer.is_none() {
        faults.required(format!("{path}.description"));
    }
    addresses(embed, path, faults);
}

fn addresses(embed: &Embed, path: &str, faults: &mut Faults) {
    let author = embed.author.as_ref();
    let footer = embed.footer.as_ref();
    let image = embed.image.as_ref().map(|image| &image.url);
    let thumbnail = embed.thumbnail.as_ref().map(|thumbnail| &thumbnail.url);
    let addresses = [
        ("url", embed.url.as_ref(), false),
        (
            "author.url",
            author.and_then(|author| author.url.as_ref()),
            false,
        ),
        (
            "author.icon_url",
            author.and_then(|author| author.icon_url.as_ref()),
            true,
        ),
        (
            "footer.icon_url",
            footer.and_then(|footer| footer.icon_url.as_ref()),
            true,
        ),
        ("image.url", image, true),
        ("thumbnail.url", thumbnail, true),
    ];
    for (name, url, file) in addresses {
        let Some(url) = url else { continue };
        if !is_address(url, file) {
            let message = "Not a well formed URL.";
            faults.add(format!("{path}.{name}"), "URL_TYPE_INVALID_URL", message);
        } else if url.chars().count() > URL_LENGTH {
            faults.too_long(format!("{path}.{name}"), URL_LENGTH);
        }
    }
}
