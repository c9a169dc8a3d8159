//! What is called by a name in a bank.

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum NameOf {
    Question,
    Tag,
    Topic,
}
