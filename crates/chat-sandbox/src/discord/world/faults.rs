//! Faults on demand: what goes wrong at Discord and on the way there, when a test wants it to.

use http::Method;

use super::{Change, Fault, GatewayFault, State, ToClient, World, fault::Faults};
use crate::common::RestFailure;

impl State {
    /// What goes wrong with a request, if anything does.
    pub fn strike(&mut self, method: &Method, path: &str) -> Option<RestFailure> {
        let what = self.faults.rest.strike(method, path)?;
        let interaction = path.split_once("/interactions/").map(|(_, rest)| rest);
        let id = interaction.and_then(|rest| rest.split('/').next()?.parse().ok());
        if let Some(interaction) = id.and_then(|id: u64| self.interactions.get_mut(&id)) {
            interaction.disturbed = true;
        }
        self.announce(Change::Faults);
        Some(what)
    }
}

impl World {
    /// Lets something go wrong. Faults that last do so until they have struck often enough or are cleared;
    /// several may be on at once. What the bot could not help is none of the [`World::problems`].
    pub fn fault(&self, fault: impl Into<Fault>) {
        let mut state = self.lock();
        match fault.into() {
            Fault::Rest(fault) => state.faults.rest.add(fault),
            Fault::Gateway(fault) => match fault {
                GatewayFault::Drop => state.gateway.everywhere(|| ToClient::Drop),
                GatewayFault::Reconnect => state.gateway.everywhere(|| ToClient::Reconnect),
                GatewayFault::InvalidSession { resumable } => {
                    state
                        .gateway
                        .everywhere(|| ToClient::Invalidate { resumable });
                }
                GatewayFault::Close(code) => {
                    state
                        .gateway
                        .everywhere(|| ToClient::Close(code, "A fault was asked for."));
                }
                GatewayFault::CloseBare => state.gateway.everywhere(|| ToClient::CloseBare),
                GatewayFault::Bomb { megabytes } => {
                    state.gateway.everywhere(|| ToClient::Bomb { megabytes });
                }
                GatewayFault::Say(text) => state.gateway.everywhere(|| ToClient::Say(text)),
                GatewayFault::WithholdAcks
                | GatewayFault::StallHandshake { .. }
                | GatewayFault::DuplicateEvents
                | GatewayFault::ReorderEvents => state.faults.gateway.push(fault),
            },
        }
        state.announce(Change::Faults);
    }

    /// The faults that last and still strike.
    pub fn faults(&self) -> Vec<Fault> {
        self.lock().faults.left()
    }

    /// Ends all faults that last, and breaks the connections that were stalled.
    pub fn clear_faults(&self) {
        {
            let mut state = self.lock();
            state.faults = Faults::default();
            state.rates.reopen();
            state.announce(Change::Faults);
        }
        self.release();
    }

    /// Breaks the connections that were stalled.
    pub(crate) fn release(&self) {
        self.cleared.notify_waiters();
    }
}
