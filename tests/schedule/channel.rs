//! The channel that a schedule is set to post in.

use chat_sandbox::Permissions;

use super::schedules;
use crate::harness::{Room, said, shown};

#[tokio::test]
async fn a_channel_in_which_the_bot_cannot_post_is_refused_at_once() {
    let room = Room::open().await;
    let none = Permissions::empty();
    let deny = |permissions| {
        let world = room.sandbox.world();
        world.set_permissions("daily", "bot", none, permissions);
    };
    let set = async |line: &str| room.told(&room.ana, line).await;
    let line = "/schedule set channel:#daily time:9 zone:UTC";
    let mut refused = Vec::new();
    for denied in [
        Permissions::SEND_MESSAGES,
        Permissions::EMBED_LINKS,
        Permissions::VIEW_CHANNEL,
    ] {
        deny(denied);
        refused.push(set(line).await);
    }
    insta::assert_snapshot!(refused.join("\n\n"), @r"
    That didn't work
    Nothing was changed: I don't have **Send Messages** in #daily. Give me that permission in the channel's settings, or choose another channel, and run the command again.
    Only you can see this

    That didn't work
    Nothing was changed: I don't have **Embed Links** in #daily. Give me that permission in the channel's settings, or choose another channel, and run the command again.
    Only you can see this

    That didn't work
    Nothing was changed: I don't have **View Channel** in #daily. Give me that permission in the channel's settings, or choose another channel, and run the command again.
    Only you can see this
    ");
    deny(Permissions::CREATE_PUBLIC_THREADS);
    let refused = set(&format!("{line} discuss:true")).await;
    insta::assert_snapshot!(refused, @r"
    That didn't work
    Nothing was changed: I don't have **Create Public Threads** in #daily. Give me that permission in the channel's settings, or choose another channel, and run the command again.
    Only you can see this
    ");
    assert!(schedules(&room).await.is_empty(), "nothing was set");

    // Without threads it does.
    insta::assert_snapshot!(set(line).await, @r"
    Schedule set
    daily
    #daily · every day · 09:00 UTC · all topics
    Next dailies
    - Wed 4 March 09:00
    - Thu 5 March 09:00
    - Fri 6 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00

    /daily post posts today's question at once
    Only you can see this
    ");
    let again = set("/schedule set discuss:true").await;
    assert_eq!(again, refused);
    deny(none);
    insta::assert_snapshot!(set("/schedule set discuss:true").await, @r"
    Schedule changed
    Changed
    Talked over: nothing → each closed daily with an answer, in a thread
    daily
    #daily · every day · 09:00 UTC · all topics
    A closed daily that somebody answered gets a thread to talk it over.
    Next dailies
    - Wed 4 March 09:00
    - Thu 5 March 09:00
    - Fri 6 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00

    /daily post posts today's question at once
    Only you can see this
    ");

    // A thread takes another permission, and no thread of its own.
    said(&room, "/daily queue question:cache-aside").await;
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
    insta::assert_snapshot!(set(&thread).await, @r"
    That didn't work
    Nothing was changed: threads can't be started in #Who fills the cache in cache-aside?. Choose a text channel, or set `discuss` to false.
    Only you can see this
    ");
    deny(Permissions::SEND_MESSAGES_IN_THREADS);
    let refused = set(&format!("{thread} discuss:false")).await;
    insta::assert_snapshot!(refused, @r"
    That didn't work
    Nothing was changed: I don't have **Send Messages in Threads** in #Who fills the cache in cache-aside?. Give me that permission in the channel's settings, or choose another channel, and run the command again.
    Only you can see this
    ");
    deny(Permissions::SEND_MESSAGES);
    let changed = set(&format!("{thread} discuss:false")).await;
    insta::assert_snapshot!(changed, @r"
    Schedule changed
    “daily” has moved from #daily to #Who fills the cache in cache-aside?. If you wanted a second schedule instead, give it a name: `/schedule set schedule:second`, with a channel, a time and a zone.

    The open daily stays as it was posted: in #daily.
    Changed
    Channel: #daily → #Who fills the cache in cache-aside?
    Talked over: each closed daily with an answer, in a thread → nothing
    daily
    #Who fills the cache in cache-aside? · every day · 09:00 UTC · all topics
    Next dailies
    - Fri 6 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00
    - Mon 9 March 09:00
    - Tue 10 March 09:00
    Only you can see this
    ");
    room.close().await;
}
