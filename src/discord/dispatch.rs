//! Hands gateway events to poise.

use std::sync::Arc;

use poise::serenity_prelude as serenity;

use super::{Command, Data, on_event, respond};

/// Does what [`poise::Framework`] does, but knows from the start what that learns from the first READY:
/// events that come before poise has handled it wait there for up to a tenth of a second.
pub(super) struct Dispatch {
    options: poise::FrameworkOptions<Data, anyhow::Error>,
    data: Data,
    me: serenity::UserId,
    shards: Option<Arc<serenity::ShardManager>>,
}

impl Dispatch {
    pub(super) fn new(data: Data, me: serenity::UserId, mut commands: Vec<Command>) -> Self {
        poise::set_qualified_names(&mut commands);
        let options = poise::FrameworkOptions {
            commands,
            on_error: |error| Box::pin(respond::framework_error(error)),
            event_handler: |framework, event| Box::pin(on_event(framework, event)),
            allowed_mentions: Some(serenity::CreateAllowedMentions::new()),
            ..Default::default()
        };
        Self {
            options,
            data,
            me,
            shards: None,
        }
    }
}

#[serenity::async_trait]
impl serenity::Framework for Dispatch {
    async fn init(&mut self, client: &serenity::Client) {
        self.shards = Some(client.shard_manager.clone());
    }

    async fn dispatch(&self, context: serenity::Context, event: serenity::FullEvent) {
        let Some(shard_manager) = &self.shards else {
            return;
        };
        let framework = poise::FrameworkContext {
            serenity_context: &context,
            bot_id: self.me,
            options: &self.options,
            user_data: &self.data,
            shard_manager,
        };
        poise::dispatch_event(framework, event).await;
    }
}
