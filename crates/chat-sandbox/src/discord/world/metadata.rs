//! What a message tells of the interaction it answers.

use twilight_model::{
    application::interaction::{InteractionMetadata, InteractionType},
    channel::{Message, message::MessageInteraction},
    id::{AnonymizableId, Id, marker::GuildMarker},
    oauth::ApplicationIntegrationMap,
};

use super::{Interaction, State, Trigger};

impl State {
    /// By whom the application was installed where an interaction comes from: the guild, which is
    /// anonymous in a direct channel.
    pub fn installed<U>(
        &self,
        channel: u64,
    ) -> ApplicationIntegrationMap<AnonymizableId<GuildMarker>, U> {
        let guild = self.guild_of(channel);
        ApplicationIntegrationMap {
            guild: Some(guild.map_or(AnonymizableId::Anonymized, |guild| {
                AnonymizableId::Id(Id::new(guild))
            })),
            user: None,
        }
    }

    /// Marks a message as an answer to an interaction.
    #[expect(
        deprecated,
        reason = "clients still read the field that `interaction_metadata` replaces"
    )]
    pub(super) fn sign(&self, message: &mut Message, interaction: &Interaction) {
        let user = self.user(interaction.person);
        message.webhook_id = Some(Id::new(self.application));
        message.application_id = Some(Id::new(self.application));
        message.interaction = interaction.command.clone().map(|name| MessageInteraction {
            id: Id::new(interaction.id),
            kind: interaction.kind,
            member: None,
            name,
            user: user.clone(),
        });
        let this = Trigger {
            id: interaction.id,
            kind: interaction.kind,
        };
        let mut metadata = self.metadata(this, interaction);
        if let Some(trigger) = interaction.trigger {
            let trigger = self.metadata(trigger, interaction);
            metadata.triggering_interaction_metadata = Some(Box::new(trigger));
        }
        message.interaction_metadata = Some(Box::new(metadata));
    }

    fn metadata(&self, this: Trigger, interaction: &Interaction) -> InteractionMetadata {
        let component = this.kind == InteractionType::MessageComponent;
        InteractionMetadata {
            authorizing_integration_owners: self.installed(interaction.channel),
            id: Id::new(this.id),
            interacted_message_id: interaction.message.filter(|_| component).map(Id::new),
            kind: this.kind,
            original_response_message_id: None,
            target_message_id: None,
            target_user: None,
            triggering_interaction_metadata: None,
            user: self.user(interaction.person),
        }
    }
}
