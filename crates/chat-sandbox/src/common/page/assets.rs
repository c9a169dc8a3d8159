//! Files of the pages that know no platform, part of the program.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

use super::Refusal;

pub const SCRIPT: &str = "text/javascript; charset=utf-8";
pub const STYLE: &str = "text/css; charset=utf-8";

/// The name, media type and contents of a file.
pub type Asset = (&'static str, &'static str, &'static str);

/// Names, media types and contents of the files in `assets/` beside.
macro_rules! assets {
    ($($name:literal $kind:expr;)*) => {
        &[$(($name, $kind, include_str!(concat!("assets/", $name)))),*]
    };
}
pub(crate) use assets;

/// Those that all pages may use.
pub const SHARED: &[Asset] = assets! {
    "clock.js" SCRIPT;
    "drawers.js" SCRIPT;
    "element.js" SCRIPT;
    "faults.js" SCRIPT;
    "hint.js" SCRIPT;
    "markup.js" SCRIPT;
    "request.js" SCRIPT;
    "select.js" SCRIPT;
    "sibling.js" SCRIPT;
    "stored.js" SCRIPT;
    "switcher.js" SCRIPT;
    "theme.js" SCRIPT;
    "time.js" SCRIPT;
    "toasts.js" SCRIPT;
    "style.css" STYLE;
    "faults.css" STYLE;
    "icon.svg" "image/svg+xml";
};

/// Where every chat page ends alike: the requests that go wrong, toasts and glyphs.
const END: &str = include_str!("assets/end.html");

/// A chat page of which a platform has the beginning.
pub fn whole(beginning: &str) -> String {
    format!("{beginning}{END}")
}

/// A file by name: one of the platform's own, else one of those that all share.
pub fn found(own: &[Asset], name: &str) -> Result<Response, Refusal> {
    let asset = own.iter().chain(SHARED).find(|(known, ..)| *known == name);
    let (_, kind, text) = asset.ok_or_else(|| Refusal::unknown("There is no such file."))?;
    Ok(([(header::CONTENT_TYPE, *kind)], *text).into_response())
}
