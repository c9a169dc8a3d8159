//! `/leaderboard`: points, ranks and pages.

use crate::harness::{Room, shown};

#[tokio::test]
async fn members_stand_by_points_with_equal_ones_sharing_a_rank() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.chloe.click(&daily, &room.right_letter(&daily)).await);
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    shown(room.ana.click(&daily, &room.wrong_letter(&daily)).await);

    let board = shown(room.ana.slash("general", "/leaderboard").await);

    let text = board.text();
    let line = |person: &chat_sandbox::Person| {
        let name = format!("<@{}>", person.id());
        text.lines()
            .find(|line| line.contains(&name))
            .unwrap_or_default()
            .to_owned()
    };
    assert!(
        line(&room.ben).starts_with("**1.**") && line(&room.chloe).starts_with("**1.**"),
        "{text}"
    );
    assert!(
        line(&room.ana).starts_with("**–**") && line(&room.ana).contains("**0** points"),
        "who has no points has no rank: {text}"
    );
    assert!(
        !text.to_lowercase().contains("you"),
        "everyone reads it: {text}"
    );
    assert!(
        text.contains("100% right") && text.contains("streak 1"),
        "{text}"
    );
    room.close().await;
}

#[tokio::test]
async fn points_grow_with_the_streak_and_practice_gives_none() {
    let room = Room::with_schedule().await;
    let mut expected = 0;
    for streak in 1..=3 {
        let daily = room.next_daily().await;
        let library = room.app().library();
        let prompt = room.quiz_in(&daily).prompt;
        let question = library
            .bank
            .questions()
            .iter()
            .find(|q| q.quizzes[0].prompt == prompt)
            .expect("it");
        expected += greenroom::rules::scoring::points(question.difficulty, true, streak);
        shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    }
    let practice = shown(room.ben.slash("general", "/quiz topic:http count:1").await);
    shown(
        room.ben
            .click(&practice, &room.right_letter(&practice))
            .await,
    );

    let board = shown(room.ben.slash("general", "/leaderboard period:all").await).text();

    assert!(
        board.contains(&format!("**{expected}** points")),
        "{expected}: {board}"
    );
    assert!(board.contains("streak 3"), "{board}");
    room.close().await;
}

#[tokio::test]
async fn a_missed_daily_ends_a_streak() {
    let room = Room::with_schedule().await;
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    room.next_daily().await;
    let third = room.next_daily().await;
    shown(room.chloe.click(&third, "A").await);

    let board = shown(room.ben.slash("general", "/leaderboard period:all").await).text();
    let bens = board
        .lines()
        .find(|line| line.contains(&format!("<@{}>", room.ben.id())))
        .expect("ben's line");
    assert!(
        !bens.contains("streak"),
        "the second daily was missed: {board}"
    );
    let verdict = shown(room.ben.click(&third, &room.right_letter(&third)).await).text();
    assert!(verdict.contains("Your streak begins today"), "{verdict}");
    room.close().await;
}

#[tokio::test]
async fn periods_topics_and_other_readers_have_their_own_boards() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);

    room.advance(chrono::Duration::days(7));
    let week = shown(room.ben.slash("general", "/leaderboard period:week").await);
    assert!(
        week.text().contains("This week's board is empty so far"),
        "{}",
        week.text()
    );
    let all = shown(room.ben.click(&week, "All time").await);
    assert_eq!(all.id, week.id, "his own board is edited along");
    assert!(all.text().contains("**1.**"), "{}", all.text());

    let before = all.text();
    let own = shown(room.chloe.click(&all, "This month").await);
    let chloe = format!(
        "<@{}> has no answer that counts this month so far.",
        room.chloe.id()
    );
    assert!(
        own.ephemeral && own.text().contains(&chloe),
        "{}",
        own.text()
    );
    assert_eq!(
        room.ben.message(all.id).expect("it is there").text(),
        before
    );

    let elsewhere = shown(
        room.ben
            .slash("general", "/leaderboard period:all topic:rest")
            .await,
    );
    assert!(
        elsewhere.text().contains("There is no topic"),
        "{}",
        elsewhere.text()
    );
    room.close().await;
}

#[tokio::test]
async fn the_board_has_pages_and_the_readers_line_on_each() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    for number in 0..12 {
        let person = room.sandbox.world().add_person(&format!("guest-{number}"));
        shown(person.click(&daily, &room.right_letter(&daily)).await);
    }
    shown(room.ben.click(&daily, &room.wrong_letter(&daily)).await);

    let first = shown(room.ben.slash("general", "/leaderboard period:all").await);
    assert!(
        first.text().contains("Page 1 of 2") && first.text().contains("13 members"),
        "{}",
        first.text()
    );
    assert!(
        first
            .text()
            .contains(&format!("…\n**–** <@{}>", room.ben.id())),
        "off the page, and there: {}",
        first.text()
    );
    let second = shown(room.ben.click(&first, "Next ▶").await);
    assert!(
        second.text().contains("Page 2 of 2") && second.text().contains("**–** <@"),
        "{}",
        second.text()
    );
    let back = shown(room.ben.click(&second, "◀ Previous").await);
    assert!(back.text().contains("Page 1 of 2"), "{}", back.text());

    let past = shown(
        room.ben
            .slash("general", "/leaderboard period:all page:99")
            .await,
    );
    assert!(
        past.text().contains("Page 2 of 2"),
        "past the end is the last: {}",
        past.text()
    );
    room.close().await;
}

