//! Faults on demand: requests that go wrong, at the platform or on the way there, when a test wants it to.

use std::time::Duration;

use http::Method;

/// Requests that go wrong. Of several faults that fit a request, the one set first strikes.
#[derive(Clone, Debug)]
pub struct RestFault {
    /// The method they have; any without one.
    pub method: Option<Method>,
    /// A part of their path, which begins with `/api/v10/`; any path contains the empty one.
    pub path_contains: String,
    /// How many requests it strikes; all until the faults are cleared without a number.
    pub times: Option<u32>,
    /// What happens to them.
    pub what: RestFailure,
}

impl RestFault {
    /// A fault of all requests, to be narrowed down.
    pub fn new(what: RestFailure) -> Self {
        Self {
            method: None,
            path_contains: String::new(),
            times: None,
            what,
        }
    }

    /// Only of requests with that method.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// Only of requests whose path contains that.
    #[must_use]
    pub fn path(mut self, part: &str) -> Self {
        part.clone_into(&mut self.path_contains);
        self
    }

    /// Only of the next so many such requests.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    fn fits(&self, method: &Method, path: &str) -> bool {
        let method = self.method.as_ref().is_none_or(|wanted| wanted == method);
        method && path.contains(&self.path_contains)
    }
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RestFailure {
    /// Nothing is done, and it is answered with that status: 500, or 502 to 504 with a page of HTML as a
    /// proxy has it.
    Status(u16),
    /// Nothing is done, and it is answered 429. Until the time has passed, so is every other request, or
    /// those of its bucket unless it is `global`.
    RateLimit {
        /// How long it lasts.
        after: Duration,
        /// Whether it is for all requests but those of interactions, as the global limit is.
        global: bool,
    },
    /// Nothing is done, and it is never answered; when the faults are cleared, the connection breaks.
    Stall,
    /// Nothing is done, and the connection breaks.
    DropBefore,
    /// All is done, and then the connection breaks before the answer.
    DropAfter,
    /// All is done and answered, but so much later.
    Delay(Duration),
    /// Nothing is done, and what is answered is nothing that Discord would answer.
    Odd(Odd),
}

/// What no client should be sent, and some are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Odd {
    /// 429 with exactly these words for how long to wait.
    Limit {
        /// In the header `Retry-After`.
        header: Option<&'static str>,
        /// As `retry_after` in the body, which need not be JSON then.
        json: Option<&'static str>,
        /// Whether it is for all requests.
        global: bool,
    },
    /// That status with such a body.
    Body {
        /// The status.
        status: u16,
        /// The body's media type.
        kind: &'static str,
        /// The body.
        text: &'static str,
    },
    /// 200 with a body of JSON that goes on for as long as it is read.
    Endless,
    /// 200 with a body that comes by the byte, and never all of it.
    Slow,
    /// A redirect to another address.
    Redirect(&'static str),
    /// 200 with a header that goes on for as long as it is read.
    EndlessHeader,
}

/// The faults of requests that last, in the order in which they were set.
#[derive(Debug, Default)]
pub struct RestFaults(Vec<RestFault>);

impl RestFaults {
    /// One more.
    pub fn add(&mut self, fault: RestFault) {
        self.0.push(fault);
    }

    /// What goes wrong with a request, if anything does.
    pub fn strike(&mut self, method: &Method, path: &str) -> Option<RestFailure> {
        let struck = |fault: &&mut RestFault| fault.fits(method, path) && fault.times != Some(0);
        let fault = self.0.iter_mut().find(struck)?;
        strikes(&mut fault.times);
        Some(fault.what)
    }

    /// Those that still strike.
    pub fn left(&self) -> impl Iterator<Item = &RestFault> {
        self.0.iter().filter(|fault| fault.times != Some(0))
    }
}

/// Whether a fault still strikes, counted down if it does.
pub fn strikes(times: &mut Option<u32>) -> bool {
    match times {
        Some(0) => false,
        Some(left) => {
            *left -= 1;
            true
        }
        None => true,
    }
}
