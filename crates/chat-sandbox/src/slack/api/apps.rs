//! Methods about the app itself: who it is, where it is, and how it connects.

use serde_json::json;

use super::{
    arguments::Arguments,
    error::{Error, Outcome},
};
use crate::{common::secret, slack::world::State};

pub(super) fn test(_: &mut State, arguments: &Arguments) -> Outcome {
    Ok(json!({ "args": arguments.told() }))
}

pub(super) fn auth_test(state: &mut State, _: &Arguments) -> Outcome {
    let user = state.user(&state.app.user).map_or("", |user| &user.name);
    Ok(json!({
        "url": format!("http://{}/", state.address),
        "team": state.team.name,
        "user": user,
        "team_id": state.team.id,
        "user_id": state.app.user,
        "bot_id": state.app.bot_id,
        "is_enterprise_install": false,
    }))
}

pub(super) fn open_connection(state: &mut State, _: &Arguments) -> Outcome {
    let ticket = secret();
    state.sockets.expect(&ticket);
    Ok(json!({
        "url": format!("ws://{}/link/?ticket={ticket}&app_id={}", state.address, state.app.id),
    }))
}

pub(super) fn team_info(state: &mut State, arguments: &Arguments) -> Outcome {
    let asked = arguments
        .text("team")
        .unwrap_or_else(|| state.team.id.clone());
    if asked != state.team.id {
        return Err(Error::new("team_not_found"));
    }
    Ok(json!({
        "team": {
            "id": state.team.id, "name": state.team.name, "domain": state.team.domain, "email_domain": "",
            "url": format!("https://{}.slack.com/", state.team.domain),
            "icon": { "image_default": true },
        },
    }))
}

pub(super) fn bot_info(state: &mut State, arguments: &Arguments) -> Outcome {
    let asked = arguments
        .need("bot")
        .map_err(|_| Error::new("bot_not_found"))?;
    if asked != state.app.bot_id {
        return Err(Error::new("bot_not_found"));
    }
    let icons = &state.bot_json()["icons"];
    Ok(json!({
        "bot": {
            "id": state.app.bot_id, "deleted": false, "name": state.app.seed.name, "app_id": state.app.id,
            "user_id": state.app.user, "icons": icons, "updated": state.clock.started().timestamp(),
        },
    }))
}
