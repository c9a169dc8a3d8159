//! What members were told survives `kill -9` at any moment: the real program is killed under load again
//! and again, and in the end everything that anyone was shown must hold. 10 kills; `GREENROOM_KILLS`
//! sets another number, and `GREENROOM_SEED` replays a run.

mod oracle;

use std::sync::Arc;
use std::time::Duration;

use chat_sandbox::{Change, MessageView, Person, Sandbox, World};
use greenroom::app::Action;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

use crate::harness::{PATIENCE, record, shown};
use crate::killed::Installed;

/// Who answers; ana also has dailies posted.
const MEMBERS: [&str; 8] = ["ana", "ben", "chloe", "dai", "eve", "finn", "gil", "hana"];
/// All post to #daily, so that several dailies take answers at the same time.
const SCHEDULES: [&str; 3] = ["dawn", "noon", "dusk"];
/// The most changes in the local Discord from the start of the program to its end.
const LIFE: usize = 150;
/// How far back in #daily members look for something to answer.
const RECENT: usize = 150;

/// A number from the environment.
fn set<T: std::str::FromStr>(variable: &str) -> Option<T> {
    std::env::var(variable).ok()?.parse().ok()
}

#[tokio::test]
async fn whatever_members_were_shown_holds_after_kills_at_any_moment() {
    let kills = set("GREENROOM_KILLS").unwrap_or(10);
    let seed = set("GREENROOM_SEED").unwrap_or_else(rand::random);
    println!("replay with GREENROOM_KILLS={kills} GREENROOM_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let members = MEMBERS.map(|name| sandbox.world().add_person(name));
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    for name in SCHEDULES {
        let set = format!("/schedule set channel:#daily time:09:00 zone:UTC schedule:{name}");
        shown(members[0].slash("staff", &set).await);
    }
    bot.kill(&sandbox).await;

    for _ in 0..kills {
        if rng.random_bool(0.5) {
            a_day_passes(&bot);
        }
        let mut changes = sandbox.world().changes();
        bot.launch(Installed::program());
        let load = under_load(&sandbox, &members, &mut rng);
        random_moment(&mut changes, &mut rng).await;
        bot.kill(&sandbox).await;
        drop(load);
    }

    bot.start(&sandbox).await;
    settled(&bot).await;
    let board = shown(members[0].slash("general", "/leaderboard period:all").await);
    bot.kill(&sandbox).await;
    record(&sandbox);
    let counted = oracle::check(&sandbox, &members, &bot.database(), &board.text());
    println!("{counted}");
    // Whoever waited for an answer when the program was killed got none.
    let problems = sandbox.world().problems().into_iter();
    let problems: Vec<_> = problems
        .filter(|problem| !problem.ends_with("was not acknowledged within 3 seconds"))
        .collect();
    assert!(problems.is_empty(), "the sandbox saw: {problems:#?}");
}

/// Makes today's dailies yesterday's, so that others can follow.
fn a_day_passes(bot: &Installed) {
    let database = Connection::open(bot.database()).expect("the database is there");
    let yesterday = "UPDATE dailies SET local_date = date(local_date, '-1 day')";
    database.execute(yesterday, []).expect("written");
}

/// Has every member do something all the time, until what is returned is dropped.
fn under_load(sandbox: &Sandbox, members: &[Person], rng: &mut StdRng) -> JoinSet<()> {
    let mut load = JoinSet::new();
    for member in members {
        let (world, member) = (sandbox.world().clone(), member.clone());
        load.spawn(keep_busy(world, member, StdRng::from_rng(rng)));
    }
    let (world, admin) = (sandbox.world().clone(), members[0].clone());
    load.spawn(keep_posting(world, admin));
    load
}

/// Lets a random number of things happen, and then some time pass that is no member's to see.
async fn random_moment(changes: &mut Receiver<Change>, rng: &mut StdRng) {
    let (steps, turns) = (rng.random_range(0..=LIFE), rng.random_range(0..2_000));
    let mut seen = 0;
    while seen < steps {
        match tokio::time::timeout(PATIENCE, changes.recv()).await {
            Ok(Ok(_)) => seen += 1,
            Ok(Err(RecvError::Lagged(missed))) => seen += missed as usize,
            Ok(Err(RecvError::Closed)) | Err(_) => panic!("nothing happens any more"),
        }
    }
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

async fn bot_is_there(world: &World) {
    let mut changes = world.changes();
    while !world.bot_online() {
        // Whoever lags behind looks again, as after any change.
        let _ = changes.recv().await;
    }
}

/// Posts what the schedules have left for today, and asks for more.
async fn keep_posting(world: Arc<World>, admin: Person) {
    for name in SCHEDULES.iter().cycle() {
        bot_is_there(&world).await;
        // Most are refused, since there is one a date.
        let _ = admin
            .slash("staff", &format!("/daily post schedule:{name}"))
            .await;
    }
}

/// What a member does. Answers may not come, since the program is killed; what was shown is looked at in
/// the end.
async fn keep_busy(world: Arc<World>, member: Person, mut rng: StdRng) {
    loop {
        bot_is_there(&world).await;
        let daily = open_daily(&member, &mut rng);
        match (rng.random_range(0..5), daily) {
            (0, Some(daily)) => press(&member, &daily, &mut rng).await,
            (1, Some(daily)) => {
                let mut other = StdRng::from_rng(&mut rng);
                tokio::join!(
                    press(&member, &daily, &mut rng),
                    press(&member, &daily, &mut other)
                );
            }
            (2, Some(daily)) => {
                let letter = any_letter(&daily, &mut rng);
                member.reply(&daily, &letter).await;
                press(&member, &daily, &mut rng).await;
            }
            _ => practise(&member, &mut rng).await,
        }
    }
}

fn open_daily(member: &Person, rng: &mut StdRng) -> Option<MessageView> {
    let (recent, _) = member
        .page("daily", None, RECENT)
        .expect("everyone sees it");
    let answerable = |message: &MessageView| {
        let button = message.button("A").and_then(|button| button.custom_id);
        let action = button.and_then(|id| Action::decode(&id));
        matches!(action, Some(Action::DailyAnswer { .. }))
    };
    let open: Vec<_> = recent.into_iter().filter(answerable).collect();
    open.choose(rng).cloned()
}

async fn press(member: &Person, message: &MessageView, rng: &mut StdRng) {
    let letter = any_letter(message, rng);
    let _ = member.click(message, &letter).await;
}

fn any_letter(message: &MessageView, rng: &mut StdRng) -> String {
    let mut letters = message.buttons();
    letters.retain(|button| button.label.len() == 1);
    letters
        .choose(rng)
        .map_or_else(String::new, |button| button.label.clone())
}

/// Starts a quiz and answers its first question, twice at the same time.
async fn practise(member: &Person, rng: &mut StdRng) {
    let Ok(asked) = member.slash("general", "/quiz count:2").await else {
        return;
    };
    if let Some(asked) = asked.message() {
        let mut other = StdRng::from_rng(rng);
        tokio::join!(press(member, asked, rng), press(member, asked, &mut other));
    }
}

/// Waits until the program has nothing left to post or to show.
async fn settled(bot: &Installed) {
    let database = Connection::open(bot.database()).expect("the database is there");
    let left = "SELECT count(*) FROM dailies WHERE state = 'claimed' OR version <> shown";
    let settled = async {
        while database.query_row(left, [], |row| row.get::<_, u32>(0)) != Ok(0) {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(60);
    let in_time = tokio::time::timeout(patience, settled).await;
    assert!(in_time.is_ok(), "dailies are left to post or to show");
}
