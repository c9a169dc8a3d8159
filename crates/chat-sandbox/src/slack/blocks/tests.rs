//! What Slack refuses of blocks, a case a rule.

use serde_json::{Value, json};

use super::{message_faults, option_faults, view_faults};

fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text })
}

fn text(count: usize) -> Value {
    json!({ "type": "mrkdwn", "text": "x".repeat(count) })
}

fn option(value: &str) -> Value {
    json!({ "text": plain(value), "value": value })
}

fn actions(elements: &[Value]) -> Value {
    json!({ "type": "actions", "elements": elements })
}

fn button(id: &str) -> Value {
    json!({ "type": "button", "action_id": id, "text": plain("Go") })
}

fn select(more: Value) -> Value {
    let mut select =
        json!({ "type": "static_select", "action_id": "s", "options": [option("a"), option("b")] });
    for (key, value) in more.as_object().into_iter().flatten() {
        select[key] = value.clone();
    }
    actions(&[select])
}

/// That blocks are fine, or how the first fault ends.
fn judge(blocks: Value) -> String {
    message_faults(&blocks)
        .list
        .into_iter()
        .next()
        .unwrap_or_default()
}

#[test]
fn blocks_within_the_limits_are_fine() {
    let options: Vec<Value> = (0..100).map(|n| option(&n.to_string())).collect();
    for blocks in [
        json!([]),
        json!(vec![json!({ "type": "divider" }); 50]),
        json!([{ "type": "section", "text": text(3_000) }]),
        json!([{ "type": "section", "fields": vec![text(2_000); 5] }]),
        json!([{ "type": "header", "text": plain(&"x".repeat(150)) }]),
        json!([{ "type": "context", "elements": [text(1), { "type": "image", "alt_text": "a", "image_url": "http://a" }] }]),
        json!([actions(
            &(0..25).map(|n| button(&n.to_string())).collect::<Vec<_>>()
        )]),
        json!([select(json!({ "options": options }))]),
        json!([select(json!({ "initial_option": option("a") }))]),
        json!([{ "type": "markdown", "text": "# x" }]),
        json!([{ "type": "table", "rows": [[{ "type": "raw_text", "text": "x" }]] }]),
        json!([{ "type": "rich_text", "elements": [
            { "type": "rich_text_list", "style": "bullet", "indent": 8, "elements": [{ "type": "rich_text_section", "elements": [
                { "type": "date", "timestamp": 1, "format": "{date}" }, { "type": "user", "user_id": "U1" },
            ] }] },
            { "type": "rich_text_preformatted", "elements": [{ "type": "text", "text": "x", "style": { "bold": true } }] },
        ] }]),
    ] {
        assert_eq!(judge(blocks.clone()), "", "{blocks}");
    }
}

#[test]
fn blocks_beyond_the_limits_are_not() {
    let many: Vec<Value> = (0..101).map(|n| option(&n.to_string())).collect();
    let buttons: Vec<Value> = (0..26).map(|n| button(&n.to_string())).collect();
    for (blocks, place) in [
        (json!({}), "/blocks]"),
        (json!(vec![json!({ "type": "divider" }); 51]), "/blocks]"),
        (json!([1]), "/blocks/0]"),
        (json!([{ "type": "poll" }]), "/blocks/0]"),
        (
            json!([{ "type": "divider", "colour": "red" }]),
            "/blocks/0]",
        ),
        (
            json!([{ "type": "divider", "block_id": "x".repeat(256) }]),
            "/blocks/0/block_id]",
        ),
        (json!([{ "type": "section" }]), "/blocks/0]"),
        (
            json!([{ "type": "section", "text": text(0) }]),
            "/blocks/0/text/text]",
        ),
        (
            json!([{ "type": "section", "text": text(3_001) }]),
            "/blocks/0/text/text]",
        ),
        (
            json!([{ "type": "section", "fields": vec![text(1); 11] }]),
            "/blocks/0/fields]",
        ),
        (
            json!([{ "type": "header", "text": text(1) }]),
            "/blocks/0/text/type]",
        ),
        (json!([actions(&buttons)]), "/blocks/0/elements]"),
        (
            json!([select(json!({ "options": many }))]),
            "/blocks/0/elements/0/options]",
        ),
        (
            json!([select(json!({ "options": [option(&"x".repeat(76))] }))]),
            "/options/0/text/text]",
        ),
        (
            json!([select(json!({ "placeholder": plain(&"x".repeat(151)) }))]),
            "/placeholder/text]",
        ),
        (
            json!([select(json!({ "initial_option": option("c") }))]),
            "/initial_option]",
        ),
        (
            json!([{ "type": "table", "rows": vec![json!([{ "type": "raw_number" }]); 101] }]),
            "/blocks/0/rows]",
        ),
        (
            json!([{ "type": "input", "label": plain("x"), "element": button("a") }]),
            "/blocks/0/element]",
        ),
        (
            json!([{ "type": "rich_text", "elements": [{ "type": "rich_text_section", "elements": [{ "type": "shout" }] }] }]),
            "/elements/0/elements/0]",
        ),
    ] {
        assert!(
            judge(blocks.clone()).ends_with(place),
            "{blocks}: {}",
            judge(blocks.clone())
        );
    }
}

