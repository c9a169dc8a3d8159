//! A fault on demand: what goes wrong at Discord and on the way there.

use crate::common::{RestFault, RestFaults, strikes};

/// Something that is to go wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// With requests.
    Rest(RestFault),
    /// With the gateway.
    Gateway(GatewayFault),
}

impl From<RestFault> for Fault {
    fn from(fault: RestFault) -> Self {
        Self::Rest(fault)
    }
}

impl From<GatewayFault> for Fault {
    fn from(fault: GatewayFault) -> Self {
        Self::Gateway(fault)
    }
}

/// What goes wrong with the gateway.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GatewayFault {
    /// Every connection breaks now, without a word; sessions can be resumed.
    Drop,
    /// Every client is asked now to reconnect and resume (opcode 7).
    Reconnect,
    /// Every client is told now that its session is not valid (opcode 9).
    InvalidSession {
        /// Whether it can be resumed all the same.
        resumable: bool,
    },
    /// Every connection is closed now, with a code such as 4000. After those with which Discord ends a
    /// session it can't be resumed.
    Close(u16),
    /// Every connection is closed now, without a code; sessions can be resumed.
    CloseBare,
    /// Every client that asked for compression is sent a short message now that makes so many MB.
    Bomb {
        /// How many.
        megabytes: usize,
    },
    /// Every client is sent these words now, whatever they are.
    Say(&'static str),
    /// From now on no heartbeat is acknowledged.
    WithholdAcks,
    /// New connections are accepted, but get no hello.
    StallHandshake {
        /// How many; all until the faults are cleared without a number.
        times: Option<u32>,
    },
    /// From now on every event is sent once more: set twice, every one comes three times.
    DuplicateEvents,
    /// From now on an event waits a moment for the next one and is sent after it.
    ReorderEvents,
}

/// The faults that last.
#[derive(Debug, Default)]
pub struct Faults {
    pub(super) rest: RestFaults,
    pub(super) gateway: Vec<GatewayFault>,
}

impl Faults {
    /// Whether a lasting fault of the gateway is on.
    pub fn on(&self, fault: GatewayFault) -> bool {
        self.gateway.contains(&fault)
    }

    /// How often every event is sent.
    pub fn copies(&self) -> usize {
        let again = |fault: &&GatewayFault| **fault == GatewayFault::DuplicateEvents;
        1 + self.gateway.iter().filter(again).count()
    }

    /// Those that still strike.
    pub fn left(&self) -> Vec<Fault> {
        let spent =
            |fault: &GatewayFault| matches!(fault, GatewayFault::StallHandshake { times: Some(0) });
        let gateway = self.gateway.iter().filter(|fault| !spent(fault));
        let rest = self.rest.left().cloned().map(Fault::Rest);
        rest.chain(gateway.copied().map(Fault::Gateway)).collect()
    }

    /// Whether a new connection of the gateway gets no hello, which counts.
    pub fn stalls_handshake(&mut self) -> bool {
        let stalls = |fault: &mut GatewayFault| match fault {
            GatewayFault::StallHandshake { times } => strikes(times),
            _ => false,
        };
        self.gateway.iter_mut().any(stalls)
    }
}
