//! The log: one line per event, on standard error, without secrets.

use std::io::{self, IsTerminal, Write};
use std::sync::LazyLock;

use anyhow::Context;
use greenroom::discord::{FatalCloses, tells_too_much};
use regex::bytes::Regex;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{FilterExt, LevelFilter, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Tokens as libraries log them at `debug` and `trace`: a field of that name in JSON or `Debug`
/// output, an `Authorization` header, and the paths that answer an interaction, which hold a token that is
/// good for 15 minutes: <https://docs.discord.com/developers/interactions/receiving-and-responding>. Slack's tokens by
/// how they begin, the tickets of its sockets, what opens forms, and the addresses that answer an interaction, which are
/// secrets as a whole and come with their slashes escaped or not:
/// <https://docs.slack.dev/authentication/tokens>.
static SECRETS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"((?:interactions|webhooks)/[0-9]+/|(?i:\btoken|authorization)[\\"]*\s*[:=]\s*(?:Some\()?[\\"]*(?:Bot |Bearer )?|(?i:\btrigger_id)[\\"]*\s*[:=]\s*(?:Some\()?[\\"]*|\bBot |\bx(?:ox[a-z]|app)-|\bticket=|hooks\.slack(?:-gov)?\.com\\*/\w+\\*/)(?:[\w.~+/-]|\\+/){8,}"#,
    )
    .expect("it is a pattern")
});

/// Starts the log. `level` is as [`EnvFilter`] reads it. What a person asked for goes to standard output
/// instead. The bot learns of close codes from log events, whatever the level shows.
///
/// # Errors
/// When the level is not understood.
pub fn start(level: &str, json: bool) -> anyhow::Result<FatalCloses> {
    let filter = EnvFilter::try_new(level)
        .with_context(|| format!("the log level {level:?} is not understood"))?;
    // Whoever asks for more than usual also gets what libraries log, content included.
    let usual = filter
        .max_level_hint()
        .is_some_and(|most| most <= LevelFilter::INFO);
    let filter = filter.and(filter_fn(move |line| !usual || !tells_too_much(line)));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(|| Redacted(io::stderr()))
        // It would write them to the same place, and panic if that is full.
        .log_internal_errors(false)
        .with_ansi(io::stderr().is_terminal());
    let lines = if json {
        lines.json().boxed()
    } else {
        lines.boxed()
    };
    let closes = FatalCloses::default();
    tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .with(closes.layer())
        .init();
    std::panic::set_hook(Box::new(|panic| {
        // Captured if RUST_BACKTRACE is set.
        let backtrace = std::backtrace::Backtrace::capture().to_string();
        let place = panic.location().map(ToString::to_string);
        let what = panic.payload_as_str().unwrap_or_default();
        tracing::error!(place, what, backtrace, "panicked");
    }));
    Ok(closes)
}

/// Removes secrets from what is written, which is a line at a time.
struct Redacted<W>(W);

impl<W: Write> Write for Redacted<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let redacted = SECRETS.replace_all(line, b"$1[redacted]".as_slice());
        self.0.write_all(&redacted)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: &str) -> String {
        let mut log = Redacted(Vec::new());
        log.write_all(line.as_bytes()).expect("to memory");
        String::from_utf8(log.0).expect("text")
    }

    #[test]
    fn tokens_are_redacted_however_they_are_logged() {
        for line in [
            r#"POST https://discord.com/api/v10/interactions/1234/canary_Token-1.x/callback"#,
            r#"url: /webhooks/1234/canary_Token-1.x/messages/@original"#,
            r#"{"id":"1","token":"canary_Token-1.x","type":2}"#,
            r#"{\"token\":\"canary_Token-1.x\"}"#,
            r#"Interaction { token: "canary_Token-1.x", kind: 2 }"#,
            r#"Some { token: Some("canary_Token-1.x") }"#,
            r#"headers: {"authorization": "Bot canary_Token-1.x"}"#,
            r#"Bot canary_Token-1.x"#,
            r#"xoxb-1234-canary"#,
            r#"authorization: Bearer xapp-1-A1-canary"#,
            r#"xoxp-1234-canary"#,
            r#"wss://wss-primary.slack.com/link/?ticket=canary-1234&app_id=A1"#,
            r#"{"response_url":"https://hooks.slack.com/commands/T1/2/canary"}"#,
            r#"https://hooks.slack.com/actions/T1/2/canary"#,
            r#"https://hooks.slack-gov.com/actions/T1/2/canary"#,
            r#"{"response_url": "https:\/\/hooks.slack.com\/app\/T1\/2\/canary"}"#,
            r#"{\"response_url\": \"https:\\/\\/hooks.slack.com\\/app\\/T1\\/2\\/canary\"}"#,
            r#"{"trigger_id":"123.456.canary"}"#,
            r#"Command { trigger_id: "123.456.canary" }"#,
        ] {
            let written = written(line);
            assert!(
                !written.contains("canary") && written.contains("[redacted]"),
                "{written}"
            );
        }
    }

    #[test]
    fn a_line_of_json_stays_one() {
        let said = r#"{"token":"canary-1234","url":"https:\/\/hooks.slack.com\/app\/canary-1234","rest":1}"#;
        let line = serde_json::json!({ "message": said }).to_string();
        let written = written(&line);
        assert!(!written.contains("canary"), "{written}");
        let line: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        let said: serde_json::Value =
            serde_json::from_str(line["message"].as_str().expect("text")).expect("JSON");
        assert_eq!(said["rest"], 1);
    }

    #[test]
    fn what_is_no_secret_stays() {
        for line in [
            "interaction{id=1234 guild=5678}: too late to answer an interaction",
            r#"PATCH /channels/1234/messages/5678"#,
            "no token. Create an application",
            "added the Bot to a server",
        ] {
            assert_eq!(written(line), line);
        }
    }
}
