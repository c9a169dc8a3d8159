//! Commands, their options and choices.

use super::{
    super::{command_limits, option_limits},
    *,
};

fn in_commands(list: &Value) -> Vec<String> {
    let mut faults = Faults::default();
    command_limits::commands(list, &mut faults);
    faults.places()
}

fn in_options(options: &Value) -> Vec<String> {
    in_commands(&json!([{ "name": "a", "description": "A", "options": options }]))
}

fn option(kind: u8, name: &str) -> Value {
    json!({ "type": kind, "name": name, "description": "A" })
}

#[test]
fn commands() {
    let command =
        |name: &str, description: &str| json!({ "name": name, "description": description });
    let many = |kind: u8, count| {
        let description = if kind == 1 { "A" } else { "" };
        times(
            count,
            |n| json!({ "name": format!("a{n}"), "type": kind, "description": description }),
        )
    };
    let name = |name: &str| json!([command(name, "A")]);
    check(
        in_commands,
        &[
            (
                json!([command(&x(32), &x(100)), command("día-1_o'clock", "A")]),
                &[],
            ),
            // Vowel signs are neither letters nor numbers.
            (name("ไทยที่"), &[]),
            (name("हिन्दी"), &[]),
            (name(&x(33)), &["0.name APPLICATION_COMMAND_INVALID_NAME"]),
            (name("Upper"), &["0.name APPLICATION_COMMAND_INVALID_NAME"]),
            (
                name("two words"),
                &["0.name APPLICATION_COMMAND_INVALID_NAME"],
            ),
            (name(""), &["0.name APPLICATION_COMMAND_INVALID_NAME"]),
            (
                json!([command("a", "")]),
                &["0.description BASE_TYPE_BAD_LENGTH"],
            ),
            (
                json!([command("a", &x(101))]),
                &["0.description BASE_TYPE_BAD_LENGTH"],
            ),
            (
                json!([command("a", "A"), command("a", "B")]),
                &["1.name APPLICATION_COMMANDS_DUPLICATE_NAME"],
            ),
            (
                json!([{ "name": "a", "description": "A", "name_localizations": { "de": "B C" },
                "description_localizations": { "fr": x(101) } }]),
                &[
                    "0.description_localizations.fr BASE_TYPE_BAD_LENGTH",
                    "0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME",
                ],
            ),
            (many(1, 100), &[]),
            (many(1, 101), &["100 APPLICATION_COMMANDS_MAX"]),
            (many(2, 16), &["15 APPLICATION_COMMANDS_MAX"]),
            (
                json!([{ "name": "Two Words", "type": 3, "description": "A" }]),
                &["0.description APPLICATION_COMMAND_CONTEXT_MENU_FIELD_INVALID"],
            ),
            (json!({}), &["commands LIST_TYPE_CONVERT"]),
        ],
    );
}

#[test]
fn options() {
    let sub = |name: &str, options: Value| with(option(1, name), json!({ "options": options }));
    let group = |name: &str, options: Value| with(option(2, name), json!({ "options": options }));
    let long = |n: usize| {
        with(
            option(3, &format!("a{n}")),
            json!({ "description": x(100) }),
        )
    };
    let wide = |n: usize| sub(&format!("s{n}"), times(25, long));
    check(
        in_options,
        &[
            (times(25, |n| option(3, &format!("a{n}"))), &[]),
            (
                times(26, |n| option(3, &format!("a{n}"))),
                &["0.options BASE_TYPE_MAX_LENGTH"],
            ),
            (
                json!([option(3, "a"), option(3, "a")]),
                &["0.options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"],
            ),
            (
                json!([
                    option(3, "a"),
                    with(option(3, "b"), json!({ "required": true }))
                ]),
                &["0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"],
            ),
            (
                json!([with(option(3, "A"), json!({ "description": "" }))]),
                &[
                    "0.options.0.description BASE_TYPE_BAD_LENGTH",
                    "0.options.0.name APPLICATION_COMMAND_INVALID_NAME",
                ],
            ),
            (
                json!([sub("a", json!([])), option(3, "b")]),
                &["0.options.1.type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"],
            ),
            (
                json!([group("a", json!([sub("b", json!([option(3, "c")]))]))]),
                &[],
            ),
            (
                json!([group("a", json!([]))]),
                &["0.options.0.options BASE_TYPE_REQUIRED"],
            ),
            (
                json!([group(
                    "a",
                    json!([group("b", json!([sub("c", json!([]))]))])
                )]),
                &["0.options.0.options.0.type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"],
            ),
            (
                json!([sub("a", json!([sub("b", json!([]))]))]),
                &["0.options.0.options.0.type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"],
            ),
            (
                json!([with(
                    option(3, "a"),
                    json!({ "min_length": 6_001, "max_length": 0 })
                )]),
                &[
                    "0.options.0.max_length NUMBER_TYPE_MIN",
                    "0.options.0.min_length APPLICATION_COMMAND_OPTIONS_LENGTH_INVALID",
                    "0.options.0.min_length NUMBER_TYPE_MAX",
                ],
            ),
            (
                json!([with(
                    option(4, "a"),
                    json!({ "min_value": 2, "max_value": 1 })
                )]),
                &["0.options.0.min_value APPLICATION_COMMAND_OPTIONS_VALUE_INVALID"],
            ),
            (times(2, wide), &[]),
            (times(4, wide), &["0 APPLICATION_COMMAND_TOO_LARGE"]),
        ],
    );
}

#[test]
fn choices() {
    let choice = |n: usize| json!({ "name": n.to_string(), "value": x(100) });
    let one = |choices: Value| json!([with(option(3, "a"), json!({ "choices": choices }))]);
    check(
        in_options,
        &[
            (one(times(25, choice)), &[]),
            (
                one(times(26, choice)),
                &["0.options.0.choices BASE_TYPE_MAX_LENGTH"],
            ),
            (
                one(json!([{ "name": x(101), "value": x(101) }, { "name": "", "value": "a" }])),
                &[
                    "0.options.0.choices.0.name BASE_TYPE_BAD_LENGTH",
                    "0.options.0.choices.0.value BASE_TYPE_MAX_LENGTH",
                    "0.options.0.choices.1.name BASE_TYPE_BAD_LENGTH",
                ],
            ),
            (
                one(json!([{ "name": "a", "value": "a" }, { "name": "a", "value": 1 }])),
                &[
                    "0.options.0.choices.1.name APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                    "0.options.0.choices.1.value APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID",
                ],
            ),
            (
                json!([with(
                    option(3, "a"),
                    json!({ "autocomplete": true, "choices": [choice(1)] })
                )]),
                &["0.options.0 APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"],
            ),
        ],
    );
    let mut faults = Faults::default();
    let offered: Vec<_> = serde_json::from_value(times(26, choice)).expect("choices");
    option_limits::choices(&offered, "data.choices", &mut faults);
    assert_eq!(faults.places(), ["data.choices BASE_TYPE_MAX_LENGTH"]);
}
