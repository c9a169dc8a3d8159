//! The page's own files, part of the program.

use axum::{
    extract::Path,
    http::header,
    response::{Html, IntoResponse, Response},
};

use super::extract::Refusal;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// Names, media types and contents.
macro_rules! assets {
    ($($name:literal $kind:expr;)*) => {
        &[$(($name, $kind, include_str!(concat!("assets/", $name)))),*]
    };
}

const ASSETS: &[(&str, &str, &str)] = assets! {
    "api.js" SCRIPT;
    "channels.js" SCRIPT;
    "commands.js" SCRIPT;
    "components.js" SCRIPT;
    "composer.js" SCRIPT;
    "drawers.js" SCRIPT;
    "element.js" SCRIPT;
    "embeds.js" SCRIPT;
    "faults.js" SCRIPT;
    "hint.js" SCRIPT;
    "interactions.js" SCRIPT;
    "log.js" SCRIPT;
    "main.js" SCRIPT;
    "markup.js" SCRIPT;
    "menus.js" SCRIPT;
    "messages.js" SCRIPT;
    "modal.js" SCRIPT;
    "names.js" SCRIPT;
    "people.js" SCRIPT;
    "preview.js" SCRIPT;
    "select.js" SCRIPT;
    "state.js" SCRIPT;
    "stored.js" SCRIPT;
    "suggestions.js" SCRIPT;
    "theme.js" SCRIPT;
    "time.js" SCRIPT;
    "toasts.js" SCRIPT;
    "style.css" STYLE;
    "message.css" STYLE;
    "faults.css" STYLE;
    "preview.css" STYLE;
    "icon.svg" "image/svg+xml";
};

/// `GET /`
pub(super) async fn index() -> Html<&'static str> {
    Html(include_str!("assets/index.html"))
}

/// `GET /preview`
pub(super) async fn preview() -> Html<&'static str> {
    Html(include_str!("assets/preview.html"))
}

/// `GET /assets/{name}`
pub(super) async fn file(Path(name): Path<String>) -> Result<Response, Refusal> {
    let asset = ASSETS.iter().find(|(known, ..)| *known == name);
    let (_, kind, text) = asset.ok_or_else(|| Refusal::unknown("There is no such file."))?;
    Ok(([(header::CONTENT_TYPE, *kind)], *text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: [&str; 2] = [
        include_str!("assets/index.html"),
        include_str!("assets/preview.html"),
    ];

    #[test]
    fn every_file_the_page_names_is_there() {
        let scripts = ASSETS.iter().map(|(_, _, text)| *text);
        for text in scripts.chain(PAGES) {
            let imports = text.split("from \"./").skip(1);
            for rest in imports.chain(text.split("\"/assets/").skip(1)) {
                let name = rest.split('"').next().unwrap_or_default();
                assert!(ASSETS.iter().any(|(known, ..)| *known == name), "{name}");
            }
        }
    }

    #[test]
    fn html_is_parsed_in_one_place_and_nothing_is_inline() {
        for (name, _, text) in ASSETS {
            let parses = text.contains("innerHTML") || text.contains("insertAdjacentHTML");
            assert!(!parses || *name == "markup.js", "{name} parses HTML");
            assert!(
                !text.contains("eval(") && !text.contains("document.write"),
                "{name}"
            );
        }
        for page in PAGES {
            assert!(
                !page.contains(" style=")
                    && !page.contains("<style")
                    && !page.contains(" onclick=")
            );
        }
    }
}
