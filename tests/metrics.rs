//! What an operator sees of the real program: its metrics, its health and its log.

use std::collections::HashSet;

use greenroom::sandbox::{GatewayFault, Sandbox};
use serde_json::Value;

use crate::harness::{eventually, shown};
use crate::killed::Installed;

/// What the metrics' server answers.
async fn get(address: &str, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("{address}{path}")).await;
    let answer = answer.expect("it answers");
    (answer.status().as_u16(), answer.text().await.expect("text"))
}

/// The value of a metric, with its labels.
fn value(scraped: &str, name: &str) -> f64 {
    let line = scraped
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let value = line.unwrap_or_else(|| panic!("no {name} in:\n{scraped}"));
    value.parse().expect("a number")
}

/// The log, an object a line.
fn log(bot: &Installed) -> Vec<Value> {
    let log = std::fs::read_to_string(bot.path("log")).expect("a log");
    let lines = log.lines().map(|line| {
        serde_json::from_str(line).unwrap_or_else(|why| panic!("{why} in the line {line}"))
    });
    lines.collect()
}

fn address_in(log: &[Value]) -> Option<String> {
    let said = log
        .iter()
        .filter_map(|line| line["fields"]["message"].as_str());
    let mut said = said.filter_map(|message| message.strip_prefix("metrics at "));
    Some(said.next()?.trim_end_matches("/metrics").to_owned())
}

#[tokio::test]
async fn metrics_health_and_log_tell_of_commands_dailies_and_the_connection() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::with(&sandbox, "json = true\n[metrics]\nport = 0\n");
    bot.start(&sandbox).await;
    let (ana, ben) = (sandbox.person("ana"), sandbox.person("ben"));
    shown(ben.slash("general", "/question caching").await);
    shown(ana.slash("staff", "/daily post").await);
    shown(
        ana.slash("staff", "/schedule set channel:#daily time:09:00 zone:UTC")
            .await,
    );
    shown(ana.slash("staff", "/daily post").await);
    let daily = ben
        .wait_for("daily", |message| message.button("A").is_some())
        .await;
    shown(ben.click(&daily, "A").await);
    eventually(async || address_in(&log(&bot)).is_some()).await;
    let address = address_in(&log(&bot)).expect("it was told");
    let posted = r#"greenroom_dailies_total{event="posted"}"#;
    eventually(async || value(&get(&address, "/metrics").await.1, posted) >= 1.0).await;

    let (status, scraped) = get(&address, "/metrics").await;
    assert_eq!(status, 200);
    for (name, expected) in [
        (
            r#"greenroom_interactions_total{command="question",outcome="answered"}"#,
            1.0,
        ),
        (
            r#"greenroom_interactions_total{command="daily post",outcome="refused"}"#,
            1.0,
        ),
        (
            r#"greenroom_interactions_total{command="daily post",outcome="answered"}"#,
            1.0,
        ),
        (
            r#"greenroom_interactions_total{command="daily-answer",outcome="answered"}"#,
            1.0,
        ),
        (
            r#"greenroom_interaction_seconds_count{command="question"}"#,
            1.0,
        ),
        (r#"greenroom_dailies_total{event="due"}"#, 1.0),
        (posted, 1.0),
        (r#"greenroom_dailies_total{event="failed"}"#, 0.0),
        ("greenroom_gateway_shards_connected", 1.0),
    ] {
        assert_eq!(value(&scraped, name), expected, "{name}");
    }
    assert!(value(&scraped, "greenroom_commit_seconds_count") >= 3.0);
    assert!(scraped.ends_with("# EOF\n"), "{scraped}");
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
        assert!(
            names.iter().any(|name| word.starts_with(name)),
            "there is no {word}"
        );
    }
    // Labels stand in quotes.
    let labels: HashSet<&str> = scraped.split('"').skip(1).step_by(2).collect();
    let ids: Vec<_> = labels
        .iter()
        .filter(|label| label.parse::<u64>().is_ok())
        .collect();
    assert!(ids.is_empty(), "labels have no ids: {ids:?}");
    assert!(labels.len() < 60, "{labels:?}");

    assert_eq!(get(&address, "/healthz").await, (200, "ok\n".to_owned()));
    sandbox
        .world()
        .fault(GatewayFault::StallHandshake { times: None });
    sandbox
        .world()
        .fault(GatewayFault::InvalidSession { resumable: false });
    eventually(async || get(&address, "/healthz").await.0 == 503).await;
    bot.kill(&sandbox).await;

    let (guild, _) = sandbox.world().guild();
    let log = log(&bot);
    let answered = log
        .iter()
        .find(|line| line["fields"]["message"] == "answered");
    let span = &answered.expect("an interaction")["span"];
    assert_eq!(span["name"], "interaction", "{span}");
    assert_eq!(span["guild"], guild, "{span}");
    assert!(
        span["id"].is_string() && span["command"].is_string(),
        "{span}"
    );
    let posted = log
        .iter()
        .find(|line| line["fields"]["message"] == "posted a daily");
    let fields = &posted.expect("it was told")["fields"];
    assert_eq!(fields["space"], guild.to_string(), "{fields}");
    assert!(fields["schedule"].is_number(), "{fields}");
}
