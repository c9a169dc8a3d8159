//! A platform in memory, which shows what the engine does with one, and can be made to fail.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio::time::timeout;

use super::lane::locked;
use super::platform::{Failure, Platform};
use crate::app::{Action, Card};
use crate::model::{ChannelId, Daily, Member, MessageRef, Place, PlatformId};

/// How long tests wait for something.
const PATIENCE: Duration = Duration::from_secs(20);

/// Clones are the same platform.
#[derive(Clone, Default)]
pub(super) struct Memory {
    state: Arc<Mutex<State>>,
    /// For how long it knows keys; not at all at first.
    remembers: TimeDelta,
    /// In this channel nothing gets on.
    stuck: Option<ChannelId>,
    changed: Arc<watch::Sender<()>>,
}

#[derive(Default)]
pub(super) struct State {
    pub messages: Vec<(MessageRef, Card)>,
    pub threads: Vec<(MessageRef, String)>,
    pub told: Vec<(Member, Card)>,
    /// What was called, in order.
    pub calls: Vec<&'static str>,
    /// What the next calls of a name come to, and whether they are done all the same.
    pub faults: VecDeque<(&'static str, Failure, bool)>,
    numbered: u64,
}

impl State {
    /// Counts a call. Returns what it comes to, and whether it is done.
    fn call(&mut self, name: &'static str) -> (Result<(), Failure>, bool) {
        self.calls.push(name);
        match self.faults.front() {
            Some((of, ..)) if *of == name => {
                let (_, failure, done) = self.faults.pop_front().expect("it is the first");
                (Err(failure), done)
            }
            _ => (Ok(()), true),
        }
    }

    /// Puts a message into a channel, as a call does.
    pub(super) fn put(&mut self, place: &Place, card: &Card) -> MessageRef {
        self.numbered += 1;
        let at = MessageRef {
            place: place.clone(),
            message: self.numbered.into(),
        };
        self.messages.push((at.clone(), card.clone()));
        at
    }

    fn message(&mut self, at: &MessageRef) -> Result<usize, Failure> {
        let place = self.messages.iter().position(|(there, _)| there == at);
        place.ok_or(Failure::Gone)
    }
}

impl Memory {
    /// One that knows keys for so long.
    pub(super) fn remembering(remembers: TimeDelta) -> Self {
        Self {
            remembers,
            ..Self::default()
        }
    }

    /// One of which a channel is stuck.
    pub(super) fn stuck_in(channel: ChannelId) -> Self {
        Self {
            stuck: Some(channel),
            ..Self::default()
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }

    /// Waits until something holds of what was done.
    pub(super) async fn until(&self, holds: impl Fn(&State) -> bool) {
        let mut changed = self.changed.subscribe();
        while !holds(&self.state()) {
            let changed = timeout(PATIENCE, changed.changed()).await;
            changed.expect("it comes").expect("it is ours");
        }
    }

    fn did<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = act(&mut self.state());
        self.changed.send_replace(());
        done
    }
}

/// The daily whose buttons a card has.
pub(super) fn daily_of(card: &Card) -> Option<i64> {
    match card.buttons.first()?.first()?.action {
        Action::DailyAnswer { daily, .. } => Some(daily),
        _ => None,
    }
}

impl Platform for Memory {
    fn platform(&self) -> PlatformId {
        PlatformId::Discord
    }

    fn remembers_keys_for(&self) -> TimeDelta {
        self.remembers
    }

    async fn post(&self, to: &Place, card: &Card, _: &str) -> Result<MessageRef, Failure> {
        if self.stuck.as_ref() == Some(&to.channel) {
            std::future::pending::<()>().await;
        }
        self.did(|state| {
            let (said, done) = state.call("post");
            let at = done.then(|| state.put(to, card));
            said.map(|()| at.expect("it is done"))
        })
    }

    async fn find(&self, daily: &Daily) -> Result<Vec<MessageRef>, Failure> {
        self.did(|state| {
            state.call("find").0?;
            let messages = state.messages.iter();
            let shows = messages.filter(|(at, card)| {
                at.place.channel == daily.tried_in && daily_of(card) == Some(daily.id)
            });
            Ok(shows.map(|(at, _)| at.clone()).collect())
        })
    }

    async fn edit(&self, at: &MessageRef, card: &Card) -> Result<(), Failure> {
        self.did(|state| {
            state.call("edit").0?;
            let message = state.message(at)?;
            state.messages[message].1 = card.clone();
            Ok(())
        })
    }

    async fn retract(&self, at: &MessageRef) -> Result<(), Failure> {
        self.did(|state| {
            state.call("retract").0?;
            let message = state.message(at)?;
            state.messages.remove(message);
            Ok(())
        })
    }

    async fn discuss(
        &self,
        at: &MessageRef,
        title: &str,
        _: Option<&Card>,
        _: (&str, DateTime<Utc>),
    ) -> Result<(), Failure> {
        self.did(|state| {
            state.call("discuss").0?;
            state.threads.push((at.clone(), title.to_owned()));
            Ok(())
        })
    }

    async fn tell(&self, to: &Member, card: &Card, _: &str) -> Result<(), Failure> {
        self.did(|state| {
            state.call("tell").0?;
            state.told.push((to.clone(), card.clone()));
            Ok(())
        })
    }

    async fn tell_operator(&self, _: &Card, _: &str) -> Result<(), Failure> {
        self.did(|state| state.call("tell_operator").0)
    }
}
