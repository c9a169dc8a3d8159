//! Components of messages, and forms.

use super::{super::modals, *};

fn in_modal(data: &Value) -> Vec<String> {
    let mut faults = Faults::default();
    modals::modal(data, &mut faults);
    faults.places()
}

fn row(components: Value) -> Value {
    json!({ "type": 1, "components": components })
}

fn button(id: usize) -> Value {
    json!({ "type": 2, "style": 1, "label": "a", "custom_id": id.to_string() })
}

#[test]
fn buttons() {
    let one = |button: Value| json!({ "components": [row(json!([button]))] });
    let rows = |count| json!({ "components": times(count, |n| row(json!([button(n)]))) });
    check(
        in_message,
        &[
            (rows(5), &[]),
            (rows(6), &["components BASE_TYPE_MAX_LENGTH"]),
            (json!({ "components": [row(times(5, button))] }), &[]),
            (
                json!({ "components": [row(times(6, button)), row(json!([]))] }),
                &[
                    "components.0.components BASE_TYPE_BAD_LENGTH",
                    "components.1.components BASE_TYPE_BAD_LENGTH",
                ],
            ),
            (
                json!({ "components": [button(1)] }),
                &["components.0.type BASE_TYPE_CHOICES"],
            ),
            (
                json!({ "components": [row(json!([button(1)])), row(json!([button(1)]))] }),
                &["components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"],
            ),
            (
                one(json!({ "type": 2, "style": 1, "label": x(80), "custom_id": x(100) })),
                &[],
            ),
            (
                one(json!({ "type": 2, "style": 1, "label": x(81), "custom_id": x(101) })),
                &[
                    "components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH",
                    "components.0.components.0.label BASE_TYPE_MAX_LENGTH",
                ],
            ),
            (
                one(json!({ "type": 2, "style": 1 })),
                &[
                    "components.0.components.0 BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
                    "components.0.components.0.custom_id BASE_TYPE_REQUIRED",
                ],
            ),
            (
                one(json!({ "type": 2, "style": 5, "label": "a" })),
                &["components.0.components.0.url BASE_TYPE_REQUIRED"],
            ),
            (
                one(
                    json!({ "type": 2, "style": 5, "label": "a", "url": "https://a", "custom_id": "a" }),
                ),
                &["components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"],
            ),
            (
                one(
                    json!({ "type": 2, "style": 5, "label": "a", "url": format!("https://{}", x(505)) }),
                ),
                &["components.0.components.0.url BASE_TYPE_MAX_LENGTH"],
            ),
            (one(json!({ "type": 2, "style": 6, "sku_id": "1" })), &[]),
            (
                one(json!({ "type": 2, "style": 6 })),
                &["components.0.components.0.sku_id BASE_TYPE_REQUIRED"],
            ),
        ],
    );
}

#[test]
fn selects() {
    let one = |fields: Value| {
        let mut select = json!({ "type": 3, "custom_id": "s", "options": [
            { "label": "a", "value": "a" }, { "label": "b", "value": "b" },
        ]});
        let inner = select.as_object_mut().expect("an object");
        inner.extend(fields.as_object().expect("fields").clone());
        json!({ "components": [row(json!([select]))] })
    };
    let options = |count| times(count, |n| json!({ "label": "a", "value": n.to_string() }));
    let fits = json!([{ "label": x(100), "value": x(100), "description": x(100) }]);
    check(
        in_message,
        &[
            (
                one(json!({ "placeholder": x(150), "options": fits, "min_values": 0 })),
                &[],
            ),
            (
                one(json!({ "options": options(25), "max_values": 25 })),
                &[],
            ),
            (
                json!({ "components": [row(json!([{ "type": 5, "custom_id": "u" }, button(1)]))] }),
                &["components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED"],
            ),
            (
                one(json!({ "placeholder": x(151) })),
                &["components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH"],
            ),
            (
                one(json!({ "options": options(26) })),
                &["components.0.components.0.options BASE_TYPE_BAD_LENGTH"],
            ),
            (
                one(json!({ "options": [] })),
                &["components.0.components.0.options BASE_TYPE_BAD_LENGTH"],
            ),
            (
                one(json!({ "max_values": 3 })),
                &["components.0.components.0.options SELECT_COMPONENT_MAX_VALUES_TOO_LARGE"],
            ),
            (
                one(json!({ "min_values": 26, "max_values": 0 })),
                &[
                    "components.0.components.0.max_values NUMBER_TYPE_MIN",
                    "components.0.components.0.min_values NUMBER_TYPE_MAX",
                    "components.0.components.0.min_values \
                    SELECT_COMPONENT_MIN_VALUES_GREATER_THAN_MAX_VALUES",
                ],
            ),
            (
                one(json!({ "options": [
                    { "label": "a", "value": "a" },
                    { "label": x(101), "value": "a", "description": x(101) },
                    { "label": "", "value": x(101) },
                ]})),
                &[
                    "components.0.components.0.options.1.description BASE_TYPE_MAX_LENGTH",
                    "components.0.components.0.options.1.label BASE_TYPE_MAX_LENGTH",
                    "components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "components.0.components.0.options.2.label BASE_TYPE_REQUIRED",
                    "components.0.components.0.options.2.value BASE_TYPE_MAX_LENGTH",
                ],
            ),
            (
                one(json!({ "options": [
                    { "label": "a", "value": "a", "default": true },
                    { "label": "b", "value": "b", "default": true },
                ]})),
                &["components.0.components.0.options SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"],
            ),
        ],
    );
}

