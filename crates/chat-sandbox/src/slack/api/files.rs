//! Files, uploaded outside of the Web API: an address is asked for, the bytes are sent there, and they are shared.

use serde_json::{Value, json};

use super::{
    arguments::Arguments,
    error::{Error, Outcome},
};
use crate::{
    common::secret,
    slack::{
        time::Ts,
        world::{Content, NewMessage, State, StoredFile},
    },
};

/// The largest file, in bytes.
pub(super) const LARGEST: u64 = 8 << 20;

/// How many files there may be at a time, and how many bytes in all; the oldest go first.
const MOST: usize = 200;
const BYTES: u64 = 128 << 20;

pub(super) fn upload_url(state: &mut State, arguments: &Arguments) -> Outcome {
    let name = arguments
        .need("filename")
        .map_err(|_| Error::new("missing_argument"))?;
    let length = arguments
        .number("length")
        .ok_or(Error::new("missing_argument"))?;
    if length == 0 || length > LARGEST {
        return Err(Error::new("file_upload_size_restricted"));
    }
    let bytes = |state: &State| state.files.values().map(|file| file.length).sum::<u64>();
    while state.files.len() >= MOST || bytes(state) + length > BYTES {
        state.files.pop_first();
    }
    let (id, secret) = (state.next_id("F"), secret());
    let file = StoredFile {
        title: name.clone(),
        name,
        length,
        bytes: None,
        secret: secret.clone(),
        complete: false,
    };
    state.files.insert(id.clone(), file);
    let url = format!("http://{}/upload/v1/{secret}", state.address);
    Ok(json!({ "upload_url": url, "file_id": id }))
}

pub(super) fn complete(state: &mut State, arguments: &Arguments) -> Outcome {
    let listed = arguments
        .json("files")
        .map_err(|()| Error::new("invalid_arguments"))?;
    let listed = listed
        .as_ref()
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    if listed.is_empty() {
        return Err(Error::new("missing_argument"));
    }
    let mut ids = Vec::new();
    for entry in &listed {
        let id = entry["id"].as_str().unwrap_or_default();
        let file = state.files.get(id).ok_or(Error::new("file_not_found"))?;
        if file.bytes.is_none() || file.complete {
            return Err(Error::new("file_not_found"));
        }
        ids.push(id.to_owned());
    }
    let channel = shared_with(state, arguments)?;
    for (id, entry) in ids.iter().zip(&listed) {
        if let Some(file) = state.files.get_mut(id) {
            file.complete = true;
            if let Some(title) = entry["title"].as_str() {
                title.clone_into(&mut file.title);
            }
        }
    }
    if let Some((channel, thread)) = channel {
        let content = Content {
            text: arguments.text("initial_comment").unwrap_or_default(),
            ..Content::default()
        };
        let new = NewMessage {
            user: state.app.user.clone(),
            content,
            thread,
            broadcast: false,
            files: ids.clone(),
        };
        state.post(&channel, new);
    }
    let files: Vec<Value> = ids.iter().filter_map(|id| state.file_json(id)).collect();
    Ok(json!({ "files": files }))
}

/// Where files are shared, if anywhere.
fn shared_with(
    state: &State,
    arguments: &Arguments,
) -> Result<Option<(String, Option<Ts>)>, Error> {
    let Some(id) = arguments.text("channel_id").filter(|id| !id.is_empty()) else {
        return Ok(None);
    };
    let channel = state
        .known_channel(&id)
        .ok_or(Error::new("channel_not_found"))?;
    if !channel.has(&state.app.user) {
        return Err(Error::new("not_in_channel"));
    }
    let thread = match arguments.text("thread_ts").filter(|ts| !ts.is_empty()) {
        None => None,
        Some(ts) => {
            let thread = state.thread_of(&id, &ts);
            let wrong = "[ERROR] no such message [json-pointer:/thread_ts]".to_owned();
            let wrong = || Error::new("invalid_arguments").with_messages(&[wrong]);
            Some(thread.ok_or_else(wrong)?)
        }
    };
    Ok(Some((id, thread)))
}
