//! What is said where commands are typed as one text.

use super::super::card::{Card, Tone, cut};
use super::super::outcome::Refusal;
use super::super::text::Text;
use super::commands::Described;
use super::labels::{COMMANDS_TITLE, UNREAD, WHICH_COMMAND};
use super::lists::list;
use crate::model::PlatformId;

/// What is wrong with the words after a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistyped {
    /// These belong to nothing.
    Unknown(String),
    /// This can't be a value of that option, for which there are only these choices, or many.
    NoValue {
        /// The option.
        name: &'static str,
        /// What was typed; it may be empty.
        typed: String,
        /// The choices; none where there are too many to name.
        choices: Vec<&'static str>,
    },
    /// An option has two values.
    Twice {
        /// The option.
        name: &'static str,
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// There are more characters than are read.
    TooLong {
        /// How many.
        length: usize,
        /// How many may be.
        most: usize,
    },
}

/// The most characters of what was typed that are shown again.
const SHOWN: usize = 100;

/// The word after a command that shows what can be typed there.
pub const HELP: &str = "help";

/// What is wrong with what was typed.
pub fn mistyped(mistyped: &Mistyped) -> Text {
    let quoted = |typed: &str| Text::from("“").plain(cut(typed, SHOWN)).md("”");
    match mistyped {
        Mistyped::Unknown(words) => Text::from("I don't know what ")
            .then(quoted(words))
            .md(" is here."),
        Mistyped::NoValue {
            name,
            typed,
            choices,
        } => {
            let text = match typed.as_str() {
                "" => Text::from(format!("Nothing follows `{name}:`")),
                typed => quoted(typed).md(format!(" can't be the `{name}`")),
            };
            match choices.as_slice() {
                [] => text.md("."),
                choices => text.md(format!("; it is one of `{}`.", choices.join("`, `"))),
            }
        }
        Mistyped::Twice { name, one, other } => Text::from(format!("The `{name}` can't be both "))
            .then(quoted(one))
            .md(" and ")
            .then(quoted(other))
            .md("."),
        Mistyped::TooLong { length, most } => {
            format!("That is {length} characters long, and I read at most {most}.").into()
        }
    }
}

/// What can't be read of what was typed after a command, and how it is used.
pub fn words_not_read(wrong: &[Mistyped], usage: &str, command: &Described) -> Refusal {
    let wrong = wrong.iter().map(mistyped);
    Refusal::neutral(UNREAD, list(wrong).then(how_to_use(usage, command)))
}

/// How a command is used, and what each of its options is.
fn how_to_use(usage: &str, command: &Described) -> Text {
    let mut text = Text::from(format!("\n\nIt is used like this: `{usage}`"));
    for (name, what) in command.options {
        text = text.md(format!("\n- `{name}:` {what}"));
    }
    match command.options {
        [] => text,
        _ => text.md(
            "\n\nThe names may be left out where it is clear what is meant, and the order is up to you.",
        ),
    }
}

/// What can be typed after a command, to somebody who asks.
pub fn usage(usage: &str, command: &Described) -> Card {
    Card::new(Tone::Neutral, format!("/{}", command.name))
        .private()
        .text(command.text_on(PlatformId::Slack))
        .text(how_to_use(usage, command))
}

/// How a command is used.
pub struct Used {
    /// As it is typed: `/quiz [topic] [count]`.
    pub usage: String,
    /// What it does.
    pub command: &'static Described,
    /// Whether only admins may use it.
    pub by_admins: bool,
}

/// Commands, each as it is used and with what it does.
pub fn commands(commands: &[Used]) -> Card {
    let mut text = Text::new();
    for used in commands {
        let what = used.command.text_on(PlatformId::Slack);
        let who = if used.by_admins { "Admins: " } else { "" };
        text = text.md(format!("\n- `{}` {who}{what}", used.usage));
    }
    Card::new(Tone::Neutral, COMMANDS_TITLE)
        .private()
        .text(text)
}

/// To somebody who names a command that there isn't, with those that there are, and the one that may be meant.
pub fn unknown_command(typed: &str, near: Option<&str>, there: &[String]) -> Refusal {
    let text = Text::from("There is no “")
        .plain(cut(typed, SHOWN))
        .md("” here. ");
    let text = match near {
        Some(near) => text.md(format!("Did you mean `{near}`? ")),
        None => text,
    };
    Refusal::neutral(
        WHICH_COMMAND,
        text.md(format!("There is `{}`.", there.join("`, `"))),
    )
}

/// To somebody whose command should have opened a form, which came too late or not at all.
pub fn no_form(usage: &str, command: &Described) -> Refusal {
    let text =
        "I couldn't open the form in time. Please run the command again, or type it in full.";
    Refusal::neutral(
        WHICH_COMMAND,
        Text::from(text).then(how_to_use(usage, command)),
    )
}

/// What of the words typed is not in the form that they opened.
pub fn not_in_the_form(wrong: &[Mistyped]) -> Card {
    Refusal::neutral(UNREAD, list(wrong.iter().map(mistyped))).card()
}

/// Shown until a form is there.
pub const ONE_MOMENT: &str = "One moment…";

/// What closes something that was read.
pub const CLOSE: &str = "Close";

/// What closes a form that is not to be sent.
pub const CANCEL: &str = "Cancel";

/// A yes and a no to choose.
pub const YES_AND_NO: [&str; 2] = ["Yes", "No"];

/// What the bot is, to those who install it.
pub const WHAT_IT_IS: &str =
    "Interview questions every day, on demand and in quizzes, with a leaderboard and streaks";
