//! Greenroom gets a community ready for job interviews where it already talks.
//!
//! The map of the code, from the pure middle outwards:
//!
//! - [`model`]: the nouns, as plain types: question, schedule, daily, answer, board, ids.
//! - [`bank`]: what can be asked. Loads, validates and finds questions.
//! - [`rules`]: grading, what becomes of an answer, points, streaks, periods, timetables, picking. Pure and synchronous.
//! - [`store`]: what is remembered. All the SQL, the migrations, the one writer.
//! - [`app`]: the use-cases, one file a feature. They return cards, which know no platform.
//! - [`discord`] and [`slack`]: the thin adapters between a platform and the use-cases.
//! - [`config`], [`clock`] and [`metrics`]: settings, what time it is, and what is counted for the operator.
//! - [`time`]: time zones, and sums of dates and instants that cannot panic.
//! - [`tasks`], [`serving`], [`calling`], [`told`], [`troubles`]: tasks that go on for as long as the program does, HTTP
//!   served and asked with bounds, errors in words, and how often trouble that goes on is told.
//! - [`text_file`]: text files in whatever encoding they say they are in.
//! - [`toml_reader`]: TOML table by table, with everything that is wrong with it.
//!
//! A local Discord, for newcomers, authors and tests, is a crate of its own, `chat-sandbox`, which knows nothing
//! of this one. `main.rs` and `cli/` beside it wire them. `docs/development.md` says how to find the place for a change.

pub mod app;
pub mod bank;
pub mod calling;
pub mod clock;
pub mod config;
pub mod discord;
pub mod metrics;
pub mod model;
pub mod rules;
pub mod serving;
pub mod slack;
pub mod store;
pub mod tasks;
pub mod text_file;
pub mod time;
pub mod told;
pub mod toml_reader;
pub mod troubles;
