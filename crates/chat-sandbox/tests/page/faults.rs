//! The panel of faults.

use crate::harness::browser::Browser;

use super::anything::Stage;

#[tokio::test]
async fn faults_are_set_seen_and_cleared_in_the_panel() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let page = stage.window(&browser, "ben").await;

    page.press("button", "Faults").await;
    page.press("textbox", "whose path has").await;
    page.write("/callback").await;
    page.press("spinbutton", "how many").await;
    page.write("1").await;
    page.press("button", "Let them fail").await;
    page.reads("The next request with /callback in the path: answered 500")
        .await;
    page.picture("faults").await;
    page.say("/hello").await;
    // What the bot says of it, in a second answer.
    page.reads("500: Internal Server Error").await;
    page.reads_no_more("The next request with /callback").await;

    page.press("button", "Send events twice").await;
    page.reads("Every event is sent twice").await;
    page.press("button", "Clear all").await;
    page.reads_no_more("Every event is sent twice").await;

    page.press("button", "Drop the connection").await;
    page.reads("Drop the connection: done").await;
    page.press("button", "Close the faults").await;
    page.reads_no_more("Drop the connection").await;
    page.say("/hello").await;
    page.reads("to ben").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}
