//! Who acts on the page, and why they can't.

use std::sync::Arc;

use crate::{
    common::page::Refusal,
    slack::{Failure, Person, World},
};

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::bad(failure.to_string())
    }
}

/// The person someone acts as, by id or user name.
pub(super) fn person(world: &Arc<World>, who: &str) -> Result<Person, Refusal> {
    let found = Person::with_id(world, who).or_else(|| Person::named(world, who));
    found.ok_or_else(|| Refusal::unknown(format!("Nobody is called {who} here.")))
}
