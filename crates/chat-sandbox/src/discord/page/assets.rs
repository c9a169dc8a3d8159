//! The page's own files, part of the program.

use axum::{
    extract::Path,
    response::{Html, Response},
};

use crate::common::page::{Asset, Refusal, SCRIPT, STYLE, assets, found, whole};

/// Its own part of it.
const INDEX: &str = include_str!("assets/index.html");

const ASSETS: &[Asset] = assets! {
    "api.js" SCRIPT;
    "channels.js" SCRIPT;
    "commands.js" SCRIPT;
    "components.js" SCRIPT;
    "composer.js" SCRIPT;
    "embeds.js" SCRIPT;
    "interactions.js" SCRIPT;
    "log.js" SCRIPT;
    "main.js" SCRIPT;
    "menus.js" SCRIPT;
    "messages.js" SCRIPT;
    "modal.js" SCRIPT;
    "names.js" SCRIPT;
    "people.js" SCRIPT;
    "preview.js" SCRIPT;
    "state.js" SCRIPT;
    "suggestions.js" SCRIPT;
    "message.css" STYLE;
    "preview.css" STYLE;
};

/// `GET /`
pub(super) async fn index() -> Html<String> {
    Html(whole(INDEX))
}

/// `GET /preview`
pub(super) async fn preview() -> Html<&'static str> {
    Html(include_str!("assets/preview.html"))
}

/// `GET /assets/{name}`
pub(super) async fn file(Path(name): Path<String>) -> Result<Response, Refusal> {
    found(ASSETS, &name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::page::SHARED;

    fn pages() -> [String; 2] {
        [whole(INDEX), include_str!("assets/preview.html").to_owned()]
    }

    #[test]
    fn every_file_the_page_names_is_there() {
        let all = || ASSETS.iter().chain(SHARED);
        let pages = pages();
        let scripts = all().map(|(_, _, text)| *text);
        for text in scripts.chain(pages.iter().map(String::as_str)) {
            let imports = text.split("from \"./").skip(1);
            for rest in imports.chain(text.split("\"/assets/").skip(1)) {
                let name = rest.split('"').next().unwrap_or_default();
                assert!(all().any(|(known, ..)| *known == name), "{name}");
            }
        }
    }

    #[test]
    fn html_is_parsed_in_one_place_and_nothing_is_inline() {
        for (name, _, text) in ASSETS.iter().chain(SHARED) {
            let parses = text.contains("innerHTML") || text.contains("insertAdjacentHTML");
            assert!(!parses || *name == "markup.js", "{name} parses HTML");
            assert!(
                !text.contains("eval(") && !text.contains("document.write"),
                "{name}"
            );
        }
        for page in pages() {
            assert!(
                !page.contains(" style=")
                    && !page.contains("<style")
                    && !page.contains(" onclick=")
            );
        }
    }
}
