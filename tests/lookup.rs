//! `/question` and `/topics`.

use std::collections::HashSet;

use crate::harness::{Room, shown};

#[tokio::test]
async fn a_topic_is_asked_from_until_all_of_it_was_seen() {
    let room = Room::open().await;
    let first = shown(room.ben.slash("general", "/question caching").await);
    assert!(!first.ephemeral, "a lookup is for all to see");
    assert!(first.text().contains("Caching"));

    let mut seen = HashSet::from([first.text()]);
    let mut message = first;
    for _ in 1..3 {
        message = shown(room.ben.click(&message, "Another").await);
        seen.insert(message.text());
    }

    assert_eq!(
        seen.len(),
        3,
        "the topic has three questions, each came once: {seen:#?}"
    );
    room.close().await;
}

#[tokio::test]
async fn a_query_is_a_topic_a_tag_an_id_any_words_or_a_misspelling() {
    let room = Room::open().await;
    let lines = [
        "/question query:Relational databases",
        "/question query:status-codes",
        "/question query:cache-aside",
        "/question query:why do many requests hit an expired key",
        "/question query:expird key",
    ];
    insta::assert_snapshot!(room.conversation(&room.ben, &lines).await, @r"
    > /question query:Relational databases
    Relational databases
    How does SQL compare with NULL?
    Relational databases · medium · sql
    [Show answer] [Quiz me] [Another]

    > /question query:status-codes
    HTTP
    Which status answers a request that made a resource?
    HTTP · easy · status-codes
    [Show answer] [Quiz me] [Another]

    > /question query:cache-aside
    Caching
    How does cache-aside work?
    Caching · easy · redis, patterns
    [Show answer] [Quiz me] [Another]

    > /question query:why do many requests hit an expired key
    Caching
    Why do many requests hit the database when a popular key has expired?
    Caching · medium · redis, locking
    [Show answer] [Quiz me] [Another]

    > /question query:expird key
    Caching
    Showing results for **expired key**.

    Why do many requests hit the database when a popular key has expired?
    Caching · medium · redis, locking
    [Show answer] [Quiz me] [Another] [Other questions that match ▾]
    ");
    // Which question of a topic it is, is drawn.
    for (query, begins) in [
        ("http", "HTTP\n"),
        ("cachng", "Caching\nShowing results for **caching**.\n"),
    ] {
        let line = format!("/question query:{query}");
        let told = room.told(&room.ben, &line).await;
        assert!(told.starts_with(begins), "{query}: {told}");
    }
    room.close().await;
}

#[tokio::test]
async fn nothing_found_is_a_friendly_word_for_one() {
    let room = Room::open().await;
    let line = "/question query:xyzzy <@1> **bold**";
    let answer = shown(room.ben.slash("general", line).await);
    insta::assert_snapshot!(room.reads(&answer), @r"
    Nothing found
    I found nothing for “xyzzy <@1> **bold**”. Try other words, or see /topics.
    Only you can see this
    ");
    assert!(!answer.text().contains("<@1>") && !answer.text().contains("**bold**"));
    room.close().await;
}

#[tokio::test]
async fn a_tag_shows_its_best_unseen_question_and_lists_the_others() {
    let room = Room::open().await;
    let mut prompts = HashSet::new();
    for _ in 0..2 {
        let answer = shown(room.ben.slash("general", "/question redis").await);
        let menu = answer.selects().remove(0);
        assert!(!menu.options.is_empty(), "the others are offered");
        let text = answer.text();
        let shown = menu.options.iter().any(|option| text.contains(&option.0));
        assert!(!shown, "what is shown is not offered again: {text}");
        prompts.insert(text);
    }
    assert_eq!(prompts.len(), 2, "each of the two comes once: {prompts:#?}");
    let topic = shown(room.ben.slash("general", "/question caching").await);
    assert_eq!(
        topic.selects()[0].options.len(),
        2,
        "a topic lists its others"
    );
    room.close().await;
}

#[tokio::test]
async fn what_is_only_near_is_said_to_be_and_can_be_shown() {
    let room = Room::open().await;
    let near = shown(
        room.ben
            .slash("general", "/question query:redis borrow checker lifetimes")
            .await,
    );
    insta::assert_snapshot!(room.reads(&near), @r"
    Nothing fits well
    I have no question about “redis borrow checker lifetimes”. The closest are:

    - Why do many requests hit the database when a popular key has expired?
    - How does cache-aside work?

    Try other words, or see /topics.
    [Show one of these ▾]
    Only you can see this
    ");
    let menu = near.selects().remove(0);
    let value = menu.options[0].1.clone();
    let picked = shown(room.ben.select(&near, &menu.custom_id, &[&value]).await);
    insta::assert_snapshot!(room.reads(&picked), @r"
    Caching
    Why do many requests hit the database when a popular key has expired?
    Caching · medium · redis, locking
    [Show answer] [Quiz me] [Another]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_difficulty_narrows_a_topic() {
    let room = Room::open().await;
    let lines = [
        "/question query:caching difficulty:hard",
        "/question query:http difficulty:hard",
    ];
    insta::assert_snapshot!(room.conversation(&room.ben, &lines).await, @r"
    > /question query:caching difficulty:hard
    Caching
    What does a time to live decide?
    Caching · hard · expiry
    [Show answer] [Quiz me] [Another]

    > /question query:http difficulty:hard
    Nothing found
    There is no hard question for “http”. Leave the difficulty out to see the others.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn the_answer_is_shown_to_the_one_who_asks_for_it() {
    let room = Room::open().await;
    let question = shown(room.ben.slash("general", "/question cache-aside").await);

    let answer = shown(room.chloe.click(&question, "Show answer").await);

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
    assert!(room.ben.message(answer.id).is_none(), "only chloe sees it");
    room.close().await;
}

#[tokio::test]
async fn topics_tags_and_questions_are_offered_while_typing() {
    let room = Room::open().await;
    let offered = room
        .ben
        .autocomplete("general", "/question query:cach")
        .await
        .expect("offers");
    assert_eq!(offered[0].name, "Caching", "{offered:?}");
    let tags = room
        .ben
        .autocomplete("general", "/question query:redi")
        .await
        .expect("offers");
    assert!(
        tags.iter().any(|choice| choice.value == "redis"),
        "{tags:?}"
    );
    let words = room
        .ben
        .autocomplete("general", "/question query:cache-aside w")
        .await
        .expect("offers");
    assert!(
        words.iter().any(|choice| choice.value == "cache-aside"),
        "{words:?}"
    );
    room.close().await;
}

#[tokio::test]
async fn topics_are_listed_with_counts_and_a_menu() {
    let room = Room::open().await;
    let topics = shown(room.ben.slash("general", "/topics").await);
    insta::assert_snapshot!(room.reads(&topics), @r"
    Topics
    **Caching** · 3 questions
    **Relational databases** · 1 question
    **HTTP** · 2 questions
    [Pick a topic for a question ▾]
    Only you can see this
    ");

    let menu = topics.selects().remove(0);
    let picked = shown(room.ben.select(&topics, &menu.custom_id, &["http"]).await);

    assert!(
        picked.ephemeral && picked.text().contains("HTTP"),
        "{}",
        picked.text()
    );
    room.close().await;
}

#[tokio::test]
async fn another_on_somebody_elses_lookup_is_ones_own() {
    let room = Room::open().await;
    let question = shown(room.ben.slash("general", "/question caching").await);
    let before = question.text();

    let own = shown(room.chloe.click(&question, "Another").await);

    assert!(own.ephemeral && own.id != question.id);
    let still = room.ben.message(question.id).expect("the lookup is there");
    assert_eq!(still.text(), before, "ben's lookup stays as it is");
    room.close().await;
}
