//! Buttons and menus: whatever was pressed is written in its id.

use poise::serenity_prelude as serenity;

use super::Data;
use super::respond::{Waiting, admitted};
use crate::app::action::{Action, Target};
use crate::app::card::Audience;
use crate::app::wording;
use crate::model::{MessageRef, UserId};

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
    let user = UserId::discord(pressed.user.id.get());
    let target = action.as_ref().map(|action| action.target(&user));
    let work = async {
        let caller = admitted(&data.app, pressed.guild_id, &pressed.user, permissions)?;
        let action = action.ok_or_else(wording::unknown_button)?;
        let (channel, message) = (pressed.channel_id.get(), pressed.message.id.get());
        let message = MessageRef::new(caller.member.space.clone(), channel, message);
        data.app.press(&caller, action, message, chosen).await
    };
    let target = target.unwrap_or(Target::NewMessage);
    waiting.answer(target, Audience::Caller, work).await;
}
