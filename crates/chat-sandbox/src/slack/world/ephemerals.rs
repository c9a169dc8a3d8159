//! Messages that one person sees, until they reload.

use serde_json::{Value, json};

use super::{ephemeral::Ephemeral, message::Content, state::State};
use crate::slack::time::Ts;

/// How many ephemeral messages there are at most, and how many bytes of memory they may take, about; the oldest go
/// first.
const MOST: usize = 2_000;
const BYTES: usize = 32 << 20;

impl State {
    /// Shows someone a message that nobody else sees. When they are being lost, it goes nowhere.
    pub fn whisper(
        &mut self,
        channel: &str,
        person: &str,
        mut content: Content,
        thread: Option<Ts>,
    ) -> Ts {
        let ts = self.next_ts();
        if self.faults.lose_ephemerals {
            return ts;
        }
        self.name_blocks(&mut content.blocks);
        self.ephemerals.push(Ephemeral {
            ts,
            channel: channel.to_owned(),
            person: person.to_owned(),
            content,
            thread,
        });
        self.forget_ephemerals();
        self.changed();
        ts
    }

    fn forget_ephemerals(&mut self) {
        let mut bytes = 0;
        let kept = self.ephemerals.iter().rev().take(MOST).take_while(|known| {
            bytes += known.content.weight();
            bytes <= BYTES
        });
        let kept = kept.count();
        let gone = self.ephemerals.len() - kept;
        self.ephemerals.drain(..gone);
    }

    /// Changes what an ephemeral message says; with nothing to say it goes away. Returns whether it is there.
    pub fn rewhisper(&mut self, ts: Ts, content: Option<Content>) -> bool {
        let Some(place) = self.ephemerals.iter().position(|known| known.ts == ts) else {
            return false;
        };
        match content {
            Some(mut content) => {
                self.name_blocks(&mut content.blocks);
                self.ephemerals[place].content = content;
                self.forget_ephemerals();
            }
            None => {
                self.ephemerals.remove(place);
            }
        }
        self.changed();
        true
    }

    /// The ephemeral message with that timestamp, if it is still shown.
    pub fn ephemeral(&self, ts: Ts) -> Option<&Ephemeral> {
        self.ephemerals.iter().find(|known| known.ts == ts)
    }

    /// What Slack calls the place of a message in an interaction.
    pub fn container(&self, channel: &str, ts: Ts) -> Value {
        let ephemeral = self.ephemeral(ts);
        let mut container = json!({
            "type": "message", "message_ts": ts.json(), "channel_id": channel, "is_ephemeral": ephemeral.is_some(),
        });
        let room = self.channels.get(channel);
        let message = room.and_then(|room| room.messages.get(ts));
        let thread = ephemeral.and_then(|known| known.thread);
        if let Some(thread) = thread.or_else(|| message.and_then(|message| message.thread)) {
            container["thread_ts"] = thread.json();
        }
        container
    }
}
