//! The use-cases, one file a feature. Each answers with a [`Card`] or an [`Error`]; none knows a
//! platform.

pub mod action;
mod backups;
mod caller;
pub mod card;
pub mod choosing;
pub mod daily;
pub mod delivery;
mod lateness;
pub mod leaderboard;
mod library;
mod lists;
mod logged_once;
pub mod lookup;
mod named_topics;
mod obstacle;
mod outcome;
mod pace;
mod press;
pub mod preview;
pub mod privacy;
pub mod quiz;
mod quiz_card;
mod reload;
mod replacing;
pub mod replies;
mod retention;
pub mod schedule;
mod schedule_names;
pub mod setting;
pub mod skipping;
mod spaces;
mod state;
pub mod stats;
pub mod text;
pub mod topics;
mod typed_options;
mod withheld;
pub mod wording;

pub use action::Action;
pub use caller::Caller;
pub use card::Card;
pub use library::Library;
pub use outcome::{Error, Outcome, Refusal};
pub use state::App;
