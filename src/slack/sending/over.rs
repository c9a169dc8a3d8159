//! That a workspace takes the bot no more. Nothing is sent there from then on, and what keeps it connected ends.

use std::path::Path;
use std::time::Duration;

use tokio::sync::watch;

use super::meaning::Meaning;
use crate::slack::error::{StartError, Token};

/// How long whatever was to be sent there waits, as long as nobody has mended it. A new start doesn't wait.
pub(super) const UNTIL_MENDED: Duration = Duration::from_secs(3_600);

/// Why a workspace takes the bot no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Over {
    /// Why, and what to do about it.
    pub why: String,
    /// Whether the workspace removed the bot. Else it may be let in again, once somebody mends what is wrong.
    pub removed: bool,
}

impl Over {
    /// The workspace removed the bot: how.
    pub(crate) fn removed(how: &str) -> Self {
        Self {
            why: how.to_owned(),
            removed: true,
        }
    }

    /// Something is to be mended: what, and how.
    pub(crate) fn to_be_mended(why: String) -> Self {
        Self {
            why,
            removed: false,
        }
    }

    /// What a refusal by that name says of the bot token of that file or the environment, if it says that.
    pub(super) fn by(error: &str, file: Option<&Path>) -> Option<Self> {
        match Meaning::of(error) {
            Meaning::Removed => {
                let how = format!("the app was uninstalled, or its token revoked ({error})");
                Some(Self::removed(&how))
            }
            Meaning::Token => {
                let refused = StartError::Token {
                    token: Token::Bot,
                    file: file.map(Path::to_owned),
                    error: error.to_owned(),
                };
                Some(Self::to_be_mended(refused.to_string()))
            }
            _ => None,
        }
    }
}

/// Whether it is over.
pub(super) struct Ending(watch::Sender<Option<Over>>);

impl Default for Ending {
    fn default() -> Self {
        Self(watch::Sender::new(None))
    }
}

impl Ending {
    /// It is, from now on. The first reason stays.
    pub(super) fn set(&self, over: Over) {
        self.0.send_if_modified(|known| {
            let first = known.is_none();
            known.get_or_insert(over);
            first
        });
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Waits until it is.
    pub(super) async fn wait(&self) -> Over {
        let mut known = self.0.subscribe();
        let over = known.wait_for(Option::is_some).await;
        match over.map(|over| over.clone()) {
            Ok(Some(over)) => over,
            // The other end is here.
            Ok(None) | Err(_) => std::future::pending().await,
        }
    }
}
