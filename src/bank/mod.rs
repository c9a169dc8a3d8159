//! What can be asked: topics and questions from text files, validated and found again. Pure.

#[cfg(feature = "authoring")]
pub mod exchange;
mod fault;
mod find;
mod limits;
#[cfg(feature = "authoring")]
mod lint;
mod load;
mod lookup;
pub mod markdown;
mod names;
mod questions;
mod schema;
mod search;
mod source;
mod texts;
mod watch;

pub use fault::{Fault, Faults, FileProblem, FolderProblem, Problem};
pub use find::{Named, Suggestion, nearest};
pub use limits::NAME as LONGEST_NAME;
#[cfg(feature = "authoring")]
pub use lint::{Inventory, OptionsWarning, SourceWarning, Warning, lint};
pub use lookup::{Found, Lookup};
pub use markdown::Stray;
pub use names::NameOf;
pub use questions::Bank;
pub use source::Source;
pub use watch::Saved;
