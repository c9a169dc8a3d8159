//! Sends notices: to admins about their schedules, each once, and to the operator about the bot.

use std::sync::Arc;

use super::engine::Delivery;
use super::lane::locked;
use super::platform::{Failure, Platform};
use crate::app::card::{Card, Tone};
use crate::app::doubt::again;
use crate::app::outcome::Error;
use crate::app::{App, wording};
use crate::model::{Member, NoticeKind};

/// A notice to send to an admin directly.
#[derive(Clone, Debug)]
pub(super) struct Notice {
    /// Its row.
    id: i64,
    /// The admin who set the schedule that it is about.
    to: Member,
    /// What it says.
    card: Card,
}

impl<P: Platform> Delivery<P> {
    /// Sends the notices that are due. One that is refused, for example because the admin takes no direct messages,
    /// counts as sent; one that failed otherwise is tried again at the next look.
    pub(super) async fn tell_admins(&self) -> Result<(), Error> {
        for notice in self.app.to_tell().await? {
            if !self.has(&notice.to.space) || !self.app.still_to_tell(notice.id)? {
                continue;
            }
            let Notice { id, to, card } = notice;
            let key = format!("notice-{id}");
            match self.platform.tell(&to, &card, &key).await {
                Ok(()) => {}
                Err(Failure::Gone) => {
                    tracing::warn!(
                        "nobody could be told, for want of an id of the platform's: {}",
                        card.title
                    );
                }
                Err(error @ (Failure::Refused(_) | Failure::Closed(_) | Failure::Unseen(_))) => {
                    tracing::warn!(%error, "an admin could not be told: {}", card.title);
                }
                Err(error @ (Failure::Unsure(_) | Failure::Later(..))) => {
                    // An unreachable platform is logged elsewhere, once.
                    tracing::debug!(%error, "could not tell an admin; trying again");
                    continue;
                }
            }
            self.app.record_told(id).await?;
        }
        Ok(())
    }

    /// Sends the operator's notice, if there is a new one. It is in the log as well, so one try is enough. Each platform
    /// sends it to whom it takes for the operator.
    pub(super) async fn tell_operator(&self) {
        let card = self.app.to_tell_operator();
        let told = std::mem::replace(&mut *locked(&self.told), card.clone());
        let same = |card: &Arc<Card>| told.as_ref().is_some_and(|told| Arc::ptr_eq(told, card));
        let Some(card) = card.filter(|card| !same(card)) else {
            return;
        };
        let key = format!("operator-{:x}", rand::random::<u32>());
        if let Err(error) = self.platform.tell_operator(&card, &key).await {
            tracing::warn!(%error, "the operator could not be told: {}", card.title);
        }
    }
}

impl App {
    /// The notices that were not sent to admins yet. Those about schedules of the configuration are for the operator:
    /// they are logged here, which counts as sending them.
    async fn to_tell(&self) -> Result<Vec<Notice>, Error> {
        let mut notices = Vec::new();
        for unsent in self.store.unsent_notices().await? {
            let doubtful = match unsent.kind {
                NoticeKind::InDoubt => self.store.daily_in_doubt(unsent.of).await?,
                _ => None,
            };
            let text = match unsent.kind {
                NoticeKind::RunningOut => wording::running_out(&unsent.schedule),
                NoticeKind::ChannelClosed => {
                    let why = unsent.waits_for.as_deref().unwrap_or_default();
                    wording::channel_closed(&unsent.schedule, why, unsent.space.platform())
                }
                NoticeKind::Damaged => wording::schedule_damaged(&unsent.schedule),
                NoticeKind::InDoubt => match &doubtful {
                    Some(daily) => wording::daily_in_doubt(daily, &unsent.schedule),
                    // By now it is known.
                    None => {
                        self.record_told(unsent.id).await?;
                        continue;
                    }
                },
            };
            let Some(user) = unsent.user else {
                tracing::warn!(space = %unsent.space, "{text}");
                self.record_told(unsent.id).await?;
                continue;
            };
            let title = wording::notice_title(unsent.kind);
            notices.push(Notice {
                id: unsent.id,
                to: Member {
                    space: unsent.space,
                    user,
                },
                card: Card::new(Tone::Neutral, title)
                    .text(text)
                    .row(doubtful.as_ref().map(again)),
            });
        }
        Ok(notices)
    }

    fn still_to_tell(&self, notice: i64) -> Result<bool, Error> {
        Ok(self.store.is_notice_unsent(notice)?)
    }

    /// Records that a notice was sent, or that it cannot be.
    async fn record_told(&self, notice: i64) -> Result<(), Error> {
        Ok(self.store.notice_sent(notice, self.clock.now()).await?)
    }
}
