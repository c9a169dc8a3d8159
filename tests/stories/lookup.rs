//! `/question` and `/topics`.

use std::collections::HashSet;

use super::Room;

stories!(
    a_topic_is_asked_from_until_all_of_it_was_seen,
    a_query_is_a_topic_a_tag_an_id_any_words_or_a_misspelling,
    nothing_found_is_a_friendly_word_for_one,
    a_tag_shows_its_best_unseen_question_and_lists_the_others,
    what_is_only_near_is_said_to_be_and_can_be_shown,
    a_difficulty_narrows_a_topic,
    a_difficulty_in_the_words_of_a_query_narrows_it_too,
    a_difficulty_alone_is_a_query_too,
    the_answer_is_shown_to_the_one_who_asks_for_it,
    topics_are_listed_with_counts_and_a_menu,
    another_on_somebody_elses_lookup_is_ones_own,
);

async fn a_topic_is_asked_from_until_all_of_it_was_seen(room: &Room) {
    let first = room.ben.slash("/question caching").await;
    assert!(!first.private, "a lookup is for all to see");
    assert!(first.says("Caching"));

    let mut seen = HashSet::from([first.text.clone()]);
    let mut message = first;
    for _ in 1..3 {
        message = room.ben.press(&message, "Another").await;
        seen.insert(message.text.clone());
    }

    assert_eq!(
        seen.len(),
        3,
        "the topic has three questions, each came once: {seen:#?}"
    );
}

