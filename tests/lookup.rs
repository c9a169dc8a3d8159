//! What is offered while somebody types `/question`; `stories/lookup.rs` has the rest.

use crate::harness::Room;

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
