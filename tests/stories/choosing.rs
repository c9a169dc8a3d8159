//! What a daily asks: chosen by the bot, or queued by an admin.

use std::collections::HashSet;

use chrono::Duration;

use super::{Message, Room};
use crate::harness::eventually;

stories!(
    nothing_repeats_until_the_pool_is_used_up_and_the_admin_is_told_once,
    schedules_due_together_ask_different_questions,
    a_queued_question_comes_next_and_refusals_say_why,
    words_queue_no_guess_but_offer_the_nearest_by_their_ids,
);

async fn nothing_repeats_until_the_pool_is_used_up_and_the_admin_is_told_once(room: &Room) {
    room.schedule("").await;
    let mut asked = Vec::new();
    for _ in 0..6 {
        asked.push(room.next_daily().await.question().id);
    }
    let mut different = asked.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 6, "{asked:?}");

    let seventh = room.next_daily().await.question().id;

    assert_eq!(seventh, asked[0], "the oldest comes again: {asked:?}");
    let told = |message: &Message| message.says("at most 7 questions left");
    let notice = room.ana.wait_for("@bot", &told).await;
    insta::assert_snapshot!(notice.reads(), @r"
    Few questions are left
    The schedule “daily” has at most 7 questions left that it has not asked yet. After them it repeats the ones that were asked longest ago. Give it more topics, or write more questions.
    ");
    let notices = room.ana.messages("@bot");
    assert_eq!(notices.iter().filter(|notice| told(notice)).count(), 1);
}

async fn schedules_due_together_ask_different_questions(room: &Room) {
    for name in ["one", "two", "three", "four", "five"] {
        let line = format!("/schedule set channel:#daily time:09:00 zone:UTC schedule:{name}");
        room.ana.told(&line).await;
    }
    room.advance(Duration::hours(1));

    eventually(async || room.dailies().len() == 5).await;

    let dailies = room.dailies();
    let asked: HashSet<String> = dailies.iter().map(|it| it.question().id).collect();
    assert_eq!(asked.len(), 5, "{asked:?}");
}

async fn a_queued_question_comes_next_and_refusals_say_why(room: &Room) {
    room.schedule("").await;
    let lines = [
        "/daily queue question:cache-ttl",
        "/daily queue question:sql-null",
        "/daily queue question:cache-ttl",
        "/daily queue question:no-such-thing",
        "/schedule list",
        "/schedule preview",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /daily queue question:cache-ttl
    ✅ Queued
    “What does a time to live decide?” comes next in “daily”. /schedule list shows what is queued.
    Only you can see this

    > /daily queue question:sql-null
    ✅ Queued
    “How does SQL compare with NULL?” comes after 1 other queued question in “daily”. /schedule list shows what is queued.
    Only you can see this

    > /daily queue question:cache-ttl
    Already queued
    “What does a time to live decide?” is already queued, and comes next in “daily”.
    Only you can see this

    > /daily queue question:no-such-thing
    Which question?
    There is no question called “no-such-thing”. Did you mean one of these? Queue it with its id:
    • How does SQL compare with NULL? (sql-null)
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Wed, 4 Mar 2026, 09:00 UTC
    Queued: “What does a time to live decide?”, “How does SQL compare with NULL?”
    Only you can see this

    > /schedule preview
    Preview
    daily
    #daily · every day · 09:00 UTC · all topics
    Next dailies
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    Queued
    “What does a time to live decide?”, “How does SQL compare with NULL?”
    Only you can see this
    ");

    let first = room.next_daily().await.question().id;
    let one_left = room.ana.told("/schedule list").await;
    let second = room.next_daily().await.question().id;

    assert_eq!([first.as_str(), &second], ["cache-ttl", "sql-null"]);
    insta::assert_snapshot!(one_left, @r"
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Thu, 5 Mar 2026, 09:00 UTC
    Queued: “How does SQL compare with NULL?”
    Only you can see this
    ");
    let none_left = room.ana.told("/schedule list").await;
    insta::assert_snapshot!(none_left, @r"
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Fri, 6 Mar 2026, 09:00 UTC
    Only you can see this
    ");
}

async fn words_queue_no_guess_but_offer_the_nearest_by_their_ids(room: &Room) {
    room.schedule("").await;
    let lines = [
        "/daily queue question:what fills a cache on a miss",
        "/daily queue question:caching",
        "/schedule list",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /daily queue question:what fills a cache on a miss
    Which question?
    There is no question called “what fills a cache on a miss”. Did you mean one of these? Queue it with its id:
    • How does cache-aside work? (cache-aside)
    • Why do many requests hit the database when a popular key has expired? (cache-stampede)
    • What does a time to live decide? (cache-ttl)
    Only you can see this

    > /daily queue question:caching
    Which question?
    There is no question called “caching”. Did you mean one of these? Queue it with its id:
    • What does a time to live decide? (cache-ttl)
    • How does cache-aside work? (cache-aside)
    • Why do many requests hit the database when a popular key has expired? (cache-stampede)
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Wed, 4 Mar 2026, 09:00 UTC
    Only you can see this
    ");

    let library = room.app().library();
    let question = library.bank.question("cache-aside").expect("it is there");
    let prompt = greenroom::bank::markdown::plain(&question.prompt);
    let typed = prompt.trim_end_matches('?').to_uppercase();
    let typed = format!("/daily queue question:{typed}");
    let lines = [&typed, "/daily queue question:cache-aside"];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /daily queue question:HOW DOES CACHE-ASIDE WORK
    ✅ Queued
    “How does cache-aside work?” comes next in “daily”. /schedule list shows what is queued.
    Only you can see this

    > /daily queue question:cache-aside
    Already queued
    “How does cache-aside work?” is already queued, and comes next in “daily”.
    Only you can see this
    ");
}
