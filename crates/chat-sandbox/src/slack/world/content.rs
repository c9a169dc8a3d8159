//! What a message in an acknowledgement or to a response URL says.

use serde_json::Value;

use super::message::Content;
use crate::slack::blocks;

/// What a message in an acknowledgement or to a response URL says, or what is wrong with it.
pub fn read_content(payload: &Value) -> Result<Content, String> {
    let list = |key: &str| payload[key].as_array().cloned().unwrap_or_default();
    let content = Content {
        text: payload["text"].as_str().unwrap_or_default().to_owned(),
        blocks: list("blocks"),
        attachments: list("attachments"),
        metadata: None,
    };
    if content.text.is_empty() && content.blocks.is_empty() && content.attachments.is_empty() {
        return Err("no_text".to_owned());
    }
    if !content.blocks.is_empty() {
        let faults = blocks::message_faults(&payload["blocks"]);
        // The sum of a message's characters is only looked at where the Web API takes one.
        if let Some(fault) = faults.list.first() {
            return Err(fault.clone());
        }
    }
    Ok(content)
}
