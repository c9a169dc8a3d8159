use serde_json::{Value, json};

use super::fields::{Field, is_needed};
use super::{values, view};
use crate::slack::interactions::arguments::{Arguments, Parameter, Takes};
use crate::slack::interactions::commands::{ALL, Form};

/// A value of each kind, as it would be typed, and as it comes back.
fn value(takes: Takes) -> (&'static str, &'static str) {
    match takes {
        Takes::Channel => ("C024BE7LR", "C024BE7LR"),
        Takes::Time => ("9 pm", "21:00"),
        Takes::Days => ("mon-wed", "monday, tuesday, wednesday"),
        Takes::Topics => ("caching, http", "caching, http"),
        Takes::Schedule => ("second", "second"),
        Takes::Flag => ("true", "true"),
        Takes::Reveal => ("at-close", "at-close"),
        _ => ("some words", "some words"),
    }
}

/// What an element holds before anybody has touched it.
fn initial(element: &Value) -> Value {
    let mut held = json!({});
    for (initial, held_as) in [
        ("initial_option", "selected_option"),
        ("initial_options", "selected_options"),
        ("initial_value", "value"),
        ("initial_time", "selected_time"),
        ("initial_conversation", "selected_conversation"),
    ] {
        if let Some(value) = element.get(initial) {
            held[held_as] = value.clone();
        }
    }
    held
}

#[test]
fn what_is_typed_stands_in_the_form_and_comes_back_from_it() {
    for definition in ALL
        .iter()
        .filter(|definition| definition.form != Form::Never)
    {
        let schedules = ["daily".to_owned(), "second".to_owned()];
        let (mut state, mut expected) = (json!({}), Arguments::default());
        for parameter in definition.takes {
            let (typed, held) = value(parameter.takes);
            let field = Field {
                parameter: *parameter,
                about: "What it is for",
                value: Some(typed),
                schedules: &schedules,
                label: &str::to_owned,
            };
            let block = serde_json::to_value(field.block()).expect("JSON");
            assert_eq!(block["optional"], !is_needed(*parameter));
            let action = block["element"]["action_id"].as_str().expect("an id");
            state[parameter.name][action] = initial(&block["element"]);
            expected.set(parameter.name, held);
        }
        let read = values::read(definition.takes, &state);
        assert_eq!(read, expected, "/{}", definition.name);
    }
}

#[test]
fn a_hint_says_what_the_field_does_not_say_by_itself() {
    let set = ALL
        .iter()
        .find(|definition| definition.name == "schedule set");
    let set = set.expect("there is one");
    let hint = |parameter: &Parameter| {
        let mut options = set.described().options.iter();
        let about = options.find(|(name, _)| *name == parameter.name);
        let field = Field {
            parameter: *parameter,
            about: about.expect("it is described").1,
            value: None,
            schedules: &[],
            label: &str::to_owned,
        };
        let block = serde_json::to_value(field.block()).expect("JSON");
        let hint = block["hint"]["text"].as_str().unwrap_or("-");
        format!("{}: {hint}", parameter.name)
    };
    let hints: Vec<String> = set.takes.iter().map(hint).collect();
    insta::assert_snapshot!(hints.join("\n"), @r"
    channel: Where to post
    time: -
    zone: A city, a country or a time zone, for example Berlin
    days: Every day by default
    topics: All of them by default
    schedule: Which schedule, if there are several; a new name makes another
    reveal: When members see whether they are right; at once by default
    discuss: Talk over each closed daily that somebody answered, in a thread; off by default
    ");
}

#[test]
fn an_empty_list_is_everything_and_an_empty_field_nothing() {
    let set = ALL
        .iter()
        .find(|definition| definition.name == "schedule set");
    let set = set.expect("there is one");
    let empty = json!({
        "time": { "value": { "selected_time": null } },
        "days": { "value": { "selected_options": [] } },
        "topics": { "topics": { "selected_options": [] } },
        "schedule": { "value": { "value": "  " } },
        "reveal": { "value": { "selected_option": null } },
    });
    let mut expected = Arguments::default();
    expected.set("days", "every day");
    expected.set("topics", "all");
    assert_eq!(values::read(set.takes, &empty), expected);
    for odd in [
        json!(null),
        json!([]),
        json!({ "time": 7, "days": { "x": [] } }),
    ] {
        let read = values::read(set.takes, &odd);
        assert!(
            read.get("time").is_none() && read.get("schedule").is_none(),
            "{odd}"
        );
    }
}

#[test]
fn what_can_not_stand_in_a_field_is_left_out() {
    let long = "x".repeat(151);
    for (name, takes, typed) in [
        ("time", Takes::Time, "teatime"),
        ("days", Takes::Days, "someday"),
        ("zone", Takes::Zone, long.as_str()),
        ("topics", Takes::Topics, ", ,"),
        ("schedule", Takes::Schedule, "third"),
    ] {
        let set = ALL.iter().flat_map(|definition| definition.takes);
        let mut parameter = *set.into_iter().next().expect("one");
        (parameter.name, parameter.takes) = (name, takes);
        let field = Field {
            parameter,
            about: "What it is for",
            value: Some(typed),
            schedules: &["daily".to_owned()],
            label: &str::to_owned,
        };
        let block = serde_json::to_value(field.block()).expect("JSON");
        assert_eq!(initial(&block["element"]), json!({}), "{name}: {block}");
    }
}

#[test]
fn a_title_is_cut_to_what_slack_takes() {
    let title = "/a-name-that-a-workspace-chose set";
    let shown = serde_json::to_value(view::waiting(title)).expect("JSON");
    let shown = shown["title"]["text"].as_str().expect("a title");
    assert_eq!(shown.chars().count(), 24, "{shown}");
}
