//! A user of the workspace.

use crate::slack::{app_seed::AppSeed, seed::PersonSeed};

/// A user of the workspace: a person, or the app's bot.
#[derive(Clone, Debug)]
pub struct User {
    pub id: String,
    pub name: String,
    pub display: String,
    pub bot: bool,
    pub admin: bool,
    pub owner: bool,
    pub guest: bool,
    /// Whether they are of another workspace that shares a channel.
    pub stranger: bool,
    pub deleted: bool,
    pub zone: (String, i32),
}

impl User {
    pub fn new(id: String, seed: &PersonSeed, owner: bool) -> Self {
        Self {
            id,
            name: seed.name.clone(),
            display: seed.display.clone(),
            bot: false,
            admin: seed.admin || owner,
            owner,
            guest: seed.guest,
            stranger: false,
            deleted: false,
            zone: seed.zone.clone(),
        }
    }

    pub fn bot(id: &str, app: &AppSeed) -> Self {
        let name = app.display.to_lowercase().replace(' ', "-");
        Self {
            bot: true,
            admin: false,
            ..Self::new(id.to_owned(), &PersonSeed::new(&name, &app.display), false)
        }
    }
}
