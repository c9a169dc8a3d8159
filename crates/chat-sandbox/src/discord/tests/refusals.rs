//! What Discord refuses a bot, with which code, and at which field.

use chrono::Duration;
use serde_json::{Value, json};
use serenity::{
    all::{ChannelId, CreateMessage, GuildId, MessageId},
    http::{HttpError, LightMethod, Request, Route},
};

use super::*;

/// The id of a channel.
pub(super) fn channel(scene: &Scene, name: &str) -> ChannelId {
    let all = scene.person("ana").channels();
    let found = all
        .iter()
        .find(|channel| channel.name == name)
        .expect("the channel");
    ChannelId::new(found.id)
}

/// The code of an error, and the places and codes of its faults.
pub(super) fn code<T: std::fmt::Debug>(result: serenity::Result<T>) -> (isize, Vec<String>) {
    match result.expect_err("a refusal") {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            let faults = response.error.errors.iter();
            let faults = faults
                .map(|fault| format!("{} {}", fault.path, fault.code))
                .collect();
            (response.error.code, faults)
        }
        other => panic!("{other}"),
    }
}

pub(super) async fn post(scene: &Scene, name: &str, body: Value) -> (isize, Vec<String>) {
    code(
        scene
            .http
            .send_message(channel(scene, name), Vec::new(), &body)
            .await,
    )
}

#[tokio::test]
async fn what_is_not_there_is_unknown() {
    let scene = Scene::start().await;
    let http = &scene.http;
    let general = channel(&scene, "general");
    assert_eq!(code(http.get_channel(ChannelId::new(7)).await).0, 10003);
    assert_eq!(
        code(http.get_message(general, MessageId::new(7)).await).0,
        10008
    );
    assert_eq!(code(http.get_guild(GuildId::new(7)).await).0, 10004);
    assert_eq!(code(http.get_user(7.into()).await).0, 10013);
    let said = scene.person("ben").say("general", "mine").await;
    let body = json!({ "content": "yours" });
    assert_eq!(
        code(
            http.edit_message(general, said.id.into(), &body, Vec::new())
                .await
        )
        .0,
        50005
    );
    assert_eq!(
        code(http.delete_message(general, said.id.into(), None).await).0,
        50013
    );
    scene.end().await;
}

#[tokio::test]
async fn breached_limits_name_the_field() {
    let scene = Scene::start().await;
    let long = |length: usize| "x".repeat(length);
    let (code, faults) = post(
        &scene,
        "general",
        json!({
            "content": long(2001),
            "embeds": [
                { "title": "fine" },
                { "title": long(257), "fields": [{ "name": "", "value": long(1025) }] },
            ],
            "components": [{ "type": 1, "components": [
                { "type": 2, "style": 1, "label": long(81), "custom_id": "a" },
                { "type": 2, "style": 1, "label": "b", "custom_id": "a" },
                { "type": 2, "style": 5, "label": "c", "url": "ftp://c" },
            ]}],
        }),
    )
    .await;
    assert_eq!(code, 50035);
    let mut faults = faults;
    faults.sort();
    assert_eq!(
        faults,
        [
            "components.0.components.0.label BASE_TYPE_MAX_LENGTH",
            "components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
            "components.0.components.2.url URL_TYPE_INVALID_SCHEME",
            "content BASE_TYPE_MAX_LENGTH",
            "embeds.1.fields.0.name BASE_TYPE_REQUIRED",
            "embeds.1.fields.0.value BASE_TYPE_MAX_LENGTH",
            "embeds.1.title BASE_TYPE_MAX_LENGTH",
        ]
    );
    assert_eq!(
        post(&scene, "general", json!({ "content": " " })).await.0,
        50006
    );
    assert_eq!(
        scene.world().problems().len(),
        2,
        "the tests of a bot would fail"
    );
    scene.stop().await;
}

#[tokio::test]
async fn the_sum_of_all_embeds_is_limited_too() {
    let scene = Scene::start().await;
    let embed = json!({ "description": "x".repeat(3500) });
    let (code, faults) = post(&scene, "general", json!({ "embeds": [embed, embed] })).await;
    assert_eq!(
        (code, faults),
        (50035, vec!["embeds MAX_EMBED_SIZE_EXCEEDED".to_owned()])
    );
    scene.stop().await;
}

