//! The kinds of blocks.

use serde_json::Value;

use super::{
    check::{Check, Need, Object, Surface},
    elements::{Place, element, image},
    objects::{Texts, text},
    rich_text,
};

/// The blocks of a message or view, so many at most.
pub fn blocks(value: &Value, path: &str, most: usize, check: &mut Check) {
    for (block, path) in check.items(value, path, 0, most) {
        check.action_ids.clear();
        one(block, &path, check);
    }
}

fn one(value: &Value, path: &str, check: &mut Check) {
    let Some(mut object) = check.object(value, path) else {
        return;
    };
    object.skip("type");
    let at = object.at("block_id");
    if let Some(id) = object.string("block_id", 1, 255, Need::Optional, check)
        && !check.block_ids.insert(id.to_owned())
    {
        check.fault(&at, "block_id already exists");
    }
    let kind = value["type"].as_str().unwrap_or_default();
    if !read(kind, &mut object, check) {
        let kind: String = kind.chars().take(40).collect();
        return check.fault(path, &format!("unsupported type: {kind:?}"));
    }
    object.end(check);
}

/// Reads a block of that kind; false when there is none here.
fn read(kind: &str, object: &mut Object<'_>, check: &mut Check) -> bool {
    match kind {
        "section" => section(object, check),
        "header" => object.plain("text", 150, Need::Required, check),
        "divider" => {}
        "actions" => {
            for (item, path) in list(object, "elements", 1, 25, check) {
                element(item, &path, Place::Actions, check);
            }
        }
        "context" => context(object, check),
        "image" => {
            object.plain("title", 2_000, Need::Optional, check);
            image(object, check);
        }
        "input" => input(object, check),
        "rich_text" => {
            let path = object.at("elements");
            if let Some(parts) = object.want("elements", Need::Required, check) {
                rich_text::parts(parts, &path, check);
            }
        }
        "markdown" if check.surface == Surface::Message => {
            if let Some(text) = object.string("text", 1, 12_000, Need::Required, check) {
                check.characters += text.chars().count();
                check.markdown += text.chars().count();
            }
        }
        "table" if check.surface != Surface::Modal => table(object, check),
        "video" => video(object, check),
        _ => return false,
    }
    true
}

fn list<'a>(
    object: &mut Object<'a>,
    key: &'static str,
    least: usize,
    most: usize,
    check: &mut Check,
) -> Vec<(&'a Value, String)> {
    let path = object.at(key);
    let value = object.want(key, Need::Required, check);
    value.map_or_else(Vec::new, |value| check.items(value, &path, least, most))
}

fn section(object: &mut Object<'_>, check: &mut Check) {
    let said = object.text("text", 3_000, Texts::Any, Need::Optional, check);
    let path = object.at("fields");
    let fields = object.get("fields");
    if said.is_none() && fields.is_none() {
        check.fault(&object.path, "one of text and fields is required");
    }
    for (field, path) in fields.map_or_else(Vec::new, |fields| check.items(fields, &path, 1, 10)) {
        text(field, &path, 2_000, Texts::Any, check);
    }
    let path = object.at("accessory");
    if let Some(accessory) = object.get("accessory") {
        element(accessory, &path, Place::Section, check);
    }
    object.boolean("expand", check);
}

fn context(object: &mut Object<'_>, check: &mut Check) {
    for (item, path) in list(object, "elements", 1, 10, check) {
        if item["type"] != "image" {
            text(item, &path, 3_000, Texts::Any, check);
        } else if let Some(mut picture) = check.object(item, &path) {
            picture.skip("type");
            image(&mut picture, check);
            picture.end(check);
        }
    }
}

fn input(object: &mut Object<'_>, check: &mut Check) {
    check.inputs += 1;
    object.plain("label", 2_000, Need::Required, check);
    object.plain("hint", 2_000, Need::Optional, check);
    object.boolean("optional", check);
    object.boolean("dispatch_action", check);
    let path = object.at("element");
    if let Some(field) = object.want("element", Need::Required, check) {
        element(field, &path, Place::Input, check);
    }
}

fn table(object: &mut Object<'_>, check: &mut Check) {
    check.tables += 1;
    object.skip("column_settings");
    for (row, path) in list(object, "rows", 1, 100, check) {
        for (cell, path) in check.items(row, &path, 1, 20) {
            let said = match cell["type"].as_str() {
                Some("raw_text") => cell["text"].as_str().map(|text| text.chars().count()),
                Some("rich_text") => {
                    rich_text::parts(&cell["elements"], &format!("{path}/elements"), check);
                    Some(0)
                }
                Some("raw_number") => Some(0),
                _ => None,
            };
            match said {
                Some(characters) => check.characters += characters,
                None => check.fault(&path, "a cell is raw_text, raw_number or rich_text"),
            }
        }
    }
}

fn video(object: &mut Object<'_>, check: &mut Check) {
    for key in ["alt_text", "thumbnail_url", "video_url"] {
        object.string(key, 1, 3_000, Need::Required, check);
    }
    for key in ["title_url", "provider_icon_url"] {
        object.string(key, 1, 3_000, Need::Optional, check);
    }
    for key in ["author_name", "provider_name"] {
        object.string(key, 1, 50, Need::Optional, check);
    }
    object.plain("title", 200, Need::Required, check);
    object.plain("description", 200, Need::Optional, check);
}
