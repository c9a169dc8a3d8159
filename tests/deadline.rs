//! Answers that take longer than a second: deferred in time, filled in when committed.

use greenroom::sandbox::{Change, InteractionState};
use rusqlite::Connection;

use crate::harness::{Room, shown};

/// Keeps every write of the bot waiting until it is dropped.
struct SlowDisk(Connection);

impl SlowDisk {
    fn of(room: &Room) -> Self {
        let connection = Connection::open(room.database()).expect("the database is there");
        connection.execute_batch("BEGIN IMMEDIATE").expect("locked");
        Self(connection)
    }
}

impl Drop for SlowDisk {
    fn drop(&mut self) {
        // Nothing was written: there is nothing to keep.
        let _ = self.0.execute_batch("ROLLBACK");
    }
}

#[tokio::test]
async fn a_slow_commit_is_deferred_and_the_verdict_follows_it() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.chloe.click(&daily, "A").await);
    let disk = SlowDisk::of(&room);

    let right = room.right_letter(&daily);
    let press = room.ben.click(&daily, &right);
    let thinking = async {
        room.ben.wait_for("daily", |message| message.thinking).await;
        let totals = room.app().store.totals(room.caller(&room.ben).member).await;
        assert_eq!(totals.expect("read").answers, 0, "deferred, not recorded");
        drop(disk);
    };
    let (verdict, ()) = tokio::join!(press, thinking);

    let verdict = shown(verdict);
    assert!(
        verdict.ephemeral && verdict.text().contains("Right!"),
        "{}",
        verdict.text()
    );
    room.close().await;
}

#[tokio::test]
async fn a_slow_commit_of_a_quiz_edits_its_message() {
    let room = Room::open().await;
    let asked = shown(room.ben.slash("general", "/quiz topic:http count:1").await);
    let disk = SlowDisk::of(&room);

    let mut changes = room.sandbox.world().changes();
    let right = room.right_letter(&asked);
    let press = room.ben.click(&asked, &right);
    let release = async {
        let acknowledged = |change: &Change| {
            matches!(
                change,
                Change::Interaction {
                    state: InteractionState::Acknowledged,
                    ..
                }
            )
        };
        while !changes
            .recv()
            .await
            .is_ok_and(|change| acknowledged(&change))
        {}
        drop(disk);
    };
    let (graded, ()) = tokio::join!(press, release);

    let graded = shown(graded);
    assert_eq!(graded.id, asked.id);
    assert!(graded.text().contains("Right!"), "{}", graded.text());
    room.close().await;
}
