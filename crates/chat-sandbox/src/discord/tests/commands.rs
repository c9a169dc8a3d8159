//! Registered commands: who may use them, what they take, what they offer.

use super::*;
use crate::discord::Failure;

#[tokio::test]
async fn options_arrive_with_their_types() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let line = "/ask cache stampede level:Hard count:3 who:@ben place:#news loud:yes";
    let reply = ana.slash("general", line).await.expect("an answer");
    assert_eq!(
        reply.text(),
        "Some(\"cache stampede\") Some(Hard) Some(3) Some(\"ben\") Some(\"news\") Some(true)"
    );
    let reply = ana.slash("general", "/ask").await.expect("an answer");
    assert_eq!(reply.text(), "None None None None None None");
    let reply = ana
        .slash("general", "/plan set time:09:30")
        .await
        .expect("an answer");
    assert_eq!(reply.text(), "set to 09:30");
    scene.end().await;
}

#[tokio::test]
async fn topics_are_offered_while_one_types() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let offered = ana
        .autocomplete("general", "/ask level:Easy query:ca")
        .await
        .expect("choices");
    let names: Vec<&str> = offered.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(names, ["caching"]);
    assert_eq!(
        ana.autocomplete("general", "/ask query:")
            .await
            .expect("choices")
            .len(),
        3
    );
    scene.end().await;
}

#[tokio::test]
async fn what_the_client_would_not_send_is_refused() {
    let scene = Scene::start().await;
    let (ana, ben) = (scene.person("ana"), scene.person("ben"));
    for line in [
        "/none",
        "/plan",
        "/plan set",
        "/ask count:0",
        "/ask count:21",
        "/ask level:Soft",
    ] {
        let failure = ana.slash("general", line).await.expect_err(line);
        assert!(
            matches!(failure, Failure::Refused(_)),
            "{line}: {failure:?}"
        );
    }
    ana.slash("general", "/manage").await.expect("ana may");
    assert!(
        ben.slash("general", "/manage").await.is_err(),
        "ben may not"
    );
    assert!(
        ben.slash("staff", "/hello").await.is_err(),
        "ben does not see it"
    );
    assert!(
        ana.slash("@bot", "/manage").await.is_err(),
        "it is for guilds"
    );
    scene.end().await;
}

#[tokio::test]
async fn guild_commands_are_made_changed_and_deleted() {
    use serenity::all::{CreateCommand, GuildId};
    let scene = Scene::start().await;
    let (guild, http) = (GuildId::new(scene.world().guild().0), &scene.http);
    let names = || -> Vec<String> {
        scene
            .person("ana")
            .commands("general")
            .into_iter()
            .map(|c| c.name)
            .collect()
    };
    let old = names().len();
    let made = guild
        .create_command(http, CreateCommand::new("extra").description("More"))
        .await;
    let made = made.expect("made");
    assert!(names().contains(&"extra".to_owned()));
    let change = CreateCommand::new("spare").description("More");
    let changed = guild
        .edit_command(http, made.id, change)
        .await
        .expect("changed");
    assert_eq!((changed.id, changed.name.as_str()), (made.id, "spare"));
    assert_eq!(guild.get_commands(http).await.expect("listed").len(), 1);
    assert!(names().contains(&"spare".to_owned()) && !names().contains(&"extra".to_owned()));
    guild.delete_command(http, made.id).await.expect("deleted");
    assert!(guild.get_command(http, made.id).await.is_err());
    assert_eq!(names().len(), old);
    scene.end().await;
}

#[tokio::test]
async fn many_people_ask_at_once() {
    let scene = Scene::start().await;
    let people: Vec<Person> = (0..50)
        .map(|number| scene.world().add_person(&format!("guest-{number}")))
        .collect();
    let asked = people.iter().map(|person| {
        let line = format!("/ask {} who:@{}", person.name(), person.name());
        async move { (person.slash("general", &line).await, person.name()) }
    });
    for (reply, name) in futures_util::future::join_all(asked).await {
        let text = reply.expect("an answer").text();
        assert!(
            text.starts_with(&format!("Some({name:?}) None None Some({name:?})")),
            "{text}"
        );
    }
    assert_eq!(people[0].messages("general").len(), 50);
    scene.end().await;
}

#[tokio::test]
async fn a_command_works_where_the_bot_sees_nothing() {
    let scene = Scene::start().await;
    let ana = scene.person("ana");
    let reply = ana.slash("staff", "/hello").await.expect("an answer");
    assert!(reply.text().starts_with("Hi"));
    scene.end().await;
}
