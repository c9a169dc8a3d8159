//! Commands in the menus of messages and of people ("User Commands", "Message Commands").

use twilight_model::{
    application::{
        command::{Command, CommandType},
        interaction::{
            InteractionData, InteractionDataResolved, InteractionType,
            application_command::CommandData,
        },
    },
    id::Id,
};

use super::{ARCHIVED, Failure, MessageView, Person, Reply, refused};
use crate::discord::world::{Asked, State, nothing};

impl Person {
    /// The commands in the menu of every message of a channel that all can see, by name.
    pub fn message_commands(&self, channel: &str) -> Vec<Command> {
        self.menu(channel, CommandType::Message)
    }

    /// The commands in everybody's menu in a channel, by name.
    pub fn user_commands(&self, channel: &str) -> Vec<Command> {
        self.menu(channel, CommandType::User)
    }

    fn menu(&self, channel: &str, kind: CommandType) -> Vec<Command> {
        let mut state = self.world.lock();
        let room = state.room_named(self.guild, self.id, channel);
        room.map(|room| state.offered(self.id, room, kind))
            .unwrap_or_default()
    }

    /// Uses a command in the menu of a message.
    ///
    /// # Errors
    /// When there is no such command or message, or the bot does not answer.
    pub async fn use_on_message(
        &self,
        message: &MessageView,
        command: &str,
    ) -> Result<Reply, Failure> {
        let id = self.start_on_message(message.id, command)?;
        self.outcome(id).await
    }

    /// Uses a command in somebody's menu.
    ///
    /// # Errors
    /// When there is no such command, or the bot does not answer.
    pub async fn use_on_person(
        &self,
        channel: &str,
        person: &Person,
        command: &str,
    ) -> Result<Reply, Failure> {
        let id = self.start_on_person(channel, person.id, command)?;
        self.outcome(id).await
    }

    /// Uses a command in the menu of a message without waiting. Returns the interaction's id.
    ///
    /// # Errors
    /// When there is no such command or message.
    pub fn start_on_message(&self, message: u64, command: &str) -> Result<u64, Failure> {
        let asked = {
            let state = self.world.lock();
            let channel = self.visible(&state, message)?;
            let stored = state.stored(channel, message);
            // Messages that only one person sees have no menu of commands.
            let Some(stored) = stored.filter(|stored| stored.only.is_none()) else {
                return refused("This message has no commands");
            };
            let mut resolved = nothing();
            let id = stored.message.id;
            resolved.messages.insert(id, stored.message.clone());
            let place = (channel, CommandType::Message);
            self.asked(&state, place, command, (message, resolved))?
        };
        Ok(self.world.ask(asked))
    }

    /// Uses a command in somebody's menu without waiting. Returns the interaction's id.
    ///
    /// # Errors
    /// When there is no such command, channel or person.
    pub fn start_on_person(
        &self,
        channel: &str,
        person: u64,
        command: &str,
    ) -> Result<u64, Failure> {
        let asked = {
            let mut state = self.world.lock();
            let channel = self.room(&mut state, channel)?;
            if state.someone(person).is_none() {
                return refused("There is no such person");
            }
            let mut resolved = nothing();
            state.resolve_user(&mut resolved, state.guild_of(channel), person);
            let place = (channel, CommandType::User);
            self.asked(&state, place, command, (person, resolved))?
        };
        Ok(self.world.ask(asked))
    }

    fn asked(
        &self,
        state: &State,
        (channel, kind): (u64, CommandType),
        name: &str,
        (target, resolved): (u64, InteractionDataResolved),
    ) -> Result<Asked, Failure> {
        if state.archived(channel) {
            return refused(ARCHIVED);
        }
        let offered = state.offered(self.id, channel, kind);
        let command = offered.into_iter().find(|command| command.name == name);
        let Some((command, id)) = command.and_then(|it| it.id.map(|id| (it, id))) else {
            return refused(format!("There is no command {name:?} in this menu"));
        };
        let data = CommandData {
            guild_id: command.guild_id,
            id,
            kind,
            name: command.name.clone(),
            resolved: Some(resolved),
            options: Vec::new(),
            target_id: Some(Id::new(target)),
        };
        Ok(Asked {
            kind: InteractionType::ApplicationCommand,
            person: self.id,
            channel,
            data: InteractionData::ApplicationCommand(Box::new(data)),
            command: Some(command.name),
            message: None,
            trigger: None,
        })
    }
}
