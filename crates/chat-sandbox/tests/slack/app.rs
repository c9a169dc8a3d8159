//! A small app over Socket Mode. `/echo words` is answered in the channel, `/echo privately …` to that person alone,
//! `/echo nothing` never, and `/echo card` with a message that has what can be pressed, chosen and filled in.

use chat_sandbox::{
    Sibling,
    slack::{AppSeed, CommandSeed, Options, Sandbox, ShortcutSeed},
};
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_tungstenite::{connect_async, tungstenite::Message};

use crate::harness::browser::{Browser, Window};

/// A local Slack with that app.
pub struct Stage {
    pub sandbox: Sandbox,
    app: JoinHandle<()>,
}

impl Stage {
    pub async fn open() -> Self {
        let command = |name: &str, hint: &str| CommandSeed {
            name: name.to_owned(),
            hint: hint.to_owned(),
            escape: false,
        };
        let shortcut = |name: &str, on_message| ShortcutSeed {
            name: name.to_owned(),
            callback_id: name.to_lowercase(),
            on_message,
        };
        let seed = AppSeed {
            commands: vec![
                command("/echo", "[words]"),
                command("/other", "[more words]"),
            ],
            shortcuts: vec![shortcut("Repeat this", true), shortcut("Open form", false)],
            ..AppSeed::default()
        };
        let options = Options {
            app: seed,
            sibling: Some(Sibling {
                name: "Discord".to_owned(),
                url: "http://127.0.0.1:7979".to_owned(),
            }),
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await.expect("a free port");
        let mut changes = sandbox.world().changes();
        let app = tokio::spawn(run(sandbox.api()));
        while sandbox.world().connections() == 0 {
            changes.changed().await.expect("the sandbox runs");
        }
        Self { sandbox, app }
    }

    pub async fn window(&self, browser: &Browser, who: &str) -> Window {
        let url = format!("{}/?as={who}#general", self.sandbox.url());
        let window = browser.window(&url).await;
        window
            .until("document.querySelector('#app:not([aria-busy])')")
            .await;
        window
    }

    /// Takes the app away.
    pub async fn disconnect(&self) {
        self.app.abort();
        let mut changes = self.sandbox.world().changes();
        while self.sandbox.world().connections() > 0 {
            changes.changed().await.expect("the sandbox runs");
        }
    }

    pub async fn close(self) {
        self.app.abort();
        self.sandbox.stop().await;
    }
}

struct App {
    http: Client,
    api: String,
}

impl App {
    async fn call(&self, method: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}{method}", self.api));
        let token = Options::default().bot_token;
        let answer = request.bearer_auth(token).json(&body).send().await;
        let answer: Value = answer.expect("an answer").json().await.expect("JSON");
        assert_eq!(answer["ok"], true, "{method}: {answer}");
        answer
    }

    /// Tells that it heard something, and does not acknowledge it.
    async fn stay_silent(&self, frame: &Value) {
        let channel = &frame["payload"]["channel_id"];
        let body = json!({ "channel": channel, "text": "I stay silent" });
        self.call("chat.postMessage", body).await;
    }

    /// What it does once that is acknowledged.
    async fn act(&self, frame: &Value) {
        let payload = &frame["payload"];
        let trigger = &payload["trigger_id"];
        match payload["type"].as_str() {
            Some("event_callback") => self.repeat(&payload["event"]).await,
            Some("block_actions") => self.used(payload).await,
            Some("shortcut") => {
                self.call(
                    "views.open",
                    json!({ "trigger_id": trigger, "view": form() }),
                )
                .await;
            }
            Some("message_action") => {
                let message = &payload["message"]["text"];
                let body = json!({ "channel": payload["channel"]["id"], "text": format!("Again: {}", text(message)) });
                self.call("chat.postMessage", body).await;
            }
            Some("view_submission") if refused(payload).is_none() => {
                let name = &payload["view"]["state"]["values"]["name"]["name"]["value"];
                let with = json!({ "users": payload["user"]["id"] });
                let direct = self.call("conversations.open", with).await;
                let body = json!({ "channel": direct["channel"]["id"], "text": format!("Saved: {}", text(name)) });
                self.call("chat.postMessage", body).await;
            }
            None if payload["text"] == "card" => {
                let body =
                    json!({ "channel": payload["channel_id"], "text": "A card", "blocks": card() });
                self.call("chat.postMessage", body).await;
            }
            _ => {}
        }
    }

