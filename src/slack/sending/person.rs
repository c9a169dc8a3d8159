//! What is known of the people of a workspace, and for how long.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use serde::Deserialize;
use tokio::time::Instant;

use super::failure::Failure;
use crate::app::card::cut;
use crate::app::text::turns_around;
use crate::app::wording;
use crate::model::UserId;

/// For how long it is known who is an admin.
const ADMIN: Duration = Duration::from_secs(300);
/// For how long a name is known.
const NAME: Duration = Duration::from_secs(3600);
/// The most people that are remembered.
const PEOPLE: usize = 5_000;
/// The longest name, in characters; Slack's own limit is 80.
const LONGEST: usize = 80;
/// So many are asked about at the same time.
const AT_ONCE: usize = 8;

/// Someone in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// The name that others see.
    pub name: String,
    /// Their time zone, by the name that Slack has for it.
    pub zone: Option<String>,
    /// Whether they are an admin or an owner of the workspace.
    pub admin: bool,
    /// Whether they are a guest, who sees a few channels only.
    pub guest: bool,
    /// Whether they are of another workspace that shares a channel with this one.
    pub stranger: bool,
}

/// The people that were asked about lately.
#[derive(Default)]
pub(super) struct People(Mutex<HashMap<String, (Instant, Person)>>);

/// What asks Slack about people.
pub(super) trait Asks {
    /// What `users.info` answers.
    fn about(&self, user: &str) -> impl Future<Output = Result<Answer, Failure>> + Send;
    /// The workspace that is asked, once that is known.
    fn team(&self) -> Option<&str>;
}

/// What `users.info` answers. Anything may be missing, as of people who have left.
#[derive(Deserialize)]
pub(super) struct Answer {
    user: User,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct User {
    team_id: Option<String>,
    name: Option<String>,
    real_name: Option<String>,
    tz: Option<String>,
    deleted: Option<bool>,
    is_admin: Option<bool>,
    is_owner: Option<bool>,
    is_primary_owner: Option<bool>,
    is_restricted: Option<bool>,
    is_ultra_restricted: Option<bool>,
    is_stranger: Option<bool>,
    profile: Option<Profile>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Profile {
    display_name: Option<String>,
    real_name: Option<String>,
}

impl User {
    /// As one of a workspace sees them.
    fn seen_from(self, team: Option<&str>) -> Person {
        let is = |said: Option<bool>| said == Some(true);
        let profile = self.profile.unwrap_or_default();
        let names = [
            profile.display_name,
            profile.real_name,
            self.real_name,
            self.name,
        ];
        let name = names.into_iter().flatten().map(|name| shown(&name));
        let name = name.into_iter().find(|name| !name.is_empty());
        let elsewhere = self.team_id.as_deref().zip(team);
        Person {
            name: name.unwrap_or_else(|| wording::SOMEONE.to_owned()),
            zone: self.tz.filter(|zone| !zone.is_empty()),
            admin: !is(self.deleted)
                && (is(self.is_admin) || is(self.is_owner) || is(self.is_primary_owner)),
            guest: is(self.is_restricted) || is(self.is_ultra_restricted),
            stranger: is(self.is_stranger)
                || elsewhere.is_some_and(|(theirs, ours)| theirs != ours),
        }
    }
}

/// A name on one line, in which nothing turns the others around.
fn shown(name: &str) -> String {
    let usual = |c: &char| !c.is_control() && !turns_around(*c);
    let name: String = name.chars().filter(usual).collect();
    cut(name.trim(), LONGEST)
}

impl People {
    pub(super) async fn person(&self, asks: &impl Asks, user: &str) -> Result<Person, Failure> {
        match self.known(user, ADMIN) {
            Some(person) => Ok(person),
            None => self.ask(asks, user).await,
        }
    }

    pub(super) async fn names(
        &self,
        asks: &impl Asks,
        users: &[UserId],
    ) -> HashMap<UserId, String> {
        let asked = stream::iter(users.iter().cloned()).map(async |user| {
            let name = self.name(asks, &user).await;
            (user, name)
        });
        asked.buffer_unordered(AT_ONCE).collect().await
    }

    async fn name(&self, asks: &impl Asks, user: &UserId) -> String {
        let id = own_id(user);
        if let Some(person) = self.known(id, NAME) {
            return person.name;
        }
        match self.ask(asks, id).await {
            Ok(person) => person.name,
            Err(error) => {
                tracing::debug!(%error, "a name cannot be had");
                let before = self.known(id, Duration::MAX).map(|person| person.name);
                before.unwrap_or_else(|| wording::SOMEONE.to_owned())
            }
        }
    }

    async fn ask(&self, asks: &impl Asks, user: &str) -> Result<Person, Failure> {
        let person = asks.about(user).await?.user.seen_from(asks.team());
        let mut people = self.people();
        if people.len() >= PEOPLE {
            people.retain(|_, (since, _)| since.elapsed() < ADMIN);
        }
        if people.len() >= PEOPLE {
            people.clear();
        }
        people.insert(user.to_owned(), (Instant::now(), person.clone()));
        Ok(person)
    }

    /// What was learned of someone, if it isn't older than that.
    fn known(&self, user: &str, age: Duration) -> Option<Person> {
        let people = self.people();
        let (since, person) = people.get(user)?;
        (since.elapsed() < age).then(|| person.clone())
    }

    fn people(&self) -> MutexGuard<'_, HashMap<String, (Instant, Person)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The id that a workspace knows somebody by: ours names the workspace too.
pub(super) fn own_id(user: &UserId) -> &str {
    let id = user.id();
    id.rsplit_once(':').map_or(id, |(_, user)| user)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn person(user: serde_json::Value) -> Person {
        let user: User = serde_json::from_value(user).expect("a user");
        user.seen_from(Some("T1"))
    }

    #[test]
    fn people_are_read_however_little_is_said_of_them() {
        let nobody = person(json!({ "id": "U1", "tz": null, "is_admin": null, "profile": null }));
        assert_eq!(nobody.name, wording::SOMEONE);
        assert!(!nobody.admin && !nobody.guest && !nobody.stranger);
        let named =
            json!({ "name": "ana", "real_name": "Ana B", "profile": { "display_name": "" } });
        assert_eq!(person(named).name, "Ana B");
        let odd = json!({ "profile": { "display_name": "a\u{202e}n\na" } });
        assert_eq!(person(odd).name, "ana");
        let long = json!({ "name": "n".repeat(500) });
        assert_eq!(person(long).name.chars().count(), LONGEST);
    }

    #[test]
    fn admins_guests_and_strangers_are_told_apart() {
        for admin in ["is_admin", "is_owner", "is_primary_owner"] {
            assert!(person(json!({ admin: true })).admin, "{admin}");
            let gone = person(json!({ admin: true, "deleted": true }));
            assert!(!gone.admin, "{admin}");
        }
        for guest in ["is_restricted", "is_ultra_restricted"] {
            assert!(person(json!({ guest: true })).guest, "{guest}");
        }
        assert!(person(json!({ "is_stranger": true })).stranger);
        assert!(person(json!({ "team_id": "T2" })).stranger);
        assert!(!person(json!({ "team_id": "T1" })).stranger);
    }

    #[test]
    fn the_id_of_somebody_is_that_in_their_workspace() {
        let user = |id: &str| UserId::new(crate::model::PlatformId::Slack, id);
        assert_eq!(own_id(&user("T1:U2")), "U2");
        assert_eq!(own_id(&user("U2")), "U2");
    }
}
