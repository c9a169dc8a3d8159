//! The ways to answer: in private, late, more than once, with files, menus and forms.

use serde_json::json;

use super::{refusals::code, *};
use crate::discord::{Failure, Reply};

#[tokio::test]
async fn an_ephemeral_answer_is_for_one_person() {
    let scene = Scene::start().await;
    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    let reply = ana.slash("general", "/whisper").await.expect("an answer");
    let message = reply.message().expect("a message");
    assert!(message.ephemeral && !message.thinking);
    assert_eq!(message.text(), "for you");
    assert_eq!(ana.messages("general").len(), 1);
    assert_eq!(ben.messages("general").len(), 0);
    assert!(ben.message(message.id).is_none());

    let again = ana
        .click(message, "Again")
        .await
        .expect("an update")
        .message()
        .cloned();
    assert!(again.is_some_and(|again| again.ephemeral && again.id == message.id));
    assert_eq!(ana.messages("general")[0].content, "Hi again");
    assert_eq!(ben.messages("general").len(), 0);

    ana.dismiss(message);
    assert_eq!(ana.messages("general").len(), 0);
    scene.end().await;
}

#[tokio::test]
async fn a_deferred_answer_thinks_first_and_is_filled_in() {
    let scene = Scene::start().await;
    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    let reply = ana.slash("general", "/slow").await.expect("an answer");
    let answer = reply.message().expect("a message");
    let edited = ben
        .wait_for("general", |message| message.content == "thought again")
        .await;
    assert_eq!(edited.id, answer.id);
    let more = ana
        .wait_for("general", |message| message.content == "psst")
        .await;
    assert!(more.ephemeral);
    assert_eq!(more.reply_to, Some(answer.id));
    assert_eq!(ben.messages("general").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_silent_bot_is_noticed() {
    let scene = Scene::start().await;
    let failure = scene
        .person("ana")
        .slash("general", "/silent")
        .await
        .expect_err("nothing comes");
    assert_eq!(failure, Failure::NotAcknowledged);
    let problems = scene.world().problems();
    assert_eq!(problems, ["/silent was not acknowledged within 3 seconds"]);

    let (id, token) = {
        let state = scene.world().lock();
        let (id, interaction) = state.interactions.last_key_value().expect("one was asked");
        (*id, interaction.token.clone())
    };
    let hello = json!({ "content": "too late" });
    let answer = json!({ "type": 4, "data": hello });
    let late = scene
        .http
        .create_interaction_response(id.into(), &token, &answer, Vec::new());
    assert_eq!(code(late.await).0, 10062);
    let follow_up = scene
        .http
        .create_followup_message(&token, &hello, Vec::new());
    assert_eq!(code(follow_up.await).0, 10015);
    assert!(scene.person("ana").messages("general").is_empty());
    scene.stop().await;
}

#[tokio::test]
async fn a_click_can_be_answered_in_private_later_or_with_a_form() {
    let scene = Scene::start().await;
    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    ana.slash("general", "/hello").await.expect("an answer");
    let message = ben.messages("general").remove(0);

    let secret = ben.click(&message, "Secret").await.expect("an answer");
    assert_eq!(secret.text(), "Some(\"ben\") Some(\"Hello\")");
    assert_eq!(
        secret.message().and_then(|secret| secret.reply_to),
        Some(message.id)
    );
    assert_eq!(ana.messages("general").len(), 1);

    let later = ben.click(&message, "Later").await.expect("an update");
    assert!(matches!(&later, Reply::Updated(now) if now.content == "Hi later" && now.edited));
    ben.wait_for("general", |message| message.content == "more")
        .await;

    let form = ben.click(&message, "Form").await.expect("a form");
    let form = form.modal().expect("a form");
    assert!(
        ana.submit(form, &[("answer", "mine")]).await.is_err(),
        "it is ben's form"
    );
    let done = ben
        .submit(form, &[("answer", "stampede")])
        .await
        .expect("an answer");
    assert_eq!(done.text(), "form stampede");
    scene.end().await;
}

#[tokio::test]
async fn a_form_is_checked_before_it_is_sent() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let form = ana.slash("general", "/form").await.expect("a form");
    let form = form.modal().expect("a form");
    assert_eq!(
        (form.title.as_str(), form.fields[0].label.as_str()),
        ("A form", "Your answer")
    );
    for bad in [
        &[][..],
        &[("answer", "x")],
        &[("other", "text"), ("answer", "text")],
    ] {
        assert!(ana.submit(form, bad).await.is_err(), "{bad:?}");
    }
    let done = ana
        .submit(form, &[("answer", "a lock")])
        .await
        .expect("an answer");
    assert_eq!(done.text(), "form a lock");
    assert!(
        ana.submit(form, &[("answer", "a lock")]).await.is_err(),
        "it is gone"
    );
    scene.end().await;
}

#[tokio::test]
async fn a_menu_sends_what_was_chosen() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let menu = ana.slash("general", "/menu").await.expect("a menu");
    let menu = menu.message().expect("a message");
    assert_eq!(menu.selects()[0].options[0].1, "caching");
    let chosen = ana
        .select(menu, "topic", &["networking"])
        .await
        .expect("an answer");
    assert_eq!(chosen.text(), "networking");
    for bad in [&["physics"][..], &[], &["caching", "networking"]] {
        assert!(ana.select(menu, "topic", bad).await.is_err(), "{bad:?}");
    }
    let ben = scene.person("ben").id();
    let chosen = ana
        .select(menu, "who", &[&ben.to_string()])
        .await
        .expect("an answer");
    assert_eq!(chosen.text(), format!("chose [UserId({ben})]"));
    scene.end().await;
}

