//! What blocks and elements are made of: texts, options, confirmations.

use serde_json::Value;

use super::check::{Check, Need, Object};

/// Which kinds a text may be of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Texts {
    Plain,
    Any,
}

impl<'a> Object<'a> {
    /// A text object that holds plain text.
    pub fn plain(&mut self, key: &'static str, most: usize, need: Need, check: &mut Check) {
        self.text(key, most, Texts::Plain, need, check);
    }

    /// A text object.
    pub fn text(
        &mut self,
        key: &'static str,
        most: usize,
        kinds: Texts,
        need: Need,
        check: &mut Check,
    ) -> Option<&'a Value> {
        let value = self.want(key, need, check)?;
        text(value, &self.at(key), most, kinds, check);
        Some(value)
    }

    /// A dialog that asks whether somebody is sure.
    pub fn confirm(&mut self, check: &mut Check) {
        let path = self.at("confirm");
        let Some(mut confirm) = self
            .get("confirm")
            .and_then(|value| check.object(value, &path))
        else {
            return;
        };
        confirm.plain("title", 100, Need::Required, check);
        confirm.text("text", 300, Texts::Any, Need::Required, check);
        confirm.plain("confirm", 30, Need::Required, check);
        confirm.plain("deny", 30, Need::Required, check);
        confirm.one_of("style", &["primary", "danger"], Need::Optional, check);
        confirm.end(check);
    }
}

/// A text object.
pub fn text(value: &Value, path: &str, most: usize, kinds: Texts, check: &mut Check) {
    let Some(mut object) = check.object(value, path) else {
        return;
    };
    let allowed: &[&str] = match kinds {
        Texts::Plain => &["plain_text"],
        Texts::Any => &["plain_text", "mrkdwn"],
    };
    object.one_of("type", allowed, Need::Required, check);
    if let Some(text) = object.string("text", 1, most, Need::Required, check) {
        check.characters += text.chars().count();
    }
    if value["type"] == "mrkdwn" {
        object.boolean("verbatim", check);
    } else {
        object.boolean("emoji", check);
    }
    object.end(check);
}

/// One thing to choose.
pub fn option(value: &Value, path: &str, kinds: Texts, url: bool, check: &mut Check) {
    let Some(mut object) = check.object(value, path) else {
        return;
    };
    object.text("text", 75, kinds, Need::Required, check);
    object.string("value", 1, 150, Need::Required, check);
    object.text("description", 75, kinds, Need::Optional, check);
    if url {
        object.string("url", 1, 3_000, Need::Optional, check);
    }
    object.end(check);
}

/// `options`, so many.
pub fn options(
    object: &mut Object<'_>,
    least: usize,
    most: usize,
    kinds: Texts,
    url: bool,
    check: &mut Check,
) {
    let path = object.at("options");
    let Some(value) = object.want("options", Need::Required, check) else {
        return;
    };
    for (item, path) in check.items(value, &path, least, most) {
        option(item, &path, kinds, url, check);
    }
}

/// `options` or `option_groups`, one of which a select has.
pub fn choices(object: &mut Object<'_>, least: usize, check: &mut Check) {
    let path = object.at("option_groups");
    let Some(groups) = object.get("option_groups") else {
        return options(object, least, 100, Texts::Plain, false, check);
    };
    if object.get("options").is_some() {
        check.fault(
            &object.path,
            "options and option_groups cannot be used together",
        );
    }
    for (group, path) in check.items(groups, &path, least, 100) {
        let Some(mut group) = check.object(group, &path) else {
            continue;
        };
        group.plain("label", 75, Need::Required, check);
        options(&mut group, least, 100, Texts::Plain, false, check);
        group.end(check);
    }
}

/// What is chosen at first has to be one of the things to choose.
pub fn chosen_at_first(object: &mut Object<'_>, kinds: Texts, check: &mut Check) {
    let mut all: Vec<&Value> = Vec::new();
    all.extend(
        object
            .get("options")
            .and_then(Value::as_array)
            .into_iter()
            .flatten(),
    );
    let groups = object.get("option_groups").and_then(Value::as_array);
    for group in groups.into_iter().flatten() {
        all.extend(group["options"].as_array().into_iter().flatten());
    }
    let external = all.is_empty();
    let mut first: Vec<(&Value, String)> = Vec::new();
    let path = object.at("initial_option");
    first.extend(object.get("initial_option").map(|option| (option, path)));
    let path = object.at("initial_options");
    if let Some(options) = object.get("initial_options") {
        first.extend(check.items(options, &path, 1, 100));
    }
    for (item, path) in first {
        option(item, &path, kinds, false, check);
        if !external && !all.contains(&item) {
            check.fault(&path, "must be one of the options");
        }
    }
}
