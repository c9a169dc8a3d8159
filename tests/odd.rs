//! What no server should answer, and some do: the bot stays small, tells it, and goes on when it is over.

use chat_sandbox::{GatewayFault, Odd, Options, RestFailure, RestFault, Sandbox};
use futures_util::future::join_all;
use greenroom::discord::{StartError, Timing};
use reqwest::Method;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::Duration;

use crate::deadline::SlowDisk;
use crate::harness::{Room, came_online, eventually, record, shown};
use crate::killed::Installed;

/// Waits that cannot be meant, and one that can.
const WAITS: [&str; 8] = ["0", "-1", "1e9", "1e19", "NaN", "soon", "", "1"];

/// Where no call may be led, since it would bring the token along.
struct Elsewhere(TcpListener);

impl Elsewhere {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("set");
        Self(listener)
    }

    fn redirect(&self) -> Odd {
        let address = self.0.local_addr().expect("it has one");
        Odd::Redirect(format!("http://{address}/elsewhere").leak())
    }

    fn saw_nobody(&self) {
        let came = self.0.accept().map(|(_, from)| from);
        assert_eq!(came.map_err(|e| e.kind()), Err(ErrorKind::WouldBlock));
    }
}

fn limits() -> Vec<Odd> {
    let mut odd = Vec::new();
    for (number, wait) in WAITS.iter().enumerate() {
        // Each by header and by body, one of them for all routes.
        let global = number % 2 == 0;
        odd.push(Odd::Limit {
            header: Some(wait),
            json: None,
            global,
        });
        let json = Some(if wait.is_empty() { "\"soon\"" } else { wait });
        odd.push(Odd::Limit {
            header: None,
            json,
            global: !global,
        });
    }
    odd
}

fn bodies(elsewhere: &Elsewhere) -> Vec<Odd> {
    let json = "application/json";
    let body = |status, kind, text| Odd::Body { status, kind, text };
    vec![
        body(200, json, "{\"id\": \"1"),
        body(200, json, "{}"),
        body(200, json, ""),
        body(200, "text/html", "<html>Log in to the Wi-Fi</html>"),
        body(200, "image/png", "{\"id\": \"1\"}"),
        body(403, "text/html", "<html>Access denied</html>"),
        body(404, json, "[]"),
        body(304, json, ""),
        Odd::Endless,
        Odd::Slow,
        Odd::EndlessHeader,
        elsewhere.redirect(),
    ]
}

fn everything(elsewhere: &Elsewhere) -> Vec<Odd> {
    limits().into_iter().chain(bodies(elsewhere)).collect()
}

fn impatient() -> Timing {
    Timing {
        call: Duration::from_secs(2),
        again: Duration::from_millis(100),
        ..Timing::default()
    }
}

fn fault(odd: Odd, method: Method, path: &str) -> RestFault {
    RestFault::new(RestFailure::Odd(odd))
        .method(method)
        .path(path)
}

/// How many calls of a method to such a path there were.
fn called(room: &Room, method: &Method, path: &str) -> usize {
    let requests = room.sandbox.world().requests().into_iter();
    requests
        .filter(|request| request.method == *method.as_str() && request.path.contains(path))
        .count()
}

async fn with_schedule() -> Room {
    let room = Room::open_with(Options::default(), impatient()).await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(room.ana.slash("staff", set).await);
    room
}

/// Whoever asks is answered, if only that it was a lot at once.
async fn answers(room: &Room) {
    shown(room.ben.slash("general", "/topics").await);
}

