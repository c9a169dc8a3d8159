//! "Next day" as the program wires it: each daily comes at its minute, none late, and none is missed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use chrono::{DateTime, Duration, Timelike, Utc};
use serde_json::{Value, json};

use crate::harness::{bank_folder, eventually};

/// The program on its local Discord.
struct Opened {
    child: Child,
    url: String,
}

impl Opened {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .args(["sandbox", "--questions"])
            .arg(bank_folder())
            // Whatever settings there are here.
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let mut line = String::new();
        let out = child.stdout.take().expect("piped");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let url = line
            .trim()
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .to_owned();
        Self { child, url }
    }

    async fn get(&self, path: &str) -> Value {
        let answer = reqwest::get(format!("{}{path}", self.url)).await;
        let answer = answer.expect("it answers").bytes().await.expect("a body");
        serde_json::from_slice(&answer).expect("JSON")
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let client = reqwest::Client::new();
        let answer = client.post(format!("{}{path}", self.url)).json(&body);
        let answer = answer.send().await.expect("it answers");
        let answer = answer.bytes().await.expect("a body");
        serde_json::from_slice(&answer).expect("JSON")
    }

    async fn clock(&self) -> DateTime<Utc> {
        let moved = self.post("/page/advance", json!({ "seconds": 0 })).await;
        serde_json::from_value(moved["clock"].clone()).expect("an instant")
    }

    async fn messages(&self, channel: &str) -> Vec<Value> {
        let page = self
            .get(&format!("/page/messages?as=ana&channel={channel}"))
            .await;
        page["messages"].as_array().expect("a list").clone()
    }

    async fn command(&self, command: &str, options: Value) {
        let used =
            json!({ "as": "ana", "channel": "staff", "command": command, "options": options });
        let started = self.post("/page/command", used).await;
        assert!(started["interaction"].is_string(), "{started}");
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A schedule of UTC, which posts to a channel at a time.
fn schedule(name: &str, channel: &Value, time: &str) -> Value {
    let text = |name: &str, value: &str| json!({ "name": name, "type": 3, "value": value });
    let channel = json!({ "name": "channel", "type": 7, "value": channel });
    let options = [
        text("time", time),
        text("zone", "UTC"),
        text("schedule", name),
    ];
    let options: Vec<Value> = options.into_iter().chain([channel]).collect();
    json!([{ "name": "set", "type": 1, "options": options }])
}

#[tokio::test]
async fn next_day_in_the_program_stops_at_each_minute_at_which_a_daily_is_due() {
    let opened = Opened::start();
    // It begins with a daily at once, and the next one is due a day later.
    eventually(async || opened.messages("daily").await.len() == 1).await;
    let state = opened.get("/page/state?as=ana").await;
    let channels = state["channels"].as_array().expect("a list");
    let general = channels.iter().find(|channel| channel["name"] == "general");
    let general = &general.expect("it is there")["id"];
    let now = opened.clock().await;
    let minute = now.with_second(0).and_then(|now| now.with_nanosecond(0));
    let minute = minute.expect("an instant");
    let due: Vec<DateTime<Utc>> = [2, 3, 9, 23]
        .map(|hours| minute + Duration::hours(hours))
        .to_vec();
    for (number, due) in due.iter().enumerate() {
        let time = due.format("%H:%M").to_string();
        let set = schedule(&format!("at-{number}"), general, &time);
        opened.command("schedule", set).await;
    }
    let answered = async || {
        let told = opened.messages("staff").await;
        told.iter()
            .filter(|told| told.to_string().contains("Schedule set"))
            .count()
    };
    eventually(async || answered().await == due.len()).await;

    for day in 0..2 {
        opened
            .post("/page/advance", json!({ "next_day": true }))
            .await;
        let there = opened.messages("general").await;
        assert_eq!(
            there.len(),
            due.len() * (day + 1),
            "all are there when it answers"
        );
        for (message, due) in there[due.len() * day..].iter().zip(&due) {
            let at: DateTime<Utc> =
                serde_json::from_value(message["timestamp"].clone()).expect("an instant");
            let late = at - (*due + Duration::days(i64::try_from(day).expect("few")));
            assert!(
                late >= Duration::zero() && late < Duration::minutes(1),
                "{late}"
            );
        }
        assert_eq!(opened.messages("daily").await.len(), day + 2);
    }
    opened
        .command("schedule", json!([{ "name": "list", "type": 1 }]))
        .await;
    let listed = async || {
        let told = opened.messages("staff").await;
        let mut told = told.iter().map(ToString::to_string);
        told.rfind(|told| told.contains("at-0") && told.contains("at-3"))
    };
    eventually(async || listed().await.is_some()).await;
    let list = listed().await.expect("it is there");
    assert!(!list.contains("late") && !list.contains("Missed"), "{list}");
}
