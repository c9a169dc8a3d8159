//! Plays the person for an echo bot of Slack's own framework, Bolt, on a local Slack:
//! `cargo run -p chat-sandbox --example slack_bolt -- COMMAND…`, such as `-- node bolt.mjs`.
//!
//! The bot is started with `SLACK_API_URL`, `SLACK_BOT_TOKEN` and `SLACK_APP_TOKEN`. It has to answer `/echo words` in
//! the channel, `/echo privately words` to that person alone, and `/echo card` with a message that has the buttons
//! *Press*, which changes it, and *Form*, which opens a form that finds fault with fewer than three letters, and an
//! external select. It has to repeat what is said in the card's thread, and to connect again when it is told to.
//! With `RECORD=FILE`, what went to and from it is written there, a line of JSON each.

use std::{env, fs, io, process::Stdio, time::Duration};

use chat_sandbox::slack::{Failure, MessageView, Options, Person, Reason, Sandbox, SocketFault};
use tokio::process::Command;

type Error = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let mut words = env::args().skip(1);
    let program = words.next().ok_or("which bot is to be started?")?;
    let options = Options::default();
    let sandbox = Sandbox::start(options.clone()).await?;
    let mut bot = Command::new(program)
        .args(words)
        .env("SLACK_API_URL", sandbox.api())
        .env("SLACK_BOT_TOKEN", &options.bot_token)
        .env("SLACK_APP_TOKEN", &options.app_token)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let played = tokio::select! {
        played = play(&sandbox) => played,
        ended = bot.wait() => Err(format!("the bot ended early: {}", ended?).into()),
    };
    let mut failed = false;
    if played.is_ok() {
        // It ends by itself once it has seen all.
        let status = bot.wait().await?;
        println!("the bot ended with {status}");
        failed = !status.success();
    }
    record(&sandbox)?;
    let problems = sandbox.world().problems();
    sandbox.stop().await;
    played?;
    for problem in &problems {
        println!("problem: {problem}");
    }
    if failed || !problems.is_empty() {
        return Err("not all went well".into());
    }
    Ok(())
}

fn record(sandbox: &Sandbox) -> io::Result<()> {
    let Some(file) = env::var_os("RECORD") else {
        return Ok(());
    };
    let lines = sandbox.world().traffic();
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(file, lines)
}

async fn play(sandbox: &Sandbox) -> Result<(), Error> {
    let ana = sandbox.person("ana");
    connected(sandbox, 1).await;
    ana.slash("general", "/echo hello").await?;
    said(&ana, "hello").await;
    ana.slash("general", "/echo privately hello").await?;
    ana.wait_for("general", |view| view.ephemeral && view.text == "hello")
        .await;
    ana.slash("general", "/echo card").await?;
    let card = ana
        .wait_for("general", |view| view.buttons() == ["Press", "Form"])
        .await;
    // A bot learns of its own message a little later than those who see it: people read before they press.
    tokio::time::sleep(Duration::from_millis(500)).await;
    ana.click(&card, "Press").await?;
    let card = ana
        .wait_for("general", |view| view.ts == card.ts && view.edited)
        .await;
    let offered = ana.offered(&card, "Pick", "a").await?;
    println!("offered: {}", offered.join(", "));
    let first = offered.first().ok_or("nothing was offered")?;
    ana.select(&card, "Pick", &[first]).await?;
    form(&ana, &card).await?;
    ana.reply(&card, "in the thread").await;
    let repeated = |view: &MessageView| view.by_bot && view.text == "in the thread";
    ana.wait_for("general", repeated).await;
    let opened = sandbox.world().connections_opened();
    sandbox
        .world()
        .fault(SocketFault::Disconnect(Reason::RefreshRequested));
    connected(sandbox, opened + 1).await;
    sandbox.world().advance(chrono::Duration::seconds(10));
    ana.slash("general", "/echo again").await?;
    said(&ana, "again").await;
    Ok(())
}

async fn form(ana: &Person, card: &MessageView) -> Result<(), Error> {
    ana.click(card, "Form").await?;
    ana.wait_for_modal(|form| form.title == "Echo").await;
    match ana.submit(&[("word", "no")]).await {
        Err(Failure::Errors(errors)) => println!("errors: {errors:?}"),
        other => return Err(format!("no fault was found with two letters: {other:?}").into()),
    }
    ana.submit(&[("word", "hello")]).await?;
    ana.wait_for("general", |view| {
        view.by_bot && view.thread.as_deref() == Some(&card.ts)
    })
    .await;
    Ok(())
}

async fn said(ana: &Person, text: &str) {
    ana.wait_for("general", |view| {
        view.by_bot && !view.ephemeral && view.text == text
    })
    .await;
}

/// Waits until the bot has opened so many connections, and one is there.
async fn connected(sandbox: &Sandbox, opened: u64) {
    let mut changes = sandbox.world().changes();
    loop {
        changes.borrow_and_update();
        let world = sandbox.world();
        if world.connections_opened() >= opened && world.connections() > 0 {
            return;
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}
