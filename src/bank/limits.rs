//! How long the parts of a question may be, and how many there may be.

// Lengths in characters. An option stands beside its button; the others keep a card within Discord's embed limits.
pub const TITLE: usize = 100;
pub const SUMMARY: usize = 300;
pub const PROMPT: usize = 280;
pub const QUIZ_PROMPT: usize = 240;
pub const ANSWER: usize = 3500;
pub const OPTION: usize = 80;
pub const WHY: usize = 300;
/// The longest name of a topic, question or tag.
pub const NAME: usize = 48;
/// Of an alias or synonym.
pub const ALIAS: usize = 80;
/// Of one key point, follow-up or source; also what Discord allows the address of a link button.
pub const ITEM: usize = 512;

/// The most tags of a question.
pub const TAGS: usize = 5;
/// The most options of a quiz.
pub const OPTIONS: usize = 5;
