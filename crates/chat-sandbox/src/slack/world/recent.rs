//! A map that forgets what was put into it first once there is too much in it.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

/// How many entries are kept.
const MOST: usize = 10_000;

/// A map of the entries made last.
#[derive(Debug)]
pub struct Recent<K, V> {
    all: HashMap<K, V>,
    /// Each key of the map once, oldest first.
    order: VecDeque<K>,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self {
            all: HashMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V> Recent<K, V> {
    /// Puts in an entry under a key, in place of what was there.
    pub fn insert(&mut self, key: K, value: V) {
        if self.all.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > MOST {
            let oldest = self.order.pop_front();
            oldest.and_then(|oldest| self.all.remove(&oldest));
        }
    }

    pub fn get(&self, key: &K) -> Option<&V> {
        self.all.get(key)
    }

    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.all.get_mut(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_too_many_entries_is_forgotten() {
        let mut recent = Recent::default();
        for key in 0..MOST {
            recent.insert(key, key);
            recent.insert(key, key + 1);
        }
        assert_eq!(recent.get(&0), Some(&1));
        recent.insert(MOST, 0);
        assert_eq!((recent.get(&0), recent.get(&1)), (None, Some(&2)));
    }
}
