//! Channels by their names: where no word begins before it, Slack leaves `#daily` as it was typed.

use serde::Deserialize;
use serde_json::json;

use super::Data;
use super::arguments::{Arguments, Parameter, Takes};
use crate::app::wording::Mistyped;
use crate::slack::sending::Failure;

/// The most pages of channels that are looked through, and how many are on each.
const PAGES: usize = 10;
const PAGE: usize = 200;

/// What `users.conversations` says of the channels that the bot is in.
#[derive(Deserialize)]
struct Page {
    channels: Vec<Channel>,
    #[serde(default)]
    response_metadata: Option<Next>,
}

#[derive(Deserialize)]
struct Channel {
    id: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next_cursor: String,
}

/// Puts the id of a channel in the place of its name. What can't be found, or may not be looked for, is taken out and
/// returned.
pub(super) async fn by_name(
    data: &Data,
    takes: &[Parameter],
    arguments: &mut Arguments,
    look: bool,
) -> Option<Mistyped> {
    let mut takes = takes.iter();
    let parameter = takes.find(|parameter| parameter.takes == Takes::Channel)?;
    let typed = arguments.get(parameter.name)?;
    let name = typed.strip_prefix('#')?.to_owned();
    let found = match look {
        true => find(data, &name).await,
        false => Ok(None),
    };
    let found = found.unwrap_or_else(|error| {
        tracing::warn!(%error, "could not ask which channels the bot is in");
        None
    });
    let name = parameter.name;
    let typed = arguments.take(name);
    match found {
        Some(id) => {
            arguments.set(name, id);
            None
        }
        None => Some(Mistyped::NoValue {
            name,
            typed: typed.unwrap_or_default(),
            choices: Vec::new(),
        }),
    }
}

/// The id of the channel of that name, if the bot is in it.
async fn find(data: &Data, name: &str) -> Result<Option<String>, Failure> {
    let mut asked = json!({
        "types": "public_channel,private_channel", "exclude_archived": true, "limit": PAGE,
    });
    for _ in 0..PAGES {
        let page: Page = data.sender.once("users.conversations", &asked).await?;
        let mut channels = page.channels.into_iter();
        if let Some(channel) = channels.find(|channel| channel.name == name) {
            return Ok(Some(channel.id));
        }
        let next = page.response_metadata.map(|next| next.next_cursor);
        match next.filter(|cursor| !cursor.is_empty()) {
            Some(cursor) => asked["cursor"] = json!(cursor),
            None => break,
        }
    }
    Ok(None)
}
