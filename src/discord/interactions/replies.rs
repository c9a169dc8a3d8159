//! Typed replies to dailies, and mentions. Without the privileged intent Discord hands over the content
//! of messages that mention the bot only, which a reply to it does unless its author turns that off.

use std::time::Instant;

use poise::serenity_prelude as serenity;
use serenity::{CreateMessage, Message, UserId};
use tracing::Instrument;

use super::Data;
use super::respond::{admitted, end_of, error_card, whole};
use crate::app::replies::Said;
use crate::app::{Caller, wording};
use crate::discord::rendering::{Ready, first_action, render};
use crate::metrics::{self, Outcome as End};
use crate::model::{self, Member, MessageRef, SpaceId};

/// Whether a message is a person's reply to the bot, mention of it, or direct message; others are not ours to answer.
pub(super) fn is_for(bot: UserId, message: &Message) -> bool {
    let by_person = !message.author.bot && message.webhook_id.is_none();
    let names_bot = || without_mention(&message.content, bot).1;
    let to_bot = message.guild_id.is_none() || replied_to(bot, message).is_some() || names_bot();
    by_person && !message.content.is_empty() && to_bot
}

/// The message of ours that a message replies to.
fn replied_to(bot: UserId, message: &Message) -> Option<&Message> {
    let replied_to = message.referenced_message.as_deref();
    replied_to.filter(|replied_to| replied_to.author.id == bot)
}

/// Answers a message that is for the bot.
pub(super) async fn said(data: &Data, bot: UserId, message: &Message) {
    if message.guild_id.is_none() {
        return elsewhere(data, message).await;
    }
    let Ok(caller) = admitted(&data.app, message.guild_id, &message.author, None) else {
        // An answer to who is too fast would be one more message for everyone to read.
        return;
    };
    let (text, names_bot) = without_mention(&message.content, bot);
    let space = &caller.member.space;
    let at = |to: &Message| MessageRef::new(space.clone(), to.channel_id.get(), to.id.get());
    let said = Said {
        channel: message.channel_id.get().into(),
        text,
        reply_to: replied_to(bot, message).map(|to| (at(to), first_action(to))),
        names_bot,
    };
    let _underway = data.underway.token();
    let guild = message.guild_id.map(serenity::GuildId::get);
    let span = tracing::info_span!("reply", id = %message.id, guild, channel = %message.channel_id);
    answer(data, &caller, said, message).instrument(span).await;
}

/// Says where the bot is of use, to who writes to it directly: in their own room, as a member of that.
async fn elsewhere(data: &Data, message: &Message) {
    let alone = Member {
        space: SpaceId::discord(message.channel_id),
        user: model::UserId::discord(message.author.id),
    };
    if data.app.admit(alone, false).is_err() {
        return;
    }
    let _underway = data.underway.token();
    let told = render::message(wording::only_in_a_server().card());
    send(data, told, message).await;
}

async fn answer(data: &Data, caller: &Caller, said: Said, message: &Message) {
    let begun = Instant::now();
    let work = async { Ok(data.app.said(caller, said).await?.map(render::message)) };
    let outcome = whole(work).await;
    let mut end = end_of(&outcome);
    let answer = match outcome {
        Ok(None) => return,
        Ok(Some(answer)) => answer,
        Err(error) => render::message(error_card(error)),
    };
    if !send(data, answer, message).await {
        end = End::Unanswered;
    }
    metrics::interaction("reply".into(), end, begun.elapsed());
}

/// Sends an answer below a message, and says whether it is there.
async fn send(data: &Data, answer: Ready<CreateMessage>, message: &Message) -> bool {
    let nonce = serenity::Nonce::String(message.id.to_string());
    let answer = answer.map(|answer| {
        let answer = answer.reference_message(message);
        answer.nonce(nonce).enforce_nonce(true)
    });
    let sent = data.sender.reply(message.channel_id.get(), answer).await;
    if let Err(error) = &sent {
        tracing::error!(%error, "could not answer a typed reply");
    }
    sent.is_ok()
}

/// A text without the mentions of the bot, and whether there are any.
fn without_mention(text: &str, bot: UserId) -> (String, bool) {
    let plain = text.replace(&format!("<@!{bot}>"), &format!("<@{bot}>"));
    let mention = format!("<@{bot}>");
    (plain.replace(&mention, " "), plain.contains(&mention))
}
