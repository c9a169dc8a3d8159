//! What a local Slack starts with: the workspace, its people and channels.

use crate::common::fault;

/// A workspace, its people and its channels.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// What it is called.
    pub name: String,
    /// The first part of its address, `…​.slack.com`.
    pub domain: String,
    /// The people, 1 to 80, each of another name. The first is the workspace's primary owner.
    pub people: Vec<PersonSeed>,
    /// The channels, 1 to 80. Everyone is in them, guests in the first one only.
    pub channels: Vec<ChannelSeed>,
}

/// Someone in the workspace.
#[derive(Clone, Debug)]
pub struct PersonSeed {
    /// The user name, in small letters.
    pub name: String,
    /// The name that others see.
    pub display: String,
    /// Whether they are an admin of the workspace.
    pub admin: bool,
    /// Whether they are a guest.
    pub guest: bool,
    /// Their time zone by its IANA name, and its distance from UTC in seconds.
    pub zone: (String, i32),
}

/// A channel.
#[derive(Clone, Debug)]
pub struct ChannelSeed {
    /// Its name, without `#`.
    pub name: String,
    /// What it is for, in a line.
    pub topic: String,
    /// Whether only its members see it.
    pub private: bool,
    /// Whether the bot is in it.
    pub bot: bool,
}

impl PersonSeed {
    /// A plain member in UTC.
    pub fn new(name: &str, display: &str) -> Self {
        Self {
            name: name.to_owned(),
            display: display.to_owned(),
            admin: false,
            guest: false,
            zone: ("Etc/UTC".to_owned(), 0),
        }
    }
}

impl ChannelSeed {
    /// A public channel that the bot is in.
    pub fn new(name: &str, topic: &str) -> Self {
        Self {
            name: name.to_owned(),
            topic: topic.to_owned(),
            private: false,
            bot: true,
        }
    }
}

impl Default for Workspace {
    fn default() -> Self {
        Self {
            name: "Sandbox".to_owned(),
            domain: "sandbox".to_owned(),
            people: vec![
                PersonSeed {
                    admin: true,
                    zone: ("Europe/Berlin".to_owned(), 3_600),
                    ..PersonSeed::new("ana", "Ana")
                },
                PersonSeed::new("ben", "Ben"),
                PersonSeed::new("chloe", "Chloe"),
                PersonSeed {
                    guest: true,
                    ..PersonSeed::new("dai", "Dai")
                },
            ],
            channels: vec![
                ChannelSeed::new("general", "Anything"),
                ChannelSeed::new("news", "What is new"),
                ChannelSeed {
                    bot: false,
                    ..ChannelSeed::new("random", "Everything else")
                },
                ChannelSeed {
                    private: true,
                    ..ChannelSeed::new("staff", "Members only")
                },
            ],
        }
    }
}

impl Workspace {
    /// What keeps a local Slack from starting with it.
    pub(super) fn fault(&self) -> Option<String> {
        let people = self.people.iter().map(|person| &person.name);
        let names = people.chain(self.channels.iter().map(|channel| &channel.name));
        fault(self.people.len(), self.channels.len(), names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_without_anybody_or_with_one_name_twice_is_refused() {
        let people = |names: &[&str]| Workspace {
            people: names
                .iter()
                .map(|name| PersonSeed::new(name, "P"))
                .collect(),
            ..Workspace::default()
        };
        assert!(
            people(&[])
                .fault()
                .is_some_and(|why| why.contains("not with 0"))
        );
        let twice = people(&["kim", "kim"]).fault();
        assert_eq!(twice.as_deref(), Some("two are called \"kim\""));
        assert_eq!(Workspace::default().fault(), None);
    }
}
