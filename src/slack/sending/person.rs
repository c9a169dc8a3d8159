//! Somebody in a workspace, as Slack tells of them.

use serde::Deserialize;

use crate::app::card::cut;
use crate::app::text::turns_around;
use crate::app::wording;

/// The longest name, in characters; Slack's own limit is 80.
const LONGEST: usize = 80;

/// Someone in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// The name that others see.
    pub name: String,
    /// Their time zone, by the name that Slack has for it.
    pub zone: Option<String>,
    /// Whether they are an admin or an owner of this workspace.
    pub admin: bool,
    /// Whether they are a guest, who sees a few channels only.
    pub guest: bool,
    /// Whether they are of another workspace that shares a channel with this one.
    pub stranger: bool,
}

/// What `users.info` answers. Anything may be missing, as of people who have left.
#[derive(Deserialize)]
pub(super) struct Answer {
    user: User,
}

/// What `users.list` answers, of which there may be more.
#[derive(Deserialize)]
pub(super) struct Page {
    members: Vec<User>,
    #[serde(default)]
    response_metadata: Option<Next>,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next_cursor: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct User {
    id: String,
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

impl Answer {
    /// Whom it tells of, as one of a workspace sees them.
    pub(super) fn seen_from(self, team: Option<&str>) -> Person {
        self.user.seen_from(team)
    }
}

impl Page {
    /// Where the next one begins; empty after the last.
    pub(super) fn next(&self) -> String {
        let next = self.response_metadata.as_ref();
        next.map(|next| next.next_cursor.clone())
            .unwrap_or_default()
    }

    /// Whom it tells of, by their ids.
    pub(super) fn seen_from(self, team: Option<&str>) -> impl Iterator<Item = (String, Person)> {
        let members = self.members.into_iter();
        members.map(move |mut user| (std::mem::take(&mut user.id), user.seen_from(team)))
    }
}

impl User {
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
        let stranger =
            is(self.is_stranger) || elsewhere.is_some_and(|(theirs, ours)| theirs != ours);
        let admin = is(self.is_admin) || is(self.is_owner) || is(self.is_primary_owner);
        Person {
            name: name.unwrap_or_else(|| wording::SOMEONE.to_owned()),
            zone: self.tz.filter(|zone| !zone.is_empty()),
            admin: admin && !stranger && !is(self.deleted),
            guest: is(self.is_restricted) || is(self.is_ultra_restricted),
            stranger,
        }
    }
}

/// A name on one line, in which nothing turns the others around.
fn shown(name: &str) -> String {
    let usual = |c: &char| !c.is_control() && !turns_around(*c);
    let name: String = name.chars().filter(usual).collect();
    cut(name.trim(), LONGEST)
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
        let theirs = person(json!({ "team_id": "T2", "is_admin": true }));
        assert!(!theirs.admin, "of another workspace");
        assert!(!person(json!({ "team_id": "T1" })).stranger);
    }
}
