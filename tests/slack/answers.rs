//! Commands and presses: each gets one answer that is seen.

use std::time::{Duration, Instant};

use chat_sandbox::slack::{Fault, MessageView, Person, SlackFailure, SlackFault};
use tokio::task::JoinSet;

use super::Room;
use crate::harness::planted::Planted;
use crate::harness::{APOLOGY, eventually};

fn private(view: &MessageView) -> bool {
    view.ephemeral && view.by_bot
}

#[tokio::test]
async fn a_command_is_answered_for_all_and_a_press_for_who_pressed() {
    let room = Room::open().await;
    room.ben
        .slash("general", "/question cache stampede")
        .await
        .expect("it is acknowledged");
    let shown = room.chloe.wait_for("general", |view| view.by_bot).await;
    assert!(!shown.ephemeral);
    room.chloe
        .click(&shown, "Show answer")
        .await
        .expect("it is acknowledged");
    let answer = room.chloe.wait_for("general", private).await;
    assert_ne!(answer.text(), shown.text());
    assert!(!room.ben.messages("general").iter().any(private));
    room.close().await;
}

#[tokio::test]
async fn a_quiz_is_one_message_that_each_press_changes() {
    let room = Room::open().await;
    room.ben
        .slash("general", "/quiz")
        .await
        .expect("it is acknowledged");
    let asked = room.ben.wait_for("general", private).await;
    room.ben
        .click(&asked, "A")
        .await
        .expect("it is acknowledged");
    let at = asked.ts.clone();
    let next = |view: &MessageView| view.ts == at && view.buttons().contains(&"Next".into());
    let answered = room.ben.wait_for("general", next).await;
    room.ben
        .click(&answered, "Next")
        .await
        .expect("it is acknowledged");
    let asks = |view: &MessageView| view.ts == at && view.buttons().contains(&"A".into());
    let second = room.ben.wait_for("general", asks).await;
    assert_ne!(second.text(), asked.text());
    assert_eq!(room.ben.messages("general").len(), 1);
    room.close().await;
}

#[tokio::test]
async fn where_the_response_url_has_expired_the_answer_comes_another_way() {
    let room = Room::open().await;
    room.world().fault(Fault::ExpireResponseUrls);
    let in_channel = room.ben.slash("general", "/quiz");
    in_channel.await.expect("it is acknowledged");
    room.ben.wait_for("general", private).await;
    // The bot is not in #random, so nothing can be shown there.
    let elsewhere = room.ben.slash("random", "/quiz");
    elsewhere.await.expect("it is acknowledged");
    let direct = room.ben.wait_for("@bot", |view| view.by_bot).await;
    assert!(direct.buttons().contains(&"A".to_owned()));
    room.close_after(&["expired_url", "not_in_channel"]).await;
}

#[tokio::test]
async fn where_too_much_is_shown_in_the_channel_the_answer_comes_by_direct_message() {
    let room = Room::open().await;
    room.world().fault(Fault::ExpireResponseUrls);
    let what = SlackFailure::Error("ratelimited");
    room.world()
        .fault(SlackFault::new("chat.postEphemeral", what).times(1));
    let used = room.ben.slash("general", "/quiz");
    used.await.expect("it is acknowledged");
    let direct = room.ben.wait_for("@bot", |view| view.by_bot).await;
    assert!(direct.buttons().contains(&"A".to_owned()));
    room.close_after(&["expired_url"]).await;
}

#[tokio::test]
async fn what_is_told_twice_is_answered_once() {
    let mut room = Room::open().await;
    let duplicate = chat_sandbox::slack::SocketFault::Duplicate;
    room.world().fault(duplicate);
    for line in ["/quiz", "/question cache stampede"] {
        let used = room.ben.slash("general", line);
        used.await.expect("it is acknowledged");
    }
    let all = async || room.ben.messages("general").len() >= 2;
    eventually(all).await;
    // Whatever came before this over the same socket has been taken, and is answered before the bot ends.
    room.world().clear_faults();
    room.ben.slash("general", "/quiz").await.expect("the last");
    room.stop_bot().await;
    assert_eq!(room.ben.messages("general").len(), 3);
    room.close().await;
}

#[tokio::test]
async fn guests_and_strangers_are_told_that_it_is_for_members() {
    let room = Room::open().await;
    let dai = room.sandbox.person("dai");
    room.world().set_person("chloe", true, false);
    for outsider in [&dai, &room.chloe] {
        let used = outsider.slash("general", "/quiz");
        used.await.expect("it is acknowledged");
        let told = outsider.wait_for("general", private).await;
        assert!(told.text().contains("For members only"), "{}", told.text());
    }
    room.close().await;
}

#[tokio::test]
async fn guests_may_take_part_where_that_is_set() {
    let mut room = Room::without_bot().await;
    room.settings.guests_may_answer = true;
    room.start_bot().await;
    let dai = room.sandbox.person("dai");
    let used = dai.slash("general", "/quiz");
    used.await.expect("it is acknowledged");
    let asked = dai.wait_for("general", private).await;
    assert!(asked.buttons().contains(&"A".to_owned()));
    room.close().await;
}