#[tokio::test]
async fn an_empty_board_speaks_of_its_period_and_topic() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    let asked = crate::harness::question_in(&daily).topic;
    let other = if asked == "http" {
        ("caching", "Caching")
    } else {
        ("http", "HTTP")
    };
    // With its schedule the daily is closed, so that its answers keep their date.
    shown(room.ana.slash("staff", "/schedule remove").await);
    // From a Wednesday to the one after, in the same month; then to the next month.
    room.advance(chrono::Duration::days(7));
    for (line, expected) in [
        (
            "/leaderboard".to_owned(),
            "This week's board is empty".to_owned(),
        ),
        (
            format!("/leaderboard topic:{asked}"),
            "This week's board on ".to_owned(),
        ),
        (
            format!("/leaderboard period:month topic:{}", other.0),
            format!("This month's board on {} is empty", other.1),
        ),
        (
            format!("/leaderboard period:all topic:{}", other.0),
            format!("The board on {} is empty", other.1),
        ),
    ] {
        let board = shown(room.ben.slash("general", &line).await).text();
        assert!(board.contains(&expected), "{line}: {board}");
        assert!(!board.contains("Nobody"), "{line}: {board}");
    }
    room.advance(chrono::Duration::days(30));
    let line = "/leaderboard period:month";
    let board = shown(room.ben.slash("general", line).await).text();
    assert!(board.contains("This month's board is empty"), "{board}");
    room.close().await;
}

#[tokio::test]
async fn nothing_tells_whether_a_typed_reply_is_right_before_its_daily_closes() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let (right, wrong) = (room.right_letter(&daily), room.wrong_letter(&daily));
    // ben types after he pressed; ana and chloe type at once.
    shown(room.ben.click(&daily, &right).await);
    for (person, letter) in [
        (&room.ben, &right),
        (&room.chloe, &right),
        (&room.ana, &wrong),
    ] {
        let said = person.reply(&daily, letter).await;
        room.ana
            .wait_for("daily", move |m| m.reply_to == Some(said.id))
            .await;
    }
    let guest = room.sandbox.world().add_person("guest");
    for line in ["/leaderboard period:all", "/leaderboard period:week"] {
        let board = shown(guest.slash("general", line).await).text();
        assert!(!board.contains("<@"), "{line}: {board}");
    }
    for person in [&room.ben, &room.chloe, &room.ana] {
        let line = format!("/stats member:@{}", person.name());
        let stats = shown(guest.slash("general", &line).await).text();
        assert!(stats.contains("no answers"), "{stats}");
    }
    let own = shown(room.chloe.slash("general", "/stats").await).text();
    assert!(own.contains("1 right"), "hers to know: {own}");

    room.next_daily().await;
    let id = daily.id;
    room.ben
        .wait_for("daily", move |m| m.id == id && m.button("A").is_none())
        .await;
    let board = shown(guest.slash("general", "/leaderboard period:all").await).text();
    assert!(
        board.contains("3 members") && board.contains("100% right"),
        "{board}"
    );
    room.close().await;
}

/// Whatever is typed, everyone reads the same; the member alone reads that it counts later.
#[tokio::test]
async fn who_typed_an_answer_is_told_that_it_counts_when_its_daily_closes() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let typed = async |person: &chat_sandbox::Person, letter: &str| {
        let said = person.reply(&daily, letter).await;
        room.ana
            .wait_for("daily", move |m| m.reply_to == Some(said.id))
            .await;
    };
    typed(&room.ben, &room.right_letter(&daily)).await;
    let later = "Typed answers, and answers with a hidden verdict, count once the daily closes.";
    let empty = shown(room.ben.slash("general", "/leaderboard").await).text();
    assert!(
        empty.contains(&format!("is empty so far. {later}")),
        "{empty}"
    );

    shown(room.chloe.click(&daily, &room.right_letter(&daily)).await);
    typed(&room.ana, &room.wrong_letter(&daily)).await;
    let guest = room.sandbox.world().add_person("guest");
    let mut read = Vec::new();
    for person in [&room.ben, &room.ana, &guest] {
        let board = shown(person.slash("general", "/leaderboard").await).text();
        read.push(board.replace(&format!("<@{}>", person.id()), "<@reader>"));
    }
    let line = format!("<@reader> has no answer that counts this week so far. ({later})");
    assert!(read[0].contains(&line), "{}", read[0]);
    assert!(read.iter().all(|board| *board == read[0]), "{read:?}");

    let waits =
        "Your answer to an open daily will count on the leaderboard once that daily closes.";
    let board = shown(room.chloe.slash("general", "/leaderboard").await);
    for (person, told) in [(&room.ben, true), (&room.ana, true), (&guest, false)] {
        let own = shown(person.click(&board, "All time").await);
        assert!(own.ephemeral, "{}", own.text());
        assert_eq!(own.text().contains(waits), told, "{}", own.text());
        let stats = shown(person.slash("general", "/stats").await).text();
        assert_eq!(stats.contains(waits), told, "{stats}");
        assert_eq!(stats.contains("no rank yet"), told, "{stats}");
    }
    let bens = shown(room.chloe.slash("general", "/stats member:@ben").await).text();
    assert!(!bens.contains("open daily"), "ben's own to know: {bens}");
    let others = if crate::harness::question_in(&daily).topic == "http" {
        "caching"
    } else {
        "http"
    };
    let line = format!("/leaderboard topic:{others}");
    let board = shown(room.chloe.slash("general", &line).await);
    let own = shown(room.ben.click(&board, "All time").await).text();
    assert!(!own.contains(waits), "of another topic: {own}");

    room.next_daily().await;
    let id = daily.id;
    room.ben
        .wait_for("daily", move |m| m.id == id && m.button("A").is_none())
        .await;
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(
        stats.contains("rank 1") && !stats.contains(waits),
        "{stats}"
    );
    room.close().await;
}
