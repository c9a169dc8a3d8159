//! What bots do with channels, members, roles and many messages at once.

use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{
    others::ask,
    wire::{Wire, made},
    *,
};
use crate::discord::Seed;

/// A sandbox whose bot may do what is asked for.
async fn with(granted: Permissions) -> Sandbox {
    let seed = Seed {
        granted,
        ..Seed::default()
    };
    made(Options {
        seed,
        ..Options::default()
    })
    .await
}

/// The paths of the guild and of its first channel.
fn paths(sandbox: &Sandbox) -> (String, String) {
    let guild = sandbox.world().guild().0;
    let channel = sandbox.person("ana").channels()[0].id;
    (format!("/guilds/{guild}"), format!("/channels/{channel}"))
}

/// The names of the next events.
async fn names(wire: &mut Wire, count: usize) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..count {
        names.push(wire.next().await["t"].as_str().expect("a name").to_owned());
    }
    names
}

const EVERYTHING: u64 = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 9);

async fn listening(sandbox: &Sandbox) -> Wire {
    let mut wire = Wire::open(sandbox, "").await;
    wire.identify(EVERYTHING).await;
    assert_eq!(wire.next().await["t"], "GUILD_CREATE");
    wire
}

#[tokio::test]
async fn nothing_of_it_is_done_without_permission() {
    let sandbox = with(Permissions::empty()).await;
    let (guild, channel) = paths(&sandbox);
    let said = sandbox.person("ben").say("general", "hi").await.id;
    let ben = sandbox.person("ben").id();
    let cases = [
        ("POST", format!("{guild}/channels"), json!({ "name": "a" })),
        ("PATCH", channel.clone(), json!({ "name": "a" })),
        ("DELETE", channel.clone(), Value::Null),
        ("POST", format!("{channel}/threads"), json!({ "name": "a" })),
        ("PUT", format!("{channel}/pins/{said}"), Value::Null),
        (
            "POST",
            format!("{channel}/messages/bulk-delete"),
            json!({ "messages": [said, 7] }),
        ),
        (
            "PUT",
            format!("{channel}/permissions/{ben}"),
            json!({ "type": 1, "deny": "1" }),
        ),
        (
            "PATCH",
            format!("{guild}/members/{ben}"),
            json!({ "nick": "B" }),
        ),
        ("DELETE", format!("{guild}/members/{ben}"), Value::Null),
        ("PUT", format!("{guild}/bans/{ben}"), Value::Null),
        ("POST", format!("{guild}/roles"), json!({ "name": "a" })),
    ];
    for (method, path, body) in cases {
        let (status, error) = ask(&sandbox, method, &path, body).await;
        assert_eq!(
            (status, &error["code"]),
            (403, &json!(50013)),
            "{method} {path}: {error}"
        );
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn channels_and_threads_come_change_and_go() {
    let sandbox = with(Permissions::MANAGE_CHANNELS | Permissions::CREATE_PRIVATE_THREADS).await;
    let (guild, _) = paths(&sandbox);
    let mut wire = listening(&sandbox).await;
    let (status, made) = ask(
        &sandbox,
        "POST",
        &format!("{guild}/channels"),
        json!({ "name": "new" }),
    )
    .await;
    assert_eq!((status, &made["name"]), (201, &json!("new")));
    let path = format!("/channels/{}", made["id"].as_str().expect("an id"));
    let (_, changed) = ask(
        &sandbox,
        "PATCH",
        &path,
        json!({ "topic": "T", "name": "newer" }),
    )
    .await;
    assert_eq!(
        (&changed["topic"], &changed["name"]),
        (&json!("T"), &json!("newer"))
    );
    let ana = sandbox.person("ana");
    assert!(ana.channels().iter().any(|channel| channel.name == "newer"));

    let (status, thread) = ask(
        &sandbox,
        "POST",
        &format!("{path}/threads"),
        json!({ "name": "aside" }),
    )
    .await;
    assert_eq!((status, &thread["type"]), (201, &json!(12)));
    let aside = format!("/channels/{}", thread["id"].as_str().expect("an id"));
    let (_, closed) = ask(&sandbox, "PATCH", &aside, json!({ "archived": true })).await;
    assert_eq!(
        closed["thread_metadata"]["archived"],
        json!(true),
        "{closed}"
    );
    let (_, active) = ask(
        &sandbox,
        "GET",
        &format!("{guild}/threads/active"),
        Value::Null,
    )
    .await;
    assert_eq!(active["threads"], json!([]));
    assert_eq!(ask(&sandbox, "DELETE", &path, Value::Null).await.0, 200);
    assert_eq!(
        ask(&sandbox, "GET", &path, Value::Null).await.1["code"],
        10003
    );
    let events = names(&mut wire, 5).await;
    assert_eq!(
        events,
        [
            "CHANNEL_CREATE",
            "CHANNEL_UPDATE",
            "THREAD_CREATE",
            "THREAD_UPDATE",
            "CHANNEL_DELETE"
        ]
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn messages_are_pinned_and_many_deleted_at_once() {
    let sandbox = with(Permissions::MANAGE_MESSAGES).await;
    let (_, channel) = paths(&sandbox);
    let ben = sandbox.person("ben");
    let (one, two) = (
        ben.say("general", "one").await.id,
        ben.say("general", "two").await.id,
    );
    let mut wire = listening(&sandbox).await;
    assert_eq!(
        ask(
            &sandbox,
            "PUT",
            &format!("{channel}/messages/pins/{one}"),
            Value::Null
        )
        .await
        .0,
        204
    );
    let events = names(&mut wire, 3).await;
    assert_eq!(
        events,
        ["MESSAGE_UPDATE", "CHANNEL_PINS_UPDATE", "MESSAGE_CREATE"]
    );
    let (_, pins) = ask(
        &sandbox,
        "GET",
        &format!("{channel}/messages/pins"),
        Value::Null,
    )
    .await;
    assert_eq!(pins["items"][0]["message"]["id"], json!(one.to_string()));
    let (_, old) = ask(&sandbox, "GET", &format!("{channel}/pins"), Value::Null).await;
    assert_eq!(
        (&old[0]["id"], &old[0]["pinned"]),
        (&json!(one.to_string()), &json!(true))
    );
    assert_eq!(
        ask(
            &sandbox,
            "DELETE",
            &format!("{channel}/pins/{one}"),
            Value::Null
        )
        .await
        .0,
        204
    );
    assert_eq!(
        names(&mut wire, 2).await,
        ["MESSAGE_UPDATE", "CHANNEL_PINS_UPDATE"]
    );

    let path = format!("{channel}/messages/bulk-delete");
    let both = json!({ "messages": [one.to_string(), two.to_string(), "7"] });
    assert_eq!(
        ask(
            &sandbox,
            "POST",
            &path,
            json!({ "messages": [one.to_string()] })
        )
        .await
        .0,
        400
    );
    assert_eq!(ask(&sandbox, "POST", &path, both).await.0, 204);
    let gone = wire.next().await;
    assert_eq!(gone["t"], "MESSAGE_DELETE_BULK");
    assert_eq!(gone["d"]["ids"], json!([one.to_string(), two.to_string()]));
    assert!(ben.message(one).is_none() && ben.message(two).is_none());

    let old = ben.say("general", "old").await.id;
    sandbox.world().advance(chrono::Duration::days(15));
    let pair = json!({ "messages": [old.to_string(), "7"] });
    assert_eq!(ask(&sandbox, "POST", &path, pair).await.1["code"], 50034);
    sandbox.stop().await;
}

#[tokio::test]
async fn members_are_renamed_kicked_and_banned_but_not_those_above() {
    let granted =
        Permissions::MANAGE_NICKNAMES | Permissions::KICK_MEMBERS | Permissions::BAN_MEMBERS;
    let sandbox = with(granted).await;
    let (guild, _) = paths(&sandbox);
    let (ana, ben) = (sandbox.person("ana"), sandbox.person("ben"));
    let mut wire = listening(&sandbox).await;
    let path = format!("{guild}/members/{}", ben.id());
    let (_, renamed) = ask(&sandbox, "PATCH", &path, json!({ "nick": "Benny" })).await;
    assert_eq!(renamed["nick"], "Benny");
    let (_, found) = ask(
        &sandbox,
        "GET",
        &format!("{guild}/members/search?query=benn"),
        Value::Null,
    )
    .await;
    assert_eq!(found[0]["user"]["username"], "ben");
    assert_eq!(ask(&sandbox, "DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(
        ask(&sandbox, "GET", &path, Value::Null).await.1["code"],
        10007
    );
    assert!(
        ben.channels().iter().all(|channel| channel.direct),
        "he sees none of the guild's"
    );
    ben.join().expect("he may come back");
    let owner = format!("{guild}/members/{}", ana.id());
    assert_eq!(
        ask(&sandbox, "DELETE", &owner, Value::Null).await.1["code"],
        50013
    );
    assert!(ana.leave().is_err(), "it is hers");

    let path = format!("{guild}/bans/{}", ben.id());
    assert_eq!(
        ask(&sandbox, "GET", &path, Value::Null).await.1["code"],
        10026
    );
    assert_eq!(ask(&sandbox, "PUT", &path, Value::Null).await.0, 204);
    assert!(ben.join().is_err(), "he is banned");
    let (_, ban) = ask(&sandbox, "GET", &path, Value::Null).await;
    assert_eq!(ban["user"]["username"], "ben");
    assert_eq!(ask(&sandbox, "DELETE", &path, Value::Null).await.0, 204);
    ben.join().expect("he may come back");
    ben.leave().expect("he may leave");
    let events = names(&mut wire, 8).await;
    assert_eq!(
        events,
        [
            "GUILD_MEMBER_UPDATE",
            "GUILD_MEMBER_REMOVE",
            "GUILD_MEMBER_ADD",
            "GUILD_MEMBER_REMOVE",
            "GUILD_BAN_ADD",
            "GUILD_BAN_REMOVE",
            "GUILD_MEMBER_ADD",
            "GUILD_MEMBER_REMOVE",
        ]
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn roles_are_made_given_and_taken_and_no_higher_than_the_bots_own() {
    let sandbox = with(Permissions::MANAGE_ROLES).await;
    let (guild, channel) = paths(&sandbox);
    let ben = sandbox.person("ben");
    let path = format!("{guild}/roles");
    let body = json!({ "name": "Helper", "permissions": "1024", "color": 255 });
    let (status, role) = ask(&sandbox, "POST", &path, body).await;
    assert_eq!(
        (status, &role["name"], &role["color"]),
        (200, &json!("Helper"), &json!(255))
    );
    let id = role["id"].as_str().expect("an id");
    // What the bot may not do itself it can't let others do.
    let more = json!({ "permissions": "8" });
    let one = format!("{path}/{id}");
    assert_eq!(ask(&sandbox, "PATCH", &one, more).await.1["code"], 50013);
    // Nor give what is above its own.
    let (_, all) = ask(&sandbox, "GET", &path, Value::Null).await;
    let admin = all
        .as_array()
        .expect("roles")
        .iter()
        .find(|role| role["name"] == "Admin");
    let admin = admin.expect("it is there")["id"].as_str().expect("an id");
    let higher = format!("{guild}/members/{}/roles/{admin}", ben.id());
    assert_eq!(
        ask(&sandbox, "PUT", &higher, Value::Null).await.1["code"],
        50013
    );
    let give = format!("{guild}/members/{}/roles/{id}", ben.id());
    assert_eq!(ask(&sandbox, "PUT", &give, Value::Null).await.0, 204);
    let held = |name: &str| {
        let members = sandbox.world().members();
        let ben = members.iter().find(|member| member.author.name == "ben");
        ben.expect("ben").roles.iter().any(|role| role == name)
    };
    assert!(held("Helper"));
    assert_eq!(ask(&sandbox, "DELETE", &give, Value::Null).await.0, 204);
    assert!(!held("Helper"));
    assert_eq!(ask(&sandbox, "DELETE", &one, Value::Null).await.0, 204);
    assert_eq!(
        ask(&sandbox, "GET", &one, Value::Null).await.1["code"],
        10011
    );

    let deny = json!({ "type": 1, "deny": "1024" });
    let overwrite = format!("{channel}/permissions/{}", ben.id());
    assert_eq!(ask(&sandbox, "PUT", &overwrite, deny).await.0, 204);
    assert!(
        ben.channels()
            .iter()
            .all(|channel| channel.name != "general")
    );
    assert_eq!(
        ask(&sandbox, "DELETE", &overwrite, Value::Null).await.0,
        204
    );
    assert_eq!(
        ask(&sandbox, "DELETE", &overwrite, Value::Null).await.1["code"],
        10009
    );
    sandbox.stop().await;
}
