//! Block Kit, as strict as Slack: what a message's or view's blocks may hold, and how much.

mod check;
mod elements;
mod kinds;
mod objects;
mod rich_text;
#[cfg(test)]
mod tests;

use serde_json::Value;

use check::{Check, Need, Surface};
pub use elements::{is_date, is_time};

/// All text in the blocks of a message that Slack takes; it says so nowhere.
const SUM: usize = 13_000;

/// All text in the `markdown` blocks of a message.
const MARKDOWN: usize = 12_000;

/// A whole view, in bytes of JSON.
const VIEW_BYTES: usize = 250_000;

/// What is wrong with the blocks of a message.
#[derive(Debug)]
pub struct MessageFaults {
    /// Each fault, with its place.
    pub list: Vec<String>,
    /// Whether there is more text in them than Slack takes in all.
    pub too_long: bool,
}

/// What is wrong with the blocks of a message.
pub fn message_faults(blocks: &Value) -> MessageFaults {
    let mut check = Check::new(Surface::Message);
    kinds::blocks(blocks, "/blocks", 50, &mut check);
    if check.markdown > MARKDOWN {
        check.fault("/blocks", "markdown blocks hold more than 12000 characters");
    }
    if check.tables > 1 {
        check.fault("/blocks", "only one table is allowed");
    }
    MessageFaults {
        too_long: check.characters > SUM,
        list: check.faults,
    }
}

/// What is wrong with a view, which has to be of one of these types.
pub fn view_faults(view: &Value, types: &[&str]) -> Vec<String> {
    let kind = view["type"].as_str().unwrap_or_default();
    let surface = if kind == "home" {
        Surface::Home
    } else {
        Surface::Modal
    };
    let mut check = Check::new(surface);
    if !types.contains(&kind) {
        check.fault(
            "/view/type",
            &format!("must be one of {}", types.join(", ")),
        );
        return check.faults;
    }
    let Some(mut object) = check.object(view, "/view") else {
        return check.faults;
    };
    object.skip("type");
    object.skip("blocks");
    object.string("callback_id", 0, 255, Need::Optional, &mut check);
    object.string("external_id", 0, 255, Need::Optional, &mut check);
    object.string("private_metadata", 0, 3_000, Need::Optional, &mut check);
    if kind == "modal" {
        for (key, need) in [
            ("title", Need::Required),
            ("submit", Need::Optional),
            ("close", Need::Optional),
        ] {
            object.plain(key, 24, need, &mut check);
        }
        for key in ["clear_on_close", "notify_on_close", "submit_disabled"] {
            object.boolean(key, &mut check);
        }
    }
    object.end(&mut check);
    kinds::blocks(&view["blocks"], "/view/blocks", 100, &mut check);
    if kind == "modal" && check.inputs > 0 && view["submit"].is_null() {
        check.fault("/view/submit", "missing: there are input blocks");
    }
    if check.focused > 1 {
        check.fault("/view/blocks", "only one element can have focus_on_load");
    }
    if serde_json::to_string(view).is_ok_and(|json| json.len() > VIEW_BYTES) {
        check.fault("/view", "must be less than 250001 bytes");
    }
    check.faults
}

/// What is wrong with the options offered in an acknowledgement.
pub fn option_faults(payload: &Value) -> Vec<String> {
    let mut check = Check::new(Surface::Modal);
    let Some(mut object) = check.object(payload, "") else {
        return check.faults;
    };
    objects::choices(&mut object, 0, &mut check);
    object.end(&mut check);
    check.faults
}
