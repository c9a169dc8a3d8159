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
