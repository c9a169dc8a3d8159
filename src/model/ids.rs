//! Who and where, as the platforms name them.
//!
//! Ids are text: Discord's snowflakes are numbers, Slack's are not.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
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
    /// A community: a Discord guild, a Slack workspace.
    SpaceId
);
id!(
    /// A person's account on the platform.
    UserId
);
id!(
    /// A channel of a space.
    ChannelId
);
id!(
    /// A message in a channel.
    MessageId
);

/// A person in a space. Everything remembered about a person is remembered per space.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The space.
    pub space: SpaceId,
    /// The person.
    pub user: UserId,
}
