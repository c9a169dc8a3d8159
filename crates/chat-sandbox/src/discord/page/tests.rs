//! The page over HTTP, as a browser meets it.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use twilight_model::guild::Permissions;

use crate::discord::{
    Options, Preview, PreviewFault, PreviewMessage, Previews, Sandbox, Search,
    world::{Content, NewMessage, Upload},
};

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("an answer in JSON")
    }
}

async fn start() -> Sandbox {
    Sandbox::start(Options::default())
        .await
        .expect("a free port")
}

/// Sends a request with one more header line, and leaves the connection open.
async fn open(sandbox: &Sandbox, line: &str, header: &str, body: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(sandbox.address())
        .await
        .expect("a connection");
    let request = format!(
        "{line} HTTP/1.1\r\n{header}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream
        .write_all(request.as_bytes())
        .await
        .expect("the request is sent");
    BufReader::new(stream)
}

async fn request(sandbox: &Sandbox, line: &str, header: &str, body: &str) -> Answer {
    let mut text = String::new();
    let mut stream = open(sandbox, line, header, body).await;
    stream
        .read_to_string(&mut text)
        .await
        .expect("an answer in UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Answer {
        status: status.expect("a status"),
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}

async fn get(sandbox: &Sandbox, path: &str) -> Answer {
    request(sandbox, &format!("GET {path}"), "Host: localhost", "").await
}

async fn post(sandbox: &Sandbox, path: &str, body: Value) -> Answer {
    request(
        sandbox,
        &format!("POST {path}"),
        "Host: localhost",
        &body.to_string(),
    )
    .await
}

#[tokio::test]
async fn the_page_comes_with_a_strict_policy() {
    let sandbox = start().await;
    for path in ["/", "/assets/main.js", "/page/state", "/assets/none.js"] {
        let answer = get(&sandbox, path).await;
        assert!(
            answer
                .head
                .contains("content-security-policy: default-src 'none'; script-src 'self'"),
            "{path}"
        );
        assert!(
            answer.head.contains("x-content-type-options: nosniff"),
            "{path}"
        );
    }
    assert_eq!(get(&sandbox, "/assets/../mod.rs").await.status, 404);
    sandbox.stop().await;
}

#[tokio::test]
async fn other_sites_are_refused() {
    let sandbox = start().await;
    for header in [
        "Host: rebound.example",
        "Host: localhost\r\nOrigin: https://evil.example",
        "Host: localhost\r\nOrigin: http://localhost:1",
        "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors",
    ] {
        for line in [
            "GET /",
            "GET /page/state",
            "GET /page/events",
            "POST /page/advance",
            "GET /files/1/a.png",
            "GET /api/v10/gateway",
        ] {
            let answer = request(&sandbox, line, header, r#"{"next_day":true}"#).await;
            assert_eq!(answer.status, 403, "{line} with {header}");
        }
        let upgrade = format!(
            "{header}\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        );
        let answer = request(&sandbox, "GET /gateway", &upgrade, "").await;
        assert_eq!(answer.status, 403, "the gateway with {header}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_state_is_what_the_person_sees() {
    let sandbox = start().await;
    let names = |state: &Value| -> Vec<String> {
        let channels = state["channels"].as_array().expect("channels").iter();
        channels
            .map(|channel| channel["name"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let ana = get(&sandbox, "/page/state").await.json();
    let ben = get(&sandbox, "/page/state?as=ben").await.json();
    assert!(names(&ana).contains(&"staff".to_owned()));
    assert!(!names(&ben).contains(&"staff".to_owned()));
    assert_eq!(ben["me"], sandbox.person("ben").id().to_string());
    let people = ana["people"].as_array().expect("people");
    assert_eq!(
        people
            .iter()
            .filter(|someone| someone["admin"] == true)
            .count(),
        1
    );
    let messages = get(&sandbox, "/page/messages?as=ben&channel=staff").await;
    assert_eq!(messages.status, 400);
    sandbox.stop().await;
}

#[tokio::test]
async fn what_one_says_is_shown_harmless() {
    let sandbox = start().await;
    let said = post(
        &sandbox,
        "/page/say",
        json!({ "as": "ben", "channel": "general", "content": "**B** <img src=x onerror=alert(1)> @ana" }),
    )
    .await
    .json();
    let html = said["html"].as_str().expect("HTML");
    assert!(html.contains("<strong>B</strong> &lt;img"), "{html}");
    assert!(html.contains(">@Ana</span>"), "{html}");
    let reply =
        json!({ "as": "ana", "channel": "general", "content": "Right", "reply_to": said["id"] });
    let reply = post(&sandbox, "/page/say", reply).await.json();
    assert_eq!(reply["reply_to"]["author"]["username"], "ben");
    let react = json!({ "as": "ana", "message": said["id"], "emoji": "👍", "on": true });
    assert_eq!(post(&sandbox, "/page/react", react).await.status, 200);
    let page = get(&sandbox, "/page/messages?as=ana&channel=general&limit=2")
        .await
        .json();
    assert_eq!(
        page["messages"][0]["reactions"],
        json!([{ "emoji": "👍", "count": 1, "me": true }])
    );
    assert_eq!(page["messages"][1]["content"], "Right");
    assert_eq!(page["more"], false);
    sandbox.stop().await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_in_a_sentence() {
    let sandbox = start().await;
    let ben = |rest: Value| {
        let mut body = json!({ "as": "ben" });
        body.as_object_mut()
            .expect("an object")
            .extend(rest.as_object().cloned().expect("an object"));
        body
    };
    let say = |content: &str| ben(json!({ "channel": "general", "content": content }));
    for (path, body) in [
        ("/page/say", json!("nonsense")),
        (
            "/page/say",
            json!({ "as": "nobody", "channel": "general", "content": "x" }),
        ),
        ("/page/say", say("")),
        ("/page/say", say(&"x".repeat(2001))),
        (
            "/page/command",
            ben(json!({ "channel": "general", "command": "none", "options": [] })),
        ),
        (
            "/page/click",
            ben(json!({ "message": "1", "custom_id": "x" })),
        ),
        (
            "/page/click",
            ben(json!({ "message": "x", "custom_id": "x" })),
        ),
        ("/page/submit", ben(json!({ "modal": "1", "values": {} }))),
        ("/page/dismiss", ben(json!({ "message": "1" }))),
        ("/page/advance", json!({ "seconds": -1 })),
        ("/page/advance", json!({})),
    ] {
        let answer = post(&sandbox, path, body.clone()).await;
        assert!(
            (400..500).contains(&answer.status),
            "{path} {body}: {}",
            answer.status
        );
        assert!(answer.json()["error"].is_string(), "{path} {body}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn events_tell_what_one_sees_and_nothing_else() {
    let sandbox = start().await;
    let stream = open(&sandbox, "GET /page/events?as=ben", "Host: localhost", "").await;
    let mut lines = stream.lines();
    let mut next = async || loop {
        let line = lines
            .next_line()
            .await
            .expect("a line")
            .expect("the stream goes on");
        if let Some(data) = line.strip_prefix("data: ") {
            break serde_json::from_str::<Value>(data).expect("an event in JSON");
        }
    };
    assert_eq!(next().await["type"], "hello");
    let ana = sandbox.person("ana");
    ana.say("staff", "not for ben").await;
    ana.say("general", "for everyone").await;
    assert_eq!(next().await["message"]["content"], "for everyone");
    let moved = post(&sandbox, "/page/advance", json!({ "next_day": true })).await;
    assert_eq!(moved.status, 200);
    assert_eq!(next().await["type"], "clock");
    sandbox.stop().await;
}

/// Posts a file to #general, for one person alone if told so; its address for the bot.
fn attach(sandbox: &Sandbox, name: &str, content_type: &str, only: Option<u64>) -> String {
    let mut state = sandbox.world().lock();
    let upload = Upload {
        name: name.to_owned(),
        content_type: content_type.to_owned(),
        bytes: Arc::from(*b"<script>alert(1)</script>"),
        description: None,
    };
    let content = Content {
        uploads: vec![upload],
        ..Content::default()
    };
    let (home, bot) = (state.home, state.application);
    let channel = state.room_named(home, bot, "general").expect("it is there");
    let new = NewMessage::regular(bot, channel, content);
    let id = state.post(NewMessage { only, ..new });
    let message = &state.stored(channel, id).expect("it was posted").message;
    let address = &message.attachments[0].url;
    address[address.find("/files/").expect("a file")..].to_owned()
}

#[tokio::test]
async fn files_other_than_pictures_are_downloads() {
    let sandbox = start().await;
    for (name, kind) in [("a.html", "text/html"), ("a.svg", "image/svg+xml")] {
        let answer = get(&sandbox, &attach(&sandbox, name, kind, None)).await;
        assert_eq!(answer.status, 200);
        for field in [
            "content-disposition: attachment",
            "content-type: application/octet-stream",
            "content-security-policy: default-src 'none'; sandbox",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(answer.head.contains(field), "{name} without {field}");
        }
    }
    let picture = attach(&sandbox, "a.png", "image/png", None);
    let answer = get(&sandbox, &picture).await;
    assert!(answer.head.contains("content-type: image/png"));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_file_is_for_those_who_are_shown_its_message() {
    let sandbox = start().await;
    let (ana, ben) = (sandbox.person("ana"), sandbox.person("ben"));
    let signed = attach(&sandbox, "export.json", "application/json", Some(ana.id()));
    let shown = async |who: &str| {
        let page = get(
            &sandbox,
            &format!("/page/messages?as={who}&channel=general"),
        )
        .await;
        let url = page.json()["messages"][0]["attachments"][0]["url"].clone();
        url.as_str().map(str::to_owned)
    };
    let url = shown("ana").await.expect("ana is shown it");
    assert_eq!(shown("ben").await, None);
    let (path, _) = url.split_once('?').expect("a query");
    let other = sandbox
        .world()
        .lock()
        .someone(ben.id())
        .expect("ben")
        .key
        .clone();
    let asked = [
        (url.clone(), 200),
        (signed.clone(), 200),
        (path.to_owned(), 404),
        (format!("{path}?hm=0"), 404),
        (format!("{path}?as={}", ana.id()), 404),
        (format!("{path}?as={}&key={other}", ana.id()), 404),
        (format!("{path}?as={}&key={other}", ben.id()), 404),
        (url.replace("export", "import"), 404),
    ];
    for (address, status) in asked {
        assert_eq!(get(&sandbox, &address).await.status, status, "{address}");
    }

    attach(&sandbox, "b.txt", "text/plain", None);
    let open = async |who| {
        get(&sandbox, &shown(who).await.expect("it is shown"))
            .await
            .status
    };
    assert_eq!(open("ben").await, 200);
    let url = shown("ben").await.expect("it is shown");
    let none = Permissions::empty();
    let world = sandbox.world();
    world.set_permissions("general", "ben", none, Permissions::VIEW_CHANNEL);
    assert_eq!(get(&sandbox, &url).await.status, 404, "ben sees it no more");
    sandbox.stop().await;
}

#[tokio::test]
async fn faults_are_asked_for_listed_and_cleared() {
    let sandbox = start().await;
    for fault in [
        json!("drop"),
        json!({ "invalid_session": { "resumable": false } }),
        json!({ "close": { "code": 4000 } }),
        json!({ "guild": { "away": true } }),
        json!({ "guild": { "away": false } }),
        json!("duplicate_events"),
        json!({ "rest": { "method": "POST", "path": "/callback", "times": 2, "what": { "status": 502 } } }),
        json!({ "rest": { "method": null, "path": "", "times": null, "what": { "delay": { "seconds": 0.5 } } } }),
    ] {
        let answer = post(&sandbox, "/page/faults", fault.clone()).await;
        assert_eq!(answer.status, 200, "{fault}: {}", answer.body);
    }
    let wrong = |what: Value| json!({ "rest": { "method": null, "path": "", "times": null, "what": what } });
    for fault in [
        json!("explode"),
        json!({ "close": { "code": 7 } }),
        json!({ "close": { "code": 1006 } }),
        wrong(json!({ "status": 200 })),
        wrong(json!({ "delay": { "seconds": -1 } })),
        wrong(json!({ "rate_limit": { "seconds": 1e9, "global": true } })),
    ] {
        let answer = post(&sandbox, "/page/faults", fault.clone()).await;
        assert!(
            (400..500).contains(&answer.status),
            "{fault}: {}",
            answer.status
        );
    }
    let listed = get(&sandbox, "/page/faults").await.json();
    assert_eq!(
        listed["faults"],
        json!([
            "The next 2 requests of method POST with /callback in the path: answered 502",
            "All requests: answered 500ms late",
            "Every event is sent twice",
        ])
    );
    post(&sandbox, "/page/faults/clear", json!({})).await;
    assert_eq!(
        get(&sandbox, "/page/faults").await.json()["faults"],
        json!([])
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn previews_are_listed_by_source_and_shown_as_messages() {
    let sandbox = start().await;
    let entry = |source: &str, name: &str, message: Value| Preview {
        source: source.to_owned(),
        name: name.to_owned(),
        title: format!("About {name}"),
        messages: vec![PreviewMessage {
            caption: "Posted".to_owned(),
            message,
        }],
    };
    let embed = json!({ "embeds": [{ "type": "rich", "description": "**b** <script>" }] });
    sandbox.world().show_previews(Previews {
        search: Some(Search::new(|typed| vec![typed.replace("see", "c")])),
        entries: vec![
            entry("one.toml", "a", embed),
            entry("two.toml", "b", json!({ "content": "plain" })),
            entry("one.toml", "c", json!({ "embeds": [{ "color": "red" }] })),
        ],
        faults: vec![PreviewFault {
            source: "three.toml".to_owned(),
            line: Some(7),
            name: None,
            text: "is amiss".to_owned(),
        }],
        ..Previews::default()
    });
    let index = get(&sandbox, "/page/previews").await.json();
    let names = |at: usize| -> Vec<&str> {
        let entries = index["sources"][at]["entries"]
            .as_array()
            .expect("entries")
            .iter();
        entries
            .map(|entry| entry["name"].as_str().expect("a name"))
            .collect()
    };
    assert_eq!(
        (names(0), names(1), names(2)),
        (vec!["a", "c"], vec!["b"], vec![])
    );
    assert_eq!(index["sources"][2]["faults"][0]["line"], 7);
    let shown = get(&sandbox, "/page/preview?name=a").await.json();
    let html = shown["messages"][0]["embeds"][0]["description_html"]
        .as_str()
        .expect("HTML");
    assert!(html.contains("<strong>b</strong> &lt;script&gt;"), "{html}");
    let found = get(&sandbox, "/page/previews/found?typed=see").await.json();
    assert_eq!(found, json!(["c"]));
    assert_eq!(get(&sandbox, "/page/previews/found").await.status, 400);
    assert_eq!(get(&sandbox, "/page/preview?name=c").await.status, 400);
    assert_eq!(get(&sandbox, "/page/preview?name=d").await.status, 404);
    sandbox.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_comes_is_not_waited_for() {
    let sandbox = start().await;
    for path in ["/page/say", "/page/faults", "/api/v10/channels/1/messages"] {
        let mut stream = TcpStream::connect(sandbox.address())
            .await
            .expect("a connection");
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bot {}\r\n\
             Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{{",
            Options::default().token
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 408", "{path}");
    }
    sandbox.stop().await;
}
