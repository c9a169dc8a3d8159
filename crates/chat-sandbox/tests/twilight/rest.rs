//! Commands, interactions, messages: what a bot does over HTTP.

use chat_sandbox::Change;
use twilight_http::request::channel::reaction::RequestReactionType;
use twilight_model::application::interaction::InteractionData;
use twilight_model::channel::message::{Component, Embed};
use twilight_model::http::attachment::Attachment;
use twilight_model::http::interaction::InteractionResponse;

use super::*;

/// Registers a command with an option that is completed.
async fn register(room: &Room) {
    let commands = json!([
        { "name": "greet", "description": "Says hello", "type": 1, "version": "1", "options": [
            { "name": "whom", "description": "Who is greeted", "type": 3, "autocomplete": true },
        ]},
        { "name": "list", "description": "Lists", "type": 1, "version": "1", "options": [] },
    ]);
    let commands: Vec<_> = made(commands);
    let interactions = room.http.interaction(room.application);
    let set = read!(interactions.set_global_commands(&commands));
    assert_eq!(set.len(), 2);
    let known = read!(interactions.global_commands());
    assert_eq!(known, set);
    let id = set[1].id.expect("an id");
    read!(
        interactions
            .update_global_command(id)
            .description("Lists all")
    );
    let one = read!(interactions.global_command(id));
    assert_eq!(one.description, "Lists all");
    interactions
        .delete_global_command(id)
        .await
        .expect("deleted");
    let options = made::<Vec<_>>(json!([{ "name": "n", "description": "N", "type": 4 }]));
    let guild = Id::new(room.sandbox.world().guild().0);
    let created = interactions.create_guild_command(guild);
    let created = created.chat_input("here", "Here only");
    read!(created.command_options(&options));
    assert_eq!(read!(interactions.guild_commands(guild)).len(), 1);
}

#[tokio::test]
async fn an_interaction_is_answered_and_the_answer_edited() {
    let room = Room::open(Options::default()).await;
    let mut line = room.connect().await;
    register(&room).await;
    let interactions = room.http.interaction(room.application);

    let ana = room.person("ana");
    let asking = tokio::spawn({
        let ana = ana.clone();
        async move { ana.autocomplete("general", "/greet whom:wo").await }
    });
    let typed = line.interaction().await;
    let choices: InteractionResponse =
        made(json!({ "type": 8, "data": { "choices": [{ "name": "World", "value": "world" }] } }));
    interactions
        .create_response(typed.id, &typed.token, &choices)
        .await
        .expect("completed");
    let choices = asking.await.expect("no panic").expect("choices");
    assert_eq!(choices[0].name, "World");

    let (asked, asking) = room.slash(&mut line, "/greet whom:world").await;
    let Some(InteractionData::ApplicationCommand(data)) = &asked.data else {
        panic!("a command: {asked:?}");
    };
    assert_eq!(data.name, "greet");
    let answer: InteractionResponse = made(json!({ "type": 4, "data": {
        "content": "Hello world",
        "components": buttons(),
    }}));
    let response = interactions.create_response(asked.id, &asked.token, &answer);
    read!(response.with_response());
    let shown = asking.await.expect("no panic").expect("an answer");
    assert_eq!(shown.text(), "Hello world");
    let edited = read!(
        interactions
            .update_response(&asked.token)
            .content(Some("Hello all"))
    );
    assert_eq!(read!(interactions.response(&asked.token)), edited);
    let more = read!(
        interactions
            .create_followup(&asked.token)
            .content("And you")
    );
    read!(
        interactions
            .update_followup(&asked.token, more.id)
            .content(Some("You too"))
    );
    interactions
        .delete_followup(&asked.token, more.id)
        .await
        .expect("deleted");
    let texts = ana
        .messages("general")
        .into_iter()
        .map(|message| message.content);
    assert_eq!(texts.collect::<Vec<_>>(), ["Hello all"]);

    let shown = ana.messages("general").remove(0);
    let clicking = tokio::spawn(async move { ana.click(&shown, "Again").await });
    let clicked = line.interaction().await;
    assert_eq!(
        clicked.message.as_ref().map(|message| message.id),
        Some(edited.id)
    );
    let update: InteractionResponse =
        made(json!({ "type": 7, "data": { "content": "Again", "components": [] } }));
    interactions
        .create_response(clicked.id, &clicked.token, &update)
        .await
        .expect("updated");
    let updated = clicking.await.expect("no panic").expect("an update");
    assert_eq!(updated.text(), "Again");
    room.close().await;
}

#[tokio::test]
async fn an_answer_that_thinks_for_too_long_is_given_up() {
    let room = Room::open(Options::default()).await;
    let mut line = room.connect().await;
    register(&room).await;
    let interactions = room.http.interaction(room.application);
    let (asked, asking) = room.slash(&mut line, "/greet").await;
    let later: InteractionResponse = made(json!({ "type": 5 }));
    interactions
        .create_response(asked.id, &asked.token, &later)
        .await
        .expect("deferred");
    let ana = room.person("ana");
    let shown = || ana.messages("general").remove(0);
    assert!(shown().thinking && shown().text().is_empty());
    let mut changes = room.sandbox.world().changes();
    room.sandbox.world().advance(chrono::Duration::minutes(16));
    let mut told = std::iter::from_fn(|| changes.try_recv().ok());
    assert!(told.any(|change| matches!(change, Change::Message { .. })));
    assert!(!shown().thinking);
    assert_eq!(shown().text(), "The application did not respond");
    let edited = interactions.update_response(&asked.token);
    assert!(edited.content(Some("Too late")).await.is_err());
    asking.abort();
    room.close().await;
}

