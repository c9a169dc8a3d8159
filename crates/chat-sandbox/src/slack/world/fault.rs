//! Faults on demand: what goes wrong at Slack and on the way there, when a test wants it to.

use std::time::Duration;

use super::session::Reason;
use crate::common::{RestFault, RestFaults, strikes};

/// Something that is to go wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// With requests on their way, of any kind.
    Rest(RestFault),
    /// With the calls of a method, as only Slack answers them.
    Method(SlackFault),
    /// With the sockets.
    Socket(SocketFault),
    /// From now on no ephemeral message reaches anyone.
    LoseEphemerals,
    /// From now on no message can be changed any more (`edit_window_closed`).
    CloseEditWindow,
    /// From now on every response URL is taken for expired.
    ExpireResponseUrls,
    /// Histories lack what is younger than that.
    HistoryLags(Duration),
}

/// Calls of a method that go wrong. Of several faults that fit a call, the one set first strikes.
#[derive(Clone, Debug)]
pub struct SlackFault {
    /// The method, such as `chat.postMessage`.
    pub method: String,
    /// How many calls it strikes; all until the faults are cleared without a number.
    pub times: Option<u32>,
    /// What happens to them.
    pub what: SlackFailure,
}

/// What happens to a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SlackFailure {
    /// Nothing is done, and the answer is this error.
    Error(&'static str),
    /// All is done, and the answer is this error, such as `fatal_error`.
    ErrorAfter(&'static str),
    /// All is done, and the answer is a page of HTML with this status, such as 500 or 504.
    StatusAfter(u16),
    /// All is done, and it is answered only once the faults are cleared.
    StallAfter,
}

/// What goes wrong with the sockets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SocketFault {
    /// Every connection is asked now to end. Those with a warning or for a refresh go on for ten seconds.
    Disconnect(Reason),
    /// Every connection breaks now, without a word.
    Drop,
    /// Every connection stays open, but says and hears nothing any more.
    Fall,
    /// New connections are accepted, but get no hello; so many, or all until the faults are cleared.
    NoHello {
        /// How many.
        times: Option<u32>,
    },
    /// From now on the answer to every ping comes so much later, and so does what was to be said meanwhile.
    LatePongs(Duration),
    /// From now on everything is sent twice.
    Duplicate,
}

impl From<RestFault> for Fault {
    fn from(fault: RestFault) -> Self {
        Self::Rest(fault)
    }
}

impl From<SocketFault> for Fault {
    fn from(fault: SocketFault) -> Self {
        Self::Socket(fault)
    }
}

impl From<SlackFault> for Fault {
    fn from(fault: SlackFault) -> Self {
        Self::Method(fault)
    }
}

impl SlackFault {
    /// A fault of every call of a method.
    pub fn new(method: &str, what: SlackFailure) -> Self {
        Self {
            method: method.to_owned(),
            times: None,
            what,
        }
    }

    /// Only of the next so many calls.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }
}

/// The faults that last.
#[derive(Debug, Default)]
pub struct Faults {
    pub rest: RestFaults,
    pub methods: Vec<SlackFault>,
    pub lose_ephemerals: bool,
    pub close_edits: bool,
    pub expire_urls: bool,
    pub duplicate_envelopes: bool,
    pub history_lags: Option<Duration>,
    pub late_pongs: Option<Duration>,
    pub hellos: Vec<Option<u32>>,
}

impl Faults {
    /// What goes wrong with a call, if anything does.
    pub fn strike(&mut self, method: &str) -> Option<SlackFailure> {
        let struck = |fault: &&mut SlackFault| fault.method == method && fault.times != Some(0);
        let fault = self.methods.iter_mut().find(struck)?;
        strikes(&mut fault.times);
        Some(fault.what)
    }

    /// Whether a new connection gets no hello, which counts.
    pub fn withhold_hello(&mut self) -> bool {
        self.hellos.iter_mut().any(strikes)
    }
}
