//! What members read, as it is: a change of wording shows here.

use chat_sandbox::MessageView;

use crate::harness::{Room, question_in, said, shown};

#[tokio::test]
async fn a_lookup_and_its_answer() {
    let room = Room::open().await;
    let question = shown(room.ben.slash("general", "/question cache-aside").await);
    insta::assert_snapshot!(room.reads(&question), @r"
    Caching
    How does cache-aside work?
    Caching · easy · redis, patterns
    [Show answer] [Quiz me] [Another]
    ");
    let answer = shown(room.ben.click(&question, "Show answer").await);
    insta::assert_snapshot!(room.reads(&answer), @r"
    How does cache-aside work?
    The application reads the cache, and on a miss reads the database and fills the cache.
    What an interviewer listens for
    - The first point of cache-aside
    - The second point of cache-aside
    They may ask next
    - And what then?
    Read more
    - https://www.rfc-editor.org/rfc/rfc9111
    Caching · easy · redis, patterns
    [Quiz me]
    Only you can see this
    ");
    insta::assert_snapshot!(room.told(&room.ben, "/topics").await, @r"
    Topics
    **Caching** · 3 questions
    **Relational databases** · 1 question
    **HTTP** · 2 questions
    [Pick a topic for a question ▾]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn what_admins_read() {
    let room = Room::open().await;
    let set =
        "/schedule set channel:#daily time:09:00 zone:Europe/Berlin days:weekdays topics:http";
    let told = room.conversation(&room.ana, &[set, "/schedule list"]).await;
    insta::assert_snapshot!(told, @r"
    > /schedule set channel:#daily time:09:00 zone:Europe/Berlin days:weekdays topics:http
    Schedule set
    daily
    #daily · weekdays · 09:00 Europe/Berlin · HTTP
    Next dailies
    - Thu 5 March 08:00
    - Fri 6 March 08:00
    - Mon 9 March 08:00
    - Tue 10 March 08:00
    - Wed 11 March 08:00

    /daily post posts today's question at once
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · weekdays · 09:00 Europe/Berlin · HTTP
    Next: Thu 5 March 08:00
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn what_is_read_before_there_is_anything() {
    let room = Room::open().await;
    let lines = [
        "/leaderboard",
        "/stats",
        "/privacy delete",
        "/question query:xyzzy",
        "/question query:redis borrow checker lifetimes",
        "/question query:cache-asied",
    ];
    insta::assert_snapshot!(room.conversation(&room.ben, &lines).await, @r"
    > /leaderboard
    Leaderboard · This week
    This week's board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This month] [All time]

    > /stats
    Your stats
    There is nothing to show yet. Each answer with a verdict counts here: to a daily, or in practice with `/quiz`.
    Only you can see this

    > /privacy delete
    Delete your data
    This removes every answer, point, streak, quiz and lookup of yours in this server. It cannot be undone. A daily that is open now and that you have answered stays answered until it closes: you can't answer it again.
    [Delete everything] [Keep it]
    Only you can see this

    > /question query:xyzzy
    Nothing found
    I found nothing for “xyzzy”. Try other words, or see /topics.
    Only you can see this

    > /question query:redis borrow checker lifetimes
    Nothing fits well
    I have no question about “redis borrow checker lifetimes”. The closest are:

    - Why do many requests hit the database when a popular key has expired?
    - How does cache-aside work?

    Try other words, or see /topics.
    [Show one of these ▾]
    Only you can see this

    > /question query:cache-asied
    Caching
    Showing results for **cache aside**.

    How does cache-aside work?
    Caching · easy · redis, patterns
    [Show answer] [Quiz me] [Another]
    ");
    room.close().await;
}

fn is_red(message: &MessageView) -> bool {
    let red = Some(0xd8_3c3e);
    message.embeds.iter().any(|embed| embed.color == red)
}

#[tokio::test]
async fn what_is_no_refusal_is_not_called_one() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let mut conversation = String::new();
    for line in [
        "/daily post",
        "/schedule resume",
        "/schedule pause schedule:nope",
        "/schedule set time:25:99",
        "/schedule set schedule:new",
        "/schedule skip date:yesterday",
        "/schedule skip date:today",
        "/schedule unskip date:tomorrow",
        "/daily queue question:xyzzy",
        "/question xyzzy",
        "/quiz topic:cachng",
        "/leaderboard topic:cachng",
        "/privacy delete",
    ] {
        let answer = shown(room.ana.slash("staff", line).await);
        assert!(!is_red(&answer), "{line} is in red");
        conversation += &format!("> {line}\n{}\n\n", room.reads(&answer));
    }
    insta::assert_snapshot!(conversation, @r"
    > /daily post
    Already posted
    The daily of Wed 4 March 2026 (UTC) is already posted in #daily. A schedule posts at most once a day; the next one is due Thu 5 March 09:00.
    Only you can see this

    > /schedule resume
    Nothing to change
    The schedule “daily” is already running.
    Only you can see this

    > /schedule pause schedule:nope
    Which schedule?
    There is no schedule called “nope”. `/schedule list` shows all schedules; `/schedule set` makes another.
    Only you can see this

    > /schedule set time:25:99
    I can't read that
    “25:99” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm
    Only you can see this

    > /schedule set schedule:new
    Something is missing
    There is no schedule called “new” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `time`, `zone`. For example: `/schedule set schedule:new channel:#daily time:09:00 zone:Berlin`
    Only you can see this

    > /schedule skip date:yesterday
    Which date?
    Tue 3 March 2026 (UTC) has passed. Name a date from Wed 4 March 2026 on.
    Only you can see this

    > /schedule skip date:today
    Already posted
    Wed 4 March 2026 (UTC) already has its daily. `/daily replace` gives it another question.
    Only you can see this

    > /schedule unskip date:tomorrow
    Nothing to change
    “daily” doesn't skip Thu 5 March 2026 (UTC). `/schedule list` shows the dates that it skips.
    Only you can see this

    > /daily queue question:xyzzy
    Which question?
    There is no question called “xyzzy”. Type words of it into the option, and pick it from the list.
    Only you can see this

    > /question xyzzy
    Nothing found
    I found nothing for “xyzzy”. Try other words, or see /topics.
    Only you can see this

    > /quiz topic:cachng
    Which topic?
    There is no topic “cachng”. Did you mean Caching?
    Only you can see this

    > /leaderboard topic:cachng
    Which topic?
    There is no topic “cachng”. Did you mean Caching?
    Only you can see this

    > /privacy delete
    Delete your data
    This removes every answer, point, streak, quiz and lookup of yours in this server. It cannot be undone. A daily that is open now and that you have answered stays answered until it closes: you can't answer it again.
    [Delete everything] [Keep it]
    Only you can see this
    ");
    let line = "/quiz topic:caching difficulty:hard count:1";
    let quiz = shown(room.ana.slash("staff", line).await);
    assert!(!is_red(&quiz), "{line} is in red");
    insta::assert_snapshot!(room.reads_unshuffled(&quiz, &quiz), @r"
    Quiz
    **What happens when a time to live is over?**

    **A** · The copy is stale
    **B** · The key is renamed
    **C** · The server restarts
    **D** · The copy doubles in size each hour
    Caching · hard · expiry
    [A] [B] [C] [D]
    Only you can see this
    ");

    said(
        &room,
        "/schedule set channel:#daily time:10 zone:UTC schedule:other",
    )
    .await;
    let lines = ["/daily post", "/schedule pause", "/daily replace"];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /daily post
    Which schedule?
    Run it again with `schedule:` set to one of: daily, other.
    Only you can see this

    > /schedule pause
    Which schedule?
    Run it again with `schedule:` set to one of: daily, other.
    Only you can see this

    > /daily replace
    Which schedule?
    Run it again with `schedule:` set to one of: daily, other.
    Only you can see this
    ");
    // Whoever presses it below another's receipt reads whose verdict it is.
    let reply = room.ben.reply(&daily, &room.right_letter(&daily)).await;
    let receipt = room
        .ben
        .wait_for("daily", move |m| m.reply_to == Some(reply.id))
        .await;
    let chloes = shown(room.chloe.click(&receipt, "My verdict").await);
    insta::assert_snapshot!(room.reads(&chloes), @r"
    My verdict
    **My verdict** shows each member their own answer. You have not answered this daily yet: press a letter on it, or reply to it with one.
    Only you can see this
    ");
    shown(room.chloe.click(&daily, &room.wrong_letter(&daily)).await);
    let chloes = shown(room.chloe.click(&receipt, "My verdict").await);
    insta::assert_snapshot!(room.reads_unshuffled(&chloes, &daily), @r"
    Not right: the answer is A
    **Who fills the cache in cache-aside?**

    ✅ **A** · The application
    It reads the database on a miss and writes the cache.

    ❌ **B** · The database ← your answer
    It knows nothing of the cache.

    ❌ **C** · The browser
    It has a cache of its own.


    **+0 points** · Your streak begins today.
    Caching · easy
    [Model answer]
    Only you can see this
    ");
    // A refusal is one.
    let id = question_in(&daily).id;
    let looked_up = shown(room.ana.slash("staff", &format!("/question {id}")).await);
    let refused = shown(room.ana.click(&looked_up, "Show answer").await);
    assert!(is_red(&refused), "{}", refused.text());
    insta::assert_snapshot!(room.reads(&refused), @r"
    That didn't work
    This is the question of an open daily, here or in another server of yours. Answer the daily first; once you have its verdict, or it has closed, you can see everything about it.
    Only you can see this
    ");
    room.close().await;
}
