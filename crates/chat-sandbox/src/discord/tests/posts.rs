//! Messages the bot posts by itself: nonces, pages, threads, direct messages, reactions.

use serde_json::json;
use serenity::all::{
    AutoArchiveDuration, ChannelId, CreateMessage, CreateThread, EditMessage, GetMessages, Nonce,
    ReactionType, UserId,
};

use super::*;

fn general(scene: &Scene) -> ChannelId {
    ChannelId::new(scene.person("ana").channels()[0].id)
}

#[tokio::test]
async fn an_enforced_nonce_posts_once() {
    let scene = Scene::start().await;
    let message = || {
        CreateMessage::new()
            .content("today")
            .nonce(Nonce::String("d-1".to_owned()))
            .enforce_nonce(true)
    };
    let general = general(&scene);
    let first = general
        .send_message(&scene.http, message())
        .await
        .expect("sent");
    let again = general
        .send_message(&scene.http, message())
        .await
        .expect("sent");
    assert_eq!(first.id, again.id);
    assert!(matches!(&again.nonce, Some(Nonce::String(nonce)) if nonce == "d-1"));
    let read = general.message(&scene.http, first.id).await.expect("read");
    assert!(read.nonce.is_none(), "Discord does not keep it");
    scene.world().advance(chrono::Duration::hours(1));
    let later = general
        .send_message(&scene.http, message())
        .await
        .expect("sent");
    assert_ne!(
        first.id, later.id,
        "Discord remembers a nonce for a few minutes only"
    );
    assert!(later.timestamp.unix_timestamp() - first.timestamp.unix_timestamp() >= 3600);
    scene.end().await;
}

#[tokio::test]
async fn messages_are_listed_edited_and_deleted() {
    let scene = Scene::start().await;
    let general = general(&scene);
    let mut ids = Vec::new();
    for text in ["one", "two", "three"] {
        ids.push(general.say(&scene.http, text).await.expect("sent").id);
    }
    let read = general
        .messages(&scene.http, GetMessages::new().before(ids[2]).limit(1))
        .await;
    assert_eq!(read.expect("read")[0].id, ids[1]);
    let read = general
        .messages(&scene.http, GetMessages::new())
        .await
        .expect("read");
    assert_eq!(
        read.iter().map(|m| m.id).collect::<Vec<_>>(),
        [ids[2], ids[1], ids[0]]
    );

    let edit = EditMessage::new().content("four");
    let edited = general
        .edit_message(&scene.http, ids[0], edit)
        .await
        .expect("edited");
    assert!(edited.edited_timestamp.is_some());
    general
        .delete_message(&scene.http, ids[1])
        .await
        .expect("deleted");
    let seen: Vec<String> = scene
        .person("ben")
        .messages("general")
        .into_iter()
        .map(|m| m.content)
        .collect();
    assert_eq!(seen, ["four", "three"]);
    scene.end().await;
}

#[tokio::test]
async fn typing_is_seen_by_others() {
    let scene = Scene::start().await;
    let mut changes = scene.world().changes();
    general(&scene)
        .broadcast_typing(&scene.http)
        .await
        .expect("typed");
    let change = changes.recv().await.expect("a change");
    assert!(
        matches!(change, crate::discord::Change::Typing { .. }),
        "{change:?}"
    );
    assert!(scene.person("ben").sees(&change));
    scene.end().await;
}

#[tokio::test]
async fn a_thread_is_a_channel_of_its_own() {
    let scene = Scene::start().await;
    let general = general(&scene);
    let message = general
        .say(&scene.http, "talk it over")
        .await
        .expect("sent");
    let thread = CreateThread::new("Talk").auto_archive_duration(AutoArchiveDuration::OneDay);
    let thread = general
        .create_thread_from_message(&scene.http, message.id, thread)
        .await;
    let thread = thread.expect("a thread");
    assert_eq!(
        (thread.id.get(), thread.parent_id),
        (message.id.get(), Some(general))
    );
    thread.id.say(&scene.http, "so?").await.expect("sent");
    let ben = scene.person("ben");
    assert_eq!(ben.messages("Talk")[0].content, "so?");
    ben.say("Talk", "<@1200000000000000001> well").await;
    ben.wait_for("Talk", |m| {
        m.content
            .starts_with("heard \"<@1200000000000000001> well\"")
    })
    .await;
    scene.end().await;
}

#[tokio::test]
async fn a_direct_message_is_for_one_person() {
    let scene = Scene::start().await;
    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    let channel = UserId::new(ben.id())
        .create_dm_channel(&scene.http)
        .await
        .expect("a channel");
    channel
        .id
        .say(&scene.http, "your streak")
        .await
        .expect("sent");
    assert_eq!(ben.messages("@bot")[0].content, "your streak");
    assert!(
        ana.channels()
            .iter()
            .all(|other| other.id != channel.id.get())
    );
    let answer = ben.slash("@bot", "/hello").await.expect("an answer");
    assert!(answer.text().contains("to ben"));
    scene.end().await;
}

#[tokio::test]
async fn the_bot_reacts_and_replies() {
    let scene = Scene::start().await;
    let ben = scene.person("ben");
    let said = ben.say("general", "B").await;
    let general = general(&scene);
    let heard = ben.wait_for("general", |message| message.author.bot).await;
    let emoji = ReactionType::Unicode("✅".to_owned());
    general
        .create_reaction(&scene.http, said.id, emoji.clone())
        .await
        .expect("reacted");
    assert_eq!(ben.message(said.id).expect("there").reactions[0].count, 1);
    let users = general
        .reaction_users(&scene.http, said.id, emoji.clone(), None, None)
        .await;
    assert_eq!(users.expect("users").len(), 1);
    general
        .delete_reaction(&scene.http, said.id, None, emoji)
        .await
        .expect("taken back");
    assert!(ben.message(said.id).expect("there").reactions.is_empty());

    let reply = CreateMessage::new()
        .content("right")
        .reference_message((general, said.id.into()));
    let reply = general
        .send_message(&scene.http, reply)
        .await
        .expect("sent");
    assert_eq!(
        reply.mentions.first().map(|user| user.id.get()),
        Some(ben.id())
    );
    let seen = ben.message(reply.id.get()).expect("there");
    assert_eq!(seen.reply_to, Some(said.id));
    assert!(heard.timestamp <= seen.timestamp);
    let lost = json!({ "content": "?", "message_reference": { "message_id": "7" } });
    assert!(
        scene
            .http
            .send_message(general, Vec::new(), &lost)
            .await
            .is_err()
    );
    scene.stop().await;
}
