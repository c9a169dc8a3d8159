//! The connection: what becomes of it, and that nothing is lost meanwhile.

use std::time::Duration;

use chat_sandbox::slack::{Failure, Options, Reason, SlackFailure, SlackFault, SocketFault};
use greenroom::slack::{Door, Given, ManifestOptions, RunError, StartError, Token, manifest};
use hmac::{Hmac, Mac as _};
use reqwest::Response;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::Room;
use crate::harness::planted::Planted;
use crate::harness::{eventually, log};

#[tokio::test]
async fn at_ten_refreshes_under_load_no_command_is_lost() {
    let room = Room::open().await;
    for round in 1..=10_u64 {
        let mut used = JoinSet::new();
        for person in [&room.ana, &room.ben, &room.chloe] {
            let person = person.clone();
            used.spawn(async move { person.slash("general", "/question cache stampede").await });
        }
        let reason = [Reason::Warning, Reason::RefreshRequested][round as usize % 2];
        room.world().fault(SocketFault::Disconnect(reason));
        let opened = async || room.world().connections_opened() > round;
        eventually(opened).await;
        let all = used.join_all().await;
        assert!(all.iter().all(Result::is_ok), "{all:?}");
        // The old one is closed.
        room.world().advance(chrono::Duration::seconds(10));
        room.connected(1).await;
    }
    room.close().await;
}

#[tokio::test]
async fn however_often_slack_wants_new_sockets_and_closes_none_there_are_three() {
    let room = Room::open().await;
    for round in 1..=8 {
        let refresh = SocketFault::Disconnect(Reason::RefreshRequested);
        room.world().fault(refresh);
        eventually(async || room.world().connections_opened() > round).await;
    }
    room.connected(3).await;
    let used = room.ben.slash("general", "/quiz");
    used.await.expect("it is acknowledged");
    room.close().await;
}

#[tokio::test]
async fn a_socket_that_says_nothing_any_more_is_replaced() {
    let mut room = Room::without_bot().await;
    room.settings.timing.ping = Duration::from_millis(50);
    room.settings.timing.silence = Duration::from_millis(200);
    room.start_bot().await;
    room.world().fault(SocketFault::Fall);
    let opened = async || room.world().connections_opened() == 2;
    eventually(opened).await;
    // What fell breaks.
    room.world().clear_faults();
    room.connected(1).await;
    let used = room.ben.slash("general", "/quiz");
    used.await.expect("it is acknowledged");
    room.close().await;
}

#[tokio::test]
async fn a_connection_that_breaks_or_gets_no_hello_is_opened_again() {
    let mut room = Room::without_bot().await;
    room.settings.timing.hello = Duration::from_millis(200);
    room.start_bot().await;
    room.world().fault(SocketFault::NoHello { times: Some(2) });
    room.world().fault(SocketFault::Drop);
    let again = async || room.world().connections_opened() == 2 && room.world().connections() == 1;
    eventually(again).await;
    let used = room.ben.slash("general", "/quiz");
    used.await.expect("it is acknowledged");
    room.world().clear_faults();
    room.close().await;
}

#[tokio::test]
async fn when_socket_mode_is_turned_off_the_bot_ends_and_says_what_to_do() {
    let mut room = Room::open().await;
    let off = Reason::LinkDisabled;
    room.world().fault(SocketFault::Disconnect(off));
    let ended = room.bot_ended().await;
    let RunError::Refused(why) = &ended else {
        panic!("{ended}");
    };
    assert!(why.contains("Turn it on again"), "{why}");
    assert_eq!(log::take_problems().len(), 1);
    room.close().await;
}

#[tokio::test]
async fn an_app_that_was_uninstalled_ends_and_its_workspace_is_left() {
    let mut room = Room::open().await;
    let (space, app) = (room.space(), room.app().clone());
    assert_eq!(app.spaces().await.expect("read"), [space]);
    room.world().uninstall();
    let ended = room.bot_ended().await;
    assert!(matches!(ended, RunError::Refused(_)), "{ended}");
    assert_eq!(app.spaces().await.expect("read"), []);
    assert_eq!(log::take_problems().len(), 1);
    room.close().await;
}

#[tokio::test]
async fn a_wrong_token_is_told_before_anything_is_opened() {
    let mut room = Room::without_bot().await;
    room.settings.workspaces[0].bot_token = "xoxb-another".to_owned().into();
    let refused = room.launch_bot().await.expect_err("it is refused");
    assert!(matches!(refused, StartError::Token { .. }), "{refused}");
    assert!(refused.to_string().contains("SLACK_BOT_TOKEN"), "{refused}");
    room.settings.workspaces[0].bot_token.file = Some("second.token".into());
    let refused = room.launch_bot().await.expect_err("it is refused");
    let problems = log::take_problems();
    assert_eq!(problems.len(), 2);
    for told in [&problems[1], &refused.to_string()] {
        assert!(told.contains("put it into second.token"), "{told}");
        assert!(!told.contains("SLACK_BOT_TOKEN"), "{told}");
    }
    room.close().await;
}

