//! What an operator sees of the real program: its metrics, its health and its log.

use std::collections::HashSet;

use chat_sandbox::{GatewayFault, Sandbox};
use serde_json::Value;

use crate::harness::{eventually, shown};
use crate::killed::Installed;

/// What the metrics' server answers.
pub async fn get(address: &str, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("{address}{path}")).await;
    let answer = answer.expect("it answers");
    (answer.status().as_u16(), answer.text().await.expect("text"))
}

/// The log, an object a line.
pub fn log(bot: &Installed) -> Vec<Value> {
    let log = std::fs::read(bot.path("log")).expect("a log");
    let log = String::from_utf8_lossy(&log);
    // The last one may be half written.
    let (whole, _) = log.rsplit_once('\n').unwrap_or_default();
    let lines = whole.lines().map(|line| {
        serde_json::from_str(line).unwrap_or_else(|why| panic!("{why} in the line {line}"))
    });
    lines.collect()
}

pub fn address_in(log: &[Value]) -> Option<String> {
    let said = log
        .iter()
        .filter_map(|line| line["fields"]["message"].as_str());
    let mut said = said.filter_map(|message| message.strip_prefix("metrics at "));
    Some(said.next()?.trim_end_matches("/metrics").to_owned())
}

/// What is to be in the metrics after [`a_day`].
const EXPECTED: [&str; 9] = [
    r#"greenroom_interactions_total{command="question",outcome="answered"} 1"#,
    r#"greenroom_interactions_total{command="daily post",outcome="refused"} 1"#,
    r#"greenroom_interactions_total{command="daily post",outcome="answered"} 1"#,
    r#"greenroom_interactions_total{command="daily-answer",outcome="answered"} 1"#,
    r#"greenroom_interaction_seconds_count{command="question"} 1"#,
    r#"greenroom_dailies_total{event="due"} 1"#,
    r#"greenroom_dailies_total{event="posted"} 1"#,
    r#"greenroom_dailies_total{event="failed"} 0"#,
    "greenroom_gateway_shards_connected 1",
];

/// A lookup, a refusal, a daily and an answer to it.
async fn a_day(sandbox: &Sandbox) {
    let (ana, ben) = (sandbox.person("ana"), sandbox.person("ben"));
    shown(ben.slash("general", "/question caching").await);
    shown(ana.slash("staff", "/daily post").await);
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(ana.slash("staff", set).await);
    shown(ana.slash("staff", "/daily post").await);
    let daily = ben
        .wait_for("daily", |message| message.button("A").is_some())
        .await;
    shown(ben.click(&daily, "A").await);
}

#[tokio::test]
async fn metrics_health_and_log_tell_of_commands_dailies_and_the_connection() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::with(
        &sandbox,
        "level = \"trace\"\njson = true\n[metrics]\nport = 0\n",
    );
    bot.start(&sandbox).await;
    a_day(&sandbox).await;
    eventually(async || address_in(&log(&bot)).is_some()).await;
    let address = address_in(&log(&bot)).expect("it was told");
    // What is counted is counted after it was seen.
    eventually(async || {
        let (_, scraped) = get(&address, "/metrics").await;
        EXPECTED
            .iter()
            .all(|line| scraped.lines().any(|told| told == *line))
    })
    .await;
    let (status, scraped) = get(&address, "/metrics").await;
    assert_eq!(status, 200);
    assert!(scraped.ends_with("# EOF\n"), "{scraped}");
    are_documented(&scraped);
    have_few_labels(&scraped);

    let (status, said) = get(&address, "/healthz").await;
    assert_eq!((status, said.lines().next()), (200, Some("ok")));
    let release = greenroom::time::Zones::in_force().release();
    assert!(
        said.contains(&format!("time zones: release {release}")),
        "{said}"
    );
    for fault in [
        GatewayFault::StallHandshake { times: None },
        GatewayFault::InvalidSession { resumable: false },
    ] {
        sandbox.world().fault(fault);
    }
    eventually(async || get(&address, "/healthz").await.0 == 503).await;
    bot.kill(&sandbox).await;
    says_what_it_is_about(&log(&bot), sandbox.world().guild().0);
}

fn are_documented(scraped: &str) {
    let documented = include_str!("../docs/operations.md");
    let names = scraped
        .lines()
        .filter_map(|line| line.strip_prefix("# HELP "));
    let names: Vec<&str> = names.filter_map(|line| line.split(' ').next()).collect();
    for name in &names {
        assert!(documented.contains(name), "docs/operations.md lacks {name}");
    }
    let words = documented.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    for word in words.filter(|word| word.starts_with("greenroom_")) {
        let there = names.iter().any(|name| word.starts_with(name));
        assert!(there, "there is no {word}");
    }
}

fn have_few_labels(scraped: &str) {
    // They stand in quotes.
    let labels: HashSet<&str> = scraped.split('"').skip(1).step_by(2).collect();
    let mut labels_of_digits = labels.iter().filter(|label| label.parse::<u64>().is_ok());
    assert_eq!(labels_of_digits.next(), None, "an id");
    assert!(labels.len() < 60, "{labels:?}");
}

fn says_what_it_is_about(log: &[Value], guild: u64) {
    let line = |message: &str| {
        let mut lines = log.iter();
        let line = lines.find(|line| line["fields"]["message"] == message);
        line.unwrap_or_else(|| panic!("{message} is not in the log"))
    };
    let span = &line("answered")["span"];
    assert_eq!(span["name"], "interaction", "{span}");
    assert_eq!(span["guild"], guild, "{span}");
    assert!(
        span["id"].is_string() && span["command"].is_string(),
        "{span}"
    );
    let fields = &line("posted a daily")["fields"];
    assert_eq!(fields["space"], format!("discord:{guild}"), "{fields}");
    assert!(fields["schedule"].is_number(), "{fields}");
}
