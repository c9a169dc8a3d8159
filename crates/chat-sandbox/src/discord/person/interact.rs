//! Asking something of the bot: commands, buttons, menus.

use serde_json::json;
use tokio::time;
use twilight_model::{
    application::{
        command::{Command, CommandOptionChoiceValue},
        interaction::{
            InteractionData, InteractionDataResolved, InteractionType,
            application_command::{CommandData, CommandDataOption},
            message_component::MessageComponentInteractionData,
        },
    },
    channel::message::{
        Component,
        component::{ButtonStyle, SelectMenu, SelectMenuType},
    },
};

use super::{
    ARCHIVED, Choice, Failure, MessageView, PATIENCE, Person, Reply, command_line,
    options::{self, Names},
    refused, view,
};
use crate::discord::world::{Asked, Progress, Shown, State, nothing};

impl Person {
    /// Uses a command, typed as into Discord's composer.
    ///
    /// # Errors
    /// When Discord's client would not send it, or the bot does not answer.
    pub async fn slash(&self, channel: &str, line: &str) -> Result<Reply, Failure> {
        let (command, options) = self.typed(channel, line, false)?;
        let id = self.start_command(channel, &command.name, options)?;
        self.outcome(id).await
    }

    /// What is offered for the option at the end of a command that is being typed.
    ///
    /// # Errors
    /// When that option offers nothing, or the bot does not answer.
    pub async fn autocomplete(&self, channel: &str, line: &str) -> Result<Vec<Choice>, Failure> {
        let (command, options) = self.typed(channel, line, true)?;
        self.choices(channel, &command.name, options).await
    }

    /// What is offered for the option among `options` that is focused.
    ///
    /// # Errors
    /// When there is no such command, or the bot does not answer.
    pub async fn choices(
        &self,
        channel: &str,
        command: &str,
        options: Vec<CommandDataOption>,
    ) -> Result<Vec<Choice>, Failure> {
        let kind = InteractionType::ApplicationCommandAutocomplete;
        let id = self.ask_command(channel, command, options, kind)?;
        let Shown::Choices(choices) = self.shown(id).await? else {
            return Err(Failure::NothingShown);
        };
        let value = |value| match value {
            CommandOptionChoiceValue::String(text) => json!(text),
            CommandOptionChoiceValue::Integer(number) => json!(number),
            CommandOptionChoiceValue::Number(number) => json!(number),
        };
        let choice = |choice: twilight_model::application::command::CommandOptionChoice| Choice {
            name: choice.name,
            value: value(choice.value),
        };
        Ok(choices.into_iter().map(choice).collect())
    }

    /// Clicks the first button with that label.
    ///
    /// # Errors
    /// When there is none, it is disabled or a link, or the bot does not answer.
    pub async fn click(&self, message: &MessageView, label: &str) -> Result<Reply, Failure> {
        let now = self.message(message.id);
        let now = now.ok_or_else(|| Failure::Refused("This message is gone".to_owned()))?;
        let Some(button) = now.button(label) else {
            let labels: Vec<String> = now
                .buttons()
                .into_iter()
                .map(|button| button.label)
                .collect();
            return refused(format!("No button says {label:?}; there are {labels:?}"));
        };
        let Some(custom_id) = button.custom_id else {
            return refused(format!("{label:?} is a link"));
        };
        self.click_id(message, &custom_id).await
    }

    /// Clicks the button that the bot knows by that id.
    ///
    /// # Errors
    /// When there is none, it is disabled, or the bot does not answer.
    pub async fn click_id(&self, message: &MessageView, custom_id: &str) -> Result<Reply, Failure> {
        let id = self.start_component(message.id, custom_id, Vec::new())?;
        self.outcome(id).await
    }

