//! Forms with menus in them.

use serde_json::{Value, json};

use super::{
    others::ask,
    wire::{Wire, sandbox},
};

#[tokio::test]
async fn menus_in_a_form_are_chosen_from() {
    let sandbox = sandbox().await;
    let application = sandbox.world().application().0;
    let path = format!("/applications/{application}/commands");
    let command = json!({ "name": "order", "description": "O" });
    assert_eq!(ask(&sandbox, "POST", &path, command).await.0, 201);
    let mut wire = Wire::open(&sandbox, "").await;
    wire.identify(0).await;
    let (ana, ben) = (
        sandbox.person("ana"),
        sandbox.person("ben").id().to_string(),
    );
    let ordering = tokio::spawn({
        let ana = ana.clone();
        async move { ana.slash("general", "/order").await }
    });
    let asked = wire.next().await;
    let text = |field: &str| asked["d"][field].as_str().expect("text").to_owned();
    let path = format!("/interactions/{}/{}/callback", text("id"), text("token"));
    let label = |label: &str, component: Value| json!({ "type": 18, "label": label, "component": component });
    let options = json!([{ "label": "Tea", "value": "tea" }, { "label": "Milk", "value": "milk" }]);
    let form = json!({ "custom_id": "order", "title": "Order", "components": [
        label("What", json!({ "type": 3, "custom_id": "what", "max_values": 2, "options": options })),
        label("For whom", json!({ "type": 5, "custom_id": "whom", "required": false })),
        label("Note", json!({ "type": 4, "custom_id": "note", "style": 1, "required": false })),
    ]});
    let tick = json!({ "custom_id": "a", "title": "A", "components": [
        label("Tick", json!({ "type": 23, "custom_id": "tick" })),
    ]});
    let refused = ask(&sandbox, "POST", &path, json!({ "type": 9, "data": tick })).await;
    assert_eq!(refused.0, 400, "{}", refused.1);
    let shown = ask(&sandbox, "POST", &path, json!({ "type": 9, "data": form })).await;
    assert_eq!(shown.0, 204, "{}", shown.1);
    let form = ordering.await.expect("no panic").expect("a form");
    let form = form.modal().expect("a form").id;

    let given = |values: &[(&str, &str)]| {
        let values = values
            .iter()
            .map(|(id, text)| (id.to_string(), text.to_string()));
        ana.start_submit(form, &values.collect::<Vec<_>>())
    };
    assert!(given(&[]).is_err(), "something must be chosen");
    assert!(given(&[("what", "wine")]).is_err(), "there is none");
    given(&[("what", "tea"), ("what", "milk"), ("whom", &ben)]).expect("it may be sent");
    let data = wire.next().await["d"]["data"].clone();
    let chosen = |at: usize| data["components"][at]["component"].clone();
    assert_eq!(
        (&chosen(0)["type"], &chosen(0)["values"]),
        (&json!(3), &json!(["tea", "milk"]))
    );
    assert_eq!(
        (&chosen(1)["type"], &chosen(1)["values"]),
        (&json!(5), &json!([ben]))
    );
    assert_eq!(
        (&chosen(2)["type"], &chosen(2)["value"]),
        (&json!(4), &json!(""))
    );
    assert_eq!(data["resolved"]["users"][&ben]["username"], "ben");
    sandbox.stop().await;
}
