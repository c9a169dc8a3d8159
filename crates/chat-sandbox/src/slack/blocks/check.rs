//! Reading an object key by key, and noting what is wrong with it.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// Where blocks are shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Surface {
    Message,
    Modal,
    Home,
}

/// Whether something has to be there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Need {
    Required,
    Optional,
}

/// The faults found so far, and what is counted over all blocks.
#[derive(Debug)]
pub struct Check {
    pub surface: Surface,
    pub faults: Vec<String>,
    pub characters: usize,
    pub markdown: usize,
    pub tables: usize,
    pub inputs: usize,
    pub focused: usize,
    pub block_ids: HashSet<String>,
    /// Those of the block that is being read.
    pub action_ids: HashSet<String>,
}

/// How many faults are told at most.
const FAULTS: usize = 50;

/// How deep blocks may be nested: more is not looked into.
pub const DEEPEST: usize = 400;

impl Check {
    pub fn new(surface: Surface) -> Self {
        Self {
            surface,
            faults: Vec::new(),
            characters: 0,
            markdown: 0,
            tables: 0,
            inputs: 0,
            focused: 0,
            block_ids: HashSet::new(),
            action_ids: HashSet::new(),
        }
    }

    /// Notes a fault with its place.
    pub fn fault(&mut self, path: &str, what: &str) {
        if self.faults.len() < FAULTS {
            self.faults
                .push(format!("[ERROR] {what} [json-pointer:{path}]"));
        }
    }

    /// An object to be read key by key.
    pub fn object<'a>(&mut self, value: &'a Value, path: &str) -> Option<Object<'a>> {
        let Some(map) = value.as_object() else {
            self.fault(path, "must be an object");
            return None;
        };
        Some(Object {
            map,
            path: path.to_owned(),
            read: Vec::new(),
        })
    }

    /// The items of a list, each with its path; none when it is no list, or has too few or too many.
    pub fn items<'a>(
        &mut self,
        value: &'a Value,
        path: &str,
        least: usize,
        most: usize,
    ) -> Vec<(&'a Value, String)> {
        let Some(items) = value.as_array() else {
            self.fault(path, "must be an array");
            return Vec::new();
        };
        if items.len() < least {
            self.fault(path, &format!("no fewer than {least} items allowed"));
        }
        if items.len() > most {
            self.fault(path, &format!("no more than {most} items allowed"));
        }
        let items = items.iter().take(most).enumerate();
        items
            .map(|(number, item)| (item, format!("{path}/{number}")))
            .collect()
    }
}

/// An object that is read key by key; what nobody read is a fault.
pub struct Object<'a> {
    map: &'a Map<String, Value>,
    pub path: String,
    read: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// What a key has, if it has anything.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Value> {
        self.read.push(key);
        self.map.get(key).filter(|value| !value.is_null())
    }

    /// What a key has, which is read elsewhere.
    pub fn peek(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key)
    }

    /// Reads a key that is looked at elsewhere or not at all.
    pub fn skip(&mut self, key: &'static str) {
        self.read.push(key);
    }

    pub fn at(&self, key: &str) -> String {
        format!("{}/{key}", self.path)
    }

    /// What a key has; a fault when it is needed and missing.
    pub fn want(&mut self, key: &'static str, need: Need, check: &mut Check) -> Option<&'a Value> {
        let value = self.get(key);
        if value.is_none() && need == Need::Required {
            check.fault(&self.path, &format!("missing required field: {key}"));
        }
        value
    }

    /// A text of so many characters.
    pub fn string(
        &mut self,
        key: &'static str,
        least: usize,
        most: usize,
        need: Need,
        check: &mut Check,
    ) -> Option<&'a str> {
        let value = self.want(key, need, check)?;
        let path = self.at(key);
        let Some(text) = value.as_str() else {
            check.fault(&path, "must be a string");
            return None;
        };
        let length = text.chars().count();
        if length < least {
            check.fault(
                &path,
                &format!("must be more than {} characters", least.saturating_sub(1)),
            );
        }
        if length > most {
            check.fault(&path, &format!("must be less than {} characters", most + 1));
        }
        Some(text)
    }

    pub fn boolean(&mut self, key: &'static str, check: &mut Check) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        if !value.is_boolean() {
            check.fault(&self.at(key), "must be a boolean");
        }
        value == true
    }

    pub fn integer(&mut self, key: &'static str, least: i64, most: i64, check: &mut Check) {
        let Some(value) = self.get(key) else { return };
        if value
            .as_i64()
            .is_none_or(|number| !(least..=most).contains(&number))
        {
            check.fault(
                &self.at(key),
                &format!("must be a number from {least} to {most}"),
            );
        }
    }

    /// A text of a certain form.
    pub fn like(
        &mut self,
        key: &'static str,
        form: &str,
        fits: impl Fn(&str) -> bool,
        check: &mut Check,
    ) {
        let text = self.string(key, 0, 3_000, Need::Optional, check);
        if text.is_some_and(|text| !fits(text)) {
            check.fault(&self.at(key), &format!("must be {form}"));
        }
    }

    /// A whole number that a key has.
    pub fn number(&mut self, key: &'static str) -> Option<i64> {
        self.get(key).and_then(Value::as_i64)
    }

    /// That one key has no more than another, where both are there.
    pub fn ordered(
        &mut self,
        least: (&'static str, Option<f64>),
        most: (&str, Option<f64>),
        check: &mut Check,
    ) {
        if let (Some(low), Some(high)) = (least.1, most.1)
            && low > high
        {
            let path = self.at(least.0);
            check.fault(&path, &format!("must not be more than {}", most.0));
        }
    }

    pub fn one_of(&mut self, key: &'static str, values: &[&str], need: Need, check: &mut Check) {
        let Some(value) = self.want(key, need, check) else {
            return;
        };
        if value.as_str().is_none_or(|text| !values.contains(&text)) {
            check.fault(
                &self.at(key),
                &format!("must be one of {}", values.join(", ")),
            );
        }
    }

    /// Every key that was not read is one that Slack does not know.
    pub fn end(self, check: &mut Check) {
        for key in self.map.keys() {
            if !self.read.contains(&key.as_str()) {
                check.fault(
                    &self.path,
                    &format!(
                        "additional property: {}",
                        key.chars().take(60).collect::<String>()
                    ),
                );
            }
        }
    }
}
