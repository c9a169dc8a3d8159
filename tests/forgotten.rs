//! `greenroom forget`: what an operator deletes for others, beside the bot that runs and without one.

use chat_sandbox::Sandbox;
use rusqlite::Connection;

use crate::backup::answer_one;
use crate::harness::{letter_of_right, shown};
use crate::killed::Installed;

/// Runs `greenroom forget …`, and returns what it says.
async fn forget(bot: &Installed, what: &[&str]) -> String {
    let ended = bot.command(&[&["forget"], what].concat()).await;
    assert!(ended.status.success(), "{ended:?}");
    String::from_utf8_lossy(&ended.stdout).into_owned()
}

#[tokio::test]
async fn an_operator_deletes_a_member_and_a_space_while_the_bot_runs() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    let (ana, ben, chloe) = (
        sandbox.person("ana"),
        sandbox.person("ben"),
        sandbox.person("chloe"),
    );
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(ana.slash("staff", set).await);
    shown(ana.slash("staff", "/daily post").await);
    let daily = ben
        .wait_for("daily", |message| message.button("A").is_some())
        .await;
    for person in [&ben, &chloe] {
        shown(person.click(&daily, &letter_of_right(&daily)).await);
        answer_one(person).await;
    }
    let (guild, _) = sandbox.world().guild();
    let (guild, id) = (guild.to_string(), ben.id().to_string());

    let elsewhere = forget(&bot, &["member", &id, "--space", "1"]).await;
    assert!(elsewhere.contains("Nothing is stored"), "{elsewhere}");
    let told = forget(&bot, &["member", &format!("<@{id}>")]).await;
    assert!(told.contains("rows, servers: 1."), "{told}");
    let board = shown(chloe.slash("general", "/leaderboard period:all").await).text();
    assert!(!board.contains(&format!("<@{id}>")), "{board}");
    assert!(board.contains(&format!("<@{}>", chloe.id())), "{board}");
    let again = forget(&bot, &["member", &id]).await;
    assert!(again.contains("Nothing is stored"), "{again}");

    let told = forget(&bot, &["space", &guild]).await;
    assert!(told.contains(&format!("of space {guild}")), "{told}");
    let listed = shown(ana.slash("staff", "/schedule list").await).text();
    assert!(!listed.contains("09:00"), "{listed}");
    // It goes on in that server, from nothing.
    answer_one(&chloe).await;
    bot.terminate();
    assert_eq!(bot.status().await, Some(0));

    forget(&bot, &["space", &guild]).await;
    let sql = Connection::open(bot.database()).expect("opened");
    for table in ["schedules", "dailies", "answers", "practice", "quizzes"] {
        let query = format!("SELECT count(*) FROM {table}");
        let rows: i64 = sql
            .query_row(&query, [], |row| row.get(0))
            .expect("counted");
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test]
async fn nothing_is_forgotten_in_a_database_that_is_not_there_or_of_a_name() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let bot = Installed::new(&sandbox);
    let missing = bot.command(&["forget", "member", "1"]).await;
    let told = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(told.contains("there is no such database"), "{told}");
    assert!(!bot.database().exists(), "none is made");
    let named = bot.command(&["forget", "member", "ben"]).await;
    let told = String::from_utf8_lossy(&named.stderr).into_owned();
    assert!(told.contains("it is not an id"), "{told}");
}
