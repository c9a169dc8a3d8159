//! An interaction: what a person asks of the application, and what comes of it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use twilight_model::application::{
    command::{CommandOptionChoice, CommandOptionType},
    interaction::{InteractionData, InteractionType},
};

use super::{form::ModalView, message::Content};

/// What Discord's client says when nothing came in time.
pub const SILENCE: &str = "The application did not respond";

/// An interaction the bot was told of.
#[derive(Debug)]
pub struct Interaction {
    pub id: u64,
    pub token: String,
    pub kind: InteractionType,
    pub person: u64,
    pub channel: u64,
    /// The command used, for command interactions.
    pub command: Option<String>,
    /// Of what kind the option is that is being typed, for autocompletion.
    pub focused: Option<CommandOptionType>,
    /// The message whose component was used, also when it led to this interaction by way of a modal.
    pub message: Option<u64>,
    /// For a submitted form, the interaction that brought the form up.
    pub trigger: Option<Trigger>,
    pub started: DateTime<Utc>,
    pub acknowledged: Option<Acknowledged>,
    /// Whether it ran out of time before it was acknowledged.
    pub expired: bool,
    /// Whether a fault on demand got in its way: what comes of it is then not held against the bot.
    pub disturbed: bool,
    pub progress: watch::Sender<Progress>,
}

/// How an interaction was acknowledged.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Acknowledged {
    /// By choices or a form: there is no message to come back to.
    WithoutMessage,
    /// By a message, which is shown.
    Message(u64),
    /// By a message that says the application is thinking.
    Thinking(u64),
    /// By changing the message of the component, now or later.
    Update(u64),
}

impl Acknowledged {
    /// The message that `@original` means.
    pub fn original(self) -> Option<u64> {
        match self {
            Self::WithoutMessage => None,
            Self::Message(id) | Self::Thinking(id) | Self::Update(id) => Some(id),
        }
    }
}

/// How far an interaction has come, for the person who waits.
#[derive(Clone, Debug)]
pub enum Progress {
    /// Nothing came yet, or nothing that can be seen.
    Waiting,
    /// The application did not answer in time.
    Silent,
    /// Something can be seen.
    Shown(Shown),
}

/// What a person sees in the end.
#[derive(Clone, Debug)]
pub enum Shown {
    Message(u64),
    Updated(u64),
    Modal(Arc<ModalView>),
    Choices(Vec<CommandOptionChoice>),
}

/// An answer to an interaction, already checked.
#[derive(Debug)]
pub enum Answer {
    Message { content: Content, ephemeral: bool },
    Thinking { ephemeral: bool },
    UpdateLater,
    Update(Content),
    Choices(Vec<CommandOptionChoice>),
    Modal(Box<ModalView>),
}

/// What a person asks of the application.
#[derive(Debug)]
pub struct Asked {
    pub kind: InteractionType,
    pub person: u64,
    pub channel: u64,
    pub data: InteractionData,
    pub command: Option<String>,
    pub message: Option<u64>,
    pub trigger: Option<Trigger>,
}

/// Why an interaction's token is of no use.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TokenRefused {
    /// There is nothing to follow up on.
    NoResponseYet,
    /// It is wrong, or ran out.
    Invalid,
}

/// An interaction in words, for a problem.
pub fn describe(interaction: &Interaction) -> String {
    match (&interaction.command, interaction.message) {
        (Some(name), _) if interaction.kind == InteractionType::ApplicationCommandAutocomplete => {
            format!("autocompletion of /{name}")
        }
        (Some(name), _) => format!("/{name}"),
        (None, Some(message)) => format!("a component or form of message {message}"),
        (None, None) => "a form".to_owned(),
    }
}

/// The interaction that brought a form up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Trigger {
    pub id: u64,
    pub kind: InteractionType,
}

/// A form on someone's screen, and what brought it up.
#[derive(Clone, Debug)]
pub struct Form {
    pub modal: Arc<ModalView>,
    pub trigger: Trigger,
}
