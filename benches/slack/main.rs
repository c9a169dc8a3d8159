//! The bot on a local Slack, in real time: how soon a hundred slow commands are acknowledged, how soon a socket gone
//! silent is replaced, and what becomes of commands while the connection is refreshed ten times. It fails where that is
//! not as it should be. `cargo bench --bench slack`, or `cargo test --bench slack` for a build that is not optimized

#[path = "../common/questions.rs"]
mod questions;
mod refreshes;
mod scene;

use std::time::{Duration, Instant};

use chat_sandbox::slack::SocketFault;
use rusqlite::Connection;
use tokio::task::JoinSet;

use refreshes::REFRESHES;
use scene::Scene;

/// So many commands are used at once.
const COMMANDS: usize = 100;
/// The longest that any acknowledgement may take.
const ACKNOWLEDGED: Duration = Duration::from_millis(300);
/// The longest that a silent socket may stay.
const REPLACED: Duration = Duration::from_secs(75);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut took = slow_commands().await?;
    took.sort();
    let (median, slowest) = (took[COMMANDS / 2], took[COMMANDS - 1]);
    println!("slow commands at once             {COMMANDS}");
    println!(
        "acknowledged, median              {} ms",
        median.as_millis()
    );
    println!(
        "acknowledged, slowest             {} ms",
        slowest.as_millis()
    );

    // Each has a Slack of its own.
    let (replaced, commands) = tokio::try_join!(silence(), refreshes::commands())?;
    println!(
        "a silent socket replaced after    {:.1} s",
        replaced.as_secs_f64()
    );
    println!("refreshes of the connection       {REFRESHES}");
    println!("commands sent meanwhile           {}", commands.sent);
    println!(
        "commands acknowledged             {}",
        commands.acknowledged
    );
    println!("commands answered                 {}", commands.answered);
    println!("commands lost                     {}", commands.lost);
    println!("answers doubled                   {}", commands.doubled);
    anyhow::ensure!(
        slowest <= ACKNOWLEDGED,
        "an acknowledgement took over {} ms",
        ACKNOWLEDGED.as_millis()
    );
    anyhow::ensure!(
        replaced <= REPLACED,
        "a silent socket stayed for over {} s",
        REPLACED.as_secs()
    );
    anyhow::ensure!(
        commands.acknowledged == commands.sent && commands.lost == 0 && commands.doubled == 0,
        "a refresh was noticed"
    );
    Ok(())
}

/// How long each of many commands waits for its acknowledgement while the disk takes its time.
async fn slow_commands() -> anyhow::Result<Vec<Duration>> {
    let scene = Scene::open().await?;
    let askers: Vec<_> = scene.people.iter().cycle().take(COMMANDS).collect();
    let disk = Connection::open(scene.database())?;
    disk.execute_batch("BEGIN IMMEDIATE")?;
    let mut used = JoinSet::new();
    for person in askers {
        let person = person.clone();
        used.spawn(async move {
            let begun = Instant::now();
            let acknowledged = person.asks().await;
            anyhow::ensure!(acknowledged, "a slow command was not acknowledged");
            Ok(begun.elapsed())
        });
    }
    let took: anyhow::Result<Vec<Duration>> = used.join_all().await.into_iter().collect();
    let answers = || scene.people.iter().map(|person| person.answers()).sum();
    let answered: usize = answers();
    anyhow::ensure!(answered == 0, "{answered} commands were not slow");
    disk.execute_batch("ROLLBACK")?;
    scene.until(|_| answers() == COMMANDS).await?;
    scene.close().await?;
    took
}

/// How long it takes until a socket that says and hears nothing any more is replaced.
async fn silence() -> anyhow::Result<Duration> {
    let scene = Scene::open().await?;
    let begun = Instant::now();
    scene.world().fault(SocketFault::Fall);
    scene.until(|world| world.connections_opened() == 2).await?;
    let took = begun.elapsed();
    // What fell breaks.
    scene.world().clear_faults();
    scene.close().await?;
    Ok(took)
}
