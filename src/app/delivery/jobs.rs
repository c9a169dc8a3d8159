//! What is done with the message of one daily: it is posted once, and edited until it is up to date.

use chrono::DateTime;
use chrono::Utc;

use super::engine::{Delivery, Undone};
use super::key::key_of;
use super::platform::{Failure, Platform};
use super::steps::Post;
use crate::model::{Daily, MessageRef, Place};

impl<P: Platform> Delivery<P> {
    /// Posts a daily, unless a message that shows it is already there: from a process that ended, or from an earlier
    /// call whose outcome is unknown.
    pub(super) async fn post(&self, post: Post) -> Result<(), Undone> {
        let Post { mut daily, expired } = post;
        if expired || self.may_be_there(&daily) {
            if let Some(found) = self.find(&daily, expired).await? {
                tracing::info!("found a daily that was sent before");
                let at = Some(daily.tried_at);
                return Ok(self.app.record_posted(&daily, found.into(), at).await?);
            }
            if expired {
                return Ok(self.app.give_up(&daily).await?);
            }
            daily = self.app.record_try(&daily).await?;
        }
        let key = key_of(&daily);
        let place = Place {
            space: daily.space.clone(),
            channel: daily.channel.clone(),
        };
        let card = self.app.card_to_post(&daily);
        let message = self.platform.post(&place, &card, &key).await?;
        Ok(self.app.record_posted(&daily, message.into(), None).await?)
    }

    /// Whether a message may be there that isn't recorded, and that the platform's key no longer keeps from being
    /// doubled.
    fn may_be_there(&self, daily: &Daily) -> bool {
        let since: DateTime<Utc> = daily.tried_at;
        let remembered = (self.app.clock.now() - since).abs() < self.platform.remembers_keys_for();
        !remembered || daily.tried_in != daily.channel || self.failed_before(daily.id)
    }

    /// Finds the message that shows a daily, and removes any others. In a channel that is closed to us none can be
    /// found; that fails only if it is the channel to post to. What nobody may look for any more counts as not there
    /// once it is too late to post it.
    async fn find(&self, daily: &Daily, expired: bool) -> Result<Option<MessageRef>, Undone> {
        let found = match self.platform.find(daily).await {
            Err(Failure::Closed(_)) if expired || daily.tried_in != daily.channel => Vec::new(),
            Err(Failure::Unseen(_)) if expired => Vec::new(),
            found => found?,
        };
        let mut found = found.into_iter();
        let first = found.next();
        for double in found {
            self.take_away(&double).await;
        }
        Ok(first)
    }

    /// Removes the second messages that members came upon. One that can't be removed now is when it is pressed again.
    pub(super) async fn take_doubles_away(&self) {
        for double in self.app.doubles.take(|space| self.has(space)) {
            self.take_away(&double).await;
        }
    }

    /// Removes a second message of a daily.
    async fn take_away(&self, double: &MessageRef) {
        match self.platform.retract(double).await {
            Ok(()) | Err(Failure::Gone) => {
                tracing::warn!(message = %double.message, "took a second message of a daily away");
            }
            Err(error) => {
                tracing::warn!(message = %double.message, %error, "a daily has a second message");
            }
        }
    }

    /// Edits the message of a daily so that it is up to date. A message that is gone needs no edit.
    pub(super) async fn show(&self, daily: &Daily) -> Result<(), Undone> {
        if let Some(message) = message_of(daily) {
            let card = self.app.card_to_show(daily).await?;
            match self.platform.edit(&message, &card).await {
                Err(Failure::Gone) => {}
                edited => edited?,
            }
        }
        Ok(self.app.record_shown(daily).await?)
    }
}

/// The message that shows a daily, once it is posted.
pub(super) fn message_of(daily: &Daily) -> Option<MessageRef> {
    Some(MessageRef {
        place: Place {
            space: daily.space.clone(),
            channel: daily.channel.clone(),
        },
        message: daily.message.clone()?,
    })
}