    async fn used(&self, payload: &Value) {
        let action = &payload["actions"][0];
        let channel = &payload["channel"]["id"];
        let done = match action["action_id"].as_str() {
            Some("press") => {
                let message = &payload["message"];
                let pressed = format!("<@{}> pressed it", text(&payload["user"]["id"]));
                let body = json!({ "channel": channel, "ts": message["ts"], "text": pressed, "blocks": [] });
                self.call("chat.update", body).await;
                return;
            }
            Some("form") => {
                let body = json!({ "trigger_id": payload["trigger_id"], "view": form() });
                self.call("views.open", body).await;
                return;
            }
            Some("remove") => "Removed".to_owned(),
            _ => {
                let chosen = &action["selected_option"]["text"]["text"];
                format!("You chose {}", text(chosen))
            }
        };
        let body = json!({ "channel": channel, "user": payload["user"]["id"], "text": done });
        self.call("chat.postEphemeral", body).await;
    }

    /// Repeats what people say in threads, and tells them alone that it did.
    async fn repeat(&self, event: &Value) {
        let reply = event["type"] == "message"
            && event["thread_ts"].is_string()
            && event["bot_id"].is_null()
            && event["subtype"].is_null();
        if !reply {
            return;
        }
        let said = format!("You said: {}", text(&event["text"]));
        let body =
            json!({ "channel": event["channel"], "thread_ts": event["thread_ts"], "text": said });
        self.call("chat.postMessage", body).await;
        let body = json!({ "channel": event["channel"], "user": event["user"], "thread_ts": event["thread_ts"], "text": "Repeated" });
        self.call("chat.postEphemeral", body).await;
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

async fn run(api: String) {
    let app = App {
        http: Client::new(),
        api,
    };
    let open = app.http.post(format!("{}apps.connections.open", app.api));
    let open = open.bearer_auth(Options::default().app_token).send().await;
    let open: Value = open.expect("an answer").json().await.expect("JSON");
    let (mut socket, _) = connect_async(text(&open["url"])).await.expect("a socket");
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(frame) = message else {
            continue;
        };
        let frame: Value = serde_json::from_str(&frame).expect("JSON");
        let Some(payload) = acknowledged(&frame) else {
            if frame["type"] == "slash_commands" {
                app.stay_silent(&frame).await;
            }
            continue;
        };
        let mut ack = json!({ "envelope_id": frame["envelope_id"] });
        if let Some(payload) = payload {
            ack["payload"] = payload;
        }
        let ack = Message::Text(ack.to_string().into());
        if socket.send(ack).await.is_err() {
            return;
        }
        app.act(&frame).await;
    }
}

/// What a frame is acknowledged with, and whether it is at all.
fn acknowledged(frame: &Value) -> Option<Option<Value>> {
    let payload = &frame["payload"];
    match frame["type"].as_str()? {
        "slash_commands" => command(payload),
        "events_api" => Some(None),
        _ => Some(match payload["type"].as_str()? {
            "block_suggestion" => Some(suggested(payload)),
            "view_submission" => refused(payload),
            _ => None,
        }),
    }
}

fn command(payload: &Value) -> Option<Option<Value>> {
    let words = text(&payload["text"]);
    match words.split(' ').next() {
        Some("nothing") => None,
        Some("card") => Some(None),
        Some("privately") => Some(Some(json!({ "text": words }))),
        _ => Some(Some(
            json!({ "response_type": "in_channel", "text": words }),
        )),
    }
}

fn suggested(payload: &Value) -> Value {
    let typed = text(&payload["value"]).to_lowercase();
    let all = ["Amber", "Ambrosia", "Basalt"].into_iter();
    let fits = all.filter(|name| name.to_lowercase().contains(&typed));
    json!({ "options": fits.map(option).collect::<Vec<_>>() })
}

/// What is wrong with the form, if anything is.
fn refused(payload: &Value) -> Option<Value> {
    let name = &payload["view"]["state"]["values"]["name"]["name"]["value"];
    let short = text(name).chars().count() < 3;
    short.then(|| {
        json!({ "response_action": "errors", "errors": { "name": "At least three letters, please" } })
    })
}

fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text })
}

