//! Methods that show modals and App Homes.

use serde_json::{Value, json};

use super::{
    arguments::Arguments,
    error::{Error, Outcome},
};
use crate::slack::{
    blocks,
    world::{OpenView, State, TriggerRefused},
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

/// That no other view is known by the same `external_id`.
fn unique(state: &State, view: &Value, instead: Option<&str>) -> Result<(), Error> {
    if state.is_taken(view, instead) {
        return Err(Error::new("duplicate_external_id"));
    }
    Ok(())
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
    unique(state, &view, None)?;
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
    let open = state.view(id).ok_or(Error::new("not_found"))?;
    Ok(json!({ "view": state.view_json(open) }))
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
            let modals = state.views.values().flatten();
            let mut all = modals.chain(state.homes.values());
            let named = all.find(|open| open.view.sent["external_id"] == external.as_str());
            named.map(|open| open.view.id.clone())
        }
        None => arguments.text("view_id"),
    };
    let id = id.ok_or(Error::new("not_found"))?;
    let view = view(arguments, &["modal", "home"])?;
    let known = state.view(&id).ok_or(Error::new("not_found"))?;
    agreed(arguments, Some(known))?;
    unique(state, &view, Some(&id))?;
    state.replace_view(&id, view);
    shown(state, &id)
}

/// That a view is still as the app knows it, if it says how that is.
fn agreed(arguments: &Arguments, known: Option<&OpenView>) -> Result<(), Error> {
    let hash = arguments.text("hash").filter(|hash| !hash.is_empty());
    match (hash, known) {
        (Some(hash), Some(known)) if hash != known.view.hash => Err(Error::new("hash_conflict")),
        _ => Ok(()),
    }
}

pub(super) fn publish(state: &mut State, arguments: &Arguments) -> Outcome {
    let user = arguments.text("user_id").unwrap_or_default();
    if state.user(&user).is_none_or(|user| user.bot) {
        return Err(Error::new("invalid_arguments"));
    }
    if !state.app.seed.home_tab {
        return Err(Error::new("not_enabled"));
    }
    let sent = view(arguments, &["home"])?;
    let known = state.homes.get(&user);
    agreed(arguments, known)?;
    let instead = known.map(|home| home.view.id.clone());
    unique(state, &sent, instead.as_deref())?;
    state.publish(&user, sent);
    let home = state.homes.get(&user).ok_or(Error::new("internal_error"))?;
    Ok(json!({ "view": state.view_json(home) }))
}
