//! Interactions: who asked what, how it was acknowledged, and what came of it.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tokio::sync::watch;
use twilight_model::{
    application::{
        command::CommandOptionType,
        interaction::{
            InteractionData,
            application_command::{CommandDataOption, CommandOptionValue},
        },
    },
    channel::message::MessageType,
    util::Timestamp,
};

use super::{
    Acknowledged, Answer, Asked, Change, Content, Form, GatewayFault, Interaction,
    InteractionState, NewMessage, Progress, SILENCE, Shown, State, TokenRefused, Trigger, describe,
};

/// How long an interaction's token can be used.
const TOKEN_MINUTES: i64 = 15;

/// The kind of the option that is being typed.
fn focused(data: &InteractionData) -> Option<CommandOptionType> {
    fn among(options: &[CommandDataOption]) -> Option<CommandOptionType> {
        options.iter().find_map(|option| match &option.value {
            CommandOptionValue::Focused(_, kind) => Some(*kind),
            CommandOptionValue::SubCommand(inner) | CommandOptionValue::SubCommandGroup(inner) => {
                among(inner)
            }
            _ => None,
        })
    }
    match data {
        InteractionData::ApplicationCommand(command) => among(&command.options),
        _ => None,
    }
}

impl State {
    /// Keeps a new interaction and forgets those whose tokens ran out.
    pub fn begin(&mut self, asked: &Asked) -> (u64, String) {
        let now = self.now();
        while let Some(oldest) = self.interactions.first_entry()
            && too_old(oldest.get(), now)
        {
            oldest.remove();
        }
        let id = self.next_id();
        // The id in front finds the interaction again without a search.
        let token = format!("{id:016x}{:032x}", rand::random::<u128>());
        let interaction = Interaction {
            id,
            token: token.clone(),
            kind: asked.kind,
            person: asked.person,
            channel: asked.channel,
            command: asked.command.clone(),
            focused: focused(&asked.data),
            message: asked.message,
            trigger: asked.trigger,
            started: now,
            acknowledged: None,
            expired: false,
            disturbed: self.faults.on(GatewayFault::DuplicateEvents),
            progress: watch::channel(Progress::Waiting).0,
        };
        self.interactions.insert(id, interaction);
        (id, token)
    }

    /// The interaction a token belongs to, as long as the token can be used.
    pub fn by_token(&self, token: &str) -> Result<&Interaction, TokenRefused> {
        let id = token
            .get(..16)
            .and_then(|id| u64::from_str_radix(id, 16).ok());
        let found = id.and_then(|id| self.interactions.get(&id));
        let interaction = found.filter(|interaction| interaction.token == token);
        match interaction {
            Some(old) if too_old(old, self.now()) => Err(TokenRefused::Invalid),
            // Until the first response there is no webhook to speak of.
            Some(new) if new.acknowledged.is_none() => Err(TokenRefused::NoResponseYet),
            Some(interaction) => Ok(interaction),
            None => Err(TokenRefused::Invalid),
        }
    }