async fn a_query_is_a_topic_a_tag_an_id_any_words_or_a_misspelling(room: &Room) {
    let lines = [
        "/question query:Relational databases",
        "/question query:status-codes",
        "/question query:cache-aside",
        "/question query:why do many requests hit an expired key",
        "/question query:expird key",
    ];
    insta::assert_snapshot!(room.ben.conversation(&lines).await, @r"
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
    Showing results for expired key.
    Why do many requests hit the database when a popular key has expired?
    Caching · medium · redis, locking
    [Show answer] [Quiz me] [Another] [Other questions that match ▾]
    ");
    // Which question of a topic it is, is drawn.
    for (query, begins) in [
        ("http", "HTTP\n"),
        ("cachng", "Caching\nShowing results for caching.\n"),
    ] {
        let line = format!("/question query:{query}");
        let told = room.ben.told(&line).await;
        assert!(told.starts_with(begins), "{query}: {told}");
    }
}

async fn nothing_found_is_a_friendly_word_for_one(room: &Room) {
    let line = "/question query:xyzzy <@1> **bold**";
    let answer = room.ben.slash(line).await;
    insta::assert_snapshot!(answer.reads(), @r"
    Nothing found
    I found nothing for “xyzzy <@1> **bold**”. Try other words, or see /topics.
    Only you can see this
    ");
}

async fn a_tag_shows_its_best_unseen_question_and_lists_the_others(room: &Room) {
    let mut prompts = HashSet::new();
    for _ in 0..2 {
        let answer = room.ben.slash("/question redis").await;
        let menu = &answer.menus[0];
        assert!(!menu.options.is_empty(), "the others are offered");
        let text = answer.text.clone();
        let shown = menu.options.iter().any(|option| text.contains(option));
        assert!(!shown, "what is shown is not offered again: {text}");
        prompts.insert(text);
    }
    assert_eq!(prompts.len(), 2, "each of the two comes once: {prompts:#?}");
    let topic = room.ben.slash("/question caching").await;
    assert_eq!(topic.menus[0].options.len(), 2, "a topic lists its others");
}

async fn what_is_only_near_is_said_to_be_and_can_be_shown(room: &Room) {
    let near = room
        .ben
        .slash("/question query:redis borrow checker lifetimes")
        .await;
    insta::assert_snapshot!(near.reads(), @r"
    Nothing fits well
    I have no question about “redis borrow checker lifetimes”. The closest are:
    • Why do many requests hit the database when a popular key has expired?
    • How does cache-aside work?
    Try other words, or see /topics.
    [Show one of these ▾]
    Only you can see this
    ");
    let first = &near.menus[0].options[0];
    let picked = room.ben.choose(&near, "Show one of these", first).await;
    insta::assert_snapshot!(picked.reads(), @r"
    Caching
    Why do many requests hit the database when a popular key has expired?
    Caching · medium · redis, locking
    [Show answer] [Quiz me] [Another]
    Only you can see this
    ");
}

async fn a_difficulty_narrows_a_topic(room: &Room) {
    let lines = [
        "/question query:caching difficulty:hard",
        "/question query:http difficulty:hard",
    ];
    insta::assert_snapshot!(room.ben.conversation(&lines).await, @r"
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
}

async fn a_difficulty_in_the_words_of_a_query_narrows_it_too(room: &Room) {
    let lines = [
        "/question query:give me a hard caching question",
        "/question query:medium questions about an expird key",
        "/question query:hard http",
        "/question query:hard caching difficulty:easy",
        "/question query:hard borrow checker lifetimes",
    ];
    insta::assert_snapshot!(room.ben.conversation(&lines).await, @r"
    > /question query:give me a hard caching question
    Caching
    Showing hard questions for caching.
    What does a time to live decide?
    Caching · hard · expiry
    [Show answer] [Quiz me] [Another]

    > /question query:medium questions about an expird key
    Caching
    Showing medium questions for an expired key.
    Why do many requests hit the database when a popular key has expired?
    Caching · medium · redis, locking
    [Show answer] [Quiz me] [Another]

    > /question query:hard http
    Nothing found
    There is no hard question for “http”. Leave the difficulty out to see the others.
    Only you can see this

    > /question query:hard caching difficulty:easy
    Caching
    How does cache-aside work?
    Caching · easy · redis, patterns
    [Show answer] [Quiz me] [Another]

    > /question query:hard borrow checker lifetimes
    Nothing found
    I found nothing for “hard borrow checker lifetimes”. Try other words, or see /topics.
    Only you can see this
    ");
}

async fn the_answer_is_shown_to_the_one_who_asks_for_it(room: &Room) {
    let question = room.ben.slash("/question cache-aside").await;

    let answer = room.chloe.press(&question, "Show answer").await;

    insta::assert_snapshot!(answer.reads(), @r"
    How does cache-aside work?
    The application reads the cache, and on a miss reads the database and fills the cache.
    What an interviewer listens for
    • The first point of cache-aside
    • The second point of cache-aside
    They may ask next
    • And what then?
    Read more
    • https://www.rfc-editor.org/rfc/rfc9111
    Caching · easy · redis, patterns
    [Quiz me]
    Only you can see this
    ");
    assert!(room.ben.again(&answer).is_none(), "only chloe sees it");
}

async fn topics_are_listed_with_counts_and_a_menu(room: &Room) {
    let topics = room.ben.slash("/topics").await;
    insta::assert_snapshot!(topics.reads(), @r"
    Topics
    Caching · 3 questions
    Relational databases · 1 question
    HTTP · 2 questions
    [Pick a topic for a question ▾]
    Only you can see this
    ");

    let menu = "Pick a topic for a question";
    let picked = room.ben.choose(&topics, menu, "HTTP").await;

    assert!(picked.private && picked.says("HTTP"), "{}", picked.text);
}

async fn another_on_somebody_elses_lookup_is_ones_own(room: &Room) {
    let question = room.ben.slash("/question caching").await;
    let before = question.text.clone();

    let own = room.chloe.press(&question, "Another").await;

    assert!(own.private && own.id != question.id);
    let still = room.ben.again(&question).expect("the lookup is there");
    assert_eq!(still.text, before, "ben's lookup stays as it is");
}

async fn a_difficulty_alone_is_a_query_too(room: &Room) {
    for (query, difficulty) in [
        ("easy", "easy"),
        ("a hard question", "hard"),
        ("give me a difficult one please", "hard"),
    ] {
        let line = format!("/question query:{query}");
        let shown = room.ben.told(&line).await;
        assert!(
            shown.contains(&format!(" · {difficulty} · ")),
            "{query}: {shown}"
        );
    }
    let quiz = room.ben.told("/quiz topic:hard count:1").await;
    assert!(quiz.contains(" · hard · "), "{quiz}");
}