#[test]
fn fields_do_not_contradict_themselves() {
    let fault = |element: Value| {
        let block = json!({ "type": "input", "label": plain("x"), "element": element });
        let view = json!({ "type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": [block] });
        let faults = view_faults(&view, &["modal"]);
        faults.into_iter().next().unwrap_or_default()
    };
    for fine in [
        json!({ "type": "plain_text_input", "min_length": 2, "max_length": 2, "initial_value": "ab" }),
        json!({ "type": "number_input", "is_decimal_allowed": false, "min_value": "-1", "max_value": "9" }),
        json!({ "type": "datepicker", "initial_date": "2024-02-29" }),
        json!({ "type": "timepicker", "initial_time": "23:59" }),
        json!({ "type": "conversations_select", "response_url_enabled": true, "filter": { "include": ["public"] } }),
        json!({ "type": "multi_users_select", "max_selected_items": 1, "initial_users": ["U1"] }),
        json!({ "type": "plain_text_input", "dispatch_action_config": { "trigger_actions_on": ["on_enter_pressed"] } }),
    ] {
        assert_eq!(fault(fine.clone()), "", "{fine}");
    }
    for (wrong, place) in [
        (
            json!({ "type": "plain_text_input", "min_length": 3, "max_length": 2 }),
            "/min_length]",
        ),
        (
            json!({ "type": "plain_text_input", "max_length": 2, "initial_value": "abc" }),
            "/initial_value]",
        ),
        (
            json!({ "type": "number_input", "is_decimal_allowed": false, "min_value": "9", "max_value": "1" }),
            "/min_value]",
        ),
        (
            json!({ "type": "number_input", "is_decimal_allowed": false, "min_value": "few" }),
            "/min_value]",
        ),
        (
            json!({ "type": "datepicker", "initial_date": "2023-02-29" }),
            "/initial_date]",
        ),
        (
            json!({ "type": "timepicker", "initial_time": "24:00" }),
            "/initial_time]",
        ),
        (
            json!({ "type": "conversations_select", "filter": { "include": ["secret"] } }),
            "/filter/include/0]",
        ),
        (
            json!({ "type": "conversations_select", "filter": { "only": [] } }),
            "/filter]",
        ),
        (
            json!({ "type": "multi_users_select", "max_selected_items": 1, "initial_users": ["U1", "U2"] }),
            "/initial_users]",
        ),
        (
            json!({ "type": "plain_text_input", "dispatch_action_config": { "trigger_actions_on": ["on_blur"] } }),
            "/trigger_actions_on/0]",
        ),
    ] {
        assert!(
            fault(wrong.clone()).ends_with(place),
            "{wrong}: {}",
            fault(wrong.clone())
        );
    }
}

