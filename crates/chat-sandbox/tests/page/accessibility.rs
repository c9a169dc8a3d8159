//! axe-core on the page, in light and in dark: nothing serious, nothing critical.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use chat_sandbox::{Preview, PreviewFault, PreviewMessage, Previews};
use serde_json::json;

use crate::harness::browser::{Browser, Window, tell};

use super::anything::Stage;

/// Where `.ci/run` puts axe-core, below cargo's `target`.
const AXE: &str = "axe/node_modules/axe-core/axe.min.js";

/// The text of axe-core. Without it this says so, once.
pub fn axe() -> Option<String> {
    static TOLD: Once = Once::new();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent()?;
    let file: PathBuf = target.join(AXE);
    let text = fs::read_to_string(&file).ok();
    if text.is_none() {
        TOLD.call_once(|| {
            tell(
                "axe-core is not there: `npm install --prefix target/axe axe-core` has it checked.",
            );
        });
    }
    text
}

/// What axe-core finds in a window as it is now.
pub async fn findings(window: &Window, axe: &str) -> Vec<String> {
    const RUN: &str = "axe.run(document).then(({ violations }) => violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
            `${id}: ${html}\n${failureSummary}`)))";
    if !window.value::<bool>("'axe' in window").await {
        window.run(axe).await;
    }
    window.value(RUN).await
}

/// All that the page can show at once: each kind of message, and then lists and forms over it.
async fn check(window: &Window, axe: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (state, shown) in [
        ("", "true"),
        (
            "document.getElementById('slash').click()",
            "document.querySelector('#suggestions:not([hidden]) [role=option]')",
        ),
        (
            "document.querySelector('.select-opener').click()",
            "document.querySelector('.select-list:not([hidden])')",
        ),
    ] {
        window.run(state).await;
        window.until(shown).await;
        found.extend(findings(window, axe).await);
        window.keys(&["Escape"]).await;
    }
    window.press("button", "Faults").await;
    window
        .until("document.querySelector('#faults[open]')")
        .await;
    found.extend(findings(window, axe).await);
    window.press("button", "Close the faults").await;
    window.say("/form").await;
    window
        .until("document.querySelector('dialog[open] :focus')")
        .await;
    found.extend(findings(window, axe).await);
    window.keys(&["Escape"]).await;
    window
        .until("!document.querySelector('dialog[open]')")
        .await;
    found
}

/// A page of previews, of which one source is broken.
fn previews() -> Previews {
    let message = json!({
        "embeds": [{ "type": "rich", "title": "Title", "description": "**Text**", "color": 0x58_65f2 }],
        "components": [{ "type": 1, "components": [
            { "type": 2, "style": 1, "label": "Press", "custom_id": "press" },
        ] }],
    });
    Previews {
        called: None,
        search: None,
        entries: vec![Preview {
            source: "whole.toml".to_owned(),
            name: "whole".to_owned(),
            title: "What is whole?".to_owned(),
            messages: vec![PreviewMessage {
                caption: "Posted".to_owned(),
                message,
            }],
        }],
        faults: vec![PreviewFault {
            source: "broken.toml".to_owned(),
            line: Some(1),
            name: Some("broken".to_owned()),
            text: "is amiss".to_owned(),
        }],
    }
}

#[tokio::test]
async fn axe_finds_nothing_serious() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let ana = stage.sandbox.person("ana");
    let said = ana
        .say("general", "# One\n**two** ||three|| `four` <t:1700000000:R> <#0> @ben\n> five\n```rust\n// Six\nlet six = i64::from(\"6\");\n```")
        .await;
    stage.sandbox.person("ben").react(&said, "👍").await;
    ana.reply(&said, "[link](https://example.com)").await;
    for command in ["/hello", "/menu", "/file", "/whisper", "/slow"] {
        ana.slash("general", command)
            .await
            .expect("the bot answers");
    }
    stage.sandbox.world().show_previews(previews());
    let window = stage.window(&browser, "ana").await;
    for theme in ["light", "dark"] {
        window.theme(theme).await;
        window.screen(1280, 860, false).await;
        let mut found = check(&window, &axe).await;
        // The log from its beginning, where the first message of all is.
        window
            .run("document.getElementById('scroll').scrollTop = 0")
            .await;
        found.extend(findings(&window, &axe).await);
        assert!(found.is_empty(), "{theme}: {found:#?}");
        window.picture(&format!("every-kind-{theme}")).await;
        window.screen(390, 844, true).await;
        let found = findings(&window, &axe).await;
        assert!(found.is_empty(), "{theme}, on a phone: {found:#?}");
        for (name, there) in [("whole", "Press"), ("broken.toml", "is amiss")] {
            let page = browser
                .window(&format!("{}/preview#{name}", stage.sandbox.url()))
                .await;
            page.theme(theme).await;
            page.reads(there).await;
            let found = findings(&page, &axe).await;
            assert!(
                found.is_empty(),
                "{theme}, the preview of {name}: {found:#?}"
            );
        }
    }
    browser.close().await;
    stage.close().await;
}
