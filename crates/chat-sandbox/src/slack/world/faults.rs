//! Faults on demand: what goes wrong at Slack and on the way there, when a test wants it to.

use chrono::{DateTime, Utc};

use super::{
    fault::{Fault, Faults, SocketFault},
    queue::ToClient,
    shared::World,
    state::State,
};

impl State {
    /// The moment after which histories know of nothing yet, if they lag.
    pub fn history_ends(&self) -> Option<DateTime<Utc>> {
        let lag = chrono::Duration::from_std(self.faults.history_lags?).ok()?;
        self.now().checked_sub_signed(lag)
    }
}

impl World {
    /// Lets something go wrong. Faults that last do so until they have struck often enough or are cleared;
    /// several may be on at once.
    pub fn fault(&self, fault: impl Into<Fault>) {
        let mut state = self.lock();
        match fault.into() {
            Fault::Rest(fault) => state.faults.rest.add(fault),
            Fault::Method(fault) => state.faults.methods.push(fault),
            Fault::LoseEphemerals => state.faults.lose_ephemerals = true,
            Fault::CloseEditWindow => state.faults.close_edits = true,
            Fault::ExpireResponseUrls => state.faults.expire_urls = true,
            Fault::HistoryLags(lag) => state.faults.history_lags = Some(lag),
            Fault::Socket(SocketFault::Disconnect(reason)) => state.disconnect(reason),
            Fault::Socket(SocketFault::Drop) => state.sockets.everywhere(&ToClient::Drop),
            Fault::Socket(SocketFault::Fall) => state.sockets.everywhere(&ToClient::Fall),
            Fault::Socket(SocketFault::NoHello { times }) => state.faults.hellos.push(times),
            Fault::Socket(SocketFault::LatePongs(by)) => state.faults.late_pongs = Some(by),
            Fault::Socket(SocketFault::Duplicate) => state.faults.duplicate_envelopes = true,
        }
        state.changed();
    }

    /// Ends all faults that last, and breaks the connections that were held up.
    pub fn clear_faults(&self) {
        {
            let mut state = self.lock();
            state.faults = Faults::default();
            state.rates.reopen();
            state.enable_sockets();
            state.changed();
        }
        self.cleared.notify_waiters();
    }
}
