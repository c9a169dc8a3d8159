//! Answers interactions in time: at once when the card is there within a second, else by a
//! deferral that is filled in later. Discord gives up after three seconds:
//! <https://docs.discord.com/developers/interactions/receiving-and-responding>.

use std::borrow::Cow;
use std::pin::pin;
use std::time::{Duration, Instant};

use poise::serenity_prelude as serenity;
use serenity::{
    Builder, CreateInteractionResponse as Response, CreateInteractionResponseFollowup as Followup,
    EditInteractionResponse as Edit, GuildId, Http, InteractionId,
};
use tracing::Instrument;

use super::{Context, Data, render};
use crate::app::action::Place;
use crate::app::card::{Audience, Card};
use crate::app::{App, Caller, Error, Outcome, Refusal, wording};
use crate::metrics::{self, Outcome as End};
use crate::store::Member;

/// How long a use-case may take before the answer is deferred.
const PROMPT: Duration = Duration::from_secs(1);

/// Discord's code for an interaction that it gave up on.
const UNKNOWN_INTERACTION: isize = 10_062;
/// Discord's code for a second acknowledgement.
const ALREADY_ACKNOWLEDGED: isize = 40_060;

/// An interaction that waits for its answer.
pub(super) struct Waiting<'a> {
    pub data: &'a Data,
    /// For the first answer; what follows it passes the rate limiter.
    pub http: &'a Http,
    pub id: InteractionId,
    pub token: &'a str,
    pub guild: Option<GuildId>,
    /// The command's name, or the kind of the button.
    pub command: Cow<'static, str>,
}

/// Runs a command's use-case and answers with its card.
pub(super) async fn command<F>(
    ctx: Context<'_>,
    audience: Audience,
    work: impl FnOnce(App, Caller) -> F,
) -> anyhow::Result<()>
where
    F: Future<Output = Outcome>,
{
    if !ctx.data().replays.is_new(ctx.interaction.id.get()) {
        return Ok(());
    }
    let waiting = Waiting::of(ctx);
    let app = ctx.data().app.clone();
    let member = ctx.interaction.member.as_deref();
    match caller(
        ctx.interaction.guild_id,
        ctx.author(),
        member.and_then(|m| m.permissions),
    ) {
        Some(caller) => {
            let work = async {
                app.admit(&caller)?;
                work(app, caller).await
            };
            waiting.answer(Place::Beside, audience, work).await
        }
        None => {
            waiting
                .answer(Place::Beside, Audience::Caller, async { nowhere() })
                .await
        }
    }
    Ok(())
}

/// Who calls, as Discord says. `None` outside of servers.
pub(super) fn caller(
    guild: Option<GuildId>,
    user: &serenity::User,
    permissions: Option<serenity::Permissions>,
) -> Option<Caller> {
    Some(Caller {
        member: Member {
            space: guild?.get().into(),
            user: user.id.get().into(),
        },
        host: permissions.is_some_and(|granted| granted.manage_guild() || granted.administrator()),
    })
}

/// What is said where there is no server.
pub(super) fn nowhere() -> Outcome {
    Err(wording::only_in_a_server().into())
}

impl<'a> Waiting<'a> {
    fn of(ctx: Context<'a>) -> Self {
        Self {
            data: ctx.data(),
            http: ctx.http(),
            id: ctx.interaction.id,
            token: &ctx.interaction.token,
            guild: ctx.interaction.guild_id,
            command: ctx.command().qualified_name.clone(),
        }
    }

    /// Waits for `work` and shows its card in its place.
    pub(super) async fn answer(
        &self,
        place: Place,
        audience: Audience,
        work: impl Future<Output = Outcome>,
    ) {
        let _underway = self.data.underway.token();
        let guild = self.guild.map(GuildId::get);
        let span =
            tracing::info_span!("interaction", id = %self.id, guild, command = %self.command);
        async {
            let begun = Instant::now();
            let end = self.show(place, audience, work).await;
            let took = begun.elapsed();
            metrics::interaction(self.command.clone(), end, took);
            tracing::debug!(outcome = end.name(), ms = took.as_millis(), "answered");
        }
        .instrument(span)
        .await;
    }

    async fn show(
        &self,
        place: Place,
        audience: Audience,
        work: impl Future<Output = Outcome>,
    ) -> End {
        let mut work = pin!(work);
        let (end, shown) = match tokio::time::timeout(PROMPT, &mut work).await {
            Ok(outcome) => (end_of(&outcome), self.at_once(place, outcome).await),
            Err(_) => {
                metrics::deferred();
                let deferred = self.defer(place, audience).await;
                // What the use-case records is recorded all the same.
                let outcome = work.await;
                let end = end_of(&outcome);
                match deferred {
                    Ok(()) => (end, self.later(place, audience, outcome).await),
                    Err(error) => (end, Err(error)),
                }
            }
        };
        match shown {
            Ok(()) => end,
            Err(error) => {
                log_unanswered(&error);
                End::Unanswered
            }
        }
    }

    async fn at_once(&self, place: Place, outcome: Outcome) -> serenity::Result<()> {
        let response = match (place, outcome) {
            (Place::Here, Ok(card)) => Response::UpdateMessage(render::response(card)),
            (Place::Beside, Ok(card)) => Response::Message(render::response(card)),
            (_, Err(error)) => Response::Message(render::response(error_card(error))),
        };
        self.respond(response).await
    }

