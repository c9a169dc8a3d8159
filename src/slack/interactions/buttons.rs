//! Buttons and menus: whatever was pressed is written in its id.

use super::Data;
use super::payloads::Press;
use super::respond::{Waiting, admin_now, caller, user_id};
use crate::app::action::{Action, Target};
use crate::app::card::Audience;
use crate::app::wording;
use crate::model::MessageRef;

/// Answers a press.
pub(super) async fn pressed(data: &Data, press: &Press) {
    let action = Action::decode(&press.action);
    let name = action.as_ref().map_or("unknown button", Action::name);
    let user = user_id(data, &press.user);
    let target = action.as_ref().map(|action| action.target(&user));
    let waiting = Waiting::pressed(data, press, name);
    let work = async {
        let caller = match &action {
            Some(action) if action.is_for_admins() => admin_now(data, &press.user).await?,
            _ => caller(data, &press.user).await?,
        };
        let action = action.ok_or_else(wording::unknown_button)?;
        let channel = press.channel.as_deref().unwrap_or_default();
        let message = press.message.as_deref().unwrap_or_default();
        let message = MessageRef::new(data.space.clone(), channel, message);
        let chosen = press.value.clone();
        data.app.press(&caller, action, message, chosen).await
    };
    // What has no message to be shown on is shown by itself.
    let target = target.filter(|_| press.response_url.is_some());
    let target = target.unwrap_or(Target::NewMessage);
    waiting.answer(target, Audience::Caller, work).await;
}
