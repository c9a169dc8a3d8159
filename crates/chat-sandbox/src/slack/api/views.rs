//! Methods that show modals and App Homes.

use serde_json::{Value, json};

use super::{
    arguments::Arguments,
    error::{Error, Outcome},
};
use crate::slack::{
    blocks,
    world::{State, TriggerRefused},
};

/// The view of a call, if there is nothing wrong with it.
fn view(arguments: &Arguments, types: &[&str]) -> Result<Value, Error> {
    let invalid = |faults: &[String]| Error::new("invalid_arguments").with_messages(faults);
    let view = arguments
        .json("view")
        .map_err(|()| invalid(&["[ERROR] view is no JSON".to_owned()]))?;
    let view = view.ok_or_else(|| invalid(&["[ERROR] missing required field: view".to_owned()]))?;
    let faults = blocks::view_faults(&view, types);
    if faults.is_empty() {
        return Ok(view);
    }
    if faults.iter().any(|fault| fault.contains("250001 bytes")) {
        return Err(Error::new("view_too_large"));
    }
    Err(invalid(&faults))
}

/// Whose trigger id it is: it works once, and for three seconds.
fn trigger(state: &State, arguments: &Arguments) -> Result<String, Error> {
    let id = arguments.text("trigger_id").unwrap_or_default();
    state.trigger_of(&id).map_err(|refused| match refused {
        TriggerRefused::Unknown => Error::new("invalid_trigger_id"),
        TriggerRefused::Spent => Error::new("exchanged_trigger_id"),
        TriggerRefused::Expired => Error::new("expired_trigger_id"),
    })
}

/// Shows a modal on top of what someone has open.
fn show(state: &mut State, arguments: &Arguments, pushed: bool) -> Outcome {
    let person = trigger(state, arguments)?;
    let view = view(arguments, &["modal"])?;
    if !pushed {
        state.views.remove(&person);
    }
    let id = state.push_view(&person, view);
    let id = id.ok_or(Error::new("push_limit_reached"))?;
    state.spend_trigger(&arguments.text("trigger_id").unwrap_or_default());
    shown(state, &id)
}

/// The answer with a modal.
fn shown(state: &State, id: &str) -> Outcome {
    let (_, open) = state.view(id).ok_or(Error::new("not_found"))?;
    Ok(json!({ "view": state.view_json(&open.view, Some(open)) }))
}

pub(super) fn open(state: &mut State, arguments: &Arguments) -> Outcome {
    show(state, arguments, false)
}

pub(super) fn push(state: &mut State, arguments: &Arguments) -> Outcome {
    show(state, arguments, true)
}

pub(super) fn update(state: &mut State, arguments: &Arguments) -> Outcome {
    let id = match arguments.text("external_id") {
        Some(external) => {
            let mut all = state.views.values().flatten();
            let named = all.find(|open| open.view.sent["external_id"] == external.as_str());
            named.map(|open| open.view.id.clone())
        }
        None => arguments.text("view_id"),
    };
    let id = id.ok_or(Error::new("not_found"))?;
    let view = view(arguments, &["modal", "home"])?;
    let known = state.view(&id).map(|(_, open)| open.view.hash.clone());
    let home = state
        .homes
        .values()
        .find(|home| home.id == id)
        .map(|home| home.hash.clone());
    let known = known.or(home).ok_or(Error::new("not_found"))?;
    if arguments.text("hash").is_some_and(|hash| hash != known) {
        return Err(Error::new("hash_conflict"));
    }
    state.replace_view(&id, view);
    if let Some(home) = state.homes.values().find(|home| home.id == id) {
        return Ok(json!({ "view": state.view_json(home, None) }));
    }
    shown(state, &id)
}

pub(super) fn publish(state: &mut State, arguments: &Arguments) -> Outcome {
    let user = arguments.text("user_id").unwrap_or_default();
    if state.user(&user).is_none_or(|user| user.bot) {
        return Err(Error::new("invalid_arguments"));
    }
    let sent = view(arguments, &["home"])?;
    let known = state
        .homes
        .get(&user)
        .map(|home| (home.id.clone(), home.hash.clone()));
    if let (Some(hash), Some((_, known))) = (arguments.text("hash"), &known)
        && hash != *known
    {
        return Err(Error::new("hash_conflict"));
    }
    match known {
        Some((id, _)) => {
            state.replace_view(&id, sent);
        }
        None => {
            let home = state.new_view(sent);
            state.homes.insert(user.clone(), home);
            state.changed();
        }
    }
    let home = state.homes.get(&user).ok_or(Error::new("internal_error"))?;
    Ok(json!({ "view": state.view_json(home, None) }))
}
