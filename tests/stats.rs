//! `/stats`: a member's record.

use crate::harness::{Room, question_in, shown};

#[tokio::test]
async fn a_record_has_points_rank_streaks_and_the_weakest_topic() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    let mut quiz = shown(
        room.ben
            .slash("general", "/quiz topic:caching count:3")
            .await,
    );
    loop {
        let graded = shown(room.ben.click(&quiz, &room.wrong_letter(&quiz)).await);
        match graded.button("Next") {
            Some(_) => quiz = shown(room.ben.click(&graded, "Next").await),
            None => break,
        }
    }

    let stats = shown(room.ben.slash("general", "/stats").await);

    let text = stats.text();
    assert!(
        stats.ephemeral && text.starts_with("Your stats\n"),
        "{text}"
    );
    assert!(text.contains("rank 1"), "{text}");
    assert!(text.contains("**1** · longest 1"), "{text}");
    assert!(text.contains("1 answer · 1 right (100%)"), "{text}");
    let weakest = "Of the topics in which you have answered at least 3 questions, **Caching** is your weakest: try `/quiz topic:caching`";
    let practised = room.app().library().bank.in_topic("caching").count();
    assert!(
        practised < 3 || text.contains(weakest) || text.contains("Caching · 0/2"),
        "{text}"
    );
    room.close().await;
}

#[tokio::test]
async fn another_members_record_can_be_seen_and_an_empty_one_is_said_to_be() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);

    let asked = question_in(&daily).topic;
    let practised = if asked == "http" { "caching" } else { "http" };
    let line = format!("/quiz topic:{practised} count:1");
    let title = |topic: &str| {
        let library = room.app().library();
        library
            .bank
            .topic(topic)
            .expect("it is there")
            .title
            .clone()
    };
    let (asked, practised) = (title(&asked), title(practised));
    let quiz = shown(room.ben.slash("general", &line).await);
    shown(room.ben.click(&quiz, "A").await);

    let own = shown(room.ben.slash("general", "/stats").await).text();
    assert!(own.contains(&format!("{practised} ·")), "{own}");
    let bens = shown(room.chloe.slash("general", "/stats member:@ben").await).text();
    assert!(
        bens.contains("rank 1") && bens.contains(&format!("{asked} · 1/1")),
        "{bens}"
    );
    assert!(!bens.contains(&practised), "practice is ben's own: {bens}");
    let own = shown(room.chloe.slash("general", "/stats").await);
    assert!(
        own.text()
            .starts_with("Your stats\nThere is nothing to show yet"),
        "{}",
        own.text()
    );
    room.close().await;
}

#[tokio::test]
async fn where_there_are_several_schedules_streaks_are_said_to_be_each_ones_own() {
    let room = Room::with_schedule().await;
    let said = "Each schedule has its own streak; the best is shown.";
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    let read = async |line: &str| shown(room.ben.slash("general", line).await).text();
    let one = read("/stats").await;
    assert!(!one.contains(said), "{one}");
    let second = "/schedule set channel:#general time:18:00 zone:UTC schedule:second";
    shown(room.ana.slash("staff", second).await);
    for line in ["/stats", "/stats member:@ben"] {
        let both = read(line).await;
        assert!(both.contains(said), "{line}: {both}");
    }
    shown(
        room.ana
            .slash("staff", "/schedule remove schedule:second")
            .await,
    );
    let one = read("/stats").await;
    assert!(!one.contains(said), "{one}");
    room.close().await;
}