    /// Chooses values in a select menu.
    ///
    /// # Errors
    /// When there is none, it does not offer them, or the bot does not answer.
    pub async fn select(
        &self,
        message: &MessageView,
        custom_id: &str,
        values: &[&str],
    ) -> Result<Reply, Failure> {
        let values = values.iter().map(ToString::to_string).collect();
        let id = self.start_component(message.id, custom_id, values)?;
        self.outcome(id).await
    }

    /// Uses a command without waiting for what comes of it. Returns the interaction's id.
    ///
    /// # Errors
    /// When Discord's client would not send it.
    pub fn start_command(
        &self,
        channel: &str,
        command: &str,
        options: Vec<CommandDataOption>,
    ) -> Result<u64, Failure> {
        self.ask_command(
            channel,
            command,
            options,
            InteractionType::ApplicationCommand,
        )
    }

    /// Uses a button or menu without waiting for what comes of it. Returns the interaction's id.
    ///
    /// # Errors
    /// When Discord's client would not send it.
    pub fn start_component(
        &self,
        message: u64,
        custom_id: &str,
        values: Vec<String>,
    ) -> Result<u64, Failure> {
        let asked = {
            let state = self.world.lock();
            let channel = self.visible(&state, message)?;
            if state.archived(channel) {
                return refused(ARCHIVED);
            }
            let stored = state.stored(channel, message);
            let parts = stored.map(|stored| view::flatten(&stored.message.components));
            let part = parts
                .into_iter()
                .flatten()
                .find(|part| custom_id_of(part) == Some(custom_id));
            let Some(part) = part else {
                return refused(format!("This message has no {custom_id:?}"));
            };
            let resolved =
                usable(&state, (self.id, channel), part, &values).map_err(Failure::Refused)?;
            let data = MessageComponentInteractionData {
                component_type: part.kind(),
                custom_id: custom_id.to_owned(),
                resolved,
                values,
            };
            Asked {
                kind: InteractionType::MessageComponent,
                person: self.id,
                channel,
                data: InteractionData::MessageComponent(Box::new(data)),
                command: None,
                message: Some(message),
                trigger: None,
            }
        };
        Ok(self.world.ask(asked))
    }

    /// What comes of an interaction they started, as soon as it can be seen.
    ///
    /// # Errors
    /// When the bot does not acknowledge it in time, or shows nothing.
    pub async fn outcome(&self, interaction: u64) -> Result<Reply, Failure> {
        let message = |id| self.message(id).ok_or(Failure::NothingShown);
        match self.shown(interaction).await? {
            Shown::Message(id) => message(id).map(Reply::Message),
            Shown::Updated(id) => message(id).map(Reply::Updated),
            Shown::Modal(modal) => Ok(Reply::Modal((*modal).clone())),
            Shown::Choices(_) => Err(Failure::NothingShown),
        }
    }

    async fn shown(&self, interaction: u64) -> Result<Shown, Failure> {
        let progress = {
            let state = self.world.lock();
            let interaction = state.interactions.get(&interaction);
            interaction.map(|interaction| interaction.progress.subscribe())
        };
        let mut progress = progress.ok_or(Failure::NothingShown)?;
        let come = progress.wait_for(|progress| !matches!(progress, Progress::Waiting));
        match time::timeout(PATIENCE, come).await {
            Ok(Ok(progress)) => match &*progress {
                Progress::Shown(shown) => Ok(shown.clone()),
                Progress::Silent => Err(Failure::NotAcknowledged),
                Progress::Waiting => Err(Failure::NothingShown),
            },
            // Its token ran out, or nothing came.
            Ok(Err(_)) | Err(_) => Err(Failure::NothingShown),
        }
    }

    fn typed(
        &self,
        channel: &str,
        line: &str,
        focus: bool,
    ) -> Result<(Command, Vec<CommandDataOption>), Failure> {
        let mut state = self.world.lock();
        let room = self.room(&mut state, channel)?;
        let commands = state.commands_for(self.id, room);
        let names = Names {
            state: &state,
            guild: self.guild,
        };
        let typed = command_line::parse(names, &commands, line, focus).map_err(Failure::Refused)?;
        Ok((typed.command, typed.options))
    }

