//! The channel that a schedule is set to post in.

use chat_sandbox::Permissions;

use super::schedules;
use crate::harness::{Room, plain, shown};

#[tokio::test]
async fn a_channel_in_which_the_bot_cannot_post_is_refused_at_once() {
    let room = Room::open().await;
    let none = Permissions::empty();
    let deny = |permissions| {
        let world = room.sandbox.world();
        world.set_permissions("daily", "bot", none, permissions);
    };
    let set = async |line: &str| plain(&shown(room.ana.slash("staff", line).await));
    let line = "/schedule set channel:#daily time:9 zone:UTC";
    for (denied, named) in [
        (Permissions::SEND_MESSAGES, "Send Messages"),
        (Permissions::EMBED_LINKS, "Embed Links"),
        (Permissions::VIEW_CHANNEL, "View Channel"),
    ] {
        deny(denied);
        let refused = set(line).await;
        assert!(
            refused.contains("Nothing was changed") && refused.contains(named),
            "{refused}"
        );
    }
    deny(Permissions::CREATE_PUBLIC_THREADS);
    let refused = set(&format!("{line} discuss:true")).await;
    assert!(refused.contains("Create Public Threads"), "{refused}");
    assert!(schedules(&room).await.is_empty(), "nothing was set");

    let answer = set(line).await;
    assert!(
        answer.starts_with("Schedule set"),
        "without threads it does: {answer}"
    );
    let refused = set("/schedule set discuss:true").await;
    assert!(refused.contains("Create Public Threads"), "{refused}");
    deny(none);
    let answer = set("/schedule set discuss:true").await;
    assert!(answer.starts_with("Schedule changed"), "{answer}");

    // A thread takes another permission, and no thread of its own.
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    room.next_daily().await;
    let there = async || {
        room.ben
            .channels()
            .iter()
            .any(|channel| channel.id == first.id)
    };
    room.until(there).await;
    let thread = format!("/schedule set channel:<#{}>", first.id);
    let refused = set(&thread).await;
    assert!(refused.contains("threads can't be started in"), "{refused}");
    deny(Permissions::SEND_MESSAGES_IN_THREADS);
    let refused = set(&format!("{thread} discuss:false")).await;
    assert!(refused.contains("Send Messages in Threads"), "{refused}");
    deny(Permissions::SEND_MESSAGES);
    let answer = set(&format!("{thread} discuss:false")).await;
    assert!(answer.starts_with("Schedule changed"), "{answer}");
    room.close().await;
}
