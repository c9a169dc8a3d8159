//! Rich text: sections, lists, quotes and preformatted text, whose texts are literal.

use serde_json::Value;

use super::check::{Check, Need, Object};

const STYLES: [&str; 8] = [
    "bold",
    "italic",
    "strike",
    "code",
    "underline",
    "highlight",
    "client_highlight",
    "unlink",
];

/// The parts of a `rich_text` block.
pub fn parts(value: &Value, path: &str, check: &mut Check) {
    for (part, path) in check.items(value, path, 1, super::check::DEEPEST) {
        let kind = part["type"].as_str().unwrap_or_default();
        let Some(mut object) = check.object(part, &path) else {
            continue;
        };
        object.skip("type");
        let path = object.at("elements");
        let Some(elements) = object.want("elements", Need::Required, check) else {
            continue;
        };
        match kind {
            "rich_text_section" => line(elements, &path, 0, check),
            "rich_text_quote" | "rich_text_preformatted" => {
                object.integer("border", 0, 1, check);
                if kind == "rich_text_preformatted" {
                    object.string("language", 1, 100, Need::Optional, check);
                }
                line(elements, &path, 1, check);
                let plain = |part: &Value| part["type"] == "text" || part["type"] == "link";
                let parts = elements.as_array().into_iter().flatten();
                if kind == "rich_text_preformatted" && !parts.into_iter().all(plain) {
                    check.fault(&path, "preformatted text holds texts and links only");
                }
            }
            "rich_text_list" => {
                object.integer("border", 0, 1, check);
                object.integer("indent", 0, 8, check);
                object.integer("offset", 0, i64::from(i32::MAX), check);
                object.one_of("style", &["bullet", "ordered"], Need::Required, check);
                list(elements, &path, check);
            }
            _ => check.fault(&path, "unsupported type of rich text"),
        }
        object.end(check);
    }
}

fn list(value: &Value, path: &str, check: &mut Check) {
    for (item, path) in check.items(value, path, 1, super::check::DEEPEST) {
        if item["type"] != "rich_text_section" {
            check.fault(&path, "a list holds sections of rich text");
            continue;
        }
        line(&item["elements"], &format!("{path}/elements"), 0, check);
    }
}

fn line(value: &Value, path: &str, least: usize, check: &mut Check) {
    for (part, path) in check.items(value, path, least, super::check::DEEPEST) {
        let kind = part["type"].as_str().unwrap_or_default();
        let Some(mut object) = check.object(part, &path) else {
            continue;
        };
        object.skip("type");
        inline(kind, &mut object, check);
        let path = object.at("style");
        if let Some(mut style) = object
            .get("style")
            .and_then(|style| check.object(style, &path))
        {
            for key in STYLES {
                style.boolean(key, check);
            }
            style.end(check);
        }
        object.end(check);
    }
}

fn inline(kind: &str, object: &mut Object<'_>, check: &mut Check) {
    let required = |object: &mut Object<'_>, key, check: &mut Check| {
        object.string(key, 1, 3_000, Need::Required, check);
    };
    match kind {
        "text" => counted(object, Need::Required, check),
        "link" => {
            required(object, "url", check);
            counted(object, Need::Optional, check);
            object.boolean("unsafe", check);
        }
        "emoji" => {
            required(object, "name", check);
            object.skip("unicode");
            object.skip("url");
        }
        "date" => {
            required(object, "format", check);
            if object
                .get("timestamp")
                .is_none_or(|time| time.as_i64().is_none())
            {
                check.fault(&object.at("timestamp"), "must be a number");
            }
            object.string("url", 1, 3_000, Need::Optional, check);
            object.string("fallback", 1, 3_000, Need::Optional, check);
        }
        "color" => required(object, "value", check),
        "channel" => required(object, "channel_id", check),
        "team" => required(object, "team_id", check),
        "user" => {
            required(object, "user_id", check);
            let is_id = |id: &str| {
                let rest = id.strip_prefix(['U', 'W']);
                let usual = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
                rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(usual))
            };
            object.like("user_id", "the id of a user", is_id, check);
        }
        "usergroup" => required(object, "usergroup_id", check),
        "broadcast" => object.one_of(
            "range",
            &["here", "channel", "everyone"],
            Need::Required,
            check,
        ),
        _ => check.fault(&object.path, "unsupported type of rich text"),
    }
}

fn counted(object: &mut Object<'_>, need: Need, check: &mut Check) {
    if let Some(text) = object.string("text", 1, usize::MAX - 1, need, check) {
        check.characters += text.chars().count();
    }
}
