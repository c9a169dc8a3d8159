//! Forms: opened by commands that lack words, filled in, found fault with and sent.

use chat_sandbox::slack::{MessageView, SlackFailure, SlackFault};

use super::Room;
use crate::harness::eventually;

fn private(view: &MessageView) -> bool {
    view.ephemeral && view.by_bot
}

#[tokio::test]
async fn a_schedule_is_set_in_a_form_and_changed_in_the_next() {
    let room = Room::of_the_manifest().await;
    let ana = &room.ana;
    ana.slash("daily", "/schedule set")
        .await
        .expect("it is acknowledged");
    let form = ana
        .wait_for_modal(|form| form.callback_id == "schedule set")
        .await;
    assert_eq!(form.title, "/schedule set");
    assert_eq!(
        form.values["channel"]["value"]["selected_conversation"],
        room.channel("daily")
    );
    assert_eq!(
        form.values["zone"]["zone"]["selected_option"]["value"],
        "Europe/Berlin"
    );
    let offered = ana.offered_in_modal("Zone", "tokyo").await.expect("zones");
    assert!(
        offered.iter().any(|zone| zone.contains("Tokyo")),
        "{offered:?}"
    );
    let offered = ana.offered_in_modal("Topics", "").await.expect("topics");
    let topic = offered.first().expect("there are topics").clone();
    ana.submit(&[
        ("Time", "09:30"),
        ("Topics", &topic),
        ("Days", "Monday\nFriday"),
        ("Reveal", "at-close"),
    ])
    .await
    .expect("it is sent");
    assert_eq!(ana.modal(), None);
    let set = ana.wait_for("daily", private).await;
    assert!(set.text().contains("Schedule set"), "{}", set.text());
    assert!(
        set.text().contains(&topic) && set.text().contains("mon, fri"),
        "{}",
        set.text()
    );

    ana.slash("general", "/schedule set discuss:yes when?")
        .await
        .expect("it is acknowledged");
    let form = ana
        .wait_for_modal(|form| form.callback_id == "schedule set")
        .await;
    assert!(
        form.text().contains("I don't know what “when?” is here"),
        "{}",
        form.text()
    );
    assert_eq!(form.values["schedule"]["value"]["value"], "daily");
    assert_eq!(form.values["time"]["value"]["selected_time"], "09:30");
    assert_eq!(
        form.values["discuss"]["value"]["selected_option"]["value"],
        "true"
    );
    ana.submit(&[]).await.expect("it is sent");
    let changed = ana.wait_for("general", private).await;
    assert!(
        changed.text().contains("Schedule changed"),
        "{}",
        changed.text()
    );
    room.close().await;
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_or_above_the_form_which_stays() {
    let room = Room::of_the_manifest().await;
    let ana = &room.ana;
    ana.slash("daily", "/schedule set oops time:09:00 zone:Berlin")
        .await
        .expect("it is acknowledged");
    ana.wait_for_modal(|form| form.callback_id == "schedule set")
        .await;
    let name = "x".repeat(33);
    let sent = ana.submit(&[("Schedule", &name)]).await;
    let chat_sandbox::slack::Failure::Errors(errors) = sent.expect_err("it is too long") else {
        panic!("no errors at fields");
    };
    assert_eq!(
        errors.keys().collect::<Vec<_>>(),
        ["schedule"],
        "{errors:?}"
    );
    assert!(ana.modal().is_some());
    // The bot is not in #random.
    let sent = ana
        .submit(&[("Schedule", "second"), ("Channel", "random")])
        .await;
    sent.expect("it is answered in the form");
    let form = ana.modal().expect("it stays");
    assert!(form.text().contains("/invite"), "{}", form.text());
    assert_eq!(form.values["schedule"]["value"]["value"], "second");
    ana.submit(&[("Channel", "daily")])
        .await
        .expect("it is sent");
    let set = ana.wait_for("daily", private).await;
    assert!(set.text().contains("second"), "{}", set.text());
    room.close().await;
}

#[tokio::test]
async fn a_channel_that_slack_leaves_as_it_was_typed_is_known_by_its_name_or_chosen_in_the_form() {
    let room = Room::of_the_manifest().await;
    let ana = &room.ana;
    // Slack knows channels and members only where a word begins.
    let named = ana.slash("news", "/schedule set channel:#daily time:09:00 zone:UTC");
    named.await.expect("it is acknowledged");
    let set = ana.wait_for("news", private).await;
    assert!(set.text().contains("Schedule set"), "{}", set.text());
    assert!(set.text().contains(room.channel("daily")), "{}", set.text());
    // The bot isn't in #random.
    ana.slash(
        "general",
        "/schedule set channel:#random time:09:00 zone:UTC schedule:second",
    )
    .await
    .expect("it is acknowledged");
    let form = ana
        .wait_for_modal(|form| form.callback_id == "schedule set")
        .await;
    let told = "“#random” can't be the channel";
    assert!(form.text().contains(told), "{}", form.text());
    assert_eq!(form.values["time"]["value"]["selected_time"], "09:00");
    let sent = ana.submit(&[]).await;
    assert!(sent.is_err(), "no other channel stands in its place");
    ana.submit(&[("Channel", "daily")])
        .await
        .expect("it is sent");
    let set = ana.wait_for("general", private).await;
    assert!(set.text().contains("Schedule set"), "{}", set.text());
    room.close().await;
}

#[tokio::test]
async fn a_question_is_queued_from_those_that_are_offered() {
    let room = Room::of_the_manifest().await;
    let ana = &room.ana;
    ana.slash("daily", "/schedule set #daily time:09:00 zone:UTC")
        .await
        .expect("it is acknowledged");
    ana.wait_for("daily", private).await;
    ana.slash("general", "/daily queue")
        .await
        .expect("it is acknowledged");
    let form = ana
        .wait_for_modal(|form| form.callback_id == "daily queue")
        .await;
    assert!(
        !form.text().contains("Schedule"),
        "with one there is nothing to choose: {}",
        form.text()
    );
    let refused = ana.submit(&[]).await;
    assert!(refused.is_err(), "a question is needed");
    let offered = ana
        .offered_in_modal("Question", "")
        .await
        .expect("questions");
    assert!(!offered.is_empty() && offered.len() <= 100);
    ana.submit(&[("Question", &offered[0])])
        .await
        .expect("it is sent");
    let queued = ana.wait_for("general", private).await;
    assert!(queued.text().contains("Queued"), "{}", queued.text());
    room.close().await;
}

#[tokio::test]
async fn dates_are_skipped_from_those_that_are_offered() {
    let room = Room::of_the_manifest().await;
    let ana = &room.ana;
    ana.slash("daily", "/schedule set #daily time:09:00 zone:UTC")
        .await
        .expect("it is acknowledged");
    ana.wait_for("daily", private).await;
    ana.slash("general", "/schedule skip")
        .await
        .expect("it is acknowledged");
    ana.wait_for_modal(|form| form.callback_id == "schedule skip")
        .await;
    let offered = ana.offered_in_modal("Date", "").await.expect("dates");
    ana.submit(&[("Date", &offered[1])])
        .await
        .expect("it is sent");
    let skipped = ana.wait_for("general", private).await;
    assert!(skipped.text().contains("Skipped"), "{}", skipped.text());
    ana.slash("general", "/schedule unskip")
        .await
        .expect("it is acknowledged");
    ana.wait_for_modal(|form| form.callback_id == "schedule unskip")
        .await;
    let there = ana.offered_in_modal("Date", "").await.expect("dates");
    assert_eq!(there, [offered[1].clone()]);
    room.close().await;
}

#[tokio::test]
async fn a_daily_is_replaced_once_that_is_confirmed() {
    let room = Room::of_the_manifest().await;
    let ana = &room.ana;
    ana.slash("daily", "/schedule set #daily time:09:00 zone:UTC")
        .await
        .expect("it is acknowledged");
    ana.wait_for("daily", private).await;
    ana.slash("general", "/daily replace")
        .await
        .expect("it is acknowledged");
    ana.wait_for_modal(|form| form.callback_id == "daily replace")
        .await;
    ana.submit(&[]).await.expect("it is answered in the form");
    let form = ana.modal().expect("it stays");
    assert!(form.text().contains("no open daily"), "{}", form.text());
    let daily = room.next_daily().await;
    ana.submit(&[]).await.expect("it is sent");
    assert_eq!(ana.modal(), None);
    let told = ana.wait_for("general", private).await;
    assert!(told.text().contains("Replaced"), "{}", told.text());
    let other = |view: &MessageView| view.ts == daily.ts && view.text() != daily.text();
    room.ben.wait_for("daily", other).await;
    room.close().await;
}

#[tokio::test]
async fn forms_are_for_admins() {
    let room = Room::of_the_manifest().await;
    for line in [
        "/schedule set",
        "/daily queue",
        "/daily replace",
        "/schedule skip",
    ] {
        room.ben
            .slash("general", line)
            .await
            .expect("it is acknowledged");
        let told = |form: &chat_sandbox::slack::ModalView| form.text().contains("Only ");
        let form = room.ben.wait_for_modal(told).await;
        assert!(form.callback_id.is_empty(), "{line}");
        room.ben.close_modal().await.expect("it closes");
    }
    room.close().await;
}

#[tokio::test]
async fn a_form_that_comes_too_late_is_told_in_words() {
    let room = Room::of_the_manifest().await;
    let what = SlackFailure::Error("expired_trigger_id");
    room.world().fault(SlackFault::new("views.open", what));
    room.ana
        .slash("general", "/schedule set")
        .await
        .expect("it is acknowledged");
    let told = room.ana.wait_for("general", private).await;
    assert!(
        told.text().contains("I couldn't open the form in time"),
        "{}",
        told.text()
    );
    assert!(
        told.text().contains("/schedule set [channel]"),
        "{}",
        told.text()
    );
    assert_eq!(room.ana.modal(), None);
    // That they were slow is none of the bot's faults.
    room.close().await;
}

#[tokio::test]
async fn a_form_that_cannot_be_filled_in_is_told_in_words_unless_it_was_closed() {
    for (error, told) in [("invalid_arguments", true), ("not_found", false)] {
        let room = Room::of_the_manifest().await;
        let what = SlackFailure::Error(error);
        room.world().fault(SlackFault::new("views.update", what));
        let used = room.ana.slash("general", "/schedule set");
        used.await.expect("it is acknowledged");
        if told {
            let told = room.ana.wait_for("general", private).await;
            let usage = "/schedule set [channel]";
            assert!(told.text().contains(usage), "{}", told.text());
        } else {
            let updated = async || !room.world().calls("views.update").is_empty();
            eventually(updated).await;
            // What is answered next is the next command.
            let used = room.ana.slash("general", "/topics");
            used.await.expect("it is acknowledged");
            let next = room.ana.wait_for("general", private).await;
            assert!(!next.text().contains("/schedule set"), "{}", next.text());
        }
        room.close().await;
    }
}
