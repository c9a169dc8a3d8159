//! The old name of `/daily replace`, which only Discord had; `stories/replacing.rs` has the rest.

use chat_sandbox::MessageView;

use crate::harness::{Room, question_in, shown};

#[tokio::test]
async fn the_old_name_does_the_same_and_says_what_the_new_one_is() {
    let room = Room::asking(&["cache-aside"]).await;
    let none = room.told(&room.ana, "/daily skip").await;
    insta::assert_snapshot!(none, @r"
    No open daily
    There is no open daily, so there is no question to replace. `/daily queue` chooses what is asked next.
    Only you can see this
    ");
    let daily = room.next_daily().await;
    let told = room.told(&room.ana, "/daily skip").await;
    insta::assert_snapshot!(told, @r"
    Replaced
    The daily in #daily asks another question, in the same message.

    `/daily skip` is called `/daily replace` now, and the old name will go.
    Only you can see this
    ");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = |m: &MessageView| m.id == id && question_in(m).id != old;
    room.ben.wait_for("daily", replaced).await;
    let again = shown(room.ana.slash("staff", "/daily replace").await).text();
    assert!(!again.contains("is called"), "{again}");
    room.close().await;
}

#[tokio::test]
async fn what_is_queued_is_asked_when_it_was_said_to_be() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let asked = async |id: &'static str| {
        let (message, asks) = (daily.id, move |m: &MessageView| question_in(m).id == id);
        room.ben
            .wait_for("daily", move |m| m.id == message && asks(m))
            .await;
    };
    let lines = [
        "/daily queue question:cache-aside",
        "/daily queue question:sql-null",
        "/daily replace",
    ];
    // The open question waits, and the one behind it overtakes it.
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /daily queue question:cache-aside
    Queued
    “How does cache-aside work?” is queued, and waits until the open daily that asks it has closed: then it comes next in “daily”. `/schedule list` shows what is queued.
    Only you can see this

    > /daily queue question:sql-null
    Queued
    “How does SQL compare with NULL?” comes next in “daily”. 1 question queued earlier waits until the open daily that asks it has closed, and comes first from then on. `/schedule list` shows what is queued.
    Only you can see this

    > /daily replace
    Replaced
    The daily in #daily asks a question from the queue, in the same message. 1 question queued before it stays there, since it is open in a daily or was asked by this one.
    Only you can see this
    ");
    asked("sql-null").await;
    // What this daily has asked before is still the next one's.
    let lines = [
        "/daily queue question:cache-aside",
        "/daily queue question:cache-ttl",
        "/daily replace",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /daily queue question:cache-aside
    Already queued
    “How does cache-aside work?” is already queued, and comes next in “daily”. `/daily replace` passes over it now, since the open daily has asked it before.
    Only you can see this

    > /daily queue question:cache-ttl
    Queued
    “What does a time to live decide?” comes after 1 other queued question in “daily”. With `/daily replace` it comes next now, since the open daily has asked 1 of those before it. `/schedule list` shows what is queued.
    Only you can see this

    > /daily replace
    Replaced
    The daily in #daily asks a question from the queue, in the same message. 1 question queued before it stays there, since it is open in a daily or was asked by this one.
    Only you can see this
    ");
    asked("cache-ttl").await;
    insta::assert_snapshot!(room.told(&room.ana, "/daily replace").await, @r"
    Replaced
    The daily in #daily asks another question, in the same message. 1 question in the queue stays there, since it is open in a daily or was asked by this one.
    Only you can see this
    ");
    let next = room.next_daily().await;
    assert_eq!(question_in(&next).id, "cache-aside");
    room.close().await;
}
