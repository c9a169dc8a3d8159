//! The chat pages' shell: headers, the reading of requests, and the files that know no platform.

mod advance;
mod assets;
mod extract;
mod headers;
pub(crate) mod requests;

pub(crate) use advance::Advance;
#[cfg(test)]
pub(crate) use assets::SHARED;
pub(crate) use assets::{Asset, SCRIPT, STYLE, assets, found, whole};
pub(crate) use extract::{Asked, Body, Refusal, id};
pub(crate) use headers::guarded;
pub(crate) use requests::Requests;
