//! Fields that Discord always sends and twilight's types leave out, or write where Discord does not.

use serde_json::{Map, Value, json};

/// A kind of object, told by fields that every one of them has, and the fields that may be missing.
struct Kind {
    marks: [&'static str; 2],
    missing: &'static [(&'static str, Filling)],
}

const USER: Kind = Kind {
    marks: ["username", "discriminator"],
    missing: &[
        ("avatar", Filling::Null),
        ("flags", Filling::Zero),
        ("global_name", Filling::Null),
        ("primary_guild", Filling::Null),
    ],
};

const MEMBER: Kind = Kind {
    // A guild has the first too.
    marks: ["joined_at", "deaf"],
    missing: &[
        ("avatar", Filling::Null),
        ("banner", Filling::Null),
        ("communication_disabled_until", Filling::Null),
        ("nick", Filling::Null),
        ("premium_since", Filling::Null),
    ],
};

const ROLE: Kind = Kind {
    marks: ["hoist", "mentionable"],
    missing: &[("icon", Filling::Null), ("unicode_emoji", Filling::Null)],
};

const THREAD: Kind = Kind {
    marks: ["thread_metadata", "parent_id"],
    missing: &[("total_message_sent", Filling::Same("message_count"))],
};

/// Fields that tell what an object is, and what Discord leaves out where twilight writes null: the call
/// of a message about none, and what is not known of the member who wrote a message. Clients read the
/// fields of what is there.
const ABSENT: [(&str, &str); 3] = [
    ("author", "call"),
    ("joined_at", "user"),
    ("joined_at", "permissions"),
];

/// What stands where a field was missing.
#[derive(Clone, Copy)]
enum Filling {
    Null,
    Zero,
    /// The same as in another field.
    Same(&'static str),
}

/// Completes an answer or an event, and all that is in it.
pub fn complete(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(complete),
        Value::Object(fields) => {
            fields.values_mut().for_each(complete);
            fill(fields);
        }
        _ => {}
    }
}

fn fill(fields: &mut Map<String, Value>) {
    for kind in [USER, MEMBER, ROLE, THREAD] {
        if !kind.marks.iter().all(|mark| fields.contains_key(*mark)) {
            continue;
        }
        for (field, filling) in kind.missing {
            if !fields.contains_key(*field) {
                let value = match filling {
                    Filling::Null => Value::Null,
                    Filling::Zero => json!(0),
                    Filling::Same(other) => fields.get(*other).cloned().unwrap_or_default(),
                };
                fields.insert((*field).to_owned(), value);
            }
        }
    }
    for (mark, field) in ABSENT {
        if fields.contains_key(mark) && fields.get(field).is_some_and(Value::is_null) {
            fields.remove(field);
        }
    }
}

/// Numbers the components of a message that have no number of their own: "the API will … generate
/// sequential IDs".
pub fn number(components: &mut Value) {
    let mut taken = Vec::new();
    walk(components, &mut |fields| {
        taken.extend(
            fields
                .get("id")
                .and_then(Value::as_u64)
                .filter(|id| *id > 0),
        );
    });
    let mut free = (1..).filter(|id| !taken.contains(id));
    walk(components, &mut |fields| {
        if fields.get("id").and_then(Value::as_u64).unwrap_or_default() == 0 {
            fields.insert("id".to_owned(), json!(free.next()));
        }
    });
}

/// What Discord says of every menu, also where a bot did not.
pub fn say_defaults(components: &mut Value) {
    walk(components, &mut |fields| {
        let kind = fields.get("type").and_then(Value::as_u64);
        if matches!(kind, Some(3 | 5..=8)) {
            for field in ["min_values", "max_values"] {
                fields.entry(field).or_insert(json!(1));
            }
        }
    });
}

/// Visits every component, the outer ones first.
fn walk(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| walk(item, visit)),
        Value::Object(fields) if fields.contains_key("type") => {
            visit(fields);
            for inner in ["components", "accessory", "component"] {
                if let Some(inner) = fields.get_mut(inner) {
                    walk(inner, visit);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_completed_wherever_they_are() {
        let user = json!({ "id": "1", "username": "ana", "discriminator": "0", "avatar": "a" });
        let mut value = json!({ "author": user, "call": null, "mentions": [user] });
        complete(&mut value);
        let whole = json!({
            "id": "1", "username": "ana", "discriminator": "0", "avatar": "a",
            "flags": 0, "global_name": null, "primary_guild": null,
        });
        assert_eq!(value, json!({ "author": whole, "mentions": [whole] }));
    }

    #[test]
    fn a_member_without_a_user_has_no_such_field() {
        let mut value = json!({ "joined_at": "2024", "deaf": false, "user": null, "nick": "A" });
        complete(&mut value);
        let fields = value.as_object().expect("an object");
        assert!(
            !fields.contains_key("user") && fields["nick"] == "A" && fields["avatar"].is_null()
        );
    }

    #[test]
    fn components_are_numbered_around_those_that_are() {
        let mut components = json!([
            { "type": 1, "components": [{ "type": 2 }, { "type": 2, "id": 2 }] },
            { "type": 9, "id": 0, "components": [{ "type": 10 }], "accessory": { "type": 2 } },
        ]);
        number(&mut components);
        let numbered = json!([
            { "type": 1, "id": 1, "components": [{ "type": 2, "id": 3 }, { "type": 2, "id": 2 }] },
            { "type": 9, "id": 4, "components": [{ "type": 10, "id": 5 }],
                "accessory": { "type": 2, "id": 6 } },
        ]);
        assert_eq!(components, numbered);
    }
}