#[tokio::test]
async fn an_app_level_token_that_is_refused_is_told_when_the_bot_logs_in() {
    let mut room = Room::without_bot().await;
    let tokens = Options::default();
    for (wrong, said) in [
        ("xapp-another".to_owned(), "invalid_auth"),
        (tokens.bot_token, "not_allowed_token_type"),
    ] {
        room.settings.workspaces[0].door = Door::Socket {
            app_token: wrong.into(),
        };
        let refused = room.launch_bot().await.expect_err("it is refused");
        assert!(
            matches!(
                refused,
                StartError::Token {
                    token: Token::App,
                    ..
                }
            ),
            "{refused}"
        );
        let told = refused.to_string();
        assert!(told.contains(said), "{told}");
        assert!(told.contains("SLACK_APP_TOKEN"), "{told}");
        assert_eq!(log::take_problems().len(), 1);
    }
    let wrong = Given {
        file: Some("second.token".into()),
        ..Given::from("xapp-another".to_owned())
    };
    room.settings.workspaces[0].door = Door::Socket { app_token: wrong };
    let refused = room.launch_bot().await.expect_err("it is refused");
    assert!(refused.to_string().contains("put it into second.token"));
    assert_eq!(log::take_problems().len(), 1);
    room.close_after(&["was answered"]).await;
}

#[tokio::test]
async fn an_app_level_token_that_is_taken_back_ends_the_bot() {
    let mut room = Room::open().await;
    let what = SlackFailure::Error("token_revoked");
    room.world()
        .fault(SlackFault::new("apps.connections.open", what));
    room.world().fault(SocketFault::Drop);
    let ended = room.bot_ended().await;
    assert!(ended.to_string().contains("SLACK_APP_TOKEN"), "{ended}");
    log::take_problems();
    room.close().await;
}

#[tokio::test]
async fn when_the_bot_stops_its_sockets_close_and_people_are_told() {
    let mut room = Room::open().await;
    room.stop_bot().await;
    room.connected(0).await;
    let used = room.ben.slash("general", "/quiz").await;
    assert_eq!(used, Err(Failure::NotConnected));
    room.close().await;
}

/// Has the bot listen instead of opening sockets.
pub async fn behind_http() -> Room {
    let mut room = Room::without_bot().await;
    room.settings.workspaces[0].door = Door::Http {
        signing_secret: SECRET.to_owned().into(),
    };
    room.settings.listen = Some(([127, 0, 0, 1], 0).into());
    room.launch_bot().await.expect("it logs in and listens");
    room
}

/// What Slack signs with, who is that.
pub const SECRET: &str = "8f742231b10e";
/// Where Slack reaches the proxy in front of the bot.
const REACHED: &str = "https://bot.example/slack";
const JSON: &str = "application/json";

/// Where Slack sends something, by the manifest for that address; a proxy passes the path on.
fn told_to(room: &Room, what: impl Fn(&Value) -> &Value) -> String {
    let manifest = manifest(&ManifestOptions {
        http: Some(REACHED.to_owned()),
        ..ManifestOptions::default()
    });
    let url = what(&manifest).as_str().expect("an address");
    let path = url.strip_prefix("https://bot.example").expect("the proxy");
    format!("http://{}{path}", room.listens())
}

/// Where it sends events.
fn events(room: &Room) -> String {
    told_to(room, |manifest| {
        &manifest["settings"]["event_subscriptions"]["request_url"]
    })
}

/// Sends the bot an event.
pub async fn send(room: &Room, secret: &str, event: &Value) -> Response {
    deliver(room, events(room), secret, (JSON, event.to_string())).await
}

/// Sends the bot what Slack would now, by the bot's clock, signed with that secret.
async fn deliver(room: &Room, url: String, secret: &str, (kind, body): (&str, String)) -> Response {
    let stamp = room.clock.now().timestamp();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(format!("v0:{stamp}:{body}").as_bytes());
    let bytes = mac.finalize().into_bytes();
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let request = reqwest::Client::new()
        .post(url)
        .header("x-slack-request-timestamp", stamp)
        .header("x-slack-signature", format!("v0={digits}"))
        .header("content-type", kind)
        .body(body);
    request.send().await.expect("an answer")
}

