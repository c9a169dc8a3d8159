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
    for (query, expected) in [
        ("http", "HTTP"),
        ("Relational databases", "compare with NULL"),
        ("status-codes", "Which status answers"),
        ("cache-aside", "How does cache-aside work?"),
        (
            "why do many requests hit an expired key",
            "popular key has expired",
        ),
        ("cachng", "Showing results for **caching**"),
        ("expird key", "Showing results for **expired key**"),
    ] {
        let answer = shown(
            room.ben
                .slash("general", &format!("/question query:{query}"))
                .await,
        );
        assert!(
            answer.text().contains(expected),
            "{query}: {}",
            answer.text()
        );
    }
    room.close().await;
}

#[tokio::test]
async fn nothing_found_is_a_friendly_word_for_one() {
    let room = Room::open().await;
    let answer = shown(
        room.ben
            .slash("general", "/question query:xyzzy <@1> **bold**")
            .await,
    );
    assert!(answer.ephemeral);
    assert!(
        answer.text().contains("I found nothing"),
        "{}",
        answer.text()
    );
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
    assert!(
        near.ephemeral && near.text().contains("Nothing fits well"),
        "{}",
        near.text()
    );
    let menu = near.selects().remove(0);
    let value = menu.options[0].1.clone();
    let picked = shown(room.ben.select(&near, &menu.custom_id, &[&value]).await);
    assert!(
        picked.ephemeral && picked.text().contains("Caching"),
        "{}",
        picked.text()
    );
    room.close().await;
}

#[tokio::test]
async fn a_difficulty_narrows_a_topic() {
    let room = Room::open().await;
    let hard = shown(
        room.ben
            .slash("general", "/question query:caching difficulty:hard")
            .await,
    );
    assert!(hard.text().contains("time to live"), "{}", hard.text());
    let none = shown(
        room.ben
            .slash("general", "/question query:http difficulty:hard")
            .await,
    );
    assert!(
        none.ephemeral && none.text().contains("no hard question"),
        "{}",
        none.text()
    );
    room.close().await;
}

#[tokio::test]
async fn the_answer_is_shown_to_the_one_who_asks_for_it() {
    let room = Room::open().await;
    let question = shown(room.ben.slash("general", "/question cache-aside").await);

    let answer = shown(room.chloe.click(&question, "Show answer").await);

    assert!(answer.ephemeral);
    assert!(
        answer.text().contains("The application reads the cache"),
        "{}",
        answer.text()
    );
    assert!(answer.text().contains("The first point of cache-aside"));
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
    assert!(topics.ephemeral);
    assert!(
        topics.text().contains("**Caching** · 3 questions"),
        "{}",
        topics.text()
    );

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
