//! What a daily asks: chosen by the bot, queued or replaced by an admin.

use std::collections::HashSet;

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::app::Action;
use greenroom::bank::Bank;

use crate::harness::{Room, bank_folder, plain, question_in, said, shown};

#[tokio::test]
async fn nothing_repeats_until_the_pool_is_used_up_and_the_admin_is_told_once() {
    let room = Room::with_schedule().await;
    let mut asked = Vec::new();
    for _ in 0..6 {
        asked.push(question_in(&room.next_daily().await).id);
    }
    let mut different = asked.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 6, "{asked:?}");

    let seventh = question_in(&room.next_daily().await).id;

    assert_eq!(seventh, asked[0], "the oldest comes again: {asked:?}");
    let told = |message: &MessageView| message.text().contains("at most 7 questions left");
    room.ana.wait_for("@bot", told).await;
    let notices = room.ana.messages("@bot");
    assert_eq!(notices.iter().filter(|notice| told(notice)).count(), 1);
    room.close().await;
}

#[tokio::test]
async fn schedules_due_together_ask_different_questions() {
    let room = Room::open().await;
    for name in ["one", "two", "three", "four", "five"] {
        let line = format!("/schedule set channel:#daily time:09:00 zone:UTC schedule:{name}");
        shown(room.ana.slash("staff", &line).await);
    }
    room.advance(Duration::hours(1));

    let dailies = || -> Vec<MessageView> {
        let messages = room.ben.messages("daily").into_iter();
        messages.filter(|m| m.button("A").is_some()).collect()
    };
    room.until(async || dailies().len() == 5).await;

    let asked: HashSet<String> = dailies().iter().map(|m| question_in(m).id).collect();
    assert_eq!(asked.len(), 5, "{asked:?}");
    room.close().await;
}

