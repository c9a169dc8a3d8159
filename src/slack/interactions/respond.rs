//! Answers commands, presses and forms. They are acknowledged by then, and each gets one answer that its reader sees:
//! through the response URL that came with it, or else in the channel for them alone, or else by direct message.

use std::time::Instant;

use tracing::Instrument as _;

use super::Data;
use super::payloads::{Command, Press};
use crate::app::action::Target;
use crate::app::card::{Audience, Card};
use crate::app::{App, Caller, Error, Outcome, end_of, whole, wording};
use crate::metrics::{self, Outcome as End};
use crate::model::{Member, PlatformId, UserId};
use crate::slack::rendering::{self, Message};
use crate::slack::sending::{Failure, Response};

/// Where somebody reads what is for them alone.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reader<'a> {
    /// Who.
    pub user: &'a str,
    /// Where they are, if anywhere.
    pub channel: Option<&'a str>,
    /// The thread there.
    pub thread: Option<&'a str>,
}

/// Something that waits for its answer.
pub(super) struct Waiting<'a> {
    pub data: &'a Data,
    pub to: Reader<'a>,
    /// Where its answer goes first, if that came with it.
    pub response_url: Option<&'a str>,
    /// What it is to the metrics and the log.
    pub kind: &'static str,
}

/// Runs a command's use-case and answers with its card. A card for everyone is seen by all in the channel only
/// if that is the `audience`.
pub(crate) async fn command<F>(
    data: &Data,
    command: &Command,
    audience: Audience,
    work: impl FnOnce(App, Caller) -> F,
) where
    F: Future<Output = Outcome>,
{
    let waiting = Waiting {
        data,
        to: Reader {
            user: &command.user,
            channel: Some(&command.channel),
            thread: None,
        },
        response_url: Some(&command.response_url),
        kind: command.kind,
    };
    let work = async {
        let caller = caller(data, &command.user).await?;
        work(data.app.clone(), caller).await
    };
    waiting.answer(Target::NewMessage, audience, work).await;
}

/// Shows somebody a card that answers a form, or anything else that has no response URL: in the channel where they
/// are, or else by direct message. `kind` is what it is to the metrics and the log.
pub(crate) async fn show(
    data: &Data,
    to: Reader<'_>,
    kind: &'static str,
    work: impl Future<Output = Outcome>,
) {
    let waiting = Waiting {
        data,
        to,
        response_url: None,
        kind,
    };
    waiting
        .answer(Target::NewMessage, Audience::Caller, work)
        .await;
}

/// Who calls, as Slack says. Where it doesn't say what somebody may do, they count as a plain member.
///
/// # Errors
/// A refusal for members over the rate limit, and for guests where they may not take part.
pub(crate) async fn caller(data: &Data, user: &str) -> Result<Caller, Error> {
    let (mut admin, mut outside) = (data.settings.admins.iter().any(|id| id == user), false);
    match data.sender.person(user).await {
        Ok(person) => {
            outside = person.guest || person.stranger;
            admin |= person.admin && !person.stranger;
        }
        Err(error) => tracing::warn!(%error, "could not ask who somebody is"),
    }
    let caller = data.app.admit(member(data, user), admin)?;
    if outside && !admin && !data.settings.guests_may_answer {
        return Err(wording::members_only().into());
    }
    Ok(caller)
}

/// Somebody of the workspace, or who shares a channel with it.
fn member(data: &Data, user: &str) -> Member {
    Member {
        space: data.space.clone(),
        user: user_id(data, user),
    }
}

/// How a person is known.
pub(super) fn user_id(data: &Data, user: &str) -> UserId {
    UserId::new(PlatformId::Slack, format!("{}:{user}", data.team))
}

impl<'a> Waiting<'a> {
    /// A button or menu of that name that was pressed.
    pub(super) fn pressed(data: &'a Data, press: &'a Press, kind: &'static str) -> Self {
        Self {
            data,
            to: Reader {
                user: &press.user,
                channel: press.channel.as_deref(),
                thread: press.thread.as_deref(),
            },
            response_url: press.response_url.as_deref(),
            kind,
        }
    }

    /// Waits for `work` and shows its card at its target.
    pub(super) async fn answer(
        &self,
        target: Target,
        audience: Audience,
        work: impl Future<Output = Outcome>,
    ) {
        let span = tracing::info_span!("interaction", team = self.data.team, command = self.kind);
        async {
            let begun = Instant::now();
            let outcome = whole(work).await;
            let mut end = end_of(&outcome);
            // What went wrong never takes the place of what was pressed.
            let (card, target) = match outcome {
                Ok(card) => (card, target),
                Err(error) => (error.card(), Target::NewMessage),
            };
            if let Err(error) = self.show(card, target, audience).await {
                tracing::warn!(%error, "could not answer");
                end = End::Unanswered;
            }
            let took = begun.elapsed();
            metrics::interaction(self.kind.into(), end, took);
            tracing::debug!(outcome = end.name(), ms = took.as_millis(), "answered");
        }
        .instrument(span)
        .await;
    }

    /// Shows a card. Only what Slack has refused is tried in another way, so that nobody reads it twice.
    async fn show(
        &self,
        mut card: Card,
        target: Target,
        audience: Audience,
    ) -> Result<(), Failure> {
        if let Some(file) = card.file.take() {
            // A file can't be for one person in a channel.
            let sent = self.data.sender.send_file(self.to.user, &file, &card.title);
            sent.await?;
            card = card.text(wording::sent_by_message());
        }
        let message = rendered(self.data, &card).await;
        if let Some(url) = self.response_url {
            let audience = match (audience, card.audience) {
                (Audience::Everyone, Audience::Everyone) => Audience::Everyone,
                _ => Audience::Caller,
            };
            let response = match target {
                Target::UpdateMessage => Response::in_place(&message),
                Target::NewMessage => {
                    Response::beside(&message, audience).in_thread(self.to.thread)
                }
            };
            match self.data.sender.respond(url, &response).await {
                Err(Failure::Refused { error, .. }) => {
                    tracing::info!(error, "answering in another way");
                }
                Err(Failure::Later(why, _)) => tracing::info!(why, "answering in another way"),
                done => return done,
            }
        }
        say(self.data, self.to, &message).await
    }
}

/// A card as Slack shows it, with the names of its members.
pub(super) async fn rendered(data: &Data, card: &Card) -> Message {
    let names = data.sender.names(&rendering::members(card)).await;
    rendering::message(card, &names)
}

/// Shows somebody a message that is for them alone: in the channel where they are, or else by direct message.
pub(super) async fn say(data: &Data, to: Reader<'_>, message: &Message) -> Result<(), Failure> {
    if let Some(channel) = to.channel {
        let shown = data.sender.whisper(channel, to.thread, to.user, message);
        match shown.await {
            Err(Failure::Refused { error, .. }) => {
                tracing::info!(error, "answering by direct message");
            }
            done => return done,
        }
    }
    data.sender.direct(to.user, message).await.map(drop)
}
