//! What was filled in, as the words after the command would have said it.

use serde_json::Value;

use crate::slack::interactions::arguments::{Arguments, Parameter, Takes};

/// The most characters that are read of a field.
const LONGEST: usize = 1_000;

/// What is in the fields, `state.values` of a view: by block, by action.
pub(super) fn read(takes: &[Parameter], values: &Value) -> Arguments {
    let mut arguments = Arguments::default();
    for parameter in takes {
        let block = values.get(parameter.name).and_then(Value::as_object);
        let element = block.and_then(|block| block.values().next());
        if let Some(value) = element.and_then(|element| value(parameter.takes, element)) {
            arguments.set(parameter.name, value);
        }
    }
    arguments
}

/// What an element holds.
fn value(takes: Takes, element: &Value) -> Option<String> {
    let several = element["selected_options"].as_array().map(|options| {
        let values = options.iter().filter_map(|option| option["value"].as_str());
        values.collect::<Vec<_>>().join(", ")
    });
    let one = [
        &element["value"],
        &element["selected_option"]["value"],
        &element["selected_time"],
        &element["selected_conversation"],
    ];
    let one = one.into_iter().find_map(Value::as_str).map(str::to_owned);
    let said = several.or(one).unwrap_or_default();
    let said: String = said.trim().chars().take(LONGEST).collect();
    match (takes, said.as_str()) {
        // An empty list is a choice, too: of nothing in particular.
        (Takes::Topics, "") => Some("all".to_owned()),
        (Takes::Days, "") => Some("every day".to_owned()),
        (_, "") => None,
        _ => Some(said),
    }
}
