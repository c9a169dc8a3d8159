//! Commands in the menus of messages and people.

use serde_json::json;

use super::{
    others::ask,
    wire::{Wire, sandbox},
};

#[tokio::test]
async fn a_command_of_a_menu_carries_what_it_was_used_on() {
    let sandbox = sandbox().await;
    let application = sandbox.world().application().0;
    let path = format!("/applications/{application}/commands");
    for (kind, name) in [(2, "Wave at"), (3, "Read aloud")] {
        let command = json!({ "type": kind, "name": name });
        assert_eq!(ask(&sandbox, "POST", &path, command).await.0, 201);
    }
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(0).await;
    let (ana, ben) = (sandbox.person("ana"), sandbox.person("ben"));
    let said = ben.say("general", "hear, hear").await;
    assert!(
        ana.commands("general").is_empty(),
        "neither is a chat command"
    );
    assert_eq!(ana.message_commands("general")[0].name, "Read aloud");
    assert_eq!(ana.user_commands("general")[0].name, "Wave at");
    assert!(
        ana.start_on_message(said.id, "Wave at").is_err(),
        "it is in the other menu"
    );

    ana.start_on_message(said.id, "Read aloud")
        .expect("it is there");
    let asked = wire.next().await["d"]["data"].clone();
    let id = said.id.to_string();
    assert_eq!(
        (&asked["type"], &asked["target_id"]),
        (&json!(3), &json!(id))
    );
    assert_eq!(asked["resolved"]["messages"][&id]["content"], "hear, hear");

    ana.start_on_person("general", ben.id(), "Wave at")
        .expect("it is there");
    let asked = wire.next().await["d"]["data"].clone();
    let id = ben.id().to_string();
    assert_eq!(
        (&asked["type"], &asked["target_id"]),
        (&json!(2), &json!(id))
    );
    assert_eq!(asked["resolved"]["users"][&id]["username"], "ben");
    assert!(asked["resolved"]["members"][&id]["roles"].is_array());
    sandbox.stop().await;
}
