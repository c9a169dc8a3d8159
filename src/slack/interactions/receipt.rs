//! What Slack is told of something that came in, once it is done.

use std::sync::Arc;

use super::payloads::Ack;
use crate::app::Replays;

/// What Slack is told of something that came in, once it is done. When it is dropped, that it was taken.
pub(super) struct Receipt {
    /// What is still to be given.
    pub ack: Option<Ack>,
    /// What came before.
    pub replays: Arc<Replays<String>>,
    /// As what this did.
    pub key: Option<String>,
}

impl Receipt {
    /// It is kept, or it isn't: then Slack sends it again, and it is taken again.
    pub fn kept(self, kept: bool) {
        if let (false, Some(key)) = (kept, &self.key) {
            self.replays.forget(key);
        }
        match self.ack {
            Some(ack) if kept => ack.give(),
            Some(ack) => ack.withhold(),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_kept_is_taken_when_it_comes_again_and_no_other() {
        for kept in [true, false] {
            let replays = Arc::new(Replays::default());
            let key = "Ev1".to_owned();
            assert!(replays.is_new(key.clone()));
            let receipt = Receipt {
                ack: None,
                replays: replays.clone(),
                key: Some(key.clone()),
            };
            receipt.kept(kept);
            assert_eq!(replays.is_new(key), !kept);
        }
    }
}
