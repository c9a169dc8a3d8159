//! `/schedule skip` and `unskip`: dates on which nothing is posted.

use chrono::Duration;

use crate::harness::{Room, plain, shown};

#[tokio::test]
async fn skipped_dates_post_nothing_until_they_are_unskipped() {
    let room = Room::with_schedule().await;
    let skipped = "/schedule skip date:2026-03-05 until:2026-03-06";
    let preview = shown(room.ana.slash("staff", skipped).await).text();
    let again = shown(room.ana.slash("staff", skipped).await).text();
    assert!(again.contains("already skips that"), "{again}");
    assert!(
        preview.contains("Skips: Thu 5 March 2026 to Fri 6 March 2026"),
        "{preview}"
    );
    // 4 March, then 7 March at 09:00.
    assert!(
        preview.contains("<t:1772614800:F>") && preview.contains("<t:1772874000:F>"),
        "{preview}"
    );
    assert!(!preview.contains("<t:1772701200:F>"), "5 March: {preview}");

    let offered = room
        .ana
        .autocomplete("staff", "/schedule unskip date:")
        .await;
    let offered: Vec<_> = offered
        .expect("offers")
        .into_iter()
        .map(|choice| choice.name)
        .collect();
    assert_eq!(offered, ["Thu 5 March 2026", "Fri 6 March 2026"]);
    let unskipped = shown(
        room.ana
            .slash("staff", "/schedule unskip date:2026-03-06")
            .await,
    );
    assert!(
        unskipped.text().contains("Skips: Thu 5 March 2026\n"),
        "{}",
        unskipped.text()
    );

    let wednesday = room.next_daily().await.text();
    assert!(wednesday.contains("Wednesday, 4 March"), "{wednesday}");
    room.advance(Duration::days(1));
    let friday = room.next_daily().await.text();
    assert!(friday.contains("Friday, 6 March"), "{friday}");
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(!list.contains("Missed"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn dates_to_skip_are_refused_when_they_make_no_sense() {
    let room = Room::with_schedule().await;
    room.next_daily().await;
    for (line, hint) in [
        ("/schedule skip date:whenever", "a date that I can read"),
        ("/schedule skip date:yesterday", "has passed"),
        (
            "/schedule skip date:2026-02-30",
            "February 2026 has 28 days",
        ),
        (
            "/schedule skip date:03/04/2026",
            "Wed 4 March 2026 or Fri 3 April 2026",
        ),
        (
            "/schedule skip date:+262142-01-01",
            "a date that I can read",
        ),
        (
            "/schedule skip date:9999-12-30 until:9999-12-31 schedule:other",
            "no schedule called",
        ),
        ("/schedule skip date:2026-03-03", "has passed"),
        ("/schedule skip date:2026-03-04", "/daily replace"),
        (
            "/schedule skip date:2026-03-09 until:2026-03-08",
            "last date",
        ),
        ("/schedule skip date:2026-03-09 until:2027-03-10", "366"),
        ("/schedule unskip date:2026-03-09", "doesn't skip any"),
    ] {
        let refused = shown(room.ana.slash("staff", line).await).text();
        let refused = refused.replace('\\', "");
        assert!(refused.contains(hint), "{line}: {refused}");
    }
    room.close().await;
}

#[tokio::test]
async fn dates_are_read_as_they_are_offered_and_shown() {
    let room = Room::with_schedule().await;
    let dates = room
        .ana
        .autocomplete("staff", "/schedule skip date:")
        .await
        .expect("offers");
    for (date, value) in dates
        .into_iter()
        .take(2)
        .map(|choice| (choice.name, choice.value))
    {
        let line = format!("/schedule skip date:{date}");
        let answer = plain(&shown(room.ana.slash("staff", &line).await));
        assert!(answer.contains(&date), "{answer}");
        let line = format!("/schedule unskip date:{}", value.as_str().expect("text"));
        shown(room.ana.slash("staff", &line).await);
    }
    // So is what a list shows.
    let line = "/schedule skip date:5 March until:saturday";
    let answer = plain(&shown(room.ana.slash("staff", line).await));
    let range = "Thu 5 March 2026 to Sat 7 March 2026";
    assert!(answer.contains(&format!("Skips: {range}")), "{answer}");
    let line = format!("/schedule unskip date:{range}");
    let answer = plain(&shown(room.ana.slash("staff", &line).await));
    assert!(!answer.contains("Skips"), "{answer}");
    room.close().await;
}

#[tokio::test]
async fn ranges_are_skipped_as_they_are_written_and_no_further() {
    let room = Room::with_schedule().await;
    let say = async |line: &str| plain(&shown(room.ana.slash("staff", line).await));
    let christmas = "Skips: Thu 24 December 2026 to Sat 26 December 2026\n";
    for range in [
        "Dec 24-26",
        "24-26 Dec",
        "24 Dec to 26 Dec",
        "24 Dec until:26 Dec",
        "24 until:26 Dec",
    ] {
        let skipped = say(&format!("/schedule skip date:{range}")).await;
        assert!(skipped.contains(christmas), "{range}: {skipped}");
        let unskipped = say(&format!("/schedule unskip date:{range}")).await;
        assert!(!unskipped.contains("Skips"), "{range}: {unskipped}");
    }
    let skipped = say("/schedule skip date:28 Dec until:3 Jan").await;
    assert!(
        skipped.contains("Skips: Mon 28 December 2026 to Sun 3 January 2027\n"),
        "{skipped}"
    );
    for (dates, told) in [
        ("26 Dec until:24 Dec", "must not be before the first"),
        ("26 Dec to 24 Dec", "must not be before the first"),
        ("5 Jan until:2 Jan", "must not be before the first"),
        ("3 Jan until:28 Dec", "must not be before the first"),
        ("2 March until:6 March", "Mon 2 March 2026 has passed"),
        ("24 Dec 9999", "too far ahead"),
        ("24 Dec 99", "too far ahead"),
        (
            "2 March 2028 until:5 March 2028",
            "Sun 5 March 2028 is too far ahead",
        ),
        ("29 Feb 2032", "too far ahead"),
    ] {
        let refused = say(&format!("/schedule skip date:{dates}")).await;
        assert!(refused.contains(told), "{dates}: {refused}");
    }
    let last = say("/schedule skip date:4 March 2028").await;
    assert!(last.contains("Sat 4 March 2028"), "{last}");
    let list = say("/schedule list").await;
    assert_eq!(list.matches(" to ").count(), 1, "{list}");
    room.close().await;
}
