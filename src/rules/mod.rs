//! The rules of the game: pure and synchronous, with time and randomness passed in.

pub mod answering;
pub mod choosing;
pub mod closing;
pub mod dates;
pub mod grading;
pub mod near_days;
pub mod periods;
pub mod picking;
pub mod scoring;
pub mod streaks;
pub mod suspensions;
pub mod times;
pub mod timetable;
pub mod weekdays;
pub mod withheld;
pub mod zones;
