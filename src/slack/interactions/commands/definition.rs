//! What a command is: its name, what it takes, and what it does.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::app::card::Audience;
use crate::app::wording::{self, Described};
use crate::app::{App, Caller, Outcome};
use crate::slack::interactions::arguments::{Arguments, Parameter};
use crate::slack::interactions::{Data, respond};
use crate::slack::sending::Sender;

/// A command or subcommand.
pub(crate) struct Definition {
    /// Its name, as in `app/wording/commands.rs`.
    pub name: &'static str,
    pub takes: &'static [Parameter],
    /// Who sees its card.
    pub audience: Audience,
    pub form: Form,
    /// Calls its use-case.
    pub run: Run,
}

/// Calls a use-case.
pub(crate) type Run = fn(Call) -> BoxFuture<'static, Outcome>;

/// When a command opens a form to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Never,
    /// When words are missing or can't be read.
    AsNeeded,
    /// Also when nothing was typed after the command.
    Usually,
}

/// A call of a command.
pub(crate) struct Call {
    pub app: App,
    pub caller: Caller,
    pub arguments: Arguments,
    pub sender: Arc<Sender>,
}

impl Definition {
    /// Calls its use-case for somebody.
    ///
    /// # Errors
    /// A refusal for those who may not, or the use-case's error.
    pub(crate) async fn call(&self, data: &Data, user: &str, arguments: Arguments) -> Outcome {
        let caller = match (self.is_for_admins(), self.only_tells()) {
            (true, false) => respond::admin_now(data, user).await?,
            (true, true) => respond::admin(data, user).await?,
            (false, _) => respond::caller(data, user).await?,
        };
        let call = Call {
            app: data.app.clone(),
            caller,
            arguments,
            sender: data.sender.clone(),
        };
        (self.run)(call).await
    }

    /// Whether its use-case asks if somebody is an admin.
    pub(crate) fn is_for_admins(&self) -> bool {
        ["daily", "schedule"].contains(&self.command())
    }

    /// Whether its use-case for admins changes nothing.
    fn only_tells(&self) -> bool {
        matches!(self.subcommand(), Some("list" | "preview"))
    }

    /// What is said of it.
    pub(crate) fn described(&self) -> &'static Described {
        // Each has its words, which a test holds.
        wording::described(self.name).unwrap_or(&wording::CATCH_ALL)
    }

    /// The command's own name, without that of a subcommand.
    pub(crate) fn command(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or_default()
    }

    /// The name of the subcommand, if it is one.
    pub(crate) fn subcommand(&self) -> Option<&'static str> {
        self.name.split_once(' ').map(|(_, name)| name)
    }

    /// What it takes, as people are shown it while they type: `[topic] [easy | medium | hard]`.
    pub(crate) fn hint(&self) -> String {
        let hints = self.takes.iter().map(|parameter| {
            let choices = parameter.takes.choices();
            let what = match choices.as_slice() {
                [] => parameter.name.to_owned(),
                choices => choices.join(" | "),
            };
            match parameter.required {
                true => format!("<{what}>"),
                false => format!("[{what}]"),
            }
        });
        hints.collect::<Vec<_>>().join(" ")
    }

    /// Whether there is something that it can't do without, and that was not given.
    pub(crate) fn lacks(&self, arguments: &Arguments) -> bool {
        let mut needed = self.takes.iter().filter(|parameter| parameter.required);
        needed.any(|parameter| arguments.get(parameter.name).is_none())
    }
}
