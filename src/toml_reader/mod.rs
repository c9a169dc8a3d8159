//! Reads TOML table by table, and gathers everything that is wrong with it, each thing with its place.

mod place;
mod reader;
mod table;
mod wrong;

pub use place::{Lines, Place};
pub use reader::{Reader, Root, Step, Text, locate};
pub use table::{Table, Value};
pub use wrong::{Kind, Wanted, What, Wrong};
