//! One of the people, and what all that they do is made of.

use std::{fmt, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::{sync::oneshot, time::timeout};

use crate::slack::{
    failure::Failure,
    world::{Answer, Asked, World},
};

/// How long anything may take to be seen.
const PATIENCE: Duration = Duration::from_secs(10);

/// One of the people. Cheap to clone.
#[derive(Clone)]
pub struct Person {
    pub(super) world: Arc<World>,
    pub(super) id: String,
    pub(super) name: String,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Person {
    pub(in crate::slack) fn named(world: &Arc<World>, name: &str) -> Option<Self> {
        let state = world.lock();
        let user = state.user_named(name).filter(|user| !user.bot)?;
        Some(Self {
            world: Arc::clone(world),
            id: user.id.clone(),
            name: user.name.clone(),
        })
    }

    /// Their id, such as `U000000005`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Their user name, such as `ana`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What others see as their name, such as `Ana`.
    pub fn display(&self) -> String {
        self.world.lock().display(&self.id)
    }

    /// The names of the channels that they are in, in the order they were made.
    pub fn channels(&self) -> Vec<String> {
        let state = self.world.lock();
        let named = state
            .channels
            .values()
            .filter(|channel| !channel.name.is_empty());
        let theirs = named.filter(|channel| channel.has(&self.id));
        theirs.map(|channel| channel.name.clone()).collect()
    }

    /// The id of a channel that they are in. `@bot` is their conversation with the bot.
    pub(in crate::slack) fn channel(&self, name: &str) -> Result<String, Failure> {
        let mut state = self.world.lock();
        if name == "@bot" {
            if !state.app.seed.messages_tab {
                return Err(Failure::refused("the app has no direct messages"));
            }
            return Ok(state.direct(&self.id));
        }
        let channel = state.channel_named(name);
        let theirs = channel.filter(|channel| channel.has(&self.id));
        let theirs = theirs.map(|channel| channel.id.clone());
        let why = || format!("there is no channel {name:?} that {} is in", self.name);
        theirs.ok_or_else(|| Failure::refused(why()))
    }

    /// The id of a channel that they may act in.
    pub(super) fn open_channel(&self, name: &str) -> Result<String, Failure> {
        let id = self.channel(name)?;
        let state = self.world.lock();
        if state
            .channels
            .get(&id)
            .is_some_and(|channel| channel.archived)
        {
            return Err(Failure::refused("This channel has been archived"));
        }
        Ok(id)
    }

    /// Sends the app something of theirs, and waits for what it makes of it.
    pub(super) async fn ask(&self, payload: Value, asked: Asked) -> Answer {
        let kind = if matches!(asked, Asked::Command { .. }) {
            "slash_commands"
        } else {
            "interactive"
        };
        let (sender, answer) = oneshot::channel();
        {
            let mut state = self.world.lock();
            if kind == "interactive" && !state.app.seed.interactivity {
                let why = "This app is not configured to handle interactive responses.";
                return Err(Failure::refused(why));
            }
            state.send(kind, payload, asked, Some(sender));
        }
        answer.await.unwrap_or(Err(Failure::NotAcknowledged))
    }

    /// Waits until there is something to see, looking again after every change; none after 10 seconds.
    pub(super) async fn until<T>(&self, look: impl Fn() -> Option<T>) -> Option<T> {
        let mut changes = self.world.changes();
        let wait = async {
            loop {
                changes.borrow_and_update();
                if let Some(found) = look() {
                    return found;
                }
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        timeout(PATIENCE, wait).await.ok()
    }
}
