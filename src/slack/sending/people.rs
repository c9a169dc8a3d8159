//! What Slack said of the people of a workspace. Nobody waits for Slack to be asked about somebody of whom something is
//! known: that serves, and what is old is asked anew behind.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use super::failure::Failure;
use super::meaning::Meaning;
use super::patience::Patience;
use super::person::{Answer, Page, Person};
use crate::app::wording;
use crate::model::UserId;

/// Who is an admin is asked anew when that is older.
const ADMIN: Duration = Duration::from_secs(300);
/// All else is asked anew when it is older.
const FRESH: Duration = Duration::from_secs(3_600);
/// Nothing is remembered for longer.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3_600);
/// The most people that are remembered.
const PEOPLE: usize = 5_000;
/// So many are asked about at the same time.
const AT_ONCE: usize = 8;
/// The most pages that are read of a list of everyone.
const PAGES: usize = 20;
/// It isn't asked for again before that.
const LISTED: Duration = Duration::from_secs(300);
/// How long after one another people are asked about anew: most calls of a minute are for those of whom nothing is known.
const BETWEEN: Duration = Duration::from_secs(6);

/// The people that were asked about.
pub(super) struct People {
    known: Mutex<HashMap<String, Known>>,
    /// Those who are to be asked about anew.
    stale: mpsc::Sender<String>,
    renewals: tokio::sync::Mutex<mpsc::Receiver<String>>,
    /// When everyone was asked about last. Whoever holds it asks, and the others wait for that.
    listed: tokio::sync::Mutex<Option<Instant>>,
}

struct Known {
    since: Instant,
    person: Person,
    /// Whether they are among those to be asked about anew.
    queued: bool,
}

impl Known {
    fn now(person: Person) -> Self {
        Self {
            since: Instant::now(),
            person,
            queued: false,
        }
    }
}

/// What asks Slack about people.
pub(super) trait Asks {
    /// What `users.info` answers.
    fn about(
        &self,
        user: &str,
        patience: Patience,
    ) -> impl Future<Output = Result<Answer, Failure>> + Send;
    /// What `users.list` answers, from that place in the list on.
    fn list(&self, from: &str) -> impl Future<Output = Result<Page, Failure>> + Send;
    /// The workspace that is asked, once that is known.
    fn team(&self) -> Option<&str>;
}

impl Default for People {
    fn default() -> Self {
        let (stale, renewals) = mpsc::channel(PEOPLE);
        Self {
            known: Mutex::default(),
            stale,
            renewals: tokio::sync::Mutex::new(renewals),
            listed: tokio::sync::Mutex::default(),
        }
    }
}

impl People {
    /// Who somebody is, as far as is known, or else as Slack says.
    pub(super) async fn person(&self, asks: &impl Asks, user: &str) -> Result<Person, Failure> {
        match self.known(user) {
            Some(person) => Ok(person),
            None => self.meet(asks, user).await,
        }
    }

    /// Who somebody is of whom nothing is known. When too many are asked about to be asked one by one, everyone is at
    /// once: nobody is kept out since others are new as well.
    async fn meet(&self, asks: &impl Asks, user: &str) -> Result<Person, Failure> {
        match self.learn(asks, user, Patience::None).await {
            Err(Failure::Later(..)) => {
                if let Err(failure) = self.learn_all(asks).await {
                    tracing::debug!(%failure, "everyone can't be asked about");
                }
            }
            Err(Failure::Unsure(_)) => {}
            learned => return learned,
        }
        match self.known(user) {
            Some(person) => Ok(person),
            None => self.learn(asks, user, Patience::Long).await,
        }
    }