    async fn defer(&self, place: Place, audience: Audience) -> serenity::Result<()> {
        let quiet = audience == Audience::Caller;
        self.respond(match place {
            Place::Here => Response::Acknowledge,
            Place::Beside => {
                Response::Defer(serenity::CreateInteractionResponseMessage::new().ephemeral(quiet))
            }
        })
        .await
    }

    /// Fills a deferred answer in.
    async fn later(
        &self,
        place: Place,
        promised: Audience,
        outcome: Outcome,
    ) -> serenity::Result<()> {
        let (card, fits) = match outcome {
            Ok(card) => {
                let fits = place == Place::Here || card.audience == promised;
                (card, fits)
            }
            Err(error) => (
                error_card(error),
                place == Place::Beside && promised == Audience::Caller,
            ),
        };
        if fits {
            self.edit(render::edit(card)).await
        } else {
            // A deferral cannot change who sees it, so the card comes as a message of its own.
            self.followup(render::followup(card)).await?;
            if place == Place::Beside {
                self.data
                    .http
                    .delete_original_interaction_response(self.token)
                    .await?;
            }
            Ok(())
        }
    }

    async fn respond(&self, response: Response) -> serenity::Result<()> {
        response.execute(self.http, (self.id, self.token)).await
    }

    async fn edit(&self, edit: Edit) -> serenity::Result<()> {
        edit.execute(&self.data.http, self.token).await.map(|_| ())
    }

    async fn followup(&self, followup: Followup) -> serenity::Result<()> {
        followup
            .execute(&self.data.http, (None, self.token))
            .await
            .map(|_| ())
    }
}

/// What becomes of an interaction whose answer Discord takes.
pub(super) fn end_of<T>(outcome: &Result<T, Error>) -> End {
    match outcome {
        Ok(_) => End::Answered,
        Err(Error::Refusal(_)) => End::Refused,
        Err(Error::Internal(_)) => End::Failed,
    }
}

/// What a member sees of an error: a refusal as it is, anything else as an id that is in the log.
pub(super) fn error_card(error: Error) -> Card {
    match error {
        Error::Refusal(refusal) => refusal.card(),
        Error::Internal(error) => {
            let id = format!("{:08x}", rand::random::<u32>());
            tracing::error!(id, error = format!("{error:#}"), "internal error");
            Refusal(wording::internal_error(&id)).card()
        }
    }
}

/// Neither is worth a retry: the person has been told by Discord, or answered before.
fn log_unanswered(error: &serenity::Error) {
    let code = match error {
        serenity::Error::Http(serenity::HttpError::UnsuccessfulRequest(response)) => {
            Some(response.error.code)
        }
        _ => None,
    };
    match code {
        Some(UNKNOWN_INTERACTION | ALREADY_ACKNOWLEDGED) => {
            tracing::warn!(%error, "too late to answer an interaction");
        }
        _ if is_outage(error) => {
            tracing::warn!(%error, "Discord did not take the answer to an interaction");
        }
        _ => tracing::error!(%error, "could not answer an interaction"),
    }
}

/// Whether Discord or the way there is at fault.
fn is_outage(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(serenity::HttpError::Request(_)) => true,
        serenity::Error::Http(error) => error.status_code().is_some_and(|s| s.is_server_error()),
        _ => false,
    }
}

/// Errors that poise finds before or around a command.
pub(super) async fn framework_error(error: poise::FrameworkError<'_, Data, anyhow::Error>) {
    use poise::FrameworkError as E;
    let (ctx, error) = match error {
        E::ArgumentParse {
            ctx: poise::Context::Application(ctx),
            error,
            ..
        } => (ctx, Error::from(wording::not_understood(&error))),
        E::GuildOnly {
            ctx: poise::Context::Application(ctx),
            ..
        } => (ctx, Error::from(wording::only_in_a_server())),
        E::CommandPanic {
            ctx: poise::Context::Application(ctx),
            payload,
            ..
        } => {
            let payload = payload.unwrap_or_default();
            (
                ctx,
                Error::Internal(anyhow::anyhow!("a command panicked: {payload}")),
            )
        }
        other => {
            let ctx = match other.ctx() {
                Some(poise::Context::Application(ctx)) => ctx,
                _ => return tracing::error!(error = %other, "an error outside of commands"),
            };
            (ctx, Error::Internal(anyhow::anyhow!("{other}")))
        }
    };
    let waiting = Waiting::of(ctx);
    waiting
        .answer(Place::Beside, Audience::Caller, async { Err(error) })
        .await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::text::Text;

    #[test]
    fn a_member_reads_a_refusal_but_of_an_internal_error_only_an_id() {
        let refused = error_card(Error::from(Text::from("Please try again.")));
        assert_eq!(refused.audience, Audience::Caller);
        assert!(format!("{refused:?}").contains("Please try again."));

        let internal = error_card(Error::Internal(anyhow::anyhow!("disk I/O error at page 7")));
        assert!(!format!("{internal:?}").contains("page 7"), "{internal:?}");
        assert!(
            format!("{internal:?}").contains("nothing was recorded"),
            "{internal:?}"
        );
    }
}
