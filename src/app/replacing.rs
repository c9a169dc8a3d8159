//! Giving the open daily another question.

use chrono::{DateTime, Utc};

use crate::model::{Daily, DailyState, Schedule};
use crate::rules::timetable::LATENESS;
use crate::store::Replaced;

use super::card::{Card, Tone};
use super::outcome::{Error, Outcome};
use super::{App, Caller, wording};

impl App {
    /// Answers `/daily replace`: the open daily asks another question, in the same message.
    pub async fn replace_daily(&self, caller: &Caller, schedule: Option<&str>) -> Outcome {
        let schedule = self.schedule_named(caller, schedule).await?;
        let now = self.clock.now();
        let daily = self.open_daily(&schedule, now).await?;
        let replaced = self
            .store
            .replace_question(daily.id, daily.version, self.choose(), now)
            .await?;
        let (answers, asks) = match replaced {
            Replaced::Done {
                answers,
                queued,
                passed,
            } => (answers, (queued, passed)),
            Replaced::Changed => return Err(wording::daily_changed().into()),
            Replaced::Unchosen(why) => {
                let bank = &self.library().bank;
                let topics = &schedule.settings.topics;
                return Err(wording::no_other_question(bank, why, topics).into());
            }
        };
        self.wakes.edits.call();
        // It may have been the one after which few questions are left.
        self.wakes.notices.call();
        Ok(Card::new(Tone::Good, wording::QUESTION_REPLACED)
            .private()
            .text(wording::replaced(&daily, asks, answers)))
    }

    /// Answers `/daily skip`, the old name of `/daily replace`: does the same, and says so.
    pub async fn replace_daily_by_old_name(
        &self,
        caller: &Caller,
        schedule: Option<&str>,
    ) -> Outcome {
        let card = self.replace_daily(caller, schedule).await?;
        Ok(card.text(wording::NOW_CALLED_REPLACE))
    }

    /// The newest daily of a schedule, if it takes answers; of whatever date that is.
    async fn open_daily(&self, schedule: &Schedule, now: DateTime<Utc>) -> Result<Daily, Error> {
        let on = async |date| match date {
            Some(date) => self.store.daily_on(schedule.id, date).await,
            None => Ok(None),
        };
        let newest = on(schedule.newest).await?;
        let coming =
            |daily: Daily| daily.state == DailyState::Claimed && now - daily.due_at <= LATENESS;
        if newest.is_some_and(coming) {
            return Err(wording::daily_not_there_yet().into());
        }
        let posted = on(schedule.newest_posted).await?;
        let open = posted.filter(|daily| daily.state == DailyState::Posted);
        Ok(open.ok_or_else(wording::no_open_daily)?)
    }
}