fn option(name: &str) -> Value {
    json!({ "text": plain(name), "value": name.to_lowercase() })
}

fn form() -> Value {
    json!({
        "type": "modal", "title": plain("A form"), "submit": plain("Save"), "close": plain("Cancel"),
        "blocks": [
            {
                "type": "input", "block_id": "name", "label": plain("Name"), "hint": plain("Any will do"),
                "element": { "type": "plain_text_input", "action_id": "name" },
            },
            {
                "type": "input", "block_id": "where", "label": plain("Where"), "optional": true,
                "element": { "type": "multi_conversations_select", "action_id": "where" },
            },
            {
                "type": "input", "block_id": "days", "label": plain("Days"), "optional": true,
                "element": { "type": "checkboxes", "action_id": "days", "options": [option("Monday"), option("Tuesday")] },
            },
            {
                "type": "input", "block_id": "at", "label": plain("At"), "optional": true,
                "element": { "type": "timepicker", "action_id": "at", "initial_time": "09:30" },
            },
        ],
    })
}

/// All kinds of blocks and elements that a message has.
pub fn card() -> Value {
    let confirm = json!({
        "title": plain("Remove it?"), "text": plain("It is gone then."), "confirm": plain("Remove now"), "deny": plain("Keep it"),
    });
    let cells = |cells: [&str; 2]| cells.map(|cell| json!({ "type": "raw_text", "text": cell }));
    let said = |text: &str| json!({ "type": "rich_text_section", "elements": [{ "type": "text", "text": text }] });
    json!([
        { "type": "header", "text": plain("A card :rocket:") },
        { "type": "section", "text": { "type": "mrkdwn", "text": "*Choose* _well_, <!here>: <https://example.com|a link>" } },
        { "type": "section", "fields": [plain("Left"), plain("Right")], "accessory": {
            "type": "overflow", "action_id": "more", "options": [option("Edit"), option("Copy")],
        } },
        { "type": "divider" },
        { "type": "rich_text", "elements": [
            { "type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [said("One"), said("Two")] },
            { "type": "rich_text_quote", "elements": [{ "type": "text", "text": "Quoted" }] },
            { "type": "rich_text_preformatted", "elements": [{ "type": "text", "text": "fn main() {}" }] },
            { "type": "rich_text_section", "elements": [
                { "type": "date", "timestamp": 1_700_000_000, "format": "{date_num}", "fallback": "then" },
            ] },
        ] },
        { "type": "markdown", "text": "## Heading\n- **bold**\n- `code`" },
        { "type": "table", "rows": [cells(["Name", "Points"]), cells(["Ana", "7"])] },
        { "type": "image", "image_url": "https://example.com/a.png", "alt_text": "A picture", "title": plain("Its title") },
        { "type": "context", "elements": [{ "type": "mrkdwn", "text": "By the *app*" }] },
        { "type": "actions", "block_id": "row", "elements": [
            { "type": "button", "action_id": "press", "text": plain("Press"), "style": "primary" },
            { "type": "button", "action_id": "form", "text": plain("Form") },
            { "type": "button", "action_id": "remove", "text": plain("Remove"), "style": "danger", "confirm": confirm },
        ] },
        { "type": "actions", "block_id": "choices", "elements": [
            { "type": "static_select", "action_id": "fruit", "placeholder": plain("Choose a fruit"), "options": [option("Apple"), option("Pear")] },
            {
                "type": "external_select", "action_id": "stone", "placeholder": plain("Search a stone"), "min_query_length": 2,
            },
            { "type": "datepicker", "action_id": "date", "initial_date": "2026-01-02" },
            { "type": "radio_buttons", "action_id": "radio", "options": [option("Red"), option("Blue")] },
        ] },
    ])
}
