//! The local Slack, as apps and people use it. The app here is scripted: nothing is acknowledged by itself.

mod app;
mod bounds;
mod faults;
mod fidelity;
mod files;
mod forms;
mod interactions;
mod manifest;
mod messages;
mod page;
mod record;
mod sockets;
mod web;

use serde_json::{Value, json};

use super::{Options, Person, Sandbox};
use app::App;
use record::record;

/// A local Slack with a scripted app connected to it.
struct Scene {
    sandbox: Sandbox,
    app: App,
}

impl Scene {
    async fn start() -> Self {
        Self::with(Options::default()).await
    }

    async fn with(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.expect("a free port");
        let app = App::connect(&sandbox).await;
        Self { sandbox, app }
    }

    fn person(&self, name: &str) -> Person {
        self.sandbox.person(name)
    }

    /// The id of a channel.
    fn channel(&self, name: &str) -> String {
        let all = self.sandbox.world().channels();
        let found = all.into_iter().find(|(_, known)| known == name);
        found.expect("such a channel").0
    }

    /// Posts a message that must be fine.
    async fn post(&self, channel: &str, body: Value) -> Value {
        let mut body = body;
        body["channel"] = json!(self.channel(channel));
        let answer = self.app.call("chat.postMessage", body).await;
        assert_eq!(answer["ok"], true, "{answer}");
        answer
    }

    /// Ends it, and fails if anything went wrong that the local Slack noticed.
    async fn end(self) {
        self.end_with(&[]).await;
    }

    /// Ends it, and fails unless just these went wrong: a part of each.
    async fn end_with(self, problems: &[&str]) {
        let noticed = self.sandbox.world().problems();
        let as_said = |(noticed, said): (&String, &&str)| noticed.contains(*said);
        assert!(
            noticed.len() == problems.len() && noticed.iter().zip(problems).all(as_said),
            "{noticed:#?}"
        );
        self.stop().await;
    }

    /// Ends it, whatever went wrong.
    async fn stop(self) {
        record(&self.sandbox);
        self.sandbox.stop().await;
    }
}

/// A plain text object.
fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text })
}

/// A button.
fn button(text: &str) -> Value {
    json!({ "type": "button", "action_id": text.to_lowercase(), "text": plain(text), "value": "1" })
}

/// A section and a row of elements.
fn card(text: &str, elements: Value) -> Value {
    json!([
        { "type": "section", "text": { "type": "mrkdwn", "text": text } },
        { "type": "actions", "block_id": "row", "elements": elements },
    ])
}
