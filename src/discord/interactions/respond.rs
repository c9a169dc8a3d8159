//! Answers interactions in time: at once when the card is there within a second, else by a
//! deferral that is filled in later. Discord gives up after three seconds:
//! <https://docs.discord.com/developers/interactions/receiving-and-responding>.

use std::borrow::Cow;
use std::pin::pin;
use std::time::{Duration, Instant};

use poise::serenity_prelude as serenity;
use serenity::{CreateInteractionResponse as Response, GuildId, InteractionId};
use tracing::Instrument;

use super::{Context, Data};
use crate::app::action::Target;
use crate::app::card::Audience;
use crate::app::{App, Caller, Error, Outcome, end_of, whole, wording};
use crate::discord::rendering::{Ready, render};
use crate::discord::sending::Failure;
use crate::metrics::{self, Outcome as End};
use crate::model::{Member, SpaceId, UserId};
use crate::tasks::caught;

/// How long a use-case may take before the answer is deferred.
const PROMPT: Duration = Duration::from_secs(1);

/// Discord's code for an interaction that it gave up on.
const UNKNOWN_INTERACTION: i64 = 10_062;
/// Discord's code for a second acknowledgement.
const ALREADY_ACKNOWLEDGED: i64 = 40_060;

/// An interaction that waits for its answer.
pub(super) struct Waiting<'a> {
    pub data: &'a Data,
    pub id: InteractionId,
    pub token: &'a str,
    pub guild: Option<GuildId>,
    /// The command's name, or the kind of the button.
    pub command: Cow<'static, str>,
}

/// An interaction whose answer somebody waits for, whatever becomes of the code that is to give it.
pub(super) struct Unanswered {
    id: InteractionId,
    token: String,
    guild: Option<GuildId>,
    kind: &'static str,
}

impl Unanswered {
    /// None where there is nobody to be answered.
    pub(super) fn of(event: &serenity::FullEvent) -> Option<Self> {
        use serenity::Interaction as I;
        let serenity::FullEvent::InteractionCreate { interaction } = event else {
            return None;
        };
        let (id, token, guild, kind) = match interaction {
            I::Command(used) => (used.id, &used.token, used.guild_id, "unknown command"),
            I::Component(pressed) => (
                pressed.id,
                &pressed.token,
                pressed.guild_id,
                "unknown button",
            ),
            _ => return None,
        };
        let token = token.clone();
        Some(Self {
            id,
            token,
            guild,
            kind,
        })
    }

    /// Says that something went wrong, which is in the log.
    pub(super) async fn fail(&self, data: &Data, why: String) {
        let waiting = Waiting {
            data,
            id: self.id,
            token: &self.token,
            guild: self.guild,
            command: self.kind.into(),
        };
        let fault = async { Err(Error::Internal(anyhow::anyhow!(why))) };
        waiting
            .answer(Target::NewMessage, Audience::Caller, fault)
            .await;
    }
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
    let waiting = Waiting::of(ctx);
    let app = ctx.data().app.clone();
    let work = async {
        let caller = caller(ctx)?;
        work(app, caller).await
    };
    waiting.answer(Target::NewMessage, audience, work).await;
    Ok(())
}

/// Who uses a command, or types one.
///
/// # Errors
/// As [`admitted`].
pub(super) fn caller(ctx: Context<'_>) -> Result<Caller, Error> {
    let member = ctx.interaction.member.as_deref();
    let permissions = member.and_then(|member| member.permissions);
    let guild = ctx.interaction.guild_id;
    admitted(&ctx.data().app, guild, ctx.author(), permissions)
}

/// Who calls, as Discord says.
///
/// # Errors
/// A refusal outside of servers, and for members over the rate limit.
pub(super) fn admitted(
    app: &App,
    guild: Option<GuildId>,
    user: &serenity::User,
    permissions: Option<serenity::Permissions>,
) -> Result<Caller, Error> {
    let member = Member {
        space: SpaceId::discord(guild.ok_or_else(wording::only_in_a_server)?.get()),
        user: UserId::discord(user.id.get()),
    };
    let admin =
        permissions.is_some_and(|granted| granted.manage_guild() || granted.administrator());
    app.admit(member, admin)
}

impl<'a> Waiting<'a> {
    fn of(ctx: Context<'a>) -> Self {
        Self {
            data: ctx.data(),
            id: ctx.interaction.id,
            token: &ctx.interaction.token,
            guild: ctx.interaction.guild_id,
            command: ctx.command().qualified_name.clone(),
        }
    }

    /// A button or menu of that name that was pressed.
    pub(super) fn pressed(
        data: &'a Data,
        pressed: &'a serenity::ComponentInteraction,
        command: Cow<'static, str>,
    ) -> Self {
        Self {
            data,
            id: pressed.id,
            token: &pressed.token,
            guild: pressed.guild_id,
            command,
        }
    }

    /// Waits for `work` and shows its card at its target.
    pub(super) async fn answer(
        &self,
        target: Target,
        audience: Audience,
        work: impl Future<Output = Outcome>,
    ) {
        let _underway = self.data.underway.token();
        let guild = self.guild.map(GuildId::get);
        let span =
            tracing::info_span!("interaction", id = %self.id, guild, command = %self.command);
        async {
            let begun = Instant::now();
            let end = self.show(target, audience, work).await;
            let took = begun.elapsed();
            metrics::interaction(self.command.clone(), end, took);
            tracing::debug!(outcome = end.name(), ms = took.as_millis(), "answered");
        }
        .instrument(span)
        .await;
    }

