//! What a daily asks: chosen by the bot, or queued by an admin.

use std::collections::HashSet;

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::bank::Bank;

use crate::harness::{Room, bank_folder, plain, question_in, shown};

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
    let notice = room.ana.wait_for("@bot", told).await;
    insta::assert_snapshot!(room.reads(&notice), @r"
    Few questions are left
    The schedule “daily” has at most 7 questions left that it has not asked yet. After them it repeats the ones that were asked longest ago. Give it more topics, or write more questions.
    ");
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
    “What does a time to live decide?” is already queued, and comes next in “daily”.
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
    “How does cache-aside work?” is already queued, and comes next in “daily”.
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
