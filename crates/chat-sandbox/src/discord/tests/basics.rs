//! Logging in, commands, buttons, messages.

use super::*;

#[tokio::test]
async fn a_command_is_answered_and_a_click_changes_the_answer() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let reply = ana.slash("general", "/hello").await.expect("an answer");
    let message = reply.message().expect("a message");
    assert_eq!(message.text(), "Hi\nHello\nto ana\nField\nValue");
    assert_eq!(
        message.command.as_ref().map(|(name, _)| name.as_str()),
        Some("hello")
    );
    assert!(message.author.bot && !message.ephemeral && !message.edited);

    let ben = scene.person("ben");
    let seen = ben.messages("general");
    assert_eq!(seen.len(), 1);
    let clicked = ben.click(&seen[0], "Again").await.expect("an update");
    assert!(
        matches!(&clicked, crate::discord::Reply::Updated(message) if message.id == seen[0].id)
    );
    assert_eq!(ana.messages("general")[0].content, "Hi again");
    assert!(
        ben.click(&seen[0], "Again").await.is_err(),
        "the button is gone"
    );
    scene.end().await;
}

#[tokio::test]
async fn the_bots_own_requests_see_what_people_do() {
    let scene = Scene::start().await;
    let ben = scene.person("ben");
    let said = ben.say("general", "good morning").await;
    let channel = serenity::all::ChannelId::new(said.channel);
    let read = scene
        .http
        .get_message(channel, said.id.into())
        .await
        .expect("the message");
    assert_eq!(
        (read.author.name.as_str(), read.content.as_str()),
        ("ben", "good morning")
    );
    scene.end().await;
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let scene = Scene::start().await;
    let other = http(&scene.sandbox, "wrong");
    let refused = other.get_current_user().await.expect_err("no entry");
    assert!(
        refused.to_string().contains("401: Unauthorized"),
        "{refused}"
    );
    scene.end().await;
}
