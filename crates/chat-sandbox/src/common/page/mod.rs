//! The chat pages' shell: headers, the reading of requests, and the files that know no platform.

mod assets;
mod extract;
mod headers;
pub(crate) mod requests;

#[cfg(test)]
pub(crate) use assets::SHARED;
pub(crate) use assets::{Asset, SCRIPT, STYLE, assets, found};
pub(crate) use extract::{Asked, Body, Refusal, id};
pub(crate) use headers::guarded;
pub(crate) use requests::Requests;
