//! What any bot could send and any person say: forms, spoilers and hostile text.

use crate::harness::PATIENCE;
use crate::harness::browser::{Browser, Window, quoted};
use chat_sandbox::{Options, Sandbox};
use poise::serenity_prelude::GatewayIntents;

// The bot that the local Discord itself is tested with. It does each thing that a bot can do.
#[path = "../../src/discord/tests/bot.rs"]
mod bot;

/// A local Discord with that bot.
pub struct Stage {
    pub sandbox: Sandbox,
    bot: tokio::task::JoinHandle<()>,
}

impl Stage {
    pub async fn open() -> Self {
        let sandbox = Sandbox::start(Options::default())
            .await
            .expect("a free port");
        let token = Options::default().token;
        let mut client =
            bot::client(&sandbox.url(), &token, GatewayIntents::non_privileged()).await;
        let bot = tokio::spawn(async move { client.start().await.expect("the bot runs") });
        let ana = sandbox.person("ana");
        let mut changes = sandbox.world().changes();
        let registered = async {
            while ana.commands("general").is_empty() {
                // Whoever lags behind looks again, as after any change.
                let _ = changes.recv().await;
            }
        };
        let registered = tokio::time::timeout(PATIENCE, registered).await;
        registered.expect("the bot registers its commands");
        Self { sandbox, bot }
    }

    pub async fn window(&self, browser: &Browser, who: &str) -> Window {
        let window = browser
            .window(&format!("{}/?as={who}#general", self.sandbox.url()))
            .await;
        window
            .until("document.querySelector('#app:not([aria-busy])')")
            .await;
        window
    }

    pub async fn close(self) {
        self.bot.abort();
        self.sandbox.stop().await;
    }
}

#[tokio::test]
async fn a_spoiler_opens_by_click_and_by_key() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    stage
        .sandbox
        .person("ana")
        .say("general", "It is ||a lock|| or ||**a lease**||.")
        .await;
    let page = stage.window(&browser, "ben").await;
    let covered = "document.querySelectorAll('.spoiler:not(.revealed)').length";

    page.until(&format!("{covered} === 2")).await;
    page.press("button", "Spoiler").await;
    page.until(&format!("{covered} === 1")).await;
    page.run("document.querySelector('.spoiler:not(.revealed)').focus()")
        .await;
    page.keys(&["Enter"]).await;
    page.until(&format!("{covered} === 0")).await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn timestamps_are_in_the_readers_zone() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let ana = stage.sandbox.person("ana");
    ana.say("general", "It was on <t:1700000000:D>.").await;
    let page = stage.window(&browser, "ben").await;

    page.zone("America/Los_Angeles").await;
    page.reload().await;
    page.reads("November 14, 2023").await;
    page.zone("Asia/Tokyo").await;
    page.reload().await;
    page.reads("November 15, 2023").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn a_form_is_filled_in_and_sent() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let page = stage.window(&browser, "ben").await;

    page.say("/form").await;
    page.until("document.querySelector('dialog[open] :focus')")
        .await;
    page.picture("form").await;
    page.write("What is a lease?").await;
    page.press("button", "Submit").await;
    page.until("!document.querySelector('dialog[open]')").await;
    page.reads("What is a lease?").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}

const HOSTILE: [&str; 9] = [
    "<script>window.hurt = 1</script>",
    "<img src=x onerror=\"window.hurt = 1\">",
    "[look](javascript:window.hurt=1) <javascript:window.hurt=1>",
    "[look](data:text/html,<script>window.hurt=1</script>)",
    "```html\n</code></pre><script>window.hurt = 1</script>\n```",
    "\u{202e}txt.exe \u{2066}\u{202e}gnorw\u{2069} \u{200f}",
    "|| ** __ ~~ ` ``` > # - [ ]( ||",
    "<@0> <@&0> <#0> <t:99999999999999:R> </a:0> <:a:0>",
    "&lt;script&gt; &#x3c;b&#x3e; %3Cscript%3E \u{0}\u{b}\u{1b}[31m",
];

#[tokio::test]
async fn hostile_text_is_only_text() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let world = stage.sandbox.world();
    let mallory = world.add_person("<img src=x onerror=window.hurt=1>\u{202e}");
    let long = [
        "w".repeat(2000),
        "<".repeat(2000),
        "||".repeat(1000),
        "@ana ".repeat(400),
        "# ".repeat(1000),
    ];
    for text in HOSTILE.map(str::to_owned).iter().chain(&long) {
        let said = mallory.say("general", text).await;
        mallory.reply(&said, "Why?").await;
    }
    let page = stage.window(&browser, "ana").await;
    // A person who is called so, in an embed; and what one typed, said again by the bot.
    mallory
        .slash("general", "/hello")
        .await
        .expect("the bot answers");
    mallory
        .slash("general", &format!("/ask query:{}", HOSTILE[1]))
        .await
        .expect("the bot answers");
    page.until("document.querySelectorAll('#log .message').length >= 30")
        .await;
    page.until("document.querySelector('#log .embed')").await;
    page.run("document.getElementById('scroll').scrollTop = 0")
        .await;
    page.reads("Welcome to #general").await;
    page.say(&"x".repeat(100_000)).await;
    page.until(&format!(
        "document.body.innerText.includes({})",
        quoted(&"x".repeat(1990))
    ))
    .await;

    let harm = "[...document.querySelectorAll(':is(#main, #members, #account) :is(script, img, a[href])')]\
        .map((found) => found.outerHTML)";
    let harm: Vec<String> = page.value(harm).await;
    assert!(harm.is_empty(), "{harm:#?}");
    assert!(page.value::<bool>("window.hurt === undefined").await);
    let over = "document.documentElement.scrollWidth - innerWidth + \
        document.getElementById('scroll').scrollWidth - document.getElementById('scroll').clientWidth";
    assert_eq!(page.value::<i32>(over).await, 0, "nothing stands out");
    page.picture("hostile").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}
