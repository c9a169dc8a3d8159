//! Routes gateway events: commands to poise, the rest to their handlers.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use poise::serenity_prelude as serenity;
use serenity::{FullEvent, Interaction};
use tokio::sync::Mutex;

use super::respond::Unanswered;
use super::{Command, Data, buttons, replies, respond};
use crate::app::Replays;
use crate::discord::gateway::spaces;
use crate::metrics;
use crate::tasks::caught;

/// Does what [`poise::Framework`] does, but knows from the start what that learns from the first READY:
/// events that come before poise has handled it wait there for up to a tenth of a second.
pub(crate) struct Dispatch {
    options: poise::FrameworkOptions<Data, anyhow::Error>,
    data: Data,
    me: serenity::UserId,
    /// Ids never coincide: <https://docs.discord.com/developers/reference#snowflakes>.
    replays: Replays<u64>,
    shards: Option<Arc<serenity::ShardManager>>,
}

impl Dispatch {
    pub(crate) fn new(data: Data, me: serenity::UserId, commands: Vec<Command>) -> Self {
        let options = poise::FrameworkOptions {
            commands,
            on_error: |error| Box::pin(respond::framework_error(error)),
            allowed_mentions: Some(serenity::CreateAllowedMentions::new()),
            ..Default::default()
        };
        Self {
            options,
            data,
            me,
            replays: Replays::default(),
            shards: None,
        }
    }

    fn framework<'a>(
        &'a self,
        context: &'a serenity::Context,
    ) -> Option<poise::FrameworkContext<'a, Data, anyhow::Error>> {
        Some(poise::FrameworkContext {
            serenity_context: context,
            bot_id: self.me,
            options: &self.options,
            user_data: &self.data,
            shard_manager: self.shards.as_ref()?,
        })
    }

    /// Whether somebody waits for an answer to this and got it when it came before. Of other events it
    /// doesn't matter how often they come.
    fn is_replay(&self, event: &FullEvent) -> bool {
        let id = match event {
            FullEvent::InteractionCreate { interaction } => interaction.id().get(),
            FullEvent::Message { new_message } if replies::is_for(self.me, new_message) => {
                new_message.id.get()
            }
            _ => return false,
        };
        !self.replays.is_new(id)
    }

    async fn command(&self, context: &serenity::Context, event: FullEvent) {
        if let Some(framework) = self.framework(context) {
            poise::dispatch_event(framework, event).await;
        }
    }

    /// Does what poise does for what is being typed, which sends the answer by serenity's own client.
    async fn complete(&self, context: &serenity::Context, typed: &serenity::CommandInteraction) {
        let Some(framework) = self.framework(context) else {
            return;
        };
        let (sent, state) = (AtomicBool::new(false), Mutex::new(Box::new(()) as _));
        let (options, mut commands) = (typed.data.options(), Vec::new());
        let context = poise::extract_command_and_run_checks(
            framework,
            typed,
            poise::CommandInteractionType::Autocomplete,
            &sent,
            &state,
            &options,
            &mut commands,
        );
        match context.await {
            Ok(context) => respond::completed(context).await,
            Err(error) => error.handle(&self.options).await,
        }
    }

    async fn other(&self, event: FullEvent) -> anyhow::Result<()> {
        let Self { data, me, .. } = self;
        match event {
            FullEvent::InteractionCreate {
                interaction: Interaction::Component(pressed),
            } => Box::pin(buttons::pressed(data, &pressed)).await,
            FullEvent::Message { new_message } if replies::is_for(*me, &new_message) => {
                Box::pin(replies::said(data, *me, &new_message)).await;
            }
            FullEvent::GuildCreate { guild, .. } => {
                let id = guild.id;
                // Not needed while the write waits for its turn.
                drop(guild);
                spaces::joined(&data.app, id).await?;
            }
            FullEvent::GuildDelete { incomplete, .. } if !incomplete.unavailable => {
                spaces::left(&data.app, incomplete.id).await?;
            }
            FullEvent::Ready { data_about_bot } => {
                tracing::info!(
                    bot = data_about_bot.user.name,
                    guilds = data_about_bot.guilds.len(),
                    "connected to Discord"
                );
                data.total.record(&data_about_bot);
                spaces::ready(&data.app, &data.listed, &data_about_bot).await?;
            }
            FullEvent::Ratelimit { data } => metrics::rate_limited(data.timeout),
            FullEvent::Resume { .. } => tracing::info!("resumed the connection to Discord"),
            _ => {}
        }
        Ok(())
    }
}

#[serenity::async_trait]
impl serenity::Framework for Dispatch {
    async fn init(&mut self, client: &serenity::Client) {
        self.shards = Some(client.shard_manager.clone());
    }

    // Answering takes far more memory than the rest, so that only what is answered has it: at the
    // start, each server has an event that waits.
    async fn dispatch(&self, context: serenity::Context, event: FullEvent) {
        self.data.heard.note(context.shard_id);
        if self.is_replay(&event) {
            return;
        }
        let name = event.snake_case_name();
        let waits = Unanswered::of(&event);
        let handled = async {
            tracing::trace!(event = name, "an event came");
            match event {
                FullEvent::InteractionCreate {
                    interaction: Interaction::Command(_),
                } => Box::pin(self.command(&context, event)).await,
                FullEvent::InteractionCreate {
                    interaction: Interaction::Autocomplete(typed),
                } => Box::pin(self.complete(&context, &typed)).await,
                _ => return self.other(event).await,
            }
            Ok(())
        };
        let error = match (caught(handled).await, waits) {
            (Ok(Ok(())), _) => return,
            (Ok(Err(error)), _) => format!("{error:#}"),
            (Err(panic), Some(waits)) => return waits.fail(&self.data, panic).await,
            (Err(panic), None) => panic,
        };
        tracing::error!(event = name, error, "an event was not handled");
    }
}
