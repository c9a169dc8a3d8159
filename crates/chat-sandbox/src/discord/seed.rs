//! Who and what there is when a local Discord starts.

use twilight_model::guild::Permissions;

use crate::common::{SeedChannel, SeedUser, fault};

/// Who and what there is when a sandbox starts: the bot's application, a guild, its people and its channels.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The application, and its bot user.
    pub application: SeedUser,
    /// What the application may do in every guild, besides what all members may.
    pub granted: Permissions,
    /// What the first guild is called.
    pub guild: String,
    /// The people, 1 to 80, each of another name. The first owns every guild and manages it.
    pub people: Vec<SeedUser>,
    /// The text channels, 1 to 80, from top to bottom.
    pub channels: Vec<SeedChannel>,
}

impl Default for Seed {
    fn default() -> Self {
        Self {
            application: SeedUser::new("sandbox-bot", "Sandbox Bot", 0x58_65_f2),
            granted: Permissions::empty(),
            guild: "Sandbox".to_owned(),
            people: vec![
                SeedUser::new("ana", "Ana", 0x2f_9e_6e),
                SeedUser::new("ben", "Ben", 0x3b_7d_d8),
                SeedUser::new("chloe", "Chloe", 0xc2_55_9d),
                SeedUser::new("dai", "Dai", 0xd0_83_2b),
            ],
            channels: vec![
                SeedChannel::new("general", "Anything"),
                SeedChannel::new("news", "What is new"),
                SeedChannel {
                    everywhere: false,
                    ..SeedChannel::new("off-topic", "Everything else")
                },
                SeedChannel {
                    admins_only: true,
                    ..SeedChannel::new("staff", "Admins only")
                },
            ],
        }
    }
}

impl Seed {
    /// What keeps a sandbox from starting with it.
    pub(crate) fn fault(&self) -> Option<String> {
        let users = std::iter::once(&self.application).chain(&self.people);
        let names = users.map(|user| &user.name);
        fault(self.people.len(), self.channels.len(), names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::{Options, Sandbox};

    #[tokio::test]
    async fn a_sandbox_has_the_names_and_channels_that_it_is_given() {
        let seed = Seed {
            granted: Permissions::empty(),
            application: SeedUser::new("librarian", "The Librarian", 0x12_34_56),
            guild: "Reading room".to_owned(),
            people: vec![
                SeedUser::new("kim", "Kim", 1),
                SeedUser::new("lou", "Lou", 2),
            ],
            channels: vec![
                SeedChannel {
                    everywhere: false,
                    ..SeedChannel::new("shelf", "Books")
                },
                SeedChannel::new("desk", "Anything"),
                SeedChannel {
                    admins_only: true,
                    ..SeedChannel::new("back-office", "Keys")
                },
            ],
        };
        let options = Options {
            seed,
            guilds: 2,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await.expect("it starts");
        let guilds = sandbox.world().guilds();
        assert_eq!(sandbox.world().application().1, "The Librarian");
        assert_eq!(guilds[0].1, "Reading room");
        let names = |name: &str, guild| {
            let channels = sandbox.person(name).in_guild(guild).channels().into_iter();
            let channels = channels.filter(|channel| !channel.direct);
            channels.map(|channel| channel.name).collect::<Vec<_>>()
        };
        assert_eq!(names("kim", guilds[0].0), ["shelf", "desk", "back-office"]);
        assert_eq!(names("lou", guilds[0].0), ["shelf", "desk"]);
        let founded = sandbox.world().add_guild("Annex");
        assert_eq!(names("kim", founded), ["desk", "back-office"]);
        assert!(sandbox.try_person("ana").is_none());
        sandbox.stop().await;
    }

    #[tokio::test]
    async fn a_seed_without_anybody_or_with_one_name_twice_is_refused() {
        let people = |count: usize| {
            let people = (0..count).map(|n| SeedUser::new(&format!("p{n}"), "P", 0));
            people.collect::<Vec<_>>()
        };
        let mut refused = Vec::new();
        for people in [people(0), people(81), [people(2), people(1)].concat()] {
            let seed = Seed {
                people,
                ..Seed::default()
            };
            let options = Options {
                seed,
                ..Options::default()
            };
            let error = Sandbox::start(options).await.expect_err("refused");
            refused.push(error.to_string());
        }
        assert_eq!(
            refused,
            [
                "a sandbox starts with 1 to 80 people, not with 0",
                "a sandbox starts with 1 to 80 people, not with 81",
                "two are called \"p0\"",
            ]
        );
        let seed = Seed {
            channels: Vec::new(),
            ..Seed::default()
        };
        assert!(seed.fault().is_some() && Seed::default().fault().is_none());
    }
}
