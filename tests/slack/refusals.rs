//! What Slack refuses or sends that is not as it should be: each has a word for whoever can do something about it.

use chat_sandbox::slack::{AppSeed, Failure, MessageView, PersonSeed};
use greenroom::model::Reveal;
use greenroom::slack::{ManifestOptions, manifest};
use serde_json::json;

use super::Room;
use super::gateway::{SECRET, behind_http, send};
use crate::harness::planted::Planted;
use crate::harness::{eventually, log};

fn private(view: &MessageView) -> bool {
    view.ephemeral && view.by_bot
}

/// What somebody is answered in #general, for them alone.
async fn told(person: &chat_sandbox::slack::Person, line: &str) -> String {
    person.reload();
    let used = person.slash("general", line);
    used.await.expect("it is acknowledged");
    person.wait_for("general", private).await.text()
}

#[tokio::test]
async fn scopes_that_the_app_lacks_are_told_at_the_start_and_where_they_are_missed() {
    let log = Planted::listen();
    let mut room = Room::without_bot().await;
    // Or nobody would be known for no guest.
    room.settings.guests_may_answer = true;
    for scope in ["users:read", "files:write", "groups:history"] {
        room.world().set_scope(scope, false);
    }
    room.start_bot().await;
    let lacks = "the app lacks files:write, users:read, so Slack will refuse what needs that";
    assert_eq!(log.told(lacks), 1, "{}", log.lines());
    let buttons =
        "read what is written in channels (groups:history): members answer by buttons only";
    assert_eq!(log.told(buttons), 1, "{}", log.lines());

    let may = told(&room.ana, "/schedule list").await;
    assert!(
        may.contains("Slack didn't tell me whether you are one"),
        "{may}"
    );
    let file = told(&room.ben, "/privacy export").await;
    assert!(file.contains("I couldn't send you the file"), "{file}");
    for scope in ["users:read", "files:write"] {
        let missing =
            format!("missing_scope: the app needs the scope {scope}; paste its manifest anew");
        assert!(log.told(&missing) > 0, "{missing}: {}", log.lines());
    }
    room.close_after(&["missing_scope"]).await;
}

#[tokio::test]
async fn a_token_that_was_revoked_ends_the_bot_there() {
    let mut room = Room::open().await;
    room.world().revoke();
    let ended = room.bot_ended().await;
    assert!(
        ended.to_string().contains("its token was revoked"),
        "{ended}"
    );
    assert_eq!(log::take_problems().len(), 1);
    room.close().await;
}

#[tokio::test]
async fn the_token_of_a_person_is_none_of_the_bots() {
    let room = behind_http().await;
    for (id, event) in [
        (
            "Ev1",
            json!({ "type": "tokens_revoked", "tokens": { "oauth": [room.ben.id()], "bot": [] } }),
        ),
        (
            "Ev2",
            json!({ "type": "tokens_revoked", "tokens": { "oauth": [room.ben.id()] } }),
        ),
        (
            "Ev3",
            json!({ "type": "app_home_opened", "tab": "home", "user": room.ben.id() }),
        ),
    ] {
        let told = json!({ "type": "event_callback", "event_id": id, "event": event });
        assert_eq!(send(&room, SECRET, &told).await.status().as_u16(), 200);
    }
    eventually(async || room.ben.home().is_some()).await;
    room.close().await;
}

#[tokio::test]
async fn a_command_that_another_app_has_is_reached_by_the_catch_all() {
    let manifest = manifest(&ManifestOptions::default());
    let mut app = AppSeed::from_manifest(&manifest).expect("Slack takes it");
    app.commands.retain(|command| command.name != "/quiz");
    let mut room = Room::with_app(app).await;
    room.start_bot().await;
    let theirs = room.ben.slash("general", "/quiz").await;
    assert!(matches!(theirs, Err(Failure::Refused(_))), "{theirs:?}");
    let asked = told(&room.ben, "/greenroom quiz caching").await;
    assert!(asked.contains("1 of"), "{asked}");
    room.close().await;
}

#[tokio::test]
async fn guests_and_strangers_cannot_answer_by_pressing_or_typing() {
    let room = Room::with_schedule(Reveal::AtClose).await;
    let daily = room.next_daily().await;
    room.world().set_person("chloe", true, false);
    room.chloe.click(&daily, "A").await.expect("acknowledged");
    let refused = room.chloe.wait_for("daily", private).await.text();
    assert!(
        refused.contains("not guests or people from other workspaces"),
        "{refused}"
    );
    room.chloe.reply(&daily, "B").await;
    room.ben.reply(&daily, "B").await;
    room.ben.wait_for("daily", private).await;
    let id = super::replies::daily_of(&room, &daily).await;
    let given = room
        .app()
        .store
        .answer_of(id, room.member(&room.chloe).user);
    assert_eq!(given.await.expect("read"), None);
    room.close().await;
}

#[tokio::test]
async fn whatever_stands_in_names_and_texts_pings_nobody_and_long_texts_are_let_alone() {
    let room = Room::of_the_manifest().await;
    room.schedule(Reveal::AtOnce).await;
    let odd = "<!channel> *<@U1>* &lt;";
    let world = room.sandbox.world();
    world.add_person(&PersonSeed::new("eve", odd));
    let eve = room.sandbox.person("eve");
    let daily = room.next_daily().await;
    eve.click(&daily, "A").await.expect("acknowledged");
    room.ben.reply(&daily, "<!channel> <@U1|x> &lt; B").await;
    room.ben.wait_for("daily", private).await;
    // As much as Slack's own client sends.
    room.chloe.reply(&daily, &"B ".repeat(6_000)).await;
    let record = room.ana.slash("general", "/stats @eve");
    record.await.expect("it is acknowledged");
    let record = room.ana.wait_for("general", private).await;
    assert!(record.text().contains(odd), "{}", record.text());
    assert!(!record.text.contains(['<', '>']), "{}", record.text);
    let sent = serde_json::to_string(&record.blocks).expect("JSON");
    for ping in ["broadcast", "user", "mrkdwn"] {
        let kind = format!("\"type\":\"{ping}\"");
        assert!(!sent.contains(&kind), "{ping}: {sent}");
    }
    room.close().await;
}

#[tokio::test]
async fn a_text_of_any_length_is_taken_and_the_bot_goes_on() {
    let room = behind_http().await;
    for (number, text) in [
        "B ".repeat(20_000),
        "<".repeat(40_000),
        "&lt;".repeat(10_000),
    ]
    .into_iter()
    .enumerate()
    {
        let event = json!({
            "type": "message", "channel": room.channel("general"), "channel_type": "channel", "user": room.ben.id(),
            "ts": "1700000000.000200", "thread_ts": "1700000000.000100", "text": text,
        });
        let told =
            json!({ "type": "event_callback", "event_id": format!("Ev{number}"), "event": event });
        assert_eq!(send(&room, SECRET, &told).await.status().as_u16(), 200);
    }
    let home = json!({ "type": "app_home_opened", "tab": "home", "user": room.ben.id() });
    let told = json!({ "type": "event_callback", "event_id": "Ev9", "event": home });
    assert_eq!(send(&room, SECRET, &told).await.status().as_u16(), 200);
    eventually(async || room.ben.home().is_some()).await;
    room.close().await;
}
