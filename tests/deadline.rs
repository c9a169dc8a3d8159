//! Several who answer again and again while a commit takes long; `stories/deadline.rs` has the rest.

use std::path::Path;
use std::time::Duration;

use chat_sandbox::{Change, InteractionState, MessageView};
use rusqlite::Connection;

use crate::harness::{Room, shown};

/// Keeps every write of the bot waiting until it is dropped.
pub struct SlowDisk(Connection);

impl SlowDisk {
    pub fn of(database: &Path) -> Self {
        let connection = Connection::open(database).expect("the database is there");
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

/// Keeps every commit waiting for four seconds, in which no member reads that the application did not
/// respond, and none that an answer is recorded.
async fn four_seconds(room: &Room, disk: SlowDisk, said: &MessageView) {
    let mut changes = room.sandbox.world().changes();
    let failed = async {
        let failed = |change: &Change| {
            let Change::Interaction { state, .. } = change else {
                return false;
            };
            matches!(state, InteractionState::Failed(_))
        };
        while !changes.recv().await.is_ok_and(|change| failed(&change)) {}
    };
    let in_vain = tokio::time::timeout(Duration::from_secs(4), failed).await;
    assert!(in_vain.is_err(), "someone read that there is no response");
    let messages = room.ana.messages("daily");
    assert!(messages.iter().all(|m| m.reply_to != Some(said.id)));
    drop(disk);
}

#[tokio::test]
async fn who_answers_again_while_a_commit_takes_four_seconds_is_graded_once() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let asked = shown(room.ben.slash("general", "/quiz topic:http count:1").await);
    let (right, wrong) = (room.right_letter(&daily), room.wrong_letter(&daily));
    let disk = SlowDisk::of(&room.database());
    let said = room.ana.reply(&daily, &right).await;
    room.ana.reply(&daily, &wrong).await;

    let (ben, again, chloe, first, second, started, ()) = tokio::join!(
        room.ben.click(&daily, &right),
        room.ben.click(&daily, &wrong),
        room.chloe.click(&daily, &wrong),
        room.ben.click(&asked, "A"),
        room.ben.click(&asked, "B"),
        room.chloe.slash("general", "/quiz topic:http count:1"),
        four_seconds(&room, disk, &said),
    );

    let verdicts = [ben, again].map(|verdict| shown(verdict).text());
    let repeated = verdicts
        .iter()
        .filter(|text| text.contains("answered this daily before"));
    assert_eq!(repeated.count(), 1, "{verdicts:#?}");
    let rights = verdicts
        .iter()
        .filter(|text| text.contains("Right!"))
        .count();
    assert!(rights == 0 || rights == 2, "one verdict: {verdicts:#?}");
    assert!(shown(chloe).text().contains("Not right"));
    let [first, second] = [first, second].map(|graded| {
        let text = shown(graded).text();
        let chosen = text.lines().find(|line| line.contains("← your answer"));
        chosen.expect("an answer").to_owned()
    });
    assert_eq!(first, second, "the first answer counts");
    assert!(shown(started).text().contains("Which"), "the quiz began");
    let receipt = |words: &'static str| {
        let holds = move |message: &MessageView| message.text().contains(words);
        room.ana.wait_for("daily", holds)
    };
    receipt("your answer is recorded").await;
    receipt("your first answer counts").await;
    for (person, answers) in [(&room.ana, 1), (&room.ben, 1), (&room.chloe, 1)] {
        let totals = room
            .app()
            .store
            .totals(room.member(person), greenroom::store::Reader::Themselves)
            .await;
        assert_eq!(totals.expect("read").answers, answers);
    }
    room.close().await;
}
