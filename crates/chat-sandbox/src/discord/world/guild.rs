//! A guild, and what it knows of people.

use std::collections::BTreeMap;

use twilight_model::{guild::Role, util::Timestamp};

/// A guild. People are members of each until they leave it.
#[derive(Clone, Debug)]
pub struct Guild {
    pub id: u64,
    pub name: String,
    pub roles: Vec<Role>,
    /// Who has which roles, besides `@everyone`.
    pub held: BTreeMap<u64, Vec<u64>>,
    /// What it knows of those who are not as everybody was at the start.
    pub memberships: BTreeMap<u64, Membership>,
    pub presence: Presence,
}

/// Whether the bot is in a guild.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Presence {
    /// It is, and the guild works.
    Member,
    /// It is, but the guild is out of order.
    Unavailable,
    /// It is not.
    Removed,
}

/// What a guild knows of someone.
#[derive(Clone, Debug, Default)]
pub struct Membership {
    pub nick: Option<String>,
    pub silent_until: Option<Timestamp>,
    /// Whether they are not, or no longer, a member.
    pub away: bool,
    /// Whether they may not come back, and why.
    pub ban: Option<Option<String>>,
}
