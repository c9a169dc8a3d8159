//! Another local platform, to whose page a page links.

use serde::Serialize;

/// Another local platform, to whose page a page links.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Sibling {
    /// What the link says, such as `Discord`.
    pub name: String,
    /// The address of its page, which begins with `http://`.
    pub url: String,
}
