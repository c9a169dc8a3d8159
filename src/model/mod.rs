//! What all of it is about: the nouns, as plain types. No SQL, no platform, nothing read or written here.

mod question;
mod timetable;

pub use question::{
    Depth, Difficulty, Question, Quiz, QuizOption, Topic, UnknownDepth, UnknownDifficulty,
};
pub use timetable::{Timetable, Weekdays};
