//! Buttons and menus: whatever was pressed is written in its id.

use poise::serenity_prelude as serenity;

use super::Data;
use super::respond::{Waiting, caller, nowhere};
use crate::app::action::{Action, Place};
use crate::app::card::Audience;
use crate::app::wording;

/// Answers a press.
pub(super) async fn pressed(data: &Data, pressed: &serenity::ComponentInteraction) {
    if !data.replays.is_new(pressed.id.get()) {
        return;
    }
    let action = Action::decode(&pressed.data.custom_id);
    let name = action.as_ref().map_or("unknown button", Action::name);
    let waiting = Waiting::pressed(data, pressed, name.into());
    let permissions = pressed
        .member
        .as_ref()
        .and_then(|member| member.permissions);
    let Some(caller) = caller(pressed.guild_id, &pressed.user, permissions) else {
        return waiting
            .answer(Place::Beside, Audience::Caller, async { nowhere() })
            .await;
    };
    let Some(action) = action else {
        let unknown = async { Err(wording::unknown_button().into()) };
        return waiting
            .answer(Place::Beside, Audience::Caller, unknown)
            .await;
    };
    let chosen = match &pressed.data.kind {
        serenity::ComponentInteractionDataKind::StringSelect { values } => values.first().cloned(),
        _ => None,
    };
    let place = action.place(&caller.member.user);
    let work = async {
        data.app.admit(&caller)?;
        let message = pressed.message.id.get().into();
        data.app.press(&caller, action, message, chosen).await
    };
    waiting.answer(place, Audience::Caller, work).await;
}
