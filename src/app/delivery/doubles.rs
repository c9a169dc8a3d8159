//! Second messages of dailies, which members come upon, and which are to be taken away.

use std::sync::Mutex;

use super::lane::locked;
use crate::model::{MessageRef, SpaceId};

/// The most that wait at a time. Whoever presses one that was left out brings it back.
const MOST: usize = 1_000;

/// Those that wait to be taken away.
#[derive(Default)]
pub(crate) struct Doubles(Mutex<Vec<MessageRef>>);

impl Doubles {
    /// One more.
    pub(in crate::app) fn add(&self, double: MessageRef) {
        let mut doubles = locked(&self.0);
        if doubles.len() < MOST && !doubles.contains(&double) {
            doubles.push(double);
        }
    }

    /// Hands out those in such spaces.
    pub(super) fn take(&self, of: impl Fn(&SpaceId) -> bool) -> Vec<MessageRef> {
        let mut doubles = locked(&self.0);
        let all = std::mem::take(&mut *doubles).into_iter();
        let (theirs, others) = all.partition(|double| of(&double.place.space));
        *doubles = others;
        theirs
    }
}
