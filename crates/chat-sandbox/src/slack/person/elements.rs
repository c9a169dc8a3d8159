//! Finding and reading what someone sees among blocks.

use serde_json::Value;

use crate::slack::failure::Failure;

/// An element that can be used, and where it is.
#[derive(Clone, Debug)]
pub struct Element {
    pub block: String,
    pub action: String,
    pub kind: String,
    pub value: Value,
    /// What is written on it, or beside it.
    pub label: String,
}

impl Element {
    fn of(block: &Value, element: &Value) -> Option<Self> {
        let said = |value: &Value| value["text"].as_str().map(str::to_owned);
        let label = said(&block["label"])
            .or_else(|| said(&element["text"]))
            .or_else(|| said(&element["placeholder"]));
        Some(Self {
            block: block["block_id"].as_str()?.to_owned(),
            action: element["action_id"].as_str()?.to_owned(),
            kind: element["type"].as_str()?.to_owned(),
            value: element.clone(),
            label: label.unwrap_or_default(),
        })
    }

    /// Whether it is called that: by what is written on it, or by its or its block's id.
    fn is_called(&self, name: &str) -> bool {
        self.label == name || self.action == name || (self.block == name && !self.is_button())
    }

    pub fn is_button(&self) -> bool {
        self.kind == "button"
    }

    /// The options that it has itself.
    pub fn options(&self) -> Vec<Value> {
        let own = self.value["options"].as_array();
        let mut all = own.cloned().unwrap_or_default();
        for group in self.value["option_groups"].as_array().into_iter().flatten() {
            all.extend(group["options"].as_array().into_iter().flatten().cloned());
        }
        all
    }
}

/// All that can be used, from top to bottom.
pub fn elements(blocks: &[Value]) -> Vec<Element> {
    let mut all = Vec::new();
    for block in blocks {
        if block["type"] == "actions" {
            let elements = block["elements"].as_array().into_iter().flatten();
            all.extend(elements.filter_map(|element| Element::of(block, element)));
        }
        for key in ["accessory", "element"] {
            all.extend(
                block
                    .get(key)
                    .and_then(|element| Element::of(block, element)),
            );
        }
    }
    all
}

/// The element of that name.
pub fn element_called(blocks: &[Value], name: &str) -> Result<Element, Failure> {
    let all = elements(blocks);
    let found = all.iter().find(|element| element.is_called(name));
    found.cloned().ok_or_else(|| {
        let there: Vec<&str> = all.iter().map(|element| element.label.as_str()).collect();
        Failure::refused(format!("there is no {name:?} among {there:?}"))
    })
}

/// An option by its text or value.
pub fn option_called(options: &[Value], name: &str) -> Option<Value> {
    let called = |option: &&Value| option["text"]["text"] == name || option["value"] == name;
    options.iter().find(called).cloned()
}

/// All there is to read in blocks, a line a piece, without what can be used.
pub fn read(blocks: &[Value]) -> String {
    let mut lines = Vec::new();
    for block in blocks {
        let text = |key: &str| block[key].as_str().unwrap_or_default().to_owned();
        match block["type"].as_str() {
            Some("actions") => {}
            Some("rich_text") => rich(&block["elements"], &mut lines),
            Some("input") => lines.push(said(&block["label"])),
            Some("image") => lines.push(text("alt_text")),
            Some("markdown") => lines.push(text("text")),
            Some("table") => table(&block["rows"], &mut lines),
            _ => {
                lines.push(said(&block["text"]));
                for key in ["fields", "elements"] {
                    let items = block[key].as_array().into_iter().flatten();
                    lines.extend(items.map(said));
                }
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn said(text: &Value) -> String {
    text["text"].as_str().unwrap_or_default().to_owned()
}

fn table(rows: &Value, lines: &mut Vec<String>) {
    for row in rows.as_array().into_iter().flatten() {
        let cells = row.as_array().into_iter().flatten().map(|cell| {
            let mut inner = Vec::new();
            rich(&cell["elements"], &mut inner);
            cell["text"]
                .as_str()
                .map_or_else(|| inner.join(" "), str::to_owned)
        });
        lines.push(cells.collect::<Vec<_>>().join(" | "));
    }
}

fn rich(parts: &Value, lines: &mut Vec<String>) {
    for part in parts.as_array().into_iter().flatten() {
        if part["type"] == "rich_text_list" {
            let items = part["elements"].as_array().into_iter().flatten();
            lines.extend(items.map(|item| format!("• {}", line(&item["elements"]))));
        } else {
            lines.push(line(&part["elements"]));
        }
    }
}

fn line(elements: &Value) -> String {
    let mut line = String::new();
    for element in elements.as_array().into_iter().flatten() {
        let text = |key: &str| element[key].as_str().unwrap_or_default().to_owned();
        line += &match element["type"].as_str() {
            Some("user") => format!("<@{}>", text("user_id")),
            Some("channel") => format!("<#{}>", text("channel_id")),
            Some("broadcast") => format!("<!{}>", text("range")),
            Some("emoji") => format!(":{}:", text("name")),
            Some("date") => text("fallback"),
            Some("link") if element["text"].is_null() => text("url"),
            _ => text("text"),
        };
    }
    line
}
