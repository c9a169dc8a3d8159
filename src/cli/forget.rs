//! `greenroom forget`: deletes what is stored about a person who asks for it outside the chat, or about a server or
//! workspace.

use greenroom::config::Config;
use greenroom::model::{Member, PlatformId, SpaceId, UserId};
use greenroom::store::Store;

use super::out;

/// What to forget. Works while the bot runs, too.
#[derive(clap::Subcommand)]
pub enum Forget {
    /// Delete everything about a person
    Member {
        /// Their user id; in Discord: Copy User ID, with developer mode on. On Slack the workspace's id and theirs, as
        /// in T0123ABCD:U0123ABCD; theirs is in their profile: Copy member ID
        #[arg(value_parser = user_id)]
        id: UserId,
        /// In this server or workspace only, by its id
        #[arg(long, value_name = "ID", value_parser = space_id)]
        space: Option<SpaceId>,
    },
    /// Delete everything of a server or workspace and its members
    Space {
        /// Its id; in Discord: Copy Server ID, with developer mode on; on Slack it begins with T
        #[arg(value_parser = space_id)]
        id: SpaceId,
    },
}

/// Deletes it, and says how much there was.
pub fn forget(what: &Forget, config: &Config) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let store = Store::open_beside(&config.database)?;
        let told = match what {
            Forget::Member { id, space } => member(&store, id, space.as_ref()).await,
            Forget::Space { id } => space(&store, id).await,
        };
        store.close().await;
        out::say(format_args!("{}", told?));
        Ok(())
    })
}

async fn member(store: &Store, user: &UserId, space: Option<&SpaceId>) -> anyhow::Result<String> {
    let spaces = match space {
        Some(space) => vec![space.clone()],
        None => store.known_spaces().await?,
    };
    let (mut rows, mut places) = (0, 0);
    for space in spaces {
        let member = Member {
            space,
            user: user.clone(),
        };
        let removed = store.delete_member(member).await?;
        rows += removed;
        places += usize::from(removed > 0);
    }
    let spaces = match user.platform() {
        PlatformId::Discord => "servers",
        PlatformId::Slack => "workspaces",
    };
    let user = user.id();
    Ok(match rows {
        0 => format!("Nothing is stored about member {user}."),
        _ => format!(
            "Deleted what was stored about member {user}: {rows} rows, {spaces}: {places}. {COPIES}"
        ),
    })
}

async fn space(store: &Store, space: &SpaceId) -> anyhow::Result<String> {
    let removed = store.forget_space(space.clone()).await?;
    let space = space.id();
    Ok(match removed {
        0 => format!("Nothing is stored of space {space}."),
        rows => format!("Deleted what was stored of space {space}: {rows} rows. {COPIES}"),
    })
}

/// What this doesn't delete.
const COPIES: &str = "Backups made before still have it.";

fn user_id(typed: &str) -> Result<UserId, String> {
    let id = typed.trim().trim_start_matches("slack:");
    match id.split_once(':') {
        Some((team, user))
            if is_of_slack(team, 'T') && (is_of_slack(user, 'U') || is_of_slack(user, 'W')) =>
        {
            Ok(UserId::new(PlatformId::Slack, id))
        }
        _ if is_of_slack(id, 'U') => Err(format!(
            "on Slack, give the workspace's id as well, as in T0123ABCD:{id}"
        )),
        _ => self::id(typed).map(UserId::discord),
    }
}

fn space_id(typed: &str) -> Result<SpaceId, String> {
    let id = typed.trim().trim_start_matches("slack:");
    if is_of_slack(id, 'T') {
        return Ok(SpaceId::new(PlatformId::Slack, id));
    }
    self::id(typed).map(SpaceId::discord)
}

/// Whether it looks like an id of Slack's that begins with this letter.
fn is_of_slack(id: &str, letter: char) -> bool {
    let sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    id.len() > 1 && id.starts_with(letter) && id.chars().all(sign)
}

/// An id of Discord's, plain or in a mention.
fn id(typed: &str) -> Result<String, String> {
    let id = typed
        .trim()
        .trim_start_matches("<@")
        .trim_start_matches('!');
    let id = id.trim_end_matches('>');
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_digit()) {
        return Err("it is not an id: give the number that Discord copies, not a name".to_owned());
    }
    Ok(id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{id, space_id, user_id};

    #[test]
    fn ids_of_slack_name_the_workspace() {
        for typed in [
            "T0123ABCD:U0456",
            "slack:T0123ABCD:U0456",
            " T0123ABCD:U0456 ",
        ] {
            let user = user_id(typed).expect("an id").to_string();
            assert_eq!(user, "slack:T0123ABCD:U0456");
        }
        let space = space_id("T0123ABCD").expect("an id");
        assert_eq!(space.to_string(), "slack:T0123ABCD");
        let alone = user_id("U0456").expect_err("no workspace");
        assert!(alone.contains("T0123ABCD:U0456"), "{alone}");
        for typed in ["T0123ABCD:", "T0123ABCD:ben", "t0123:u0456"] {
            assert!(user_id(typed).is_err(), "{typed}");
        }
        assert_eq!(user_id("8035").expect("an id").to_string(), "discord:8035");
    }

    #[test]
    fn ids_are_taken_as_they_are_and_as_mentions_and_names_are_not() {
        for typed in [
            "8035111022",
            " 8035111022",
            "<@8035111022>",
            "<@!8035111022>",
        ] {
            assert_eq!(id(typed).expect("an id"), "8035111022");
        }
        for name in ["", "@ben", "<@>", "Ben B", "ben#1234", "-1"] {
            assert!(id(name).expect_err("a name").contains("is not an id"));
        }
    }
}
