//! Typed replies to dailies, mentions and direct messages. Without the privileged intent Discord hands over the
//! content of messages to the bot only: of those that mention it, which a reply does unless its author turns that off,
//! and of direct ones.

use std::time::Instant;

use poise::serenity_prelude as serenity;
use serenity::{Message, UserId};
use tracing::Instrument;

use super::Data;
use super::respond::admitted;
use crate::app::card::Card;
use crate::app::replies::Said;
use crate::app::{Error, end_of, whole, wording};
use crate::discord::rendering::{first_action, render};
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
        // An answer to a member over the rate limit would be one more message for everyone to read.
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
    answer(data, data.app.said(&caller, said), message).await;
}

/// Says where the bot can be used, to people who write to it directly. Each counts as a member of that conversation.
async fn elsewhere(data: &Data, message: &Message) {
    let alone = Member {
        space: SpaceId::discord(message.channel_id),
        user: model::UserId::discord(message.author.id),
    };
    if data.app.admit(alone, false).is_ok() {
        answer(
            data,
            async { Err(wording::only_in_a_server().into()) },
            message,
        )
        .await;
    }
}

/// Answers a message with what the work makes, if that is anything; after what its author wrote before it.
async fn answer(
    data: &Data,
    work: impl Future<Output = Result<Option<Card>, Error>>,
    message: &Message,
) {
    let _underway = data.underway.token();
    let turn = data.turns.queue(message.author.id.get(), message.id.get());
    let guild = message.guild_id.map(serenity::GuildId::get);
    let span = tracing::info_span!("reply", id = %message.id, guild, channel = %message.channel_id);
    let answered = async {
        let begun = Instant::now();
        turn.comes().await;
        let outcome = whole(async { Ok(work.await?.map(render::message)) }).await;
        let mut end = end_of(&outcome);
        let answer = match outcome {
            Ok(None) => return,
            Ok(Some(answer)) => answer,
            Err(error) => render::message(error.card()),
        };
        // The next message is handled without waiting for Discord to take this answer.
        let _turn = turn.to_answer().await;
        let nonce = serenity::Nonce::String(message.id.to_string());
        let answer = answer.map(|answer| {
            let answer = answer.reference_message(message);
            answer.nonce(nonce).enforce_nonce(true)
        });
        if let Err(error) = data.sender.reply(message.channel_id.get(), answer).await {
            tracing::error!(%error, "could not answer a message");
            end = End::Unanswered;
        }
        metrics::interaction("reply".into(), end, begun.elapsed());
    };
    answered.instrument(span).await;
}

/// A text without the mentions of the bot, and whether there are any.
fn without_mention(text: &str, bot: UserId) -> (String, bool) {
    let plain = text.replace(&format!("<@!{bot}>"), &format!("<@{bot}>"));
    let mention = format!("<@{bot}>");
    (plain.replace(&mention, " "), plain.contains(&mention))
}
