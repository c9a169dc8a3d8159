//! What the local platforms share: it knows nothing of any of them.

mod body;
mod clock;
mod faults;
mod guard;
mod introduction;
mod lengths;
mod line;
pub(crate) mod page;
mod recorder;
mod remembered;
mod secret;
mod seed;
mod server;
mod serving;
mod sibling;
mod stops;
mod striking;

pub(crate) use body::{Unread, form_in_parts, read_body};
pub(crate) use clock::Clock;
pub use faults::{Odd, RestFailure, RestFault};
pub(crate) use faults::{RestFaults, strikes};
pub use introduction::{Introduction, Step, StepButton, StepDone};
pub(crate) use lengths::lengths;
pub(crate) use recorder::Recorder;
pub use recorder::RequestRecord;
pub(crate) use remembered::{Remembered, weight};
pub(crate) use secret::secret;
pub(crate) use seed::fault;
pub use seed::{SeedChannel, SeedUser};
pub(crate) use server::{Listening, Server, TELLING};
pub use sibling::Sibling;
pub use stops::Stops;
pub(crate) use striking::{Connection, Struck, Unanswered};