    fn ask_command(
        &self,
        channel: &str,
        name: &str,
        given: Vec<CommandDataOption>,
        kind: InteractionType,
    ) -> Result<u64, Failure> {
        let asked = {
            let mut state = self.world.lock();
            let room = self.room(&mut state, channel)?;
            if state.archived(room) {
                return refused(ARCHIVED);
            }
            let commands = state.commands_for(self.id, room);
            let Some(command) = commands.into_iter().find(|command| command.name == name) else {
                return refused(format!("There is no command /{name}"));
            };
            // While one types, the rest may still be missing.
            if kind == InteractionType::ApplicationCommand {
                options::check_all(&command.options, &given).map_err(Failure::Refused)?;
            }
            let Some(id) = command.id else {
                return refused("This command is not registered");
            };
            let data = CommandData {
                guild_id: command.guild_id,
                id,
                kind: command.kind,
                name: command.name.clone(),
                resolved: state.resolve(state.guild_of(room), self.id, &given),
                options: given,
                target_id: None,
            };
            Asked {
                kind,
                person: self.id,
                channel: room,
                data: InteractionData::ApplicationCommand(Box::new(data)),
                command: Some(command.name),
                message: None,
                trigger: None,
            }
        };
        Ok(self.world.ask(asked))
    }
}

fn custom_id_of(component: &Component) -> Option<&str> {
    match component {
        Component::Button(button) => button.custom_id.as_deref(),
        Component::SelectMenu(menu) => Some(&menu.custom_id),
        _ => None,
    }
}

/// Refuses what Discord's client would not let a person do with a component in a channel; else what the values stand for.
fn usable(
    state: &State,
    who: (u64, u64),
    component: &Component,
    values: &[String],
) -> Result<Option<InteractionDataResolved>, String> {
    match component {
        Component::Button(button) if button.disabled => Err("This button is disabled".to_owned()),
        Component::Button(button) if button.style == ButtonStyle::Link => {
            Err("This button is a link".to_owned())
        }
        Component::SelectMenu(menu) if menu.disabled => Err("This menu is disabled".to_owned()),
        Component::SelectMenu(menu) => selected(state, who, menu, values),
        _ => Ok(None),
    }
}

/// What the values chosen in a menu stand for, if they may be chosen.
pub(super) fn selected(
    state: &State,
    (person, channel): (u64, u64),
    menu: &SelectMenu,
    values: &[String],
) -> Result<Option<InteractionDataResolved>, String> {
    let (least, most) = (menu.min_values.unwrap_or(1), menu.max_values.unwrap_or(1));
    if !(usize::from(least)..=usize::from(most)).contains(&values.len()) {
        return Err(format!("Choose {least} to {most} of them"));
    }
    if menu.kind == SelectMenuType::Text {
        let options = menu.options.as_deref().unwrap_or_default();
        let unknown = values
            .iter()
            .find(|value| options.iter().all(|o| o.value != **value));
        return unknown.map_or(Ok(None), |value| {
            Err(format!("The menu does not offer {value:?}"))
        });
    }
    let guild = state.guild_of(channel);
    let mut resolved = nothing();
    for value in values {
        let id = value
            .parse()
            .map_err(|_| format!("{value:?} is not an id"))?;
        match menu.kind {
            SelectMenuType::Channel => state.resolve_channel(&mut resolved, person, id),
            SelectMenuType::Role => state.resolve_role(&mut resolved, guild, id),
            SelectMenuType::Mentionable => {
                state.resolve_user(&mut resolved, guild, id);
                state.resolve_role(&mut resolved, guild, id);
            }
            _ => state.resolve_user(&mut resolved, guild, id),
        }
    }
    Ok(Some(resolved))
}
