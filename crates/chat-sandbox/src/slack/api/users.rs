//! Methods about users.

use serde_json::{Value, json};

use super::{
    arguments::Arguments,
    conversations::page,
    error::{Error, Outcome},
};
use crate::slack::world::State;

pub(super) fn info(state: &mut State, arguments: &Arguments) -> Outcome {
    let id = arguments
        .need("user")
        .map_err(|_| Error::new("user_not_found"))?;
    let user = state.user(&id).ok_or(Error::new("user_not_found"))?;
    Ok(json!({ "user": state.user_json(user) }))
}

pub(super) fn list(state: &mut State, arguments: &Arguments) -> Outcome {
    let all: Vec<Value> = state
        .people
        .iter()
        .map(|user| state.user_json(user))
        .collect();
    let (members, next) = page(&all, arguments)?;
    Ok(json!({
        "members": members, "cache_ts": state.now().timestamp(), "response_metadata": { "next_cursor": next },
    }))
}