#[tokio::test]
async fn a_deferred_answer_and_a_form() {
    let room = Room::open(Options::default()).await;
    let mut line = room.connect().await;
    register(&room).await;
    let interactions = room.http.interaction(room.application);
    let (asked, asking) = room.slash(&mut line, "/greet").await;
    let later: InteractionResponse = made(json!({ "type": 5, "data": { "flags": 64 } }));
    interactions
        .create_response(asked.id, &asked.token, &later)
        .await
        .expect("deferred");
    read!(
        interactions
            .update_response(&asked.token)
            .content(Some("At last"))
    );
    let reply = asking.await.expect("no panic").expect("an answer");
    assert!(reply.message().expect("a message").ephemeral);

    let (asked, asking) = room.slash(&mut line, "/greet").await;
    let form: InteractionResponse = made(json!({ "type": 9, "data": {
        "custom_id": "form", "title": "A form", "components": [{ "type": 1, "components": [
            { "type": 4, "custom_id": "name", "label": "Name", "style": 1 },
        ]}],
    }}));
    interactions
        .create_response(asked.id, &asked.token, &form)
        .await
        .expect("a form");
    let reply = asking.await.expect("no panic").expect("a form");
    let form = reply.modal().expect("a form").id;
    let values = [("name".to_owned(), "Ana".to_owned())];
    room.person("ana")
        .start_submit(form, &values)
        .expect("sent");
    let submitted = line.interaction().await;
    assert!(matches!(
        submitted.data,
        Some(InteractionData::ModalSubmit(_))
    ));
    let thanks: InteractionResponse = made(json!({ "type": 4, "data": { "content": "Thanks" } }));
    interactions
        .create_response(submitted.id, &submitted.token, &thanks)
        .await
        .expect("answered");
    room.close().await;
}

#[tokio::test]
async fn a_message_with_everything_is_posted_and_read_back() {
    let room = Room::open(Options {
        rate_limits: true,
        ..Options::default()
    })
    .await;
    let (http, general) = (&room.http, room.general);
    let embeds: [Embed; 1] = [made(json!({
        "type": "rich", "title": "Title", "description": "Text", "color": 0x00_ff_00,
        "timestamp": "2026-03-04T08:00:00.000000+00:00", "url": "https://example.org/",
        "author": { "name": "Author" }, "footer": { "text": "Footer" },
        "image": { "url": "attachment://note.txt" },
        "fields": [{ "name": "Name", "value": "Value", "inline": true }],
    }))];
    let components: Vec<Component> = made(buttons());
    let mut file = Attachment::from_bytes("note.txt".to_owned(), b"a file".to_vec(), 1);
    file.description("A note".to_owned());
    let files = [file];
    let posted = http
        .create_message(general)
        .content("All of it")
        .embeds(&embeds);
    let posted = read!(posted.components(&components).attachments(&files).nonce(7));
    assert_eq!((posted.embeds.len(), posted.components.len()), (1, 1));
    assert_eq!(posted.attachments[0].description.as_deref(), Some("A note"));
    assert_eq!(read!(http.message(general, posted.id)).id, posted.id);
    let reply = http.create_message(general).reply(posted.id).content("Yes");
    let reply = read!(reply);
    assert_eq!(
        reply.referenced_message.map(|message| message.id),
        Some(posted.id)
    );
    let edit = http
        .update_message(general, posted.id)
        .content(Some("Less"));
    let edited = read!(edit.attachments(&[]).keep_attachment_ids(&[]));
    assert!(edited.attachments.is_empty());
    let listed = read!(http.channel_messages(general));
    assert_eq!(listed.len(), 2);

    let emoji = RequestReactionType::Unicode { name: "👍" };
    http.create_reaction(general, posted.id, &emoji)
        .await
        .expect("reacted");
    let who = read!(http.reactions(general, posted.id, &emoji));
    assert_eq!(who[0].id, room.application.cast());
    http.delete_current_user_reaction(general, posted.id, &emoji)
        .await
        .expect("taken back");
    http.create_typing_trigger(general).await.expect("typed");
    http.delete_message(general, posted.id)
        .await
        .expect("deleted");
    room.close().await;
}

#[tokio::test]
async fn all_that_can_be_looked_up_can_be_read() {
    let room = Room::open(Options::default()).await;
    let http = &room.http;
    let guild = Id::new(room.sandbox.world().guild().0);
    let ana = Id::new(room.person("ana").id());
    read!(http.gateway());
    assert_eq!(read!(http.current_user()).id, room.application.cast());
    assert_eq!(read!(http.current_user_guilds())[0].id, guild);
    assert_eq!(read!(http.guild(guild)).id, guild);
    assert!(!read!(http.guild_channels(guild)).is_empty());
    assert!(!read!(http.roles(guild)).is_empty());
    assert!(read!(http.guild_members(guild).limit(100)).len() > 1);
    assert_eq!(read!(http.guild_member(guild, ana)).user.id, ana);
    assert_eq!(read!(http.user(ana)).id, ana);
    assert_eq!(read!(http.channel(room.general)).id, room.general);
    let direct = read!(http.create_private_channel(ana));
    read!(http.create_message(direct.id).content("Just between us"));
    room.close().await;
}
