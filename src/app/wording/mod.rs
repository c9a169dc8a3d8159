//! Every text that people read, by feature. Errors are values where they come about; what their `Display` says stands
//! here.

mod authoring;
#[cfg(feature = "authoring")]
mod blemishes;
mod boards;
mod choosing;
mod commands;
mod dailies;
mod dates;
#[cfg(feature = "authoring")]
mod exchange;
mod files;
pub(super) mod labels;
pub(super) mod lists;
mod lookups;
mod operator;
mod privacy;
mod questions;
mod quizzes;
mod refusals;
mod schedules;
mod settings;
mod storage;
mod times;
mod toml;
mod topics;
mod weekdays;
mod zones;

pub(super) use boards::*;
pub(super) use choosing::*;
pub use commands::*;
pub(super) use dailies::*;
pub use dates::*;
#[cfg(feature = "authoring")]
pub use exchange::some_of;
pub(super) use labels::*;
pub use lists::*;
pub(super) use lookups::*;
pub(super) use operator::*;
pub(super) use privacy::*;
pub use questions::*;
pub(super) use quizzes::*;
pub use refusals::*;
pub(super) use schedules::*;
pub use schedules::{not_understood, unknown_reveal};
pub use times::*;
pub(super) use topics::*;
pub use weekdays::*;
pub use zones::*;
