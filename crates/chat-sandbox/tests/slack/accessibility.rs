//! axe-core on the page, in light and in dark: nothing serious, nothing critical.

use super::app::Stage;
use crate::{
    harness::browser::{Browser, Window},
    page::accessibility::{axe, findings},
};

/// What can be opened over the messages, and what shows that it is.
const OVER: [(&str, &str); 5] = [
    ("#slash", ".suggestions:not([hidden]) [role=option]"),
    (
        "[data-key='choices/fruit']",
        ".combo-popup:popover-open [role=option]",
    ),
    ("#log [data-key=react]", ".menu:popover-open"),
    ("[data-key='row/remove']", "#confirm[open]"),
    ("#faults-open", "#faults[open]"),
];

async fn check(window: &Window, axe: &str) -> Vec<String> {
    let mut found = findings(window, axe).await;
    for (opener, shown) in OVER {
        let click = format!("document.querySelector(`{opener}`).click()");
        window.run(&click).await;
        window
            .until(&format!("document.querySelector(`{shown}`)"))
            .await;
        found.extend(findings(window, axe).await);
        window.keys(&["Escape"]).await;
        window
            .until(&format!("!document.querySelector(`{shown}`)"))
            .await;
    }
    // The form with errors in it.
    window
        .run("document.querySelector(`[data-key='row/form']`).click()")
        .await;
    window.until("document.querySelector('#modal[open]')").await;
    window.keys(&["Enter"]).await;
    window.reads("Please complete this required field.").await;
    found.extend(findings(window, axe).await);
    window.keys(&["Escape"]).await;
    window
        .until("!document.querySelector('#modal[open]')")
        .await;
    window
        .run("document.querySelector('.replies').click()")
        .await;
    window
        .until("!document.getElementById('thread').hidden")
        .await;
    found.extend(findings(window, axe).await);
    found
}

#[tokio::test]
async fn axe_finds_nothing_serious_on_the_page_of_slack() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let ana = stage.sandbox.person("ana");
    let said = ana.say("general", "Hello @ben").await;
    ana.react(&said, "tada").await;
    let ben = stage.sandbox.person("ben");
    ben.reply(&said, "Hello").await;
    ben.wait_for("general", |view| view.text == "You said: Hello")
        .await;
    for line in [
        "/echo card",
        "/echo *bold* <https://example.com|link> `code`",
    ] {
        ana.slash("general", line).await.expect("answered");
    }
    let window = stage.window(&browser, "ana").await;
    ana.slash("general", "/echo privately")
        .await
        .expect("answered");
    window.reads("Only visible to you").await;
    for theme in ["light", "dark"] {
        window.theme(theme).await;
        window.screen(1280, 860, false).await;
        let found = check(&window, &axe).await;
        assert!(found.is_empty(), "{theme}: {found:#?}");
        window.picture(&format!("slack-{theme}")).await;
        window.screen(390, 844, true).await;
        let found = findings(&window, &axe).await;
        assert!(found.is_empty(), "{theme}, a thread on a phone: {found:#?}");
        window
            .run("document.getElementById('thread-close').click()")
            .await;
        window
            .until("document.getElementById('thread').hidden")
            .await;
        let found = findings(&window, &axe).await;
        assert!(found.is_empty(), "{theme}, on a phone: {found:#?}");
        window.picture(&format!("slack-phone-{theme}")).await;
    }
    window.is_well();
    browser.close().await;
    stage.close().await;
}
