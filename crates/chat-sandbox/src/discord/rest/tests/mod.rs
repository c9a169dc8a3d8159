//! Every documented limit of messages, components, commands and forms: what is one too much, and where
//! the fault is said to be.

mod commands;
mod components;
mod messages;

use std::sync::Arc;

use serde_json::{Value, json};

use super::{body::Body, error::Faults, limits};
use crate::discord::world::Upload;

fn x(length: usize) -> String {
    "x".repeat(length)
}

fn times(count: usize, make: impl Fn(usize) -> Value) -> Value {
    (0..count).map(make).collect()
}

fn with(mut option: Value, fields: Value) -> Value {
    let inner = option.as_object_mut().expect("an object");
    inner.extend(fields.as_object().expect("fields").clone());
    option
}

fn in_message(data: &Value) -> Vec<String> {
    with_files(data, 0)
}

fn with_files(data: &Value, files: usize) -> Vec<String> {
    let upload = || Upload {
        name: "a.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        bytes: Arc::from(&b""[..]),
        description: None,
    };
    let body = Body {
        json: data.clone(),
        files: (0..files as u64).map(|number| (number, upload())).collect(),
    };
    let mut faults = Faults::default();
    limits::content(data, "", &body, &mut faults);
    faults.places()
}

/// Each body with the faults it has.
fn check(find: impl Fn(&Value) -> Vec<String>, table: &[(Value, &[&str])]) {
    for (body, expected) in table {
        assert_eq!(find(body), *expected, "{body}");
    }
}
