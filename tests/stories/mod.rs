//! Stories that are told once, and happen on Discord and on Slack. Each is a test on either platform, so what
//! `cargo test --test end_to_end stories:: -- --list` prints is the list of stories, and of where each happens.

/// Has each of these stories happen on every platform.
macro_rules! stories {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            use greenroom::model::PlatformId::{self, Discord, Slack};

            use crate::stories::{Room, happens};

            async fn on(platform: PlatformId) {
                let mut room = Room::on(platform).await;
                super::$story(&mut room).await;
                room.close().await;
            }

            #[test]
            fn discord() {
                happens(on(Discord));
            }

            #[test]
            fn slack() {
                happens(on(Slack));
            }
        }
    )+};
}

mod changing;
mod choosing;
mod daily;
mod deadline;
mod ending;
mod leaderboard;
mod lookup;
mod own_answer;
mod privacy;
mod quiz;
mod replacing;
mod replays;
mod reveal;
mod schedule;
mod skipping;
mod stats;
mod topics;

mod blocks;
mod discord;
mod idiom;
mod message;
mod person;
mod room;
mod slack;

use message::{Button, Menu, Message};
use person::Person;
use room::{Place, Room};

/// Has a story happen. What is read is the same wherever it does, so each snapshot is compared more than once.
fn happens(story: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    insta::allow_duplicates! { runtime.block_on(story) }
}
