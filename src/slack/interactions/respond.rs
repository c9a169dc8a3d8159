//! Answers commands, presses and forms. They are acknowledged by then, and each gets one answer that its reader sees:
//! through the response URL that came with it, or else in the channel for them alone, or else by direct message.

use std::time::Instant;

use tracing::Instrument as _;

use super::Data;
use super::payloads::{Command, Press};
use crate::app::action::Target;
use crate::app::card::{Audience, Card};
use crate::app::{Caller, Error, Outcome, Refusal, end_of, whole, wording};
use crate::metrics::{self, Outcome as End};
use crate::model::{Member, PlatformId, UserId};
use crate::slack::rendering::Message;
use crate::slack::sending::{Failure, Meaning, Response};

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

/// Tells who used a command what there is to say instead of doing it.
pub(crate) async fn told(data: &Data, used: &Command, outcome: Outcome) {
    let told = async {
        caller(data, &used.user).await?;
        outcome
    };
    command(data, used, Audience::Caller, told).await;
}

/// Answers a command with the card of its work. A card for everyone is seen by all in the channel only if that is the
/// `audience`.
pub(crate) async fn command(
    data: &Data,
    command: &Command,
    audience: Audience,
    work: impl Future<Output = Outcome>,
) {
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

/// Who calls. Slack is asked only if that matters, and nothing is known yet.
///
/// # Errors
/// A refusal for members over the rate limit, for guests where they may not take part, and for those of whom Slack
/// doesn't say whether they are one.
pub(crate) async fn caller(data: &Data, user: &str) -> Result<Caller, Error> {
    let admin = data.settings.admins.iter().any(|id| id == user);
    let caller = data.app.admit(member(data, user), admin)?;
    if !admin && !data.settings.guests_may_answer && is_outside(data, user).await? {
        return Err(wording::members_only().into());
    }
    Ok(caller)
}

/// Who calls, for what only admins may see.
///
/// # Errors
/// As [`caller`], and a refusal where Slack doesn't say whether somebody is an admin.
pub(crate) async fn admin(data: &Data, user: &str) -> Result<Caller, Error> {
    caller_who_is(data, user, data.sender.is_admin(user)).await
}

/// Who calls, for what only admins may change. Slack is asked at that moment, so that whoever is no admin any more
/// changes nothing.
///
/// # Errors
/// As [`admin`].
pub(crate) async fn admin_now(data: &Data, user: &str) -> Result<Caller, Error> {
    caller_who_is(data, user, data.sender.is_admin_now(user)).await
}

/// Who calls, an admin if Slack says so or the configuration does.
async fn caller_who_is(
    data: &Data,
    user: &str,
    admin: impl Future<Output = Result<bool, Failure>>,
) -> Result<Caller, Error> {
    let mut caller = caller(data, user).await?;
    if !caller.admin {
        let unknown = || wording::admin_unknown(PlatformId::Slack);
        caller.admin = known(admin.await, unknown)?.unwrap_or_default();
    }
    Ok(caller)
}

/// Whether somebody is a guest, or of another workspace, as is whoever Slack doesn't show.
async fn is_outside(data: &Data, user: &str) -> Result<bool, Error> {
    let person = known(data.sender.person(user).await, wording::unidentified)?;
    Ok(person.is_none_or(|person| person.guest || person.stranger))
}

/// What Slack says of somebody; nothing of whom it doesn't show. `unknown` is told where it says nothing.
fn known<T>(
    said: Result<T, Failure>,
    unknown: impl FnOnce() -> Refusal,
) -> Result<Option<T>, Error> {
    match said {
        Ok(said) => Ok(Some(said)),
        Err(failure) if failure.meaning() == Some(Meaning::Nobody) => Ok(None),
        Err(_) => Err(unknown().into()),
    }
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
    UserId::slack(&data.team, user)
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

    /// Shows a card. It is tried in another way only where it certainly wasn't shown, so that nobody reads it twice.
    async fn show(
        &self,
        mut card: Card,
        target: Target,
        audience: Audience,
    ) -> Result<(), Failure> {
        if let Some(file) = card.file.take() {
            // A file can't be for one person in a channel.
            let sent = self.data.sender.send_file(self.to.user, &file, &card.title);
            card = match sent.await {
                Ok(()) => card.text(wording::sent_by_message()),
                Err(error) => {
                    tracing::warn!(%error, "could not send a file");
                    wording::file_not_sent().card()
                }
            };
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

/// A card as Slack shows it.
pub(super) async fn rendered(data: &Data, card: &Card) -> Message {
    data.sender.rendered(card).await
}

/// Shows somebody a message that is for them alone: in the channel where they are, or else by direct message.
pub(super) async fn say(data: &Data, to: Reader<'_>, message: &Message) -> Result<(), Failure> {
    if let Some(channel) = to.channel {
        let shown = data.sender.whisper(channel, to.thread, to.user, message);
        match shown.await {
            Err(Failure::Refused { error: why, .. } | Failure::Later(why, _)) => {
                tracing::info!(why, "answering by direct message");
            }
            done => return done,
        }
    }
    data.sender.direct(to.user, message).await.map(drop)
}