/// Has a daily fall due while posts, and then while edits are answered so.
async fn outlives_posts_and_edits(odd: Odd) {
    let room = with_schedule().await;
    let world = room.sandbox.world().clone();
    let before = called(&room, &Method::POST, "/channels/");
    world.fault(fault(odd, Method::POST, "/channels/"));
    room.advance(chrono::TimeDelta::hours(1));
    let twice = || called(&room, &Method::POST, "/channels/") >= before + 2;
    room.until(async || twice()).await;
    answers(&room).await;
    world.clear_faults();
    let posted = |m: &chat_sandbox::MessageView| m.button("A").is_some();
    let daily = room.ben.wait_for("daily", posted).await;
    room.recorded(&daily).await;

    world.fault(fault(odd, Method::PATCH, "/channels/"));
    let next = room.next_daily().await;
    room.until(async || called(&room, &Method::PATCH, "/channels/") >= 1)
        .await;
    world.clear_faults();
    let id = daily.id;
    let closed = move |m: &chat_sandbox::MessageView| m.id == id && m.button("A").is_none();
    room.ben.wait_for("daily", closed).await;
    let dailies = room.ben.messages("daily").into_iter();
    let dailies = dailies.filter(|m| m.text().contains("Daily question"));
    assert_eq!(dailies.count(), 2, "{odd:?}: {}", next.text());
    room.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_answers_to_posts_and_edits_are_outlived() {
    let elsewhere = Elsewhere::new();
    for some in everything(&elsewhere).chunks(4) {
        join_all(some.iter().map(|odd| outlives_posts_and_edits(*odd))).await;
    }
    elsewhere.saw_nobody();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_answers_to_answers_leave_the_bot_to_answer_the_next() {
    let elsewhere = Elsewhere::new();
    let room = Room::open_with(Options::default(), impatient()).await;
    let world = room.sandbox.world().clone();
    for odd in everything(&elsewhere) {
        world.fault(fault(odd, Method::POST, "/callback"));
        // Discord says that there is no response, unless it has one.
        drop(room.ben.slash("general", "/topics").await);
        world.clear_faults();
        answers(&room).await;
    }
    room.close().await;
    elsewhere.saw_nobody();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_answers_to_what_fills_a_deferral_in_leave_the_answer_recorded() {
    let elsewhere = Elsewhere::new();
    let soon = Odd::Limit {
        header: Some("1"),
        json: None,
        global: false,
    };
    for odd in [soon, Odd::Endless, elsewhere.redirect()] {
        let room = with_schedule().await;
        let world = room.sandbox.world().clone();
        let daily = room.next_daily().await;
        let disk = SlowDisk::of(&room.database());
        world.fault(fault(odd, Method::PATCH, "/webhooks/").times(1));
        let press = tokio::time::timeout(Duration::from_secs(8), room.ben.click(&daily, "A"));
        let release = async {
            room.ben.wait_for("daily", |message| message.thinking).await;
            drop(disk);
        };
        let (verdict, ()) = tokio::join!(press, release);
        let filled_in = verdict.is_ok_and(|verdict| verdict.is_ok());
        assert!(odd != soon || filled_in, "{odd:?}");
        let again = shown(room.ben.click(&daily, "A").await).text();
        assert!(again.contains("You answered this daily before"), "{again}");
        room.close().await;
    }
    elsewhere.saw_nobody();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_answers_to_direct_messages_hold_up_no_daily() {
    let elsewhere = Elsewhere::new();
    let some = [
        Odd::Limit {
            header: Some("1e19"),
            json: None,
            global: true,
        },
        Odd::Limit {
            header: Some("0"),
            json: Some("-1"),
            global: true,
        },
        Odd::Endless,
        elsewhere.redirect(),
    ];
    for odd in some {
        let room = with_schedule().await;
        let world = room.sandbox.world().clone();
        let (all, none) = (
            chat_sandbox::Permissions::SEND_MESSAGES,
            chat_sandbox::Permissions::empty(),
        );
        world.fault(fault(odd, Method::POST, "/users/@me/channels"));
        world.set_permissions("daily", "bot", none, all);
        room.advance(chrono::TimeDelta::hours(1));
        let tried = || called(&room, &Method::POST, "/users/@me/channels") >= 2;
        room.until(async || tried()).await;
        world.set_permissions("daily", "bot", all, none);
        room.advance(chrono::TimeDelta::hours(1));
        let posted = |m: &chat_sandbox::MessageView| m.button("A").is_some();
        room.ben.wait_for("daily", posted).await;
        room.close().await;
    }
    elsewhere.saw_nobody();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_answers_to_a_start_end_it_with_a_reason_and_the_next_goes_well() {
    let elsewhere = Elsewhere::new();
    let options = Options {
        session_starts: 1_000_000,
        ..Options::default()
    };
    let mut room = Room::open_with(options, impatient()).await;
    let world = room.sandbox.world().clone();
    for odd in everything(&elsewhere) {
        for (method, path) in [(Method::GET, "/gateway/bot"), (Method::GET, "/commands")] {
            room.stop_bot().await;
            world.fault(fault(odd, method, path).times(1));
            match room.launch_bot().await {
                Ok(()) => {
                    assert!(matches!(odd, Odd::Limit { .. }), "{odd:?} on {path}");
                    assert!(came_online(&room.sandbox, true).await);
                }
                Err(StartError::Unreachable(_, why, _)) => assert!(!why.is_empty()),
                Err(other) => panic!("{odd:?} on {path}: {other}"),
            }
            world.clear_faults();
            room.stop_bot().await;
            room.start_bot().await;
        }
    }
    answers(&room).await;
    room.close().await;
    elsewhere.saw_nobody();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endless_answer_takes_little_memory_of_the_program() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    let (ana, ben) = (sandbox.person("ana"), sandbox.person("ben"));
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(ana.slash("staff", set).await);
    let Some(usual) = bot.peak() else {
        return;
    };
    for odd in [Odd::Endless, Odd::EndlessHeader] {
        sandbox.world().fault(RestFault::new(RestFailure::Odd(odd)));
        let before = sandbox.world().requests().len();
        let asks = (0..10).map(|_| ben.slash("general", "/topics"));
        let post = ana.slash("staff", "/daily post");
        drop(tokio::join!(join_all(asks), post));
        eventually(async || sandbox.world().requests().len() >= before + 13).await;
        sandbox.world().clear_faults();
        shown(ben.slash("general", "/topics").await);
    }
    let peak = bot.peak().expect("it runs");
    assert!(peak <= usual + 100, "from {usual} to {peak} MB");
    bot.kill(&sandbox).await;
}

/// Some events that become much: compressed, as they are, and once they are read.
fn heavy() -> Vec<GatewayFault> {
    let leak = |text: String| -> &'static str { text.leak() };
    let objects = "{\"\":0},".repeat(1_000_000);
    vec![
        GatewayFault::Bomb { megabytes: 9 },
        GatewayFault::Bomb { megabytes: 1024 },
        GatewayFault::Say(leak(format!(
            "{{\"t\":\"GUILD_CREATE\",\"s\":900,\"op\":0,\"d\":[{objects}0]}}"
        ))),
        GatewayFault::Say(leak("[]".repeat(30 << 20))),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_that_become_much_take_little_memory_of_the_program() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    let ben = sandbox.person("ben");
    shown(ben.slash("general", "/topics").await);
    let Some(usual) = bot.peak() else {
        return;
    };
    let path = bot.log();
    let told = || {
        let log = std::fs::read_to_string(&path).unwrap_or_default();
        log.matches("is too large").count()
    };
    for (number, event) in heavy().into_iter().enumerate() {
        for _ in 0..3 {
            sandbox.world().fault(event);
        }
        eventually(async || told() > number).await;
        // Until it has been through them all, it may be late.
        eventually(async || ben.slash("general", "/topics").await.is_ok()).await;
    }
    let peak = bot.peak().expect("it runs");
    assert!(peak <= usual + 100, "from {usual} to {peak} MB");
    bot.kill(&sandbox).await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told_without_what_it_holds() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::with(&sandbox, "json = true\n");
    bot.start(&sandbox).await;
    for said in [
        r#"{"t":"INTERACTION_CREATE","s":900,"op":0,"d":{"id":"x","canary":"4242"}}"#,
        r#"{"t":"MESSAGE_CREATE","s":901,"op":0,"d":{"content":"canary","author":4242}}"#,
        r#"{"t":"MESSAGE_CREATE","s":902,"op":77,"d":"canary 4242"}"#,
        r#"{"t":"canary 4242"#,
    ] {
        sandbox.world().fault(GatewayFault::Say(said));
    }
    let path = bot.log();
    let log = || std::fs::read_to_string(&path).unwrap_or_default();
    eventually(async || log().matches("what cannot be read").count() >= 1).await;
    bot.terminate();
    assert_eq!(bot.status().await, Some(0));
    let log = log();
    assert!(
        log.contains("WARN") && !log.contains("canary") && !log.contains("4242"),
        "{log}"
    );
    // A stop that was asked for is nothing to be warned of.
    assert!(!log.contains("awaiting close frame"), "{log}");
    record(&sandbox);
}
