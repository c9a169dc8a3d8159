//! The blocks of Slack's messages, as stories read them.

use serde_json::Value;

use super::{Button, Menu};

/// Where a block is read: what stands below a heading comes after all other text, as on Discord.
pub fn order(block: &Value) -> u8 {
    match block["type"].as_str() {
        Some("header") => 0,
        Some("rich_text") => 1 + u8::from(has_heading(block)),
        _ => 3,
    }
}

/// Whether it begins with a line in bold. Questions do as well, and they are no headings.
fn has_heading(block: &Value) -> bool {
    let line = &block["elements"][0]["elements"];
    let heading = text(&line[0]["text"]);
    let ends = text(&line[1]["text"]).starts_with('\n');
    line[0]["style"]["bold"] == true && ends && !heading.ends_with('?')
}

/// Whether it is what a form asks for, and not what it tells.
pub fn is_of_form(block: &Value) -> bool {
    block["type"] == "section" || block["type"] == "input"
}

/// The buttons in blocks, in order.
pub fn buttons(blocks: &[Value]) -> Vec<Button> {
    let button = |element: &Value| Button {
        label: text(&element["text"]["text"]),
        id: text(&element["action_id"]),
    };
    elements(blocks, "button").map(button).collect()
}

/// The menus in blocks, in order.
pub fn menus(blocks: &[Value]) -> Vec<Menu> {
    let label = |option: &Value| text(&option["text"]["text"]);
    let menu = |element: &Value| Menu {
        says: text(&element["placeholder"]["text"]),
        options: list(&element["options"]).map(label).collect(),
    };
    elements(blocks, "static_select").map(menu).collect()
}

/// What can be used in blocks, of one kind.
fn elements<'a>(blocks: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let all = blocks.iter().flat_map(|block| list(&block["elements"]));
    all.filter(move |element| element["type"] == kind)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
