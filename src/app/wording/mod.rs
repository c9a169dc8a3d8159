//! Every text that people read, by feature. An error is a value where it arises, and its `Display` is implemented here;
//! what is said with more than the error in hand is a function.

mod authoring;
mod boards;
mod checks;
mod choosing;
mod commands;
mod dailies;
mod dates;
mod doubt;
#[cfg(feature = "authoring")]
mod exchange;
mod files;
mod idiom;
#[cfg(feature = "authoring")]
mod imports;
pub(super) mod labels;
pub(super) mod lists;
mod lookups;
mod misread;
mod operator;
mod privacy;
mod questions;
mod quizzes;
mod refusals;
mod refused_calls;
mod schedules;
mod setting;
mod settings;
mod storage;
mod times;
mod toml;
mod topics;
mod typed;
#[cfg(feature = "authoring")]
mod warnings;
mod weekdays;
mod zones;

pub(super) use boards::*;
pub use checks::*;
pub(super) use choosing::*;
pub use commands::*;
pub(super) use dailies::*;
pub(super) use dates::*;
pub(super) use doubt::*;
pub use idiom::{Idiom, idiom};
pub(super) use idiom::{discussing, spoiler};
#[cfg(feature = "authoring")]
pub use imports::*;
pub(super) use labels::*;
pub use lists::*;
pub(super) use lookups::*;
pub use misread::*;
pub(super) use operator::*;
pub(super) use privacy::*;
pub use privacy::{file_not_sent, sent_by_message};
pub use questions::*;
pub use quizzes::START_A_QUIZ;
pub(super) use quizzes::*;
pub use refusals::*;
pub use schedules::admin_unknown;
pub(super) use schedules::*;
pub(super) use setting::*;
pub(super) use times::read_before_noon;
pub use times::time;
pub(super) use topics::*;
pub use typed::*;
pub use weekdays::weekday;
pub(super) use weekdays::*;
pub use zones::*;