#[test]
fn what_only_modals_have_is_refused_elsewhere() {
    let select = json!({ "type": "conversations_select", "response_url_enabled": true });
    assert!(judge(json!([actions(&[select])])).ends_with("/response_url_enabled]"));
    let file = json!({ "type": "input", "label": plain("x"), "element": { "type": "file_input" } });
    assert!(judge(json!([file])).contains("file_input only works in modals"));
    let table = json!({ "type": "table", "rows": [[{ "type": "raw_text", "text": "x" }]] });
    let home =
        |block: &Value| view_faults(&json!({ "type": "home", "blocks": [block] }), &["home"]);
    assert_eq!(home(&table), [""; 0]);
    assert!(!home(&file).is_empty());
    assert!(judge(json!([{ "type": "divider", "block_id": "" }])).ends_with("/block_id]"));
    let code = json!([{ "type": "rich_text", "elements": [
        { "type": "rich_text_preformatted", "elements": [{ "type": "user", "user_id": "U1" }] },
    ] }]);
    assert!(judge(code).contains("texts and links only"));
    let user = json!([{ "type": "rich_text", "elements": [
        { "type": "rich_text_section", "elements": [{ "type": "user", "user_id": "@ana" }] },
    ] }]);
    assert!(judge(user).ends_with("/user_id]"));
}

#[test]
fn a_button_cannot_be_disabled() {
    let mut disabled = button("a");
    disabled["disabled"] = json!(true);
    assert!(judge(json!([actions(&[disabled])])).contains("additional property: disabled"));
}

#[test]
fn ids_are_used_once() {
    let named = |id: &str| json!({ "type": "divider", "block_id": id });
    assert!(judge(json!([named("a"), named("a")])).contains("block_id already exists"));
    assert!(
        judge(json!([actions(&[button("a"), button("a")])])).contains("action_id already exists")
    );
    assert_eq!(
        judge(json!([actions(&[button("a")]), actions(&[button("a")])])),
        ""
    );
}

#[test]
fn all_text_of_a_message_is_summed() {
    let sections = |count: usize| {
        message_faults(&json!(vec![
            json!({ "type": "section", "text": text(1_300) });
            count
        ]))
    };
    assert!(!sections(10).too_long && sections(11).too_long);
    let markdown = json!(vec![
        json!({ "type": "markdown", "text": "x".repeat(6_001) });
        2
    ]);
    assert!(judge(markdown).contains("markdown"));
    let table = json!({ "type": "table", "rows": [[{ "type": "raw_text", "text": "x" }]] });
    assert!(judge(json!([table, table])).contains("one table"));
}

#[test]
fn a_view_keeps_to_its_limits_and_needs_a_button_for_its_fields() {
    let view = |more: Value| {
        let mut view = json!({ "type": "modal", "title": plain("Title"), "blocks": [] });
        for (key, value) in more.as_object().into_iter().flatten() {
            view[key] = value.clone();
        }
        view_faults(&view, &["modal"])
            .into_iter()
            .next()
            .unwrap_or_default()
    };
    let field = json!([{ "type": "input", "label": plain("x"), "element": { "type": "plain_text_input", "action_id": "a" } }]);
    assert_eq!(view(json!({})), "");
    assert_eq!(
        view(json!({ "blocks": field, "submit": plain("Send") })),
        ""
    );
    assert!(view(json!({ "blocks": field })).contains("/view/submit"));
    assert!(view(json!({ "title": plain(&"x".repeat(25)) })).contains("/view/title/text"));
    assert!(
        view(json!({ "private_metadata": "x".repeat(3_001) })).contains("/view/private_metadata")
    );
    assert!(
        view(json!({ "blocks": vec![json!({ "type": "divider" }); 101] })).contains("/view/blocks")
    );
    assert!(
        view(json!({ "blocks": [{ "type": "markdown", "text": "x" }] }))
            .contains("unsupported type")
    );
    assert!(view(json!({ "type": "home" })).contains("must be one of modal"));
    let big = "x".repeat(2_900);
    let blocks = vec![json!({ "type": "section", "text": { "type": "mrkdwn", "text": big } }); 90];
    assert!(view(json!({ "blocks": blocks })).contains("250001 bytes"));
}

#[test]
fn offered_options_are_options_or_groups_of_them() {
    assert_eq!(option_faults(&json!({ "options": [] })), [""; 0]);
    assert_eq!(option_faults(&json!({ "options": [option("a")] })), [""; 0]);
    assert_eq!(
        option_faults(
            &json!({ "option_groups": [{ "label": plain("A"), "options": [option("a")] }] })
        ),
        [""; 0]
    );
    for wrong in [
        json!(null),
        json!({}),
        json!({ "options": [{ "text": "a" }] }),
        json!({ "options": [], "text": "x" }),
    ] {
        assert!(!option_faults(&wrong).is_empty(), "{wrong}");
    }
}
