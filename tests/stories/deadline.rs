//! Answers that take longer than a second: the platform has its word in time, and who waits reads the answer once it is
//! recorded.

use greenroom::store::Reader;

use super::{Message, Person, Room};
use crate::deadline::SlowDisk;

stories!(
    a_slow_commit_is_waited_for_and_the_verdict_follows_it,
    a_slow_commit_of_a_quiz_edits_its_message,
);

/// Has somebody press an option while every write waits, until the platform says that the press was taken.
async fn press_slowly(room: &Room, person: &dyn Person, quiz: &Message, option: &str) -> Message {
    let disk = SlowDisk::of(&room.database());
    let taken = async {
        person.taken().await;
        let member = room.member(person);
        let totals = room.app().store.totals(member, Reader::Themselves).await;
        assert_eq!(totals.expect("read").answers, 0, "taken, not recorded");
        drop(disk);
    };
    tokio::join!(person.press(quiz, option), taken).0
}

async fn a_slow_commit_is_waited_for_and_the_verdict_follows_it(room: &Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    room.chloe.press(&daily, "A").await;

    let verdict = press_slowly(room, &*room.ben, &daily, &daily.right()).await;

    assert!(verdict.private && verdict.says("Right!"), "{verdict:?}");
}

async fn a_slow_commit_of_a_quiz_edits_its_message(room: &Room) {
    let asked = room.ben.slash("/quiz topic:http count:1").await;

    let graded = press_slowly(room, &*room.ben, &asked, &asked.right()).await;

    assert_eq!(graded.id, asked.id);
    assert!(graded.says("Right!"), "{graded:?}");
}
