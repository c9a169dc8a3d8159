//! Buttons and menus: whatever was pressed is written in its id.

use poise::serenity_prelude as serenity;

use super::Data;
use super::respond::{Waiting, admitted};
use crate::app::action::{Action, Place};
use crate::app::card::Audience;
use crate::app::wording;

/// Answers a press.
pub(super) async fn pressed(data: &Data, pressed: &serenity::ComponentInteraction) {
    let action = Action::decode(&pressed.data.custom_id);
    let name = action.as_ref().map_or("unknown button", Action::name);
    let waiting = Waiting::pressed(data, pressed, name.into());
    let permissions = pressed
        .member
        .as_ref()
        .and_then(|member| member.permissions);
    let chosen = match &pressed.data.kind {
        serenity::ComponentInteractionDataKind::StringSelect { values } => values.first().cloned(),
        _ => None,
    };
    let user = pressed.user.id.get().into();
    let place = action.as_ref().map(|action| action.place(&user));
    let work = async {
        let caller = admitted(&data.app, pressed.guild_id, &pressed.user, permissions)?;
        let action = action.ok_or_else(wording::unknown_button)?;
        let message = pressed.message.id.get().into();
        data.app.press(&caller, action, message, chosen).await
    };
    let place = place.unwrap_or(Place::Beside);
    waiting.answer(place, Audience::Caller, work).await;
}
