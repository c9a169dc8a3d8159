//! Text from anywhere is text and nothing else.

use super::app::Stage;
use crate::harness::browser::Browser;

const HOSTILE: [&str; 8] = [
    "<script>window.hurt = 1</script>",
    "<img src=x onerror=\"window.hurt = 1\">",
    "<javascript:window.hurt=1|look> <data:text/html,x|look>",
    "```<script>window.hurt = 1</script>",
    "\u{202e}txt.exe \u{2066}\u{202e}gnorw\u{2069} \u{200f}",
    "*_~*_~ `` ``` &gt; <@U> <#C> <!date^x^{y}|z> <!date^99999999999999^{date}|z>",
    "&lt;script&gt; &#x3c;b&#x3e; &amp;lt; %3Cscript%3E \u{b}\u{1b}[31m",
    "<https://example.com/\"onmouseover=\"window.hurt=1|<b>>",
];

#[tokio::test]
async fn hostile_text_is_only_text() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let ben = stage.sandbox.person("ben");
    let long = ["w".repeat(3_000), "*".repeat(3_000), "<@".repeat(1_500)];
    let page = stage.window(&browser, "ana").await;
    for text in HOSTILE.map(str::to_owned).iter().chain(&long) {
        ben.try_say("general", text).expect("said");
        // As the app says it, it is mrkdwn.
        ben.slash("general", &format!("/echo {text}"))
            .await
            .expect("answered");
    }
    page.until("document.querySelectorAll('#log .message').length === 22")
        .await;
    let harm = "[...document.querySelectorAll('#main :is(script, img, iframe), #main a[href]')]\
        .filter((found) => !/^https:.*example.com/.test(found.href ?? '')).map((found) => found.outerHTML)";
    let harm: Vec<String> = page.value(harm).await;
    assert!(harm.is_empty(), "{harm:#?}");
    assert!(page.value::<bool>("window.hurt === undefined").await);
    let over = "document.documentElement.scrollWidth - innerWidth + \
        document.getElementById('scroll').scrollWidth - document.getElementById('scroll').clientWidth";
    assert_eq!(page.value::<i32>(over).await, 0, "nothing stands out");
    page.picture("slack-hostile").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn dates_are_in_the_readers_zone() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let ana = stage.sandbox.person("ana");
    let line = "/echo It was <!date^1700000000^{date_num} {time}|then>, not <!date^1700000000^{other}|before>";
    ana.slash("general", line).await.expect("answered");
    let page = stage.window(&browser, "ben").await;
    page.zone("America/Los_Angeles").await;
    page.reload().await;
    page.reads("It was 2023-11-14").await;
    page.reads(", not before").await;
    page.zone("Asia/Tokyo").await;
    page.reload().await;
    page.reads("It was 2023-11-15").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}
