//! What all of it is about: the nouns, as plain types. No SQL, no platform, nothing read or written here.
//!
//! What follows from them is reckoned in `rules`, what is kept of them is written in `store`.

mod answer;
mod board;
mod daily;
mod ids;
mod notice;
mod question;
mod quiz;
mod schedule;
mod space;
mod timetable;

pub use answer::{Answer, Answered, Given, Vote};
pub use board::{BoardPage, Standing, TopicRecord, Totals};
pub use daily::{Daily, DailyState};
pub use ids::{
    ChannelId, Member, MessageId, MessageRef, Place, PlatformId, SpaceId, UnknownId, UserId,
};
pub use notice::{NoticeKind, UnsentNotice};
pub use question::{
    Depth, Difficulty, Question, Quiz, QuizOption, Topic, UnknownDepth, UnknownDifficulty,
};
pub use quiz::{Attempt, QuizItem, QuizSession};
pub use schedule::{
    Damage, Reveal, Schedule, ScheduleChange, ScheduleSettings, ScheduleState, Suspension,
    UnknownReveal,
};
pub use space::Space;
pub use timetable::{Timetable, Weekdays};
