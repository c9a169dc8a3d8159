//! What the page asks for beyond messages: the introduction, leaving and joining, the menus.

use serde_json::{Value, json};

use super::{others::ask, wire::made, *};
use crate::common::{Introduction, Sibling, Step, StepButton, StepDone};

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let answer = reqwest::get(format!("{}{path}", sandbox.url())).await;
    answer.expect("an answer").json().await.expect("JSON")
}

async fn post(sandbox: &Sandbox, path: &str, body: Value) -> (u16, Value) {
    let request = reqwest::Client::new().post(format!("{}{path}", sandbox.url()));
    let answer = request.json(&body).send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

#[tokio::test]
async fn without_steps_the_introduction_says_what_this_is() {
    let sandbox = made(Options::default()).await;
    let told = get(&sandbox, "/page/state").await["introduction"].clone();
    assert_eq!(told["title"], "A Discord of your own");
    assert_eq!(told["steps"], json!([]));
    let end = told["end_html"].as_str().expect("text");
    assert!(end.starts_with("Type <code>/</code> to see"), "{end}");
    sandbox.stop().await;
}

#[tokio::test]
async fn steps_come_in_as_options_in_markdown() {
    let step = Step {
        after_last: true,
        ..Step::new(
            "tag",
            ("Try `/tag add`", ", **now**"),
            StepButton::Fill("/tag add".to_owned()),
            StepDone::Used("tag add".to_owned()),
        )
    };
    let introduction = Introduction {
        steps: vec![step],
        ..Introduction::default()
    };
    let sandbox = made(Options {
        introduction,
        ..Options::default()
    })
    .await;
    let told = get(&sandbox, "/page/state").await["introduction"]["steps"].clone();
    let expected = json!([{
        "name": "tag",
        "action_html": "Try <code>/tag add</code>",
        "rest_html": ", <strong>now</strong>",
        "button": { "fill": "/tag add" },
        "done": { "used": "tag add" },
        "after_last": true,
        "by_another": false,
    }]);
    assert_eq!(told, expected);
    sandbox.stop().await;
}

#[tokio::test]
async fn one_leaves_and_joins_on_the_page() {
    let sandbox = made(Options::default()).await;
    let away = async || {
        let people = get(&sandbox, "/page/state").await["people"].clone();
        let people = people.as_array().expect("people").clone();
        let ben = people.iter().find(|person| person["username"] == "ben");
        ben.expect("ben is one of them")["away"].clone()
    };
    let go = async |who: &str, member: bool| {
        let body = json!({ "as": who, "member": member });
        post(&sandbox, "/page/membership", body).await
    };
    assert_eq!(away().await, json!(false));
    assert_eq!(go("ben", false).await.0, 200);
    assert_eq!(away().await, json!(true));
    let (status, told) = go("ben", false).await;
    assert_eq!(
        (status, &told["error"]),
        (400, &json!("You aren't in this server"))
    );
    assert_eq!(go("ben", true).await.0, 200);
    assert_eq!(away().await, json!(false));
    assert_eq!(go("ana", false).await.0, 400, "it is hers");
    sandbox.stop().await;
}

#[tokio::test]
async fn the_menus_are_listed_and_used() {
    let sandbox = made(Options::default()).await;
    let application = sandbox.world().application().0;
    let path = format!("/applications/{application}/commands");
    let command = json!({ "type": 3, "name": "Read aloud" });
    assert_eq!(ask(&sandbox, "POST", &path, command).await.0, 201);
    let ana = sandbox.person("ana");
    let channel = ana.channels()[0].id.to_string();
    let known = get(
        &sandbox,
        &format!("/page/commands?as=ana&channel={channel}"),
    )
    .await;
    assert_eq!(
        known["menus"],
        json!({ "message": ["Read aloud"], "person": [] })
    );
    let said = ana.say("general", "hear, hear").await.id.to_string();
    let body = json!({ "as": "ana", "channel": channel, "command": "Read aloud", "message": said });
    let (status, started) = post(&sandbox, "/page/menu", body.clone()).await;
    assert!(
        status == 200 && started["interaction"].is_string(),
        "{started}"
    );
    let both = json!({ "as": "ana", "channel": channel, "command": "Read aloud" });
    assert_eq!(post(&sandbox, "/page/menu", both).await.0, 400);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_page_links_to_another_platforms() {
    let sibling = |name: &str| Sibling {
        name: name.to_owned(),
        url: "http://127.0.0.1:7980".to_owned(),
    };
    let sandbox = made(Options {
        sibling: Some(sibling("Slack")),
        ..Options::default()
    })
    .await;
    let expected = json!({ "name": "Slack", "url": "http://127.0.0.1:7980" });
    assert_eq!(get(&sandbox, "/page/state").await["sibling"], expected);
    sandbox.world().link(sibling("Other"));
    let told = get(&sandbox, "/page/state").await["sibling"].clone();
    assert_eq!(told["name"], "Other");
    sandbox.stop().await;
}
