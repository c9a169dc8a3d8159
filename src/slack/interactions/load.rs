//! How much of one workspace is under way, which is bounded.

use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// How much of one workspace may be under way at the same time. What comes then is not acknowledged: Slack sends events
/// again, and tells people that it didn't work.
const MOST: usize = 1_000;

/// How much of one workspace is under way. A crowd there keeps no other waiting.
#[derive(Default)]
pub(super) struct Load(TaskTracker);

impl Load {
    /// Whether no more is to be taken.
    pub(super) fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    /// Something more is under way, until what this returns is dropped.
    pub(super) fn one_more(&self) -> TaskTrackerToken {
        self.0.token()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_in_one_workspace_fills_no_other() {
        let (crowded, other) = (Load::default(), Load::default());
        let mut crowd: Vec<TaskTrackerToken> = (0..MOST).map(|_| crowded.one_more()).collect();
        assert!(crowded.is_full() && !other.is_full());
        crowd.pop();
        assert!(!crowded.is_full());
    }
}
