//! Everything there is, and what all of it is made with: the clock, ids and timestamps.

use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::sync::{Notify, watch};

use super::{
    app::{App, Team},
    channel::Channel,
    ephemeral::Ephemeral,
    fault::Faults,
    file::StoredFile,
    pending::{Pending, Retry},
    rates::Rates,
    recent::Recent,
    response_url::ResponseUrl,
    session::Sockets,
    traffic::Traffic,
    trigger::Trigger,
    user::User,
    view::OpenView,
};
use crate::{
    common::{Clock, Recorder},
    slack::time::Ts,
};

/// Everything there is. Methods are in the files named for their subject.
pub struct State {
    pub address: SocketAddr,
    pub team: Team,
    pub app: App,
    /// In the order they came; the bot is one of them.
    pub people: Vec<User>,
    pub channels: BTreeMap<String, Channel>,
    pub ephemerals: Vec<Ephemeral>,
    pub views: HashMap<String, Vec<OpenView>>,
    pub homes: HashMap<String, OpenView>,
    /// What people chose in messages so far: by person, message, block and action.
    pub chosen: Recent<(String, Ts), Value>,
    pub files: BTreeMap<String, StoredFile>,
    pub sockets: Sockets,
    pub pending: HashMap<String, Pending>,
    pub retries: Vec<Retry>,
    pub triggers: Recent<String, Trigger>,
    pub urls: Recent<String, ResponseUrl>,
    pub rates: Rates,
    pub faults: Faults,
    pub recorder: Recorder,
    pub traffic: Traffic,
    pub clock: Arc<Clock>,
    pub(super) last_id: u64,
    pub(super) last_ts: Ts,
    pub(super) version: watch::Sender<u64>,
    /// Wakes the task that keeps the deadlines.
    pub(super) wake: Arc<Notify>,
}

impl State {
    /// The time here.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new id, such as `C00000000A`.
    pub fn next_id(&mut self, prefix: &str) -> String {
        self.last_id += 1;
        let mut digits = Vec::new();
        let mut rest = self.last_id;
        while rest > 0 {
            digits.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
            rest /= 36;
        }
        let number: String = digits.iter().rev().collect();
        format!("{prefix}0{:0>8}", number.to_ascii_uppercase())
    }

    /// A timestamp that nothing has yet.
    pub fn next_ts(&mut self) -> Ts {
        self.last_ts = Ts::at(self.now()).max(self.last_ts.next());
        self.last_ts
    }

    /// Tells everyone who watches that something changed.
    pub fn changed(&self) {
        self.version.send_modify(|version| *version += 1);
    }

    /// Keeps a problem for the tests, which fail on any.
    pub fn problem(&mut self, text: impl Into<String>) {
        self.recorder.problem(text.into());
    }
}
