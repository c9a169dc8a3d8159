//! What people say: replies, mentions, reactions, direct messages.

use super::*;

#[tokio::test]
async fn the_bot_reads_only_what_is_meant_for_it() {
    let scene = Scene::start().await;
    let ben = scene.person("ben");
    ben.say("news", "B").await;
    let answer = ben.wait_for("news", |message| message.author.bot).await;
    assert_eq!(answer.content, "heard \"\" to None");

    let reply = ben.reply(&answer, "B").await;
    assert_eq!(reply.reply_to, Some(answer.id));
    let heard =
        |text: &'static str| move |message: &crate::discord::MessageView| message.content == text;
    ben.wait_for(
        "news",
        heard("heard \"B\" to Some(\"heard \\\"\\\" to None\")"),
    )
    .await;

    ben.reply_silently(&answer, "C").await;
    ben.wait_for(
        "news",
        heard("heard \"\" to Some(\"heard \\\"\\\" to None\")"),
    )
    .await;

    ben.say("@bot", "hello").await;
    ben.wait_for("@bot", heard("heard \"hello\" to None")).await;
    assert!(
        scene.person("ana").messages("@bot").is_empty(),
        "ana has a channel of her own"
    );
    scene.end().await;
}

#[tokio::test]
async fn with_the_intent_it_reads_everything() {
    let intents = GatewayIntents::non_privileged() | GatewayIntents::MESSAGE_CONTENT;
    let scene = Scene::with(intents).await;
    let ben = scene.person("ben");
    ben.say("news", "B").await;
    ben.wait_for("news", |message| message.content == "heard \"B\" to None")
        .await;
    scene.end().await;
}

#[tokio::test]
async fn reactions_reach_the_bot_and_others() {
    let scene = Scene::start().await;
    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    let said = ana.say("general", "done").await;
    ben.react(&said, "👍").await;
    ben.wait_for("general", |message| message.content == "seen 👍")
        .await;
    let seen = ana.message(said.id).expect("it is there");
    assert_eq!(
        (seen.reactions[0].emoji.as_str(), seen.reactions[0].count),
        ("👍", 1)
    );
    assert!(!seen.reactions[0].me);
    scene.end().await;
}
