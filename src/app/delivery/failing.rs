//! The schedules that can't be processed, so that each is logged once.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use crate::app::outcome::Error;
use crate::model::Schedule;

/// The schedules that couldn't be processed at the last look; each was logged when that began.
#[derive(Default)]
pub(crate) struct Failing(Mutex<HashSet<i64>>);

impl Failing {
    /// Logs the first failure of a schedule, and when it is over.
    pub(super) fn log<T>(&self, schedule: &Schedule, processed: &Result<T, Error>) {
        let mut failing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Schedule {
            id, space, name, ..
        } = schedule;
        match processed {
            Err(error) if failing.insert(*id) => {
                tracing::error!(%space, schedule = id, name, %error, "a schedule can't be processed; retrying");
            }
            Err(error) => {
                tracing::debug!(%space, schedule = id, name, %error, "it still can't be processed")
            }
            Ok(_) if failing.remove(id) => {
                tracing::info!(%space, schedule = id, name, "a schedule is processed again");
            }
            Ok(_) => {}
        }
    }

    pub(super) fn forget_all_but(&self, schedules: &[Schedule]) {
        let mut failing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failing.retain(|id| schedules.iter().any(|schedule| schedule.id == *id));
    }
}
