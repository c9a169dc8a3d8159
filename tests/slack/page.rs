//! The real bot on the local Slack's page: the newcomer's story, as the README tells it.

use chat_sandbox::slack::MessageView;
use greenroom::model::Reveal;

use super::Room;
use crate::harness::browser::Browser;
use crate::harness::eventually;

#[tokio::test]
async fn a_newcomer_looks_up_answers_and_compares() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::with_schedule(Reveal::AtOnce).await;
    let general = format!("{}/?as=ana#general", room.sandbox.url());
    let page = browser.window(&general).await;
    page.say("/question caching").await;
    page.press("button", "Show answer").await;
    page.reads("What an interviewer listens for").await;

    // One answers with a button.
    room.next_daily().await;
    page.press("link", "daily (unread)").await;
    page.reads("Daily question").await;
    page.press("button", "A").await;
    page.reads("Only visible to you").await;

    // Another in the thread, whose verdict is for that person alone.
    page.press("radio", "Ben").await;
    page.until("document.title.includes('Ben')").await;
    let reply = "document.querySelector('#log .message [data-key=reply]')";
    page.until(reply).await;
    page.run(&format!("{reply}.click()")).await;
    page.until("document.activeElement.id === 'thread-text'")
        .await;
    page.write("I think B").await;
    page.keys(&["Enter"]).await;
    page.press("button", "My verdict").await;
    page.reads("← your answer").await;
    page.picture("slack-daily").await;
    let closes = |view: &MessageView| !view.ephemeral && view.text().contains("2 answers");

    // The next day says what was right, and asks again.
    page.press("button", "Next day").await;
    room.ben.wait_for("daily", closes).await;
    let dailies = "document.querySelectorAll('#log .message:not(.ephemeral)').length === 2";
    page.until(dailies).await;

    page.say("/leaderboard all").await;
    page.reads("Leaderboard · All time").await;
    page.press("link", "Greenroom").await;
    page.press("tab", "Home").await;
    eventually(async || room.ben.home().is_some()).await;
    page.reads("Start a quiz").await;
    page.picture("slack-home").await;
    page.is_well();
    browser.close().await;
    room.close().await;
}
