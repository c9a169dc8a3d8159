//! Topics that nobody has heard of, as options say them; Slack reads a number after one as another option.

use crate::harness::Room;

#[tokio::test]
async fn an_unknown_topic_names_the_nearest() {
    let room = Room::open().await;
    let long = "caching ".repeat(700);
    let typed = [
        "cachng",
        "caching 20",
        "caching please",
        "20 cachng",
        "some sql things",
        "cache stampede",
        "nonsense",
        "🔥",
        &long,
    ];
    let near = async |option: &str| {
        let mut near = Vec::new();
        for typed in typed {
            near.push(room.told(&room.ben, &format!("{option}{typed}")).await);
        }
        near.join("\n\n")
    };
    let of_quiz = near("/quiz topic:").await;
    insta::assert_snapshot!(of_quiz, @r"
    Which topic?
    There is no topic “cachng”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “caching 20”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “caching please”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “20 cachng”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “some sql things”. Did you mean Relational databases?
    Only you can see this

    Which topic?
    There is no topic “cache stampede”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “nonsense”. /topics shows all topics.
    Only you can see this

    Which topic?
    There is no topic “🔥”. /topics shows all topics.
    Only you can see this

    Which topic?
    There is no topic “caching caching caching caching caching caching caching caching caching caching caching caching…”. Did you mean Caching?
    Only you can see this
    ");
    assert_eq!(near("/leaderboard topic:").await, of_quiz);
    room.close().await;
}
