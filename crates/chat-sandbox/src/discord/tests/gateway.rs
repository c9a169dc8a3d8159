//! The gateway: lost connections, restarts, wrong tokens.

use serenity::{Error, gateway::GatewayError};

use super::*;
use crate::discord::Change;

#[tokio::test]
async fn a_lost_connection_is_resumed_and_nothing_is_missed() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let reply = ana.slash("general", "/hello").await.expect("an answer");
    let mut changes = scene.world().changes();
    scene.world().drop_gateway();
    while !matches!(changes.recv().await, Ok(Change::Bot { online: false })) {}
    // Asked while the bot is away, answered after it came back.
    let again = ana
        .click(reply.message().expect("a message"), "Again")
        .await
        .expect("an update");
    assert_eq!(again.message().expect("a message").content, "Hi again");
    assert!(scene.world().bot_online());
    scene.end().await;
}

#[tokio::test]
async fn a_bot_that_restarts_works_on_old_messages() {
    let mut scene = Scene::start().await;
    let ana = scene.person("ana");
    let reply = ana.slash("general", "/hello").await.expect("an answer");
    scene.shards.shutdown_all().await;
    until(scene.world(), |world| !world.bot_online()).await;

    let intents = GatewayIntents::non_privileged();
    let mut client = bot::client(&scene.sandbox.url(), TOKEN, intents).await;
    scene.shards = Arc::clone(&client.shard_manager);
    scene.bot = tokio::spawn(async move { client.start().await.expect("the bot runs") });
    until(scene.world(), |world| world.bot_online()).await;
    let again = ana
        .click(reply.message().expect("a message"), "Again")
        .await
        .expect("an update");
    assert_eq!(again.message().expect("a message").content, "Hi again");
    scene.end().await;
}

#[tokio::test]
async fn a_wrong_token_is_told_so() {
    let options = Options {
        token: TOKEN.to_owned(),
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await.expect("a free port");
    let mut client = bot::client(&sandbox.url(), "wrong", GatewayIntents::empty()).await;
    let refused = client.start().await.expect_err("no entry");
    let wrong = Error::Gateway(GatewayError::InvalidAuthentication);
    assert_eq!(refused.to_string(), wrong.to_string());
    sandbox.stop().await;
}
