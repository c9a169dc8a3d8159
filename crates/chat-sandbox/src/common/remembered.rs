//! What is remembered until it is too much: the oldest goes first.

use std::collections::VecDeque;

use serde_json::Value;

/// How many things are remembered.
const MOST: usize = 20_000;

/// How many bytes of memory they may take, about.
const BYTES: usize = 128 << 20;

/// Things in the order in which they came, bounded in number and size.
#[derive(Debug)]
pub struct Remembered<T> {
    all: VecDeque<(T, usize)>,
    bytes: usize,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self {
            all: VecDeque::new(),
            bytes: 0,
        }
    }
}

impl<T> Remembered<T> {
    /// Keeps one more, which takes about so many bytes.
    pub fn keep(&mut self, one: T, bytes: usize) {
        self.all.push_back((one, bytes));
        self.bytes = self.bytes.saturating_add(bytes);
        while self.all.len() > MOST || self.bytes > BYTES {
            let Some((_, bytes)) = self.all.pop_front() else {
                return;
            };
            self.bytes = self.bytes.saturating_sub(bytes);
        }
    }

    /// All of them, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.all.iter().map(|(one, _)| one)
    }
}

/// How many bytes of memory JSON takes, about.
pub fn weight(json: &Value) -> usize {
    let inner: usize = match json {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(key, value)| 2 * size_of::<String>() + key.len() + weight(value))
                .sum()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    size_of::<Value>() + inner
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_oldest_of_too_many_or_too_large_things_go_first() {
        let mut all = Remembered::default();
        for number in 0..=MOST {
            all.keep(number, 0);
        }
        assert_eq!((all.iter().count(), all.iter().next()), (MOST, Some(&1)));
        all.keep(7, BYTES - 1);
        all.keep(8, 1);
        assert_eq!(all.iter().count(), MOST);
        all.keep(9, 2);
        let left: Vec<_> = all.iter().collect();
        assert_eq!(left, [&8, &9]);
    }

    #[test]
    fn json_weighs_at_least_what_its_texts_do() {
        let text = "x".repeat(1_000);
        assert!(weight(&json!({ "a": [text, { "b": text }] })) > 2_000);
        assert!(weight(&json!(vec![0; 1_000])) > 1_000);
    }
}