/// What somebody is told of a command that they use in #general.
async fn told(person: &Person, line: &str) -> String {
    person.reload();
    let used = person.slash("general", line);
    used.await.expect("it is acknowledged");
    person.wait_for("general", private).await.text()
}

#[tokio::test]
async fn nobody_is_let_in_of_whom_slack_does_not_say_who_they_are_unless_all_are() {
    let mut room = Room::open().await;
    for (error, words) in [
        ("user_not_visible", "For members only"),
        ("missing_scope", "I could not find out who you are"),
    ] {
        let fault = SlackFault::new("users.info", SlackFailure::Error(error));
        room.world().fault(fault);
        let told = told(&room.ben, "/quiz").await;
        assert!(told.contains(words), "{told}");
        room.world().clear_faults();
    }
    room.stop_bot().await;
    room.settings.guests_may_answer = true;
    room.start_bot().await;
    let fault = SlackFault::new("users.info", SlackFailure::Error("missing_scope"));
    room.world().fault(fault);
    let told = told(&room.ben, "/quiz").await;
    assert!(told.contains("1 of"), "{told}");
    room.close().await;
}

#[tokio::test]
async fn slack_is_asked_once_who_somebody_is_and_who_is_an_admin_only_where_that_matters() {
    let room = Room::open().await;
    let fault = || SlackFault::new("users.info", SlackFailure::Error("missing_scope"));
    room.world().fault(fault());
    let told_ana = told(&room.ana, "/schedule list").await;
    assert!(told_ana.contains("who you are"), "{told_ana}");
    room.world().clear_faults();
    for person in [&room.ana, &room.ben] {
        assert!(told(person, "/topics").await.contains("Topics"));
    }
    room.world().fault(fault());
    for _ in 0..2 {
        let told_ben = told(&room.ben, "/quiz").await;
        assert!(told_ben.contains("1 of"), "{told_ben}");
    }
    let list = told(&room.ana, "/schedule list").await;
    assert!(list.contains("There is no schedule yet"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn whoever_causes_a_panic_is_answered_and_the_bot_goes_on() {
    let planted = Planted::listen();
    let room = Room::open().await;
    for within in [true, false] {
        match within {
            true => planted.within("interaction", " the database"),
            // Before a command's own code, where nothing else would answer.
            false => planted.at("something came in"),
        }
        let known = room.ben.messages("general").len();
        let used = room.ben.slash("general", "/question cache stampede");
        used.await.expect("it is acknowledged");
        let apologises = |view: &MessageView| private(view) && view.text().contains(APOLOGY);
        room.ben.wait_for("general", apologises).await;
        assert_eq!(room.ben.messages("general").len(), known + 1);
        room.ben.reload();
    }
    let used = room.ben.slash("general", "/question cache stampede");
    used.await.expect("it is acknowledged");
    room.ben
        .wait_for("general", |view| view.by_bot && !view.ephemeral)
        .await;
    room.close().await;
}

/// Slack gives up after three seconds, and the work takes as long as it takes.
#[tokio::test]
async fn a_hundred_commands_are_acknowledged_while_their_work_waits() {
    let room = Room::open().await;
    let stalls = SlackFault::new("users.info", SlackFailure::StallAfter);
    room.world().fault(stalls);
    let mut used = JoinSet::new();
    for _ in 0..100 {
        let ben = room.ben.clone();
        used.spawn(async move {
            let begun = Instant::now();
            let used = ben.slash("general", "/topics").await;
            used.map(|()| begun.elapsed())
        });
    }
    let mut longest = Duration::ZERO;
    while let Some(used) = used.join_next().await {
        let took = used.expect("nothing panics").expect("it is acknowledged");
        longest = longest.max(took);
    }
    println!(
        "the slowest of 100 acknowledgements took {} ms",
        longest.as_millis()
    );
    assert!(!room.ben.messages("general").iter().any(private));
    room.world().clear_faults();
    room.ben.wait_for("general", private).await;
    room.close().await;
}

#[tokio::test]
async fn a_file_comes_by_direct_message_and_the_answer_says_so() {
    let room = Room::open().await;
    let used = room.ben.slash("general", "/privacy export");
    used.await.expect("it is acknowledged");
    let told = room.ben.wait_for("general", private).await;
    assert!(
        told.text().contains("as a direct message"),
        "{}",
        told.text()
    );
    let sent = room.ben.wait_for("@bot", |view| !view.files.is_empty());
    sent.await;
    room.close().await;
}

#[tokio::test]
async fn app_home_has_ones_own_record_and_starts_a_quiz() {
    let room = Room::open().await;
    room.ben.open_home().expect("it has one");
    let home = async || room.ben.home().is_some();
    eventually(home).await;
    room.ben
        .click_at_home("Start a quiz")
        .await
        .expect("it is acknowledged");
    let asks = |view: &MessageView| view.buttons().contains(&"A".into());
    room.ben.wait_for("@bot", asks).await;
    room.close().await;
}
