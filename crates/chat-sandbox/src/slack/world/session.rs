//! The connections of Socket Mode, and what they are told.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::queue::{Queue, ToClient};

/// The most unused tickets kept.
const TICKETS: usize = 1_000;

/// Why Slack wants a connection to end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reason {
    /// It will, in about ten seconds.
    Warning,
    /// It is to be replaced.
    RefreshRequested,
    /// Socket Mode was turned off.
    LinkDisabled,
    /// There are more than ten.
    TooManyWebsockets,
}

impl Reason {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::RefreshRequested => "refresh_requested",
            Self::LinkDisabled => "link_disabled",
            Self::TooManyWebsockets => "too_many_websockets",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Socket {
    pub(super) number: u64,
    pub(super) to_client: Queue,
    pub(super) closes: Option<DateTime<Utc>>,
}

/// The connections that said hello.
#[derive(Debug, Default)]
pub struct Sockets {
    pub(super) all: Vec<Socket>,
    tickets: VecDeque<String>,
    pub(super) last: u64,
    turn: usize,
    /// Whether Socket Mode was turned off.
    pub(super) disabled: bool,
}

impl Sockets {
    /// Notes a ticket that was given away. Of too many that nobody used the oldest is void.
    pub fn expect(&mut self, ticket: &str) {
        if self.tickets.len() == TICKETS {
            self.tickets.pop_front();
        }
        self.tickets.push_back(ticket.to_owned());
    }

    /// Takes a ticket; each works once.
    pub fn admit(&mut self, ticket: &str) -> bool {
        let known = self.tickets.iter().position(|own| own == ticket);
        known.is_some_and(|at| self.tickets.remove(at).is_some())
    }

    /// How many connections there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// How many were opened so far.
    pub fn opened(&self) -> u64 {
        self.last
    }

    /// Sends a frame on the next connection in turn; false if there is none. A connection that is gone, or reads too
    /// slowly, is one no more.
    pub fn send(&mut self, frame: &Value) -> bool {
        let text = frame.to_string();
        while !self.all.is_empty() {
            self.turn = (self.turn + 1) % self.all.len();
            let socket = &self.all[self.turn];
            if socket.to_client.tell(ToClient::Frame(text.clone())) {
                return true;
            }
            self.all.remove(self.turn);
        }
        false
    }

    /// Tells every connection something.
    pub fn everywhere(&self, order: &ToClient) {
        for socket in &self.all {
            // It may be ending.
            socket.to_client.tell(order.clone());
        }
    }

    /// When the next connection is to be closed.
    pub fn next_close(&self) -> Option<DateTime<Utc>> {
        self.all.iter().filter_map(|socket| socket.closes).min()
    }

    /// Closes those whose time has come.
    pub fn close_due(&mut self, now: DateTime<Utc>) {
        for socket in &mut self.all {
            if socket.closes.is_some_and(|at| at <= now) {
                socket.closes = None;
                socket.to_client.tell(ToClient::Close);
            }
        }
    }
}
