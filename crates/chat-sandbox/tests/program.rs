//! The program, as it is started from a shell.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use reqwest::StatusCode;

#[tokio::test]
async fn it_prints_what_a_bot_needs_to_log_in() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_chat-sandbox"))
        .args(["--port", "0", "--guilds", "2"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let out = BufReader::new(program.stdout.take().expect("piped"));
    let lines = out.lines().map(|line| line.expect("text"));
    let lines: Vec<String> = lines.take_while(|line| !line.contains("Ctrl-C")).collect();
    let told = |name: &str| {
        let line = lines.iter().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name}: {lines:?}"))
            .trim()
    };
    let ask = async |path: &str, token: &str| {
        let request = reqwest::Client::new().get(format!("{}/{path}", told("API")));
        let request = request.header("authorization", format!("Bot {token}"));
        request.send().await.expect("an answer").status()
    };
    for line in lines.iter().filter(|line| line.starts_with("channel")) {
        let id = line.split_whitespace().nth(1).expect("an id");
        let found = ask(&format!("channels/{id}"), told("token")).await;
        // The bot may not see where only admins are.
        let hidden = line.ends_with("#staff") && found == StatusCode::FORBIDDEN;
        assert!(found == StatusCode::OK || hidden, "{line}: {found}");
    }
    assert!(told("gateway").starts_with("ws://127.0.0.1:"), "{lines:?}");
    assert_eq!(ask("users/@me", "another").await, StatusCode::UNAUTHORIZED);
    assert_eq!(lines.iter().filter(|it| it.starts_with("guild")).count(), 2);
    program.kill().expect("it ends");
    program.wait().expect("it ended");
}

#[test]
fn it_tells_which_routes_and_events_there_are() {
    let program = Command::new(env!("CARGO_BIN_EXE_chat-sandbox"))
        .arg("routes")
        .output()
        .expect("it runs");
    let told = String::from_utf8(program.stdout).expect("text");
    assert!(program.status.success() && told == chat_sandbox::support());
    assert!(told.contains("| `/gateway/bot` | GET |") && told.contains("| `READY` |"));
}

#[tokio::test]
async fn it_prints_what_a_slack_app_needs_to_log_in() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_chat-sandbox"))
        .args(["slack", "--port", "0", "--bot-token", "xoxb-mine"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let out = BufReader::new(program.stdout.take().expect("piped"));
    let lines = out.lines().map(|line| line.expect("text"));
    let lines: Vec<String> = lines.take_while(|line| !line.contains("Ctrl-C")).collect();
    let told = |name: &str| {
        let line = lines.iter().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name}: {lines:?}"))
            .trim()
    };
    assert_eq!(told("bot token"), "xoxb-mine");
    let call = async |method: &str, token: &str| {
        let request = reqwest::Client::new().post(format!("{}{method}", told("API")));
        let answer = request.bearer_auth(token).send().await.expect("an answer");
        answer.text().await.expect("text")
    };
    assert!(
        call("auth.test", told("bot token"))
            .await
            .contains("\"ok\":true")
    );
    assert!(call("auth.test", "another").await.contains("invalid_auth"));
    let opened = call("apps.connections.open", told("app token")).await;
    assert!(opened.contains("ws://127.0.0.1:"), "{opened}");
    let page = reqwest::get(told("page")).await.expect("an answer");
    assert_eq!(page.status(), StatusCode::OK);
    assert!(lines.iter().any(|line| line.ends_with("#general")));
    assert!(lines.iter().any(|line| line.ends_with(" ana")));
    program.kill().expect("it ends");
    program.wait().expect("it ended");
}

#[test]
fn it_tells_what_is_wrong_with_a_manifest() {
    let program = Command::new(env!("CARGO_BIN_EXE_chat-sandbox"))
        .args(["slack", "--manifest", "Cargo.toml"])
        .output()
        .expect("it runs");
    let told = String::from_utf8(program.stderr).expect("text");
    assert!(
        !program.status.success() && told.contains("Cargo.toml"),
        "{told}"
    );
}

#[test]
fn options_of_the_discord_are_refused_where_a_slack_is_asked_for() {
    for words in [["--port", "0", "slack"], ["--token", "x", "routes"]] {
        let program = Command::new(env!("CARGO_BIN_EXE_chat-sandbox"))
            .args(words)
            .output()
            .expect("it runs");
        let told = String::from_utf8(program.stderr).expect("text");
        assert!(!program.status.success(), "{words:?}");
        assert!(told.contains("cannot be used with"), "{told}");
    }
}
