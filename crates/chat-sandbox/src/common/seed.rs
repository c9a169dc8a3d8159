//! Who and what there is when a local platform starts.

use std::collections::BTreeSet;

/// How many people and how many channels there may be at the start.
const MOST: usize = 80;

/// A user, as others see them.
#[derive(Clone, Debug)]
pub struct SeedUser {
    /// The user name, in small letters.
    pub name: String,
    /// The display name.
    pub display: String,
    /// The colour that the page shows them in, `0xRRGGBB`.
    pub color: u32,
}

/// A text channel.
#[derive(Clone, Debug)]
pub struct SeedChannel {
    /// The name, without `#`.
    pub name: String,
    /// What it is for, in a line.
    pub topic: String,
    /// Whether every guild has it, or the first one only.
    pub everywhere: bool,
    /// Whether those alone see it who manage the guild.
    pub admins_only: bool,
}

impl SeedUser {
    /// One by user name, display name and colour.
    pub fn new(name: &str, display: &str, color: u32) -> Self {
        Self {
            name: name.to_owned(),
            display: display.to_owned(),
            color,
        }
    }
}

impl SeedChannel {
    /// One that everybody sees, in every guild.
    pub fn new(name: &str, topic: &str) -> Self {
        Self {
            name: name.to_owned(),
            topic: topic.to_owned(),
            everywhere: true,
            admins_only: false,
        }
    }
}

/// What keeps a local platform from starting with so many people and channels, and with these names, which all have to
/// differ.
pub(crate) fn fault<'a>(
    people: usize,
    channels: usize,
    mut names: impl Iterator<Item = &'a String>,
) -> Option<String> {
    let counts = [("people", people), ("channels", channels)];
    let wrong = counts
        .into_iter()
        .find(|(_, count)| !(1..=MOST).contains(count));
    if let Some((what, count)) = wrong {
        return Some(format!(
            "a sandbox starts with 1 to {MOST} {what}, not with {count}"
        ));
    }
    let mut seen = BTreeSet::new();
    let twice = names.find(|name| !seen.insert(*name))?;
    Some(format!("two are called {twice:?}"))
}