#[test]
fn messages_of_components_alone() {
    let v2 = |components: Value| json!({ "flags": 1 << 15, "components": components });
    let text = |length| json!({ "type": 10, "content": x(length) });
    let media = json!({ "url": "https://example.org/a.png" });
    let item = |length: usize| json!({ "media": media, "description": x(length) });
    let section = |texts: usize, accessory: Value| json!({ "type": 9, "components": times(texts, |_| text(1)), "accessory": accessory });
    check(
        in_message,
        &[
            (v2(json!([text(4_000), { "type": 14 }])), &[]),
            (
                v2(json!([text(4_000), text(1)])),
                &["components COMPONENT_MAX_TOTAL_TEXT_EXCEEDED"],
            ),
            (
                v2(json!([text(0)])),
                &["components.0.content BASE_TYPE_REQUIRED"],
            ),
            (v2(times(40, |_| text(1))), &[]),
            (
                v2(times(41, |_| text(1))),
                &["components BASE_TYPE_MAX_LENGTH"],
            ),
            (
                json!({ "flags": 1 << 15, "content": "a", "embeds": [{ "title": "a" }] }),
                &[
                    "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    "embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                ],
            ),
            (v2(json!([section(3, button(1))])), &[]),
            (
                v2(json!([section(4, text(1)), section(0, button(1))])),
                &[
                    "components.0.accessory.type BASE_TYPE_CHOICES",
                    "components.0.components BASE_TYPE_BAD_LENGTH",
                    "components.1.components BASE_TYPE_BAD_LENGTH",
                ],
            ),
            (
                v2(json!([{ "type": 17, "components": [
                    { "type": 17, "components": [text(1)] },
                    { "type": 12, "items": times(11, |_| item(1)) },
                    { "type": 12, "items": [item(1_025)] },
                    section(1, json!({ "type": 11, "media": media, "description": x(1_025) })),
                    row(json!([button(1)])),
                    row(json!([button(1)])),
                ]}])),
                &[
                    "components.0.components.0.type BASE_TYPE_CHOICES",
                    "components.0.components.1.items BASE_TYPE_BAD_LENGTH",
                    "components.0.components.2.items.0.description BASE_TYPE_MAX_LENGTH",
                    "components.0.components.3.accessory.description BASE_TYPE_MAX_LENGTH",
                    "components.0.components.5.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
                ],
            ),
        ],
    );
}

#[test]
fn forms() {
    let input = |id: &str, fields: Value| {
        with(
            json!({ "type": 4, "custom_id": id, "style": 1, "label": "a" }),
            fields,
        )
    };
    let form = |components: Value| json!({ "title": x(45), "custom_id": x(100), "components": components });
    let rows = |count| {
        form(times(count, |n| {
            row(json!([input(&n.to_string(), json!({}))]))
        }))
    };
    let one = |fields: Value| form(json!([row(json!([input("a", fields)]))]));
    let labelled = json!({ "type": 18, "label": x(46), "component":
        { "type": 4, "custom_id": "", "style": 2 } });
    check(
        in_modal,
        &[
            (rows(5), &[]),
            (rows(6), &["data.components BASE_TYPE_BAD_LENGTH"]),
            (rows(0), &["data.components BASE_TYPE_BAD_LENGTH"]),
            (
                json!({ "title": x(46), "custom_id": x(101), "components": [row(json!([button(1)]))] }),
                &[
                    "data.components.0.type BASE_TYPE_CHOICES",
                    "data.custom_id BASE_TYPE_BAD_LENGTH",
                    "data.title BASE_TYPE_BAD_LENGTH",
                ],
            ),
            (
                one(
                    json!({ "label": x(45), "placeholder": x(100), "value": x(4_000),
                "min_length": 0, "max_length": 4_000 }),
                ),
                &[],
            ),
            (
                one(
                    json!({ "label": x(46), "placeholder": x(101), "value": x(4_001),
                "min_length": 4_001, "max_length": 0 }),
                ),
                &[
                    "data.components.0.components.0.label BASE_TYPE_BAD_LENGTH",
                    "data.components.0.components.0.max_length NUMBER_TYPE_MIN",
                    "data.components.0.components.0.min_length NUMBER_TYPE_MAX",
                    "data.components.0.components.0.min_length \
                    TEXT_INPUT_COMPONENT_MIN_LENGTH_GREATER_THAN_MAX_LENGTH",
                    "data.components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH",
                    "data.components.0.components.0.value BASE_TYPE_MAX_LENGTH",
                ],
            ),
            (
                form(json!([
                    row(json!([input("a", json!({}))])),
                    row(json!([input("a", json!({}))]))
                ])),
                &["data.components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"],
            ),
            (
                form(json!([labelled])),
                &[
                    "data.components.0.component.custom_id BASE_TYPE_REQUIRED",
                    "data.components.0.label BASE_TYPE_BAD_LENGTH",
                ],
            ),
        ],
    );
}
