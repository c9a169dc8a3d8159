//! Notices: what the admin of a schedule is told by itself, each thing once.

use crate::model::{NoticeKind, UserId};

use super::card::{Card, Tone};
use super::outcome::Error;
use super::{App, wording};

/// A notice to send to an admin directly.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its row, for [`App::told`].
    pub id: i64,
    /// Who set the schedule that it is about.
    pub user: UserId,
    /// What it says.
    pub card: Card,
}

impl App {
    /// The notices that admins were not told yet. Those about schedules of the configuration are
    /// the operator's: they are logged here, and told with that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn to_tell(&self) -> Result<Vec<Notice>, Error> {
        let mut notices = Vec::new();
        for unsent in self.store.unsent_notices().await? {
            let text = match unsent.kind {
                NoticeKind::RunningOut => wording::running_out(&unsent.schedule),
                NoticeKind::ChannelClosed => wording::channel_closed(&unsent.schedule),
                NoticeKind::Damaged => wording::schedule_damaged(&unsent.schedule),
            };
            match unsent.user {
                Some(user) => notices.push(Notice {
                    id: unsent.id,
                    user,
                    card: Card::new(Tone::Neutral, wording::notice_title(unsent.kind)).text(text),
                }),
                None => {
                    tracing::warn!(space = %unsent.space, "{text}");
                    self.told(unsent.id).await?;
                }
            }
        }
        Ok(notices)
    }

    /// Records that a notice was sent, or that it cannot be.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn told(&self, id: i64) -> Result<(), Error> {
        Ok(self.store.notice_sent(id, self.clock.now()).await?)
    }
}
