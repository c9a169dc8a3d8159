//! What admins and the operator read of calls that a platform refused, beside its own name for the refusal.

use std::fmt::{self, Display, Formatter};

use super::super::refused_call::RefusedCall;

impl Display for RefusedCall {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotThere => "the bot isn't in the channel; whoever is can type /invite and its name there",
            Self::Archived => "the channel is archived",
            Self::MayNotPost => "the channel's settings don't let the bot post there",
            Self::TooOld => "messages that old can no longer be changed there",
            Self::Token => {
                "the bot token isn't valid any more; install the app again, give the bot the new token and start it again"
            }
            Self::Scope(scopes) => {
                let what = if scopes.contains(',') { "one of the scopes" } else { "the scope" };
                return write!(
                    f,
                    "the app needs {what} {scopes}; paste its manifest anew on its page App Manifest, then reinstall it"
                );
            }
        })
    }
}