    /// Asks about everyone, unless that was done of late.
    async fn learn_all(&self, asks: &impl Asks) -> Result<(), Failure> {
        let mut listed = self.listed.lock().await;
        if listed.is_some_and(|listed| listed.elapsed() < LISTED) {
            return Ok(());
        }
        // One that failed halfway isn't begun again at once either.
        *listed = Some(Instant::now());
        let mut from = String::new();
        for _ in 0..PAGES {
            let page = asks.list(&from).await?;
            from = page.next();
            let mut people = self.people();
            for (user, person) in page.seen_from(asks.team()) {
                if people.len() >= PEOPLE {
                    return Ok(());
                }
                people.insert(user, Known::now(person));
            }
            if from.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// Whether somebody is an admin. Where Slack doesn't say now, what it said within the hour counts.
    pub(super) async fn is_admin(&self, asks: &impl Asks, user: &str) -> Result<bool, Failure> {
        if let Some(person) = self.known_within(user, ADMIN) {
            return Ok(person.admin);
        }
        match self.learn(asks, user, Patience::Long).await {
            Ok(person) => Ok(person.admin),
            Err(refused @ Failure::Refused { .. }) => Err(refused),
            Err(failure) => {
                let before = self.known_within(user, FRESH);
                before.map(|person| person.admin).ok_or(failure)
            }
        }
    }

    /// Whether somebody is an admin at this moment. What Slack said before doesn't count.
    pub(super) async fn is_admin_now(&self, asks: &impl Asks, user: &str) -> Result<bool, Failure> {
        let now = self.learn(asks, user, Patience::Long).await;
        now.map(|person| person.admin)
    }

    /// The names of people, with a word in the place of one that can't be had.
    pub(super) async fn names(
        &self,
        asks: &impl Asks,
        users: &[UserId],
    ) -> HashMap<UserId, String> {
        let asked = stream::iter(users.iter().cloned()).map(async |user| {
            let name = self.name(asks, user.own_id()).await;
            (user, name)
        });
        asked.buffer_unordered(AT_ONCE).collect().await
    }

    async fn name(&self, asks: &impl Asks, user: &str) -> String {
        if let Some(person) = self.known(user) {
            return person.name;
        }
        match self.learn(asks, user, Patience::Short).await {
            Ok(person) => person.name,
            Err(error) => {
                tracing::debug!(%error, "a name cannot be had");
                wording::SOMEONE.to_owned()
            }
        }
    }

    /// Asks anew about those of whom what is known is old, one after the other. It doesn't end.
    pub(super) async fn renew(&self, asks: &impl Asks) {
        tracing::trace!("people are asked about anew");
        let mut stale = self.renewals.lock().await;
        while let Some(user) = stale.recv().await {
            if let Err(failure) = self.learn(asks, &user, Patience::Short).await {
                let mut people = self.people();
                if failure.meaning() == Some(Meaning::Nobody) {
                    people.remove(&user);
                } else if let Some(known) = people.get_mut(&user) {
                    known.queued = false;
                }
            }
            sleep(BETWEEN).await;
        }
    }

    async fn learn(
        &self,
        asks: &impl Asks,
        user: &str,
        patience: Patience,
    ) -> Result<Person, Failure> {
        let answer = asks.about(user, patience).await?;
        let person = answer.seen_from(asks.team());
        let mut people = self.people();
        people.retain(|_, known| known.since.elapsed() < KEPT);
        if people.len() >= PEOPLE {
            let oldest = people.iter().min_by_key(|(_, known)| known.since);
            if let Some(oldest) = oldest.map(|(user, _)| user.clone()) {
                people.remove(&oldest);
            }
        }
        people.insert(user.to_owned(), Known::now(person.clone()));
        Ok(person)
    }

    /// What is known of somebody. If that is old, they are to be asked about anew.
    fn known(&self, user: &str) -> Option<Person> {
        let mut people = self.people();
        let known = people.get_mut(user)?;
        let age = known.since.elapsed();
        if age >= FRESH && !known.queued {
            known.queued = self.stale.try_send(user.to_owned()).is_ok();
        }
        (age < KEPT).then(|| known.person.clone())
    }

    /// The same, if it isn't older than that.
    fn known_within(&self, user: &str, age: Duration) -> Option<Person> {
        let people = self.people();
        let known = people.get(user)?;
        (known.since.elapsed() < age).then(|| known.person.clone())
    }

    fn people(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
