//! Fields of a body, read so that what is wrong with one is told with its place.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Faults;

/// A list, which null is as well without anything in it.
pub(super) fn list(value: &Value, path: &str, faults: &mut Faults) -> Vec<Value> {
    match value {
        Value::Array(list) => list.clone(),
        Value::Null => Vec::new(),
        _ => {
            let message = "Only iterables may be used in a ListType";
            faults.add(path, "LIST_TYPE_CONVERT", message);
            Vec::new()
        }
    }
}

/// One value of a wire type, or a fault at its place. A field that is null is as good as absent.
pub(super) fn read<T: DeserializeOwned>(
    mut value: Value,
    path: &str,
    faults: &mut Faults,
) -> Option<T> {
    leave_nulls_out(&mut value);
    match serde_json::from_value(value) {
        Ok(value) => Some(value),
        Err(why) => {
            faults.add(
                path,
                "DICT_TYPE_CONVERT",
                format!("Could not be read: {why}."),
            );
            None
        }
    }
}

fn leave_nulls_out(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(leave_nulls_out),
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(leave_nulls_out);
        }
        _ => {}
    }
}

/// Whether a text is an address that Discord takes, or a file of the message where those may stand.
pub(super) fn is_address(url: &str, file: bool) -> bool {
    let web = ["http://", "https://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    let web = web.is_some_and(|rest| !rest.is_empty() && !url.contains(char::is_whitespace));
    web || (file && url.starts_with("attachment://"))
}
