//! What Slack's client does not let people send: texts too short or too long for a field, too many choices.

use serde_json::Value;

use super::elements::Element;
use crate::common::lengths;
use crate::slack::blocks::{is_date, is_time};

/// Why an element does not take a value, if it does not.
pub fn refusal(element: &Element, value: &Value) -> Option<String> {
    let text = value.as_str().unwrap_or_default();
    let fits = match element.kind.as_str() {
        "plain_text_input" => return length(element, text),
        "number_input" => return number(element, text),
        "email_text_input" => {
            let halves = text.split_once('@');
            halves.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        }
        "url_text_input" => text.starts_with("https://") || text.starts_with("http://"),
        "datepicker" => is_date(text),
        "timepicker" => is_time(text),
        kind if kind.starts_with("multi_") => return count(element, value),
        _ => true,
    };
    (!fits).then(|| format!("{}: {text:?} is not what it takes", element.label))
}

fn length(element: &Element, text: &str) -> Option<String> {
    let limit = |key: &str| element.value[key].as_u64();
    let (least, most) = (limit("min_length"), limit("max_length"));
    let length = text.chars().count() as u64;
    if least.is_some_and(|least| length < least) || length > most.unwrap_or(3_000) {
        let lengths = lengths(least.unwrap_or(0), most.unwrap_or(3_000));
        return Some(format!("{}: it takes {lengths}", element.label));
    }
    None
}

fn number(element: &Element, text: &str) -> Option<String> {
    let limit = |key: &str| element.value[key].as_str()?.parse::<f64>().ok();
    let whole = element.value["is_decimal_allowed"] != true;
    let number: Option<f64> = text.parse().ok().filter(|number: &f64| number.is_finite());
    let fits = number.is_some_and(|number| {
        (!whole || number.fract() == 0.0)
            && limit("min_value").is_none_or(|least| number >= least)
            && limit("max_value").is_none_or(|most| number <= most)
    });
    (!fits).then(|| format!("{}: {text:?} is not a number that it takes", element.label))
}

fn count(element: &Element, value: &Value) -> Option<String> {
    let most = element.value["max_selected_items"].as_u64()?;
    let chosen = value.as_array().map_or(0, Vec::len) as u64;
    (chosen > most).then(|| format!("{}: at most {most} can be chosen", element.label))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn takes(element: Value, value: Value) -> bool {
        let element = Element {
            block: String::new(),
            action: String::new(),
            kind: element["type"].as_str().unwrap_or_default().to_owned(),
            value: element,
            label: "Field".to_owned(),
        };
        refusal(&element, &value).is_none()
    }

    #[test]
    fn a_field_takes_what_is_within_its_limits() {
        for (element, fine, wrong) in [
            (
                json!({ "type": "plain_text_input", "min_length": 2, "max_length": 3 }),
                json!("ab"),
                json!("a"),
            ),
            (
                json!({ "type": "plain_text_input", "max_length": 3 }),
                json!("abc"),
                json!("abcd"),
            ),
            (
                json!({ "type": "plain_text_input" }),
                json!("x".repeat(3_000)),
                json!("x".repeat(3_001)),
            ),
            (
                json!({ "type": "number_input", "min_value": "1" }),
                json!("2"),
                json!("0"),
            ),
            (
                json!({ "type": "number_input", "max_value": "1" }),
                json!("1"),
                json!("2"),
            ),
            (json!({ "type": "number_input" }), json!("-3"), json!("0.5")),
            (
                json!({ "type": "number_input", "is_decimal_allowed": true }),
                json!("0.5"),
                json!("half"),
            ),
            (
                json!({ "type": "email_text_input" }),
                json!("ana@example.org"),
                json!("ana"),
            ),
            (
                json!({ "type": "url_text_input" }),
                json!("https://example.org"),
                json!("example"),
            ),
            (
                json!({ "type": "datepicker" }),
                json!("2024-02-29"),
                json!("2023-02-29"),
            ),
            (
                json!({ "type": "timepicker" }),
                json!("09:00"),
                json!("9:00"),
            ),
            (
                json!({ "type": "multi_users_select", "max_selected_items": 1 }),
                json!(["U1"]),
                json!(["U1", "U2"]),
            ),
        ] {
            assert!(takes(element.clone(), fine.clone()), "{element} {fine}");
            assert!(!takes(element.clone(), wrong.clone()), "{element} {wrong}");
        }
    }
}
