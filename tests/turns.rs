//! What a member types is handled in the order in which it came.

use chat_sandbox::{MessageView, Person, RestFailure, RestFault};
use futures_util::future::join_all;
use reqwest::Method;

use crate::harness::{Room, said};

/// A room with an open daily whose answers may be changed.
async fn with_daily() -> (Room, MessageView) {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    said(&room, set).await;
    let daily = room.next_daily().await;
    (room, daily)
}

/// The position of the option that is recorded of a member.
async fn recorded(room: &Room, daily: &MessageView, person: &Person) -> Option<usize> {
    let store = &room.app().store;
    let daily = store.daily_of_message(room.at(daily)).await.expect("read");
    let user = room.member(person).user;
    let answer = store.answer_of(daily.expect("it is there").id, user).await;
    answer.expect("read").map(|answer| answer.option)
}

#[tokio::test]
async fn of_two_replies_the_later_one_is_recorded_last() {
    let (room, daily) = with_daily().await;
    let people = (0..40).map(|number| room.sandbox.world().add_person(&format!("p{number}")));
    let people: Vec<Person> = people.collect();
    let typed = people.iter().map(async |person| {
        person.reply(&daily, "B").await;
        person.reply(&daily, "no wait, C").await
    });
    let last = join_all(typed).await;
    join_all(last.iter().map(|said| room.answer_to(said))).await;
    for person in &people {
        let option = recorded(&room, &daily, person).await;
        assert_eq!(option, Some(2), "{}", person.name());
    }
    room.close().await;
}

#[tokio::test]
async fn a_receipt_that_is_late_holds_up_only_the_next_one_of_the_same_member() {
    let (room, daily) = with_daily().await;
    let stalls = RestFault::new(RestFailure::Stall).method(Method::POST);
    let world = room.sandbox.world();
    world.fault(stalls.path("/messages").times(1));
    let first = room.ben.reply(&daily, "B").await;
    let second = room.ben.reply(&daily, "C").await;

    // It is recorded all the same, and nobody else waits.
    let changed = async || recorded(&room, &daily, &room.ben).await == Some(2);
    room.until(changed).await;
    room.reply(&room.chloe, &daily, "A").await;
    let messages = room.ben.messages("daily").into_iter();
    let answered: Vec<u64> = messages.filter_map(|message| message.reply_to).collect();
    assert!(!answered.contains(&second.id), "before the first");

    world.clear_faults();
    let receipts = [room.answer_to(&first).await, room.answer_to(&second).await];
    assert!(receipts[0].id < receipts[1].id);
    insta::assert_snapshot!(receipts.map(|it| room.reads(&it)).join("\n\n"), @r"
    Recorded
    @ben, your answer is recorded as **B**. You can change it with another reply until the daily closes; only you will see the verdict. Everyone can read your replies, so press a letter to answer privately.
    [My verdict]

    Recorded
    @ben, your answer is now **C**.
    [My verdict]
    ");
    room.close().await;
}
