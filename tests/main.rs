//! End to end: the real bot on the local Discord, and what members see.

mod backup;
mod channels;
mod choosing;
mod crash;
mod daily;
mod deadline;
mod exchange;
mod harness;
mod killed;
mod layers;
mod leaderboard;
mod lookup;
mod outbox;
mod page;
mod privacy;
mod program;
mod quiz;
mod recovery;
mod reload;
mod replays;
mod reveal;
mod schedule;
mod stats;
mod synced;
mod twilight;
mod wording;