#[tokio::test]
async fn a_bad_command_is_refused_with_its_place() {
    let scene = Scene::start().await;
    let commands = json!([
        { "name": "fine", "description": "Fine" },
        { "name": "Not Fine", "description": "", "options": [
            { "type": 3, "name": "a", "description": "a" },
            { "type": 3, "name": "b", "description": "b", "required": true },
        ]},
    ]);
    let (code, mut faults) = code(scene.http.create_global_commands(&commands).await);
    faults.sort();
    assert_eq!(code, 50035);
    assert_eq!(
        faults,
        [
            "1.description BASE_TYPE_BAD_LENGTH",
            "1.name APPLICATION_COMMAND_INVALID_NAME",
            "1.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ]
    );
    assert!(
        !scene.person("ana").commands("general").is_empty(),
        "the old ones stay"
    );
    scene.stop().await;
}

/// The id and token of the last interaction that was answered.
fn last_token(scene: &Scene) -> (u64, String) {
    let requests = scene.world().requests();
    let paths = requests.iter().rev().map(|request| request.path.as_str());
    let mut callbacks = paths.filter(|path| path.contains("/callback"));
    let path = callbacks.next().expect("an interaction was answered");
    let mut parts = path
        .split('/')
        .skip_while(|part| *part != "interactions")
        .skip(1);
    let id = parts.next().and_then(|id| id.parse().ok()).expect("an id");
    (id, parts.next().expect("a token").to_owned())
}

#[tokio::test]
async fn an_interaction_is_acknowledged_once_and_its_token_runs_out() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    ana.slash("general", "/hello").await.expect("an answer");
    let (id, token) = last_token(&scene);
    let answer = json!({ "type": 4, "data": { "content": "again" } });
    let again = |id: u64| {
        scene
            .http
            .create_interaction_response(id.into(), &token, &answer, Vec::new())
    };
    assert_eq!(code(again(id).await).0, 40060);
    assert_eq!(code(again(id + 1).await).0, 10062);

    let follow_up = || {
        let message = json!({ "content": "more" });
        let http = Arc::clone(&scene.http);
        let token = token.clone();
        async move {
            http.create_followup_message(&token, &message, Vec::new())
                .await
        }
    };
    let more = follow_up().await.expect("the token is fresh");
    let http = &scene.http;
    let read = http
        .get_followup_message(&token, more.id)
        .await
        .expect("read");
    assert_eq!(read.content, "more");
    http.delete_followup_message(&token, more.id)
        .await
        .expect("deleted");
    assert_eq!(
        code(http.get_followup_message(&token, more.id).await).0,
        10008
    );
    let original = http
        .get_original_interaction_response(&token)
        .await
        .expect("read");
    assert_eq!(original.content, "Hi");
    http.delete_original_interaction_response(&token)
        .await
        .expect("deleted");
    assert!(ana.messages("general").is_empty());
    scene.world().advance(Duration::minutes(14));
    follow_up().await.expect("the token is good for 15 minutes");
    scene.world().advance(Duration::minutes(2));
    assert_eq!(code(follow_up().await).0, 50027);
    let edit = json!({ "content": "later" });
    let edited = http.edit_original_interaction_response(&token, &edit, Vec::new());
    assert_eq!(code(edited.await).0, 50027);
    let read = http.get_original_interaction_response(&token);
    assert_eq!(code(read.await).0, 50027);
    assert_eq!(
        scene.world().problems(),
        ["/hello was acknowledged a second time"]
    );
    scene.stop().await;
}

#[tokio::test]
async fn the_type_of_a_response_must_fit() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let silent = tokio::spawn({
        let ana = ana.clone();
        async move { ana.slash("general", "/silent").await }
    });
    let pending = || {
        let state = scene.world().lock();
        let mut waiting = state
            .interactions
            .values()
            .filter(|i| i.acknowledged.is_none());
        waiting
            .next()
            .map(|interaction| (interaction.id, interaction.token.clone()))
    };
    let mut found = pending();
    while found.is_none() {
        tokio::task::yield_now().await;
        found = pending();
    }
    let (id, token) = found.expect("it waits");
    let respond = |body: Value| {
        let http = Arc::clone(&scene.http);
        let token = token.clone();
        async move {
            http.create_interaction_response(id.into(), &token, &body, Vec::new())
                .await
        }
    };
    let (code, faults) = code(respond(json!({ "type": 7, "data": { "content": "no" } })).await);
    assert_eq!(
        (code, faults),
        (50035, vec!["type BASE_TYPE_CHOICES".to_owned()])
    );
    respond(json!({ "type": 4, "data": { "content": "yes" } }))
        .await
        .expect("it fits");
    assert_eq!(
        silent.await.expect("no panic").expect("an answer").text(),
        "yes"
    );
    scene.stop().await;
}

#[tokio::test]
async fn an_address_without_an_id_is_refused() {
    let scene = Scene::start().await;
    let route = Route::InteractionResponse {
        interaction_id: 7.into(),
        token: "no/token",
    };
    assert_eq!(
        code(
            scene
                .http
                .request(Request::new(route, LightMethod::Post))
                .await
        )
        .0,
        0
    );
    let parameters = Some(vec![("limit", "many".to_owned())]);
    let route = Route::ChannelMessages {
        channel_id: channel(&scene, "general"),
    };
    let request = Request::new(route, LightMethod::Get).params(parameters);
    assert_eq!(code(scene.http.request(request).await).0, 50035);
    assert_eq!(scene.world().problems().len(), 2);
    scene.stop().await;
}

#[tokio::test]
async fn unknown_routes_are_noticed() {
    let scene = Scene::start().await;
    let route = Route::ChannelInvites {
        channel_id: channel(&scene, "general"),
    };
    let request = scene
        .http
        .request(Request::new(route, LightMethod::Get))
        .await;
    assert_eq!(code(request).0, 0);
    assert!(
        scene.world().problems()[0].contains("404"),
        "{:?}",
        scene.world().problems()
    );
    let ok =
        channel(&scene, "general").send_message(&scene.http, CreateMessage::new().content("hi"));
    assert!(ok.await.is_ok());
    scene.stop().await;
}
