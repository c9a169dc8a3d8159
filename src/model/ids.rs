//! Who and where. Spaces and people are known by their platform and its id for them; channels and messages by its id
//! alone, since a channel is always one of a space, and a message one of a channel.
//!
//! Ids are text: Discord's snowflakes are numbers, Slack's are not.

use std::fmt;
use std::str::FromStr;

/// A chat platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlatformId {
    /// Discord.
    Discord,
    /// Slack.
    Slack,
}

impl PlatformId {
    const ALL: [Self; 2] = [Self::Discord, Self::Slack];

    /// Its name, which ids begin with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discord => "discord",
            Self::Slack => "slack",
        }
    }
}

impl fmt::Display for PlatformId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that isn't the id of a space or a person with its platform, such as `discord:123`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownId(pub String);

/// Reads `discord:123`.
fn read(text: &str) -> Result<(PlatformId, String), UnknownId> {
    text.split_once(':')
        .and_then(|(name, id)| {
            let mut all = PlatformId::ALL.into_iter();
            let platform = all.find(|platform| platform.as_str() == name)?;
            Some((platform, id.to_owned()))
        })
        .ok_or_else(|| UnknownId(text.to_owned()))
}

macro_rules! id_of_a_platform {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            platform: PlatformId,
            id: String,
        }

        impl $name {
            /// The one that a platform knows by this id.
            pub fn new(platform: PlatformId, id: impl fmt::Display) -> Self {
                let id = id.to_string();
                Self { platform, id }
            }

            /// The one that Discord knows by this id.
            pub fn discord(id: impl fmt::Display) -> Self {
                Self::new(PlatformId::Discord, id)
            }

            /// Its platform.
            pub fn platform(&self) -> PlatformId {
                self.platform
            }

            /// Its id there.
            pub fn id(&self) -> &str {
                &self.id
            }
        }

        /// The platform and the id, as in `discord:123`.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}:{}", self.platform, self.id)
            }
        }

        impl FromStr for $name {
            type Err = UnknownId;

            fn from_str(text: &str) -> Result<Self, UnknownId> {
                let (platform, id) = read(text)?;
                Ok(Self { platform, id })
            }
        }
    };
}

id_of_a_platform!(
    /// A community: a Discord guild, a Slack workspace.
    SpaceId
);
id_of_a_platform!(
    /// A person's account on a platform. Slack knows people within a workspace only: there, the id names it too.
    UserId
);

impl UserId {
    /// The one that a workspace of Slack's (`T…`) knows by this id (`U…`).
    pub fn slack(workspace: impl fmt::Display, user: impl fmt::Display) -> Self {
        Self::new(PlatformId::Slack, format_args!("{workspace}:{user}"))
    }

    /// The id that its platform knows somebody by, without the workspace that it is of.
    pub fn own_id(&self) -> &str {
        self.id.rsplit_once(':').map_or(&self.id, |(_, user)| user)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<u64> for $name {
            fn from(id: u64) -> Self {
                Self(id.to_string())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A channel of a space.
    ChannelId
);
id!(
    /// A message in a channel.
    MessageId
);

/// Where messages are posted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The space.
    pub space: SpaceId,
    /// One of its channels.
    pub channel: ChannelId,
}

/// A message. Some platforms number them in each channel anew, so it is named with its channel.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageRef {
    /// Where it is.
    pub place: Place,
    /// Which one of that channel.
    pub message: MessageId,
}

impl MessageRef {
    /// A message of a channel of a space.
    pub fn new(
        space: SpaceId,
        channel: impl Into<ChannelId>,
        message: impl Into<MessageId>,
    ) -> Self {
        let channel = channel.into();
        Self {
            place: Place { space, channel },
            message: message.into(),
        }
    }
}

/// A person in a space. Everything remembered about a person is remembered per space.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The space.
    pub space: SpaceId,
    /// The person.
    pub user: UserId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_on_slack_is_one_of_a_workspace() {
        let user = UserId::slack("T1", "U2");
        assert_eq!(user.to_string(), "slack:T1:U2");
        assert_eq!(user.own_id(), "U2");
        assert_eq!(UserId::discord(7).own_id(), "7");
    }

    #[test]
    fn an_id_names_its_platform_and_is_read_back() {
        for (text, platform, id) in [
            (
                "discord:80351110224678912",
                PlatformId::Discord,
                "80351110224678912",
            ),
            ("slack:T123", PlatformId::Slack, "T123"),
            ("slack:T123:U9", PlatformId::Slack, "T123:U9"),
        ] {
            let space: SpaceId = text.parse().expect("an id");
            assert_eq!((space.platform(), space.id()), (platform, id));
            assert_eq!(space.to_string(), text);
            assert_eq!(SpaceId::new(platform, id), space);
        }
        assert_ne!(UserId::discord(1), UserId::new(PlatformId::Slack, 1));
    }

    #[test]
    fn what_names_no_platform_is_no_id() {
        for text in ["", "1", "discord", ":1", "irc:1", "Discord:1"] {
            let refused = UserId::from_str(text).expect_err(text);
            assert_eq!(refused, UnknownId(text.to_owned()));
        }
    }
}
