//! What is sent to the local Slack, whatever befalls it there or on the way.

mod calls;
mod messenger;

use std::time::Duration;

use chat_sandbox::slack::{Options, Sandbox};

use super::Sender;
use crate::slack::timing::Timing;

/// A local Slack.
struct Slack {
    sandbox: Sandbox,
}

impl Slack {
    async fn start() -> Self {
        let sandbox = Sandbox::start(Options::default()).await;
        Self {
            sandbox: sandbox.expect("a free port"),
        }
    }

    /// One that sends to it, and waits no longer than that for an answer.
    fn sender(&self, call: Duration) -> Sender {
        let timing = Timing {
            call,
            ..Timing::default()
        };
        let token = Options::default().bot_token.into();
        Sender::new(&self.sandbox.api(), &token, &timing).expect("a client")
    }

    /// The id of a channel.
    fn channel(&self, name: &str) -> String {
        let all = self.sandbox.world().channels();
        let found = all.into_iter().find(|(_, known)| known == name);
        found.expect("such a channel").0
    }

    /// How often a method was called.
    fn calls(&self, method: &str) -> usize {
        self.sandbox.world().calls(method).len()
    }

    /// How many messages there are in the first channel, replies in threads among them.
    fn posted(&self) -> usize {
        self.sandbox.person("ana").messages("general").len()
    }
}

/// Longer than any call takes that is answered.
const PATIENT: Duration = Duration::from_secs(20);
/// Short, for those that are not.
const HASTY: Duration = Duration::from_millis(800);