    async fn show(
        &self,
        target: Target,
        audience: Audience,
        work: impl Future<Output = Outcome>,
    ) -> End {
        let mut work = pin!(whole(work));
        let (end, shown) = match tokio::time::timeout(PROMPT, &mut work).await {
            Ok(outcome) => (end_of(&outcome), self.at_once(target, outcome).await),
            Err(_) => {
                metrics::deferred();
                let deferred = self.defer(target, audience).await;
                // What the use-case records is recorded all the same.
                let outcome = work.await;
                let end = end_of(&outcome);
                match deferred {
                    Ok(()) => (end, self.later(target, audience, outcome).await),
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

    async fn at_once(&self, target: Target, outcome: Outcome) -> Result<(), Failure> {
        let response = match (target, outcome) {
            (Target::UpdateMessage, Ok(card)) => {
                render::response(card).map(Response::UpdateMessage)
            }
            (Target::NewMessage, Ok(card)) => render::response(card).map(Response::Message),
            (_, Err(error)) => render::response(error.card()).map(Response::Message),
        };
        self.respond(response).await
    }

    async fn defer(&self, target: Target, audience: Audience) -> Result<(), Failure> {
        let quiet = audience == Audience::Caller;
        let message = match target {
            Target::UpdateMessage => Response::Acknowledge,
            Target::NewMessage => {
                Response::Defer(serenity::CreateInteractionResponseMessage::new().ephemeral(quiet))
            }
        };
        self.respond(Ready {
            message,
            file: None,
        })
        .await
    }

    /// Fills a deferred answer in.
    async fn later(
        &self,
        target: Target,
        promised: Audience,
        outcome: Outcome,
    ) -> Result<(), Failure> {
        let (card, fits) = match outcome {
            Ok(card) => {
                let fits = target == Target::UpdateMessage || card.audience == promised;
                (card, fits)
            }
            Err(error) => (
                error.card(),
                target == Target::NewMessage && promised == Audience::Caller,
            ),
        };
        let sender = &self.data.sender;
        if fits {
            return sender.edit_answer(self.token, render::edit(card)).await;
        }
        // A deferral cannot change who sees it, so the card comes as a message of its own.
        sender.follow_up(self.token, render::followup(card)).await?;
        if target == Target::NewMessage {
            sender.delete_answer(self.token).await?;
        }
        Ok(())
    }

    async fn respond(&self, response: Ready<Response>) -> Result<(), Failure> {
        self.data
            .sender
            .respond(self.id, self.token, response)
            .await
    }
}

/// Offers what can complete what is being typed; after a fault, nothing.
pub(super) async fn completed(ctx: Context<'_>) {
    let focused = ctx.args.iter().find_map(|option| match option.value {
        serenity::ResolvedValue::Autocomplete { value, .. } => Some((option.name, value)),
        _ => None,
    });
    let Some((name, typed)) = focused else { return };
    let mut parameters = ctx.command().parameters.iter();
    let parameter = parameters.find(|parameter| parameter.name == name);
    let Some(complete) = parameter.and_then(|parameter| parameter.autocomplete_callback) else {
        return;
    };
    let choices = caught(complete(ctx, typed)).await;
    let choices = choices.unwrap_or_else(|panic| {
        let command = &*ctx.command().qualified_name;
        tracing::error!(command, panic, "nothing can be offered");
        serenity::CreateAutocompleteResponse::new()
    });
    let response = Ready {
        message: Response::Autocomplete(choices),
        file: None,
    };
    let (id, token) = (ctx.interaction.id, &ctx.interaction.token);
    if let Err(error) = ctx.data().sender.respond(id, token, response).await {
        // A member who types on has already asked again.
        tracing::debug!(%error, "could not offer anything");
    }
}

/// Neither is worth a retry: the person has been told by Discord, or answered before.
fn log_unanswered(failure: &Failure) {
    match failure {
        Failure::Refused {
            code: UNKNOWN_INTERACTION | ALREADY_ACKNOWLEDGED,
            ..
        } => tracing::warn!(error = %failure, "too late to answer an interaction"),
        Failure::Refused { .. } => {
            tracing::error!(error = %failure, "could not answer an interaction");
        }
        Failure::Unsure(_) => {
            tracing::warn!(error = %failure, "Discord did not take the answer to an interaction");
        }
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
        } => (ctx, Error::from(wording::not_understood(error.to_string()))),
        E::GuildOnly {
            ctx: poise::Context::Application(ctx),
            ..
        } => (ctx, Error::from(wording::only_in_a_server())),
        E::CommandPanic {
            ctx: poise::Context::Application(ctx),
            payload,
            ..
        } => {
            let panic = payload.unwrap_or_default();
            (ctx, Error::Internal(anyhow::anyhow!("panicked: {panic}")))
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
        .answer(Target::NewMessage, Audience::Caller, async { Err(error) })
        .await;
}