    /// Carries out the first response to an interaction.
    pub fn answer(&mut self, id: u64, answer: Answer) {
        let Some(interaction) = self.interactions.get(&id) else {
            return;
        };
        let kind = interaction.kind;
        let (person, channel, message) =
            (interaction.person, interaction.channel, interaction.message);
        let (acknowledged, shown) = match answer {
            Answer::Message { content, ephemeral } => {
                let id = self.post_answer(id, content, ephemeral, false);
                (Acknowledged::Message(id), Some(Shown::Message(id)))
            }
            Answer::Thinking { ephemeral } => {
                let id = self.post_answer(id, Content::default(), ephemeral, true);
                (Acknowledged::Thinking(id), None)
            }
            Answer::UpdateLater => (Acknowledged::Update(message.unwrap_or_default()), None),
            Answer::Update(content) => {
                let message = message.unwrap_or_default();
                self.edit(channel, message, content);
                (Acknowledged::Update(message), Some(Shown::Updated(message)))
            }
            Answer::Choices(choices) => {
                (Acknowledged::WithoutMessage, Some(Shown::Choices(choices)))
            }
            Answer::Modal(modal) => {
                let modal = Arc::new(*modal);
                let trigger = Trigger { id, kind };
                self.modals.insert(
                    modal.id,
                    Form {
                        modal: Arc::clone(&modal),
                        trigger,
                    },
                );
                self.announce(Change::Modal {
                    person,
                    modal: Arc::clone(&modal),
                });
                (Acknowledged::WithoutMessage, Some(Shown::Modal(modal)))
            }
        };
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.acknowledged = Some(acknowledged);
        }
        self.announce(Change::Interaction {
            id,
            person,
            state: InteractionState::Acknowledged,
        });
        if let Some(shown) = shown {
            self.show(id, shown);
        }
    }

    /// Edits a message through an interaction's token. The first edit of a thinking answer fills it in.
    pub fn edit_answer(&mut self, id: u64, message: u64, content: Content) {
        let Some(interaction) = self.interactions.get_mut(&id) else {
            return;
        };
        let channel = interaction.channel;
        let shown = match interaction.acknowledged {
            Some(Acknowledged::Thinking(original)) if original == message => {
                interaction.acknowledged = Some(Acknowledged::Message(message));
                Some(Shown::Message(message))
            }
            Some(Acknowledged::Update(original)) if original == message => {
                Some(Shown::Updated(message))
            }
            _ => None,
        };
        self.edit(channel, message, content);
        if let Some(shown) = shown {
            self.show(id, shown);
        }
    }

    /// A further message. While the answer is still thinking, the first one takes its place, and is
    /// seen by whom the answer was meant for.
    pub fn follow_up(&mut self, id: u64, content: Content, ephemeral: bool) -> Option<u64> {
        let interaction = self.interactions.get(&id)?;
        if let Some(Acknowledged::Thinking(original)) = interaction.acknowledged {
            self.edit_answer(id, original, content);
            return Some(original);
        }
        let message = self.post_answer(id, content, ephemeral, false);
        self.show(id, Shown::Message(message));
        Some(message)
    }

    /// Deletes a message through an interaction's token. After a thinking answer is gone, what follows
    /// is a message of its own.
    pub fn delete_answer(&mut self, id: u64, message: u64) {
        let Some(interaction) = self.interactions.get_mut(&id) else {
            return;
        };
        if interaction.acknowledged == Some(Acknowledged::Thinking(message)) {
            interaction.acknowledged = Some(Acknowledged::Message(message));
        }
        let channel = interaction.channel;
        self.delete(channel, message);
    }

    /// Notes that the time to acknowledge is over.
    pub fn deadline(&mut self, id: u64) {
        let Some(interaction) = self.interactions.get_mut(&id) else {
            return;
        };
        if interaction.acknowledged.is_some() {
            return;
        }
        interaction.expired = true;
        interaction.progress.send_replace(Progress::Silent);
        let person = interaction.person;
        let what = describe(interaction);
        // In a channel that was deleted meanwhile nobody could have answered.
        let answerable = self.rooms.contains_key(&interaction.channel);
        if answerable && !interaction.disturbed {
            self.recorder
                .problem(format!("{what} was not acknowledged within 3 seconds"));
        }
        let state = InteractionState::Failed(SILENCE.to_owned());
        self.announce(Change::Interaction { id, person, state });
    }

    /// Tells everyone of the answers that are still thinking when they can't be filled in any more.
    pub fn lapse(&self) {
        let now = self.now();
        let old = self.interactions.values().filter(|old| too_old(old, now));
        for interaction in old {
            if let Some(Acknowledged::Thinking(id)) = interaction.acknowledged {
                let channel = interaction.channel;
                let only = self.stored(channel, id).and_then(|stored| stored.only);
                self.announce(Change::Message { channel, id, only });
            }
        }
    }

    /// Whether an answer that was posted then, and only says that the application is thinking, can't be
    /// filled in any more.
    pub fn lapsed(&self, posted: Timestamp) -> bool {
        let age = self.now().timestamp_micros() - posted.as_micros();
        age > Duration::minutes(TOKEN_MINUTES)
            .num_microseconds()
            .unwrap_or(i64::MAX)
    }

    /// Lets the one who waits see the first thing that came.
    fn show(&mut self, id: u64, shown: Shown) {
        if let Some(interaction) = self.interactions.get(&id) {
            interaction.progress.send_if_modified(|progress| {
                let first = matches!(progress, Progress::Waiting);
                if first {
                    *progress = Progress::Shown(shown);
                }
                first
            });
        }
    }

    fn post_answer(&mut self, id: u64, content: Content, ephemeral: bool, thinking: bool) -> u64 {
        let interaction = &self.interactions[&id];
        let original = interaction.acknowledged.and_then(Acknowledged::original);
        let reply_to = original.or(interaction.message);
        let kind = match (reply_to, &interaction.command) {
            (Some(_), _) => MessageType::Reply,
            (None, Some(_)) => MessageType::ChatInputCommand,
            (None, None) => MessageType::Regular,
        };
        self.post(NewMessage {
            author: self.application,
            channel: interaction.channel,
            kind,
            only: ephemeral.then_some(interaction.person),
            thinking,
            reply_to,
            answers: Some(id),
            nonce: None,
            content,
        })
    }
}

fn too_old(interaction: &Interaction, now: DateTime<Utc>) -> bool {
    now - interaction.started > Duration::minutes(TOKEN_MINUTES)
}
