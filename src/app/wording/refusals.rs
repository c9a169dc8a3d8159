//! The refusals that any command or button can get.

use super::super::outcome::Refusal;
use super::labels::{MEMBERS_ONLY, OLD_BUTTON};

/// What an operator's error looks like to a member.
pub fn internal_error(id: &str) -> Refusal {
    Refusal::no(format!(
        "Something went wrong on my side, and nothing was recorded. Please try again; if it \
        happens again, tell the person who runs this bot this id: `{id}`"
    ))
}

/// A button of a version that this program does not know.
pub fn unknown_button() -> Refusal {
    let text = "This button was made by another version of me. Please run the command again.";
    Refusal::neutral(OLD_BUTTON, text)
}

/// To members over the rate limit.
pub(in crate::app) fn too_fast() -> Refusal {
    Refusal::no(
        "That was a lot at once, so I ignored this one. Give me a few seconds, then try again.",
    )
}

/// A command used where there is no server, which only Discord has.
pub fn only_in_a_server() -> Refusal {
    let text =
        "I only work in servers. Answer a daily in one, or try `/question` and `/quiz` there.";
    Refusal::neutral("Only in a server", text)
}

/// To people of whom the platform doesn't say who they are, where that matters.
pub fn unidentified() -> Refusal {
    Refusal::no(
        "I could not find out who you are here, so I did nothing. Please try again in a minute.",
    )
}

/// To guests, and people of other workspaces who share a channel, where they may not take part.
pub fn members_only() -> Refusal {
    let text = "Only full members of this workspace can use me here, not guests or people from other workspaces. The person who runs this bot can change that.";
    Refusal::neutral(MEMBERS_ONLY, text)
}
