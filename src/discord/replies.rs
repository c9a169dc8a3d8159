//! Typed replies to dailies. Without the privileged intent Discord hands over the content of
//! messages that mention the bot only, which a reply to it does unless its author turns that off.

use poise::serenity_prelude as serenity;
use serenity::{Builder, Http, Message};

use super::render;
use super::respond::{caller, error_card};
use crate::app::App;

/// Answers a reply to a daily; other messages are not ours to answer.
pub(super) async fn said(app: &App, http: &Http, message: &Message) {
    let replied_to = message
        .message_reference
        .as_ref()
        .and_then(|reference| reference.message_id);
    let (Some(replied_to), false) = (replied_to, message.author.bot || message.content.is_empty())
    else {
        return;
    };
    let Some(caller) = caller(message.guild_id, &message.author, None) else {
        return;
    };
    let card = match app
        .reply(&caller, replied_to.get().into(), &message.content)
        .await
    {
        Ok(None) => return,
        Ok(Some(card)) => card,
        Err(error) => error_card(error),
    };
    let answer = render::message(card).reference_message(message);
    if let Err(error) = answer
        .execute(http, (message.channel_id, message.guild_id))
        .await
    {
        tracing::error!(channel = %message.channel_id, %error, "could not answer a typed reply");
    }
}
