//! The methods there are, with the scopes they need and how often they may be called.

use super::{
    apps, arguments::Arguments, chat, conversations, error::Outcome, files, history, reactions,
    users, views,
};
use crate::slack::world::{State, Tier};

/// Which token a method takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Token {
    Bot,
    App,
}

/// A method.
pub(super) struct Method {
    pub name: &'static str,
    /// Any of these is enough to be let in; what is asked for a certain channel is looked at later.
    pub scopes: &'static [&'static str],
    pub tier: Tier,
    pub token: Token,
    pub answer: fn(&mut State, &Arguments) -> Outcome,
}

const READ: &[&str] = &["channels:read", "groups:read", "im:read", "mpim:read"];
const HISTORY: &[&str] = &[
    "channels:history",
    "groups:history",
    "im:history",
    "mpim:history",
];

const fn method(
    name: &'static str,
    scopes: &'static [&'static str],
    tier: Tier,
    answer: fn(&mut State, &Arguments) -> Outcome,
) -> Method {
    Method {
        name,
        scopes,
        tier,
        token: Token::Bot,
        answer,
    }
}

const METHODS: &[Method] = &[
    method("api.test", &[], Tier::Four, apps::test),
    Method {
        token: Token::App,
        ..method(
            "apps.connections.open",
            &[],
            Tier::Three,
            apps::open_connection,
        )
    },
    method("auth.test", &[], Tier::Special, apps::auth_test),
    method("bots.info", &["users:read"], Tier::Three, apps::bot_info),
    method("chat.delete", &["chat:write"], Tier::Three, chat::delete),
    method(
        "chat.postEphemeral",
        &["chat:write"],
        Tier::Four,
        chat::post_ephemeral,
    ),
    method(
        "chat.postMessage",
        &["chat:write"],
        Tier::Posting,
        chat::post,
    ),
    method("chat.update", &["chat:write"], Tier::Three, chat::update),
    method(
        "conversations.history",
        HISTORY,
        Tier::Three,
        history::history,
    ),
    method("conversations.info", READ, Tier::Three, conversations::info),
    method("conversations.list", READ, Tier::Two, conversations::list),
    method(
        "conversations.members",
        READ,
        Tier::Four,
        conversations::members,
    ),
    method(
        "conversations.open",
        &["im:write", "mpim:write"],
        Tier::Three,
        conversations::open,
    ),
    method(
        "conversations.replies",
        HISTORY,
        Tier::Three,
        history::replies,
    ),
    method(
        "files.completeUploadExternal",
        &["files:write"],
        Tier::Four,
        files::complete,
    ),
    method(
        "files.getUploadURLExternal",
        &["files:write"],
        Tier::Four,
        files::upload_url,
    ),
    method("pins.add", &["pins:write"], Tier::Two, reactions::pin),
    method(
        "reactions.add",
        &["reactions:write"],
        Tier::Three,
        reactions::react,
    ),
    method("team.info", &["team:read"], Tier::Three, apps::team_info),
    method(
        "users.conversations",
        READ,
        Tier::Three,
        conversations::of_user,
    ),
    method("users.info", &["users:read"], Tier::Four, users::info),
    method("users.list", &["users:read"], Tier::Two, users::list),
    method("views.open", &[], Tier::Four, views::open),
    method("views.publish", &[], Tier::Four, views::publish),
    method("views.push", &[], Tier::Four, views::push),
    method("views.update", &[], Tier::Four, views::update),
];

/// The method of that name.
pub(super) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}

/// The methods there are, as a table in Markdown.
pub fn support() -> String {
    let mut table = "| Method | Scopes, any of them |\n|---|---|\n".to_owned();
    for method in METHODS {
        table += &format!("| `{}` | {} |\n", method.name, method.scopes.join(", "));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_lists_the_methods() {
        let readme = include_str!("../../../README.md");
        let (_, rest) = readme.split_once("<!-- methods -->\n").expect("the table");
        let (table, _) = rest.split_once("<!-- end of methods -->").expect("its end");
        assert_eq!(table, support());
    }
}
