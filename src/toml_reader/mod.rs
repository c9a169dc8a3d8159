//! Reads TOML table by table, and collects everything that is wrong with it, with its positions.

mod position;
mod reader;
mod table;
mod wrong;

pub use position::{Lines, Position};
pub use reader::{Reader, Root, Step, Text, locate};
pub use table::{Table, Value};
pub use wrong::{Kind, Subject, Wanted, Wrong};
