//! Time zones by the newest rules at hand, and sums of dates and instants that have an end instead of a panic.

mod known;
mod release;
mod sums;
mod system;
mod zone;
mod zones;

pub use release::Release;
pub use sums::{DateSums, InstantSums};
pub use zone::{UnknownName, Zone};
pub use zones::{Origin, Zones, ZonesWarning};
