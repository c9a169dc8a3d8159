//! A daily that is in doubt: it may have been posted, and the bot may not look. An admin who looks says whether it is to
//! be posted again.

use super::action::Action;
use super::card::{Button, Card, Style, Tone};
use super::outcome::{Error, Outcome};
use super::{App, Caller, wording};
use crate::model::{Daily, DailyState, NoticeKind, Schedule, ScheduleState};

impl App {
    /// Posts a daily again that an admin hasn't found in its channel. It was tried at that instant, in milliseconds since
    /// 1970: what was tried anew since may be there.
    pub(super) async fn post_again(&self, caller: &Caller, daily: i64, tried: i64) -> Outcome {
        caller.require_admin()?;
        let daily = self.own_daily(caller, daily).await?;
        if daily.state != DailyState::Claimed {
            return Err(wording::daily_is_there(&daily.channel).into());
        }
        let same = tried == daily.tried_at.timestamp_millis();
        if !same || !self.store.forget_try(&daily).await? {
            return Err(wording::doubt_is_over().into());
        }
        self.wakes.posts.call();
        let schedule = self.store.schedule(daily.schedule).await?;
        let state = schedule.map_or(ScheduleState::Removed, |schedule| schedule.state);
        Ok(Card::new(Tone::Good, wording::DAILY_ON_ITS_WAY)
            .private()
            .text(wording::daily_on_its_way(&daily.channel, state)))
    }

    /// What asks an admin whether a schedule's daily is to be posted again; nothing when it is in no doubt.
    pub(super) async fn doubt(&self, schedule: &Schedule) -> Result<Option<Card>, Error> {
        let daily = self.store.daily_in_doubt(schedule.id).await?;
        let title = wording::notice_title(NoticeKind::InDoubt);
        Ok(daily.map(|daily| {
            Card::new(Tone::Neutral, title)
                .private()
                .text(wording::daily_in_doubt(&daily, &schedule.name))
                .row([again(&daily)])
        }))
    }
}

/// The button that posts a daily again.
pub(super) fn again(daily: &Daily) -> Button {
    let action = Action::PostAgain {
        daily: daily.id,
        tried: daily.tried_at.timestamp_millis(),
    };
    Button::new(wording::POST_AGAIN, Style::Danger, action)
}