#[tokio::test]
async fn a_file_can_be_fetched() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let reply = ana.slash("general", "/file").await.expect("an answer");
    let message = reply.message().expect("a message");
    let file = &message.attachments[0];
    assert_eq!((file.name.as_str(), file.size), ("export.json", 14));
    let stored = scene.world().file(&file.url).expect("the file");
    assert_eq!(&*stored.bytes, b"{\"points\": 10}");
    assert_eq!(stored.only, Some(ana.id()));
    scene.end().await;
}

#[tokio::test]
async fn disabled_and_absent_buttons_are_refused() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let reply = ana.slash("general", "/hello").await.expect("an answer");
    let message = reply.message().expect("a message");
    assert!(message.button("Off").expect("it is there").disabled);
    for label in ["Off", "Elsewhere"] {
        let failure = ana.click(message, label).await.expect_err(label);
        assert!(matches!(failure, Failure::Refused(_)), "{failure:?}");
    }
    scene.end().await;
}

#[tokio::test]
async fn the_bot_can_have_its_answer_returned() {
    use serde_json::{Value, json};
    use serenity::http::{LightMethod, Request, Route};
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let mut changes = scene.world().changes();
    let id = ana
        .start_command("general", "silent", Vec::new())
        .expect("it is sent");
    let token = scene.world().lock().interactions[&id].token.clone();
    let body = json!({ "type": 4, "data": { "content": "here", "flags": 64 } });
    let route = Route::InteractionResponse {
        interaction_id: id.into(),
        token: &token,
    };
    let request = Request::new(route, LightMethod::Post)
        .body(Some(body.to_string().into_bytes()))
        .params(Some(vec![("with_response", "true".to_owned())]));
    let response = scene
        .http
        .request(request)
        .await
        .expect("answered")
        .bytes()
        .await
        .expect("a body");
    let response: Value = serde_json::from_slice(&response).expect("JSON");
    assert_eq!(response["resource"]["message"]["content"], "here");
    assert_eq!(response["interaction"]["response_message_ephemeral"], true);
    let reply = ana.outcome(id).await.expect("an answer");
    assert_eq!(reply.text(), "here");

    let mut seen = Vec::new();
    while let Ok(change) = changes.try_recv() {
        seen.push((ana.sees(&change), scene.person("ben").sees(&change)));
    }
    assert_eq!(
        seen,
        [(true, false), (true, false)],
        "the message and the outcome are ana's alone"
    );
    scene.end().await;
}

#[tokio::test]
async fn an_update_that_leaves_nothing_is_refused() {
    use serde_json::json;
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let reply = ana.slash("general", "/hello").await.expect("an answer");
    let message = reply.message().expect("a message");
    let id = ana
        .start_component(message.id, "quiet", Vec::new())
        .expect("sent");
    let token = scene.world().lock().interactions[&id].token.clone();
    let nothing = json!({ "content": "", "embeds": [], "components": [] });
    let nothing = json!({ "type": 7, "data": nothing });
    let refused = scene
        .http
        .create_interaction_response(id.into(), &token, &nothing, Vec::new());
    let refused = refused.await.expect_err("nothing would be left");
    assert!(refused.to_string().contains("empty message"), "{refused}");
    assert_eq!(ana.messages("general")[0].content, "Hi");
    scene.stop().await;
}
