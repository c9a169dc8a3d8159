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
    "blocks.js" SCRIPT;
    "channels.js" SCRIPT;
    "combo.js" SCRIPT;
    "composer.js" SCRIPT;
    "confirm.js" SCRIPT;
    "dates.js" SCRIPT;
    "elements.js" SCRIPT;
    "emoji.js" SCRIPT;
    "home.js" SCRIPT;
    "log.js" SCRIPT;
    "main.js" SCRIPT;
    "markdown.js" SCRIPT;
    "menus.js" SCRIPT;
    "messages.js" SCRIPT;
    "modal.js" SCRIPT;
    "mrkdwn.js" SCRIPT;
    "people.js" SCRIPT;
    "pickers.js" SCRIPT;
    "rich.js" SCRIPT;
    "state.js" SCRIPT;
    "thread.js" SCRIPT;
    "blocks.css" STYLE;
    "slack.css" STYLE;
};

/// `GET /`
pub(super) async fn index() -> Html<String> {
    Html(whole(INDEX))
}

/// `GET /assets/{name}`
pub(super) async fn file(Path(name): Path<String>) -> Result<Response, Refusal> {
    found(ASSETS, &name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::page::SHARED;

    #[test]
    fn every_file_the_page_names_is_there() {
        let all = || ASSETS.iter().chain(SHARED);
        let page = whole(INDEX);
        let scripts = all().map(|(_, _, text)| *text);
        for text in scripts.chain([page.as_str()]) {
            let imports = text.split("from \"./").skip(1);
            for rest in imports.chain(text.split("\"/assets/").skip(1)) {
                let name = rest.split('"').next().unwrap_or_default();
                assert!(all().any(|(known, ..)| *known == name), "{name}");
            }
        }
    }

    #[test]
    fn no_html_is_parsed_and_nothing_is_inline() {
        for (name, _, text) in ASSETS {
            let parses = ["innerHTML", "insertAdjacentHTML", "markup.js", "eval("];
            let found = parses.iter().find(|what| text.contains(**what));
            assert!(found.is_none(), "{name}: {found:?}");
        }
        let page = whole(INDEX);
        let inline = [" style=", "<style", " onclick="];
        assert!(!inline.iter().any(|what| page.contains(what)));
    }
}