#[tokio::test]
async fn a_queued_question_comes_next_and_refusals_say_why() {
    let room = Room::with_schedule().await;
    let lines = [
        "/daily queue question:cache-ttl",
        "/daily queue question:sql-null",
        "/daily queue question:cache-ttl",
        "/daily queue question:no-such-thing",
        "/schedule list",
        "/schedule preview",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /daily queue question:cache-ttl
    Queued
    “What does a time to live decide?” comes next in “daily”. `/schedule list` shows what is queued.
    Only you can see this

    > /daily queue question:sql-null
    Queued
    “How does SQL compare with NULL?” comes after 1 other queued question in “daily”. `/schedule list` shows what is queued.
    Only you can see this

    > /daily queue question:cache-ttl
    Already queued
    “What does a time to live decide?” is already queued, at place 1.
    Only you can see this

    > /daily queue question:no-such-thing
    Which question?
    There is no question called “no-such-thing”. Did you mean one of these? Queue it with its id:

    - How does SQL compare with NULL? (`sql-null`)
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Wed 4 March 09:00
    Queued: “What does a time to live decide?”, “How does SQL compare with NULL?”
    Only you can see this

    > /schedule preview
    Preview
    daily
    #daily · every day · 09:00 UTC · all topics
    Next dailies
    - Wed 4 March 09:00
    - Thu 5 March 09:00
    - Fri 6 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00

    Queued
    “What does a time to live decide?”, “How does SQL compare with NULL?”
    Only you can see this
    ");

    let first = question_in(&room.next_daily().await).id;
    let one_left = room.told(&room.ana, "/schedule list").await;
    let second = question_in(&room.next_daily().await).id;

    assert_eq!([first.as_str(), &second], ["cache-ttl", "sql-null"]);
    insta::assert_snapshot!(one_left, @r"
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Thu 5 March 09:00
    Queued: “How does SQL compare with NULL?”
    Only you can see this
    ");
    let none_left = room.told(&room.ana, "/schedule list").await;
    insta::assert_snapshot!(none_left, @r"
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Fri 6 March 09:00
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_question_without_a_quiz_is_not_queued_and_the_others_are_offered() {
    let room = Room::with_schedule().await;
    let folder = tempfile::TempDir::new().expect("a folder");
    for file in std::fs::read_dir(bank_folder()).expect("listed") {
        let file = file.expect("a file");
        std::fs::copy(file.path(), folder.path().join(file.file_name())).expect("copied");
    }
    let path = folder.path().join("http.toml");
    let http = std::fs::read_to_string(&path).expect("read");
    let (before, _) = http
        .rsplit_once("[[question.quiz]]")
        .expect("the last quiz");
    std::fs::write(&path, before).expect("written");
    let bank = Bank::load(folder.path()).expect("it is valid");
    room.app().reload(bank);

    let line = "/daily queue question:http-idempotency";
    insta::assert_snapshot!(room.told(&room.ana, line).await, @r"
    That didn't work
    “Which methods are idempotent?” has no quiz, so there would be nothing to press. Choose another question.
    Only you can see this
    ");
    for (typed, offered) in [("http", 1), ("null", 1), ("", 5)] {
        let line = format!("/daily queue question:{typed}");
        let offers = room.ana.autocomplete("staff", &line).await.expect("offers");
        assert_eq!(offers.len(), offered, "{typed}: {offers:?}");
    }
    let refused = room.ben.slash("general", "/daily queue question:cache-ttl");
    assert!(refused.await.is_err(), "Discord does not offer it to ben");
    room.close().await;
}

#[tokio::test]
async fn a_question_is_replaced_in_its_message_and_answers_to_it_are_taken_back() {
    let room = Room::asking(&["cache-aside", "sql-null"]).await;
    let yesterday = room.next_daily().await;
    let right = room.right_letter(&yesterday);
    shown(room.ben.click(&yesterday, &right).await);
    insta::assert_snapshot!(room.told(&room.ben, "/stats").await, @r"
    Your stats
    @ben
    Points
    **11** · rank 1
    Streak
    **1** · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    shown(room.chloe.click(&daily, &room.wrong_letter(&daily)).await);
    let again = room.chloe.reply(&daily, "A").await;
    let receipt = room
        .chloe
        .wait_for("daily", move |m| m.reply_to == Some(again.id))
        .await;

    said(&room, "/daily queue question:cache-ttl").await;
    let told = room.told(&room.ana, "/daily replace").await;

    insta::assert_snapshot!(told, @r"
    Replaced
    The daily in #daily asks the question that was next in the queue, in the same message. 2 answers to the previous question no longer count. Those members keep their streaks.
    Only you can see this
    ");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    let messages = room.ben.messages("daily");
    let todays = |message: &&MessageView| message.text().contains("5 March 2026");
    assert_eq!(messages.iter().filter(todays).count(), 1);
    // His points are as they were.
    insta::assert_snapshot!(room.told(&room.ben, "/stats").await, @r"
    Your stats
    @ben
    Points
    **11** · rank 1
    Streak
    **2** · longest 2
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    insta::assert_snapshot!(room.told(&room.chloe, "/stats").await, @r"
    Your stats
    There is nothing to show yet. Answer the daily, or practise with `/quiz`: every answer with a verdict counts here.
    Only you can see this
    ");
    let verdict = shown(room.chloe.click(&receipt, "My verdict").await);
    insta::assert_snapshot!(room.reads(&verdict), @r"
    Another question
    This daily has another question now, which you have not answered yet: look at the message again. If you answered the previous one, you keep your streak but get no points for it.
    Only you can see this
    ");

    let stale = daily.button("A").and_then(|button| button.custom_id);
    let stale = Action::decode(&stale.expect("an id")).expect("one of ours");
    let caller = room.caller(&room.ben);
    let refused = room
        .app()
        .press(&caller, stale, room.at(&daily), None)
        .await;
    let refused = refused.expect_err("a refusal").to_string();
    insta::assert_snapshot!(refused, @r"
    This daily has another question now. Look at the message again, and answer the new one.
    ");

    // Nobody gains twice.
    let right = room.right_letter(&replaced);
    let verdict = shown(room.ben.click(&replaced, &right).await);
    insta::assert_snapshot!(room.reads_unshuffled(&verdict, &replaced), @r"
    Right!
    **What happens when a time to live is over?**

    ✅ **A** · The copy is stale ← your answer
    It must be fetched or validated again.

    ❌ **B** · The key is renamed
    Names do not change.

    ❌ **C** · The server restarts
    Nothing restarts.

    ❌ **D** · The copy doubles in size each hour
    Nothing grows.


    **+32 points** · Streak: 2 dailies in a row.
    Caching · hard
    [Model answer]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_streak_outlives_a_question_that_was_replaced_after_it_was_answered() {
    let room = Room::asking(&["cache-aside", "sql-null"]).await;
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    shown(room.chloe.click(&first, "A").await);
    let second = room.next_daily().await;
    shown(room.ben.click(&second, "A").await);
    said(&room, "/daily queue question:cache-ttl").await;
    let told = room.told(&room.ana, "/daily replace").await;
    insta::assert_snapshot!(told, @r"
    Replaced
    The daily in #daily asks the question that was next in the queue, in the same message. 1 answer to the previous question no longer counts. That member keeps their streak.
    Only you can see this
    ");
    let (id, old) = (second.id, question_in(&second).id);
    let replaced = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    insta::assert_snapshot!(room.reads_unshuffled(&replaced, &replaced), @r"
    Daily question · Thursday, 5 March 2026
    **What happens when a time to live is over?**

    **A** · The copy is stale
    **B** · The key is renamed
    **C** · The server restarts
    **D** · The copy doubles in size each hour
    Caching · hard · press a letter, or reply with it · replaces an earlier question; answers to that one keep streaks but earn no points
    [A] [B] [C] [D]
    ");

    let third = room.next_daily().await;

    let bens = shown(room.ben.click(&third, "A").await).text();
    assert!(bens.contains("3 dailies in a row"), "{bens}");
    let chloes = shown(room.chloe.click(&third, "A").await).text();
    assert!(
        chloes.contains("streak begins"),
        "she did not answer: {chloes}"
    );
    room.close().await;
}

#[tokio::test]
async fn a_question_can_be_replaced_on_the_days_after_its_own() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:23:59 zone:UTC days:wed";
    shown(room.ana.slash("staff", set).await);
    room.advance(Duration::hours(16));
    let posted = |message: &MessageView| message.button("A").is_some();
    let daily = room.ben.wait_for("daily", posted).await;
    room.recorded(&daily).await;
    room.advance(Duration::days(2));

    let told = shown(room.ana.slash("staff", "/daily replace").await).text();

    assert!(told.contains("asks another question"), "{told}");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = |m: &MessageView| m.id == id && question_in(m).id != old;
    room.ben.wait_for("daily", replaced).await;
    room.close().await;
}

#[tokio::test]
async fn a_replaced_question_does_not_come_back_before_the_others() {
    let room = Room::with_schedule().await;
    let first = room.next_daily().await;
    let (id, old) = (first.id, question_in(&first).id);
    room.advance(Duration::minutes(1));
    shown(room.ana.slash("staff", "/daily replace").await);
    let daily = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    // All six questions, and then the one of longest ago.
    let mut asked = vec![question_in(&daily).id];
    for _ in 0..5 {
        asked.push(question_in(&room.next_daily().await).id);
    }
    assert!(!asked.contains(&old), "{old} came again: {asked:?}");
    room.close().await;
}

#[tokio::test]
async fn only_an_open_daily_gets_another_question_and_only_from_admins() {
    let room = Room::with_schedule().await;
    let none = room.told(&room.ana, "/daily replace").await;
    insta::assert_snapshot!(none, @r"
    No open daily
    There is no open daily, so there is no question to replace. `/daily queue` chooses what is asked next.
    Only you can see this
    ");
    let id = room.next_daily().await.id;
    shown(room.ana.slash("staff", "/schedule pause").await);
    room.advance(Duration::days(8));
    room.ben
        .wait_for("daily", |m| m.id == id && m.button("A").is_none())
        .await;
    assert_eq!(room.told(&room.ana, "/daily replace").await, none);
    let caller = room.caller(&room.ben);
    for refused in [
        room.app().replace_daily(&caller, None).await,
        room.app().queue_question(&caller, "cache-ttl", None).await,
    ] {
        let refused = refused.expect_err("a refusal").to_string();
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused, @"Only members who may manage this server can do that.");
        }
    }
    room.close().await;
}

#[tokio::test]
async fn words_queue_no_guess_but_offer_the_nearest_by_their_ids() {
    let room = Room::with_schedule().await;
    let lines = [
        "/daily queue question:what fills a cache on a miss",
        "/daily queue question:caching",
        "/schedule list",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /daily queue question:what fills a cache on a miss
    Which question?
    There is no question called “what fills a cache on a miss”. Did you mean one of these? Queue it with its id:

    - How does cache-aside work? (`cache-aside`)
    - Why do many requests hit the database when a popular key has expired? (`cache-stampede`)
    - What does a time to live decide? (`cache-ttl`)
    Only you can see this

    > /daily queue question:caching
    Which question?
    There is no question called “caching”. Did you mean one of these? Queue it with its id:

    - What does a time to live decide? (`cache-ttl`)
    - How does cache-aside work? (`cache-aside`)
    - Why do many requests hit the database when a popular key has expired? (`cache-stampede`)
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Wed 4 March 09:00
    Only you can see this
    ");

    let library = room.app().library();
    let question = library.bank.question("cache-aside").expect("it is there");
    let prompt = greenroom::bank::markdown::plain(&question.prompt);
    let typed = prompt.trim_end_matches('?').to_uppercase();
    let typed = format!("/daily queue question:{typed}");
    let lines = [&typed, "/daily queue question:cache-aside"];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /daily queue question:HOW DOES CACHE-ASIDE WORK
    Queued
    “How does cache-aside work?” comes next in “daily”. `/schedule list` shows what is queued.
    Only you can see this

    > /daily queue question:cache-aside
    Already queued
    “How does cache-aside work?” is already queued, at place 1.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn labels_are_read_like_what_they_stand_for() {
    let room = Room::with_schedule().await;
    let line = "/daily queue question:";
    let questions = room.ana.autocomplete("staff", line).await.expect("offers");
    assert_eq!(questions.len(), 6);
    for (place, question) in questions.into_iter().enumerate() {
        let typed = match place % 3 {
            0 => question.name,
            1 => question.value.as_str().expect("text").to_uppercase(),
            _ => question.name.to_lowercase(),
        };
        let answer = plain(&shown(
            room.ana.slash("staff", &format!("{line}{typed}")).await,
        ));
        assert!(answer.starts_with("Queued"), "{typed}: {answer}");
    }
    let unknown = "/daily queue question:what is it…";
    insta::assert_snapshot!(room.told(&room.ana, unknown).await, @r"
    Which question?
    There is no question called “what is it…”. Type words of it into the option, and pick it from the list.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_label_that_was_cut_is_read_unless_two_share_it() {
    let room = Room::with_schedule().await;
    let long = "What happens on a miss in `cache-aside`, and who is it that loads the value from the \
                database into the cache";
    let question = |id: &str, end: &str| {
        format!(
            "[[question]]\nid = \"{id}\"\nprompt = \"{long} {end}?\"\ndifficulty = \"easy\"\n\
             answer = \"A.\"\nkey_points = [\"K\"]\n[[question.quiz]]\nprompt = \"{id}?\"\n\
             options = [{{ text = \"a\", right = true, why = \"W.\" }}, {{ text = \"b\", why = \"W.\" }},\
             {{ text = \"c\", why = \"W.\" }}, {{ text = \"d\", why = \"W.\" }}]\n"
        )
    };
    let topic = "[topic]\nname = \"t\"\ntitle = \"T\"\nsummary = \"S.\"\n";
    let reload = |questions: &[String]| {
        let text = format!("{topic}{}", questions.concat());
        let bank = Bank::from_files(&[("t.toml".into(), text)]);
        room.app().reload(bank.expect("a valid bank"));
    };
    reload(&[question("one", "again")]);
    let line = "/daily queue question:";
    let offered = room
        .ana
        .autocomplete("staff", line)
        .await
        .expect("offers")
        .remove(0)
        .name;
    assert!(
        offered.ends_with('…') && !offered.contains('`'),
        "{offered}"
    );
    let queue = format!("{line}{offered}");
    insta::assert_snapshot!(room.told(&room.ana, &queue).await, @r"
    Queued
    “What happens on a miss in `cache-aside`, and who is it that loads the value from the database into the cache again?” comes next in “daily”. `/schedule list` shows what is queued.
    Only you can see this
    ");
    reload(&[question("one", "again"), question("two", "then")]);
    insta::assert_snapshot!(room.told(&room.ana, &queue).await, @r"
    Which question?
    Two questions are worded like that. Name the one you mean by its id: `one` or `two`.
    Only you can see this
    ");
    room.close().await;
}

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