#[tokio::test]
async fn what_slack_sends_over_http_is_taken_once_it_is_signed() {
    let room = behind_http().await;
    let asked = json!({ "type": "url_verification", "challenge": "are you there" });
    let answer = send(&room, SECRET, &asked).await;
    assert_eq!(answer.text().await.expect("a text"), "are you there");
    let event = json!({ "type": "app_home_opened", "tab": "home", "user": room.ben.id() });
    let told = json!({ "type": "event_callback", "event_id": "Ev1", "event": event });
    let refused = send(&room, "another", &told).await;
    assert_eq!(refused.status().as_u16(), 401);
    assert!(room.ben.home().is_none());
    let taken = send(&room, SECRET, &told).await;
    assert_eq!(taken.status().as_u16(), 200);
    eventually(async || room.ben.home().is_some()).await;
    room.close().await;
}

#[tokio::test]
async fn what_happens_in_another_workspace_of_the_app_is_none_of_this_ones() {
    let mut room = behind_http().await;
    let (space, app) = (room.space(), room.app().clone());
    let of = |team: &str, event: Value| {
        json!({
            "type": "event_callback", "team_id": team, "event_id": format!("Ev{team}"), "event": event,
            "authorizations": [{ "team_id": team, "is_bot": true }],
        })
    };
    let gone = json!({ "type": "app_uninstalled" });
    let elsewhere = send(&room, SECRET, &of("T0ANOTHER", gone.clone())).await;
    assert_eq!(elsewhere.status().as_u16(), 503);
    let home = json!({ "type": "app_home_opened", "tab": "home", "user": room.ben.id() });
    send(&room, SECRET, &of(space.id(), home)).await;
    eventually(async || room.ben.home().is_some()).await;
    assert_eq!(
        app.spaces().await.expect("read"),
        std::slice::from_ref(&space)
    );
    send(&room, SECRET, &of(space.id(), gone)).await;
    room.bot_ended().await;
    assert_eq!(app.spaces().await.expect("read"), []);
    assert_eq!(log::take_problems().len(), 1);
    room.close().await;
}

#[tokio::test]
async fn commands_and_presses_reach_the_bot_over_http_at_the_addresses_of_the_manifest() {
    const FORM: &str = "application/x-www-form-urlencoded";
    let room = behind_http().await;
    let (ben, general) = (room.ben.id(), room.channel("general"));
    let commands = told_to(&room, |manifest| {
        &manifest["features"]["slash_commands"][0]["url"]
    });
    let used = format!("command=%2Fquiz&text=&user_id={ben}&channel_id={general}&trigger_id=t1");
    let taken = deliver(&room, commands.clone(), SECRET, (FORM, used)).await;
    assert_eq!(taken.status().as_u16(), 200);
    let asked = room.ben.wait_for("general", |view| view.by_bot).await;
    assert!(asked.buttons().contains(&"A".to_owned()));
    let presses = told_to(
        &room,
        |manifest| &manifest["settings"]["interactivity"]["request_url"],
    );
    let pressed = format!(
        "payload={{\"type\":\"block_actions\",\"user\":{{\"id\":\"{ben}\"}},\"actions\":[{{\"action_id\":\"home:practise\"}}]}}"
    );
    let taken = deliver(&room, presses, SECRET, (FORM, pressed)).await;
    assert_eq!(taken.status().as_u16(), 200);
    room.ben.wait_for("@bot", |view| view.by_bot).await;
    // Slack looks at the certificate now and then, and doesn't sign that.
    let looked = reqwest::Client::new()
        .post(commands)
        .header("content-type", FORM);
    let taken = looked.body("ssl_check=1&token=t").send().await;
    assert_eq!(taken.expect("an answer").status().as_u16(), 200);
    room.close().await;
}

#[tokio::test]
async fn a_panic_where_people_are_asked_about_ends_the_bot() {
    let planted = Planted::listen();
    let mut room = Room::without_bot().await;
    planted.at("people are asked about anew");
    room.launch_bot().await.expect("it logs in");
    let RunError::Ended(ended) = room.bot_ended().await else {
        panic!("it ended otherwise");
    };
    assert_eq!(ended.task, "asking anew about people");
    room.close().await;
}

#[tokio::test]
async fn a_panic_where_requests_are_taken_ends_the_bot() {
    let planted = Planted::listen();
    let mut room = behind_http().await;
    planted.at("somebody connected");
    let connected = TcpStream::connect(room.listens()).await;
    let _connected = connected.expect("it listens");
    let RunError::Ended(ended) = room.bot_ended().await else {
        panic!("it ended otherwise");
    };
    assert_eq!(ended.task, "taking Slack's requests");
    room.close().await;
}
