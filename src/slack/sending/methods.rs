//! The methods of the Web API that the bot calls: how often each may be called, and whether a call may be repeated whose
//! outcome isn't known. <https://docs.slack.dev/apis/web-api/rate-limits>

/// A method.
#[derive(Clone, Copy, Debug)]
pub(super) struct Method {
    pub name: &'static str,
    pub tier: Tier,
    /// Whether it does the same when it is called again.
    pub repeatable: bool,
}

/// How often a method may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tier {
    /// 20 calls a minute.
    Two,
    /// 50 calls a minute.
    Three,
    /// 100 calls a minute.
    Four,
    /// Some hundred calls a minute.
    Special,
}

impl Tier {
    pub(super) const ALL: [Self; 4] = [Self::Two, Self::Three, Self::Four, Self::Special];

    /// So many calls a minute.
    pub(super) fn a_minute(self) -> u32 {
        match self {
            Self::Two => 20,
            Self::Three => 50,
            Self::Four => 100,
            Self::Special => 300,
        }
    }
}

const METHODS: [(&str, Tier, bool); 18] = [
    ("apps.connections.open", Tier::Three, true),
    ("auth.test", Tier::Special, true),
    ("chat.delete", Tier::Three, true),
    ("chat.postEphemeral", Tier::Four, false),
    (POSTING, Tier::Special, false),
    ("chat.update", Tier::Three, true),
    ("conversations.history", Tier::Three, true),
    ("conversations.info", Tier::Three, true),
    ("conversations.open", Tier::Three, true),
    ("conversations.replies", Tier::Three, true),
    ("files.completeUploadExternal", Tier::Four, false),
    ("files.getUploadURLExternal", Tier::Four, true),
    ("users.conversations", Tier::Three, true),
    ("users.info", Tier::Four, true),
    ("users.list", Tier::Two, true),
    ("views.open", Tier::Four, false),
    ("views.publish", Tier::Four, true),
    ("views.update", Tier::Four, true),
];

/// The method that posts messages, of which each channel takes one a second.
pub(super) const POSTING: &str = "chat.postMessage";

/// What is known of a method. Of others no harm is done by taking them for seldom ones.
pub(super) fn method(name: &'static str) -> Method {
    let known = METHODS.iter().find(|(known, ..)| *known == name);
    let (tier, repeatable) = known.map_or((Tier::Two, false), |(_, tier, again)| (*tier, *again));
    Method {
        name,
        tier,
        repeatable,
    }
}
