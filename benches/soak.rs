//! Dailies through five minutes of trouble: 5xx, 429 (of a route and global), stalled and dropped
//! connections, by a script that a seed replays. In the end every due daily is there exactly once.
//! `cargo bench --bench soak [-- seed [seconds]]`

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chat_sandbox::{Options, RestFailure, RestFault, Sandbox};
use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

mod common;

use common::Scene;

const GUILDS: usize = 20;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let numbers: Vec<u64> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let seed = numbers.first().copied().unwrap_or_else(rand::random);
    let trouble = Duration::from_secs(numbers.get(1).copied().unwrap_or(300));
    println!("seed             {seed}");

    let options = Options {
        guilds: GUILDS,
        ..Options::default()
    };
    let scene = Scene::open(options).await?;
    let (sandbox, channels) = (&scene.sandbox, &scene.channels);

    let script = tokio::spawn(make_trouble(sandbox.world().clone(), seed, trouble));
    let mut changes = sandbox.world().changes();
    let mut rounds = 0;
    scene.clock.advance(TimeDelta::hours(1));
    loop {
        rounds += 1;
        while !channels
            .iter()
            .all(|channel| dailies(sandbox, *channel).len() >= rounds)
        {
            let _ = tokio::time::timeout(Duration::from_millis(200), changes.recv()).await;
            while changes.try_recv().is_ok() {}
        }
        if script.is_finished() {
            break;
        }
        scene.clock.advance(TimeDelta::days(1));
    }

    let doubled: usize = channels
        .iter()
        .map(|channel| {
            let mut dates: HashMap<String, usize> = HashMap::new();
            for title in dailies(sandbox, *channel) {
                *dates.entry(title).or_default() += 1;
            }
            dates.values().filter(|count| **count > 1).count()
        })
        .sum();
    println!("requests         {}", sandbox.world().requests().len());
    println!("days             {rounds}");
    println!("dailies due      {}", rounds * channels.len());
    println!("dailies doubled  {doubled}");
    scene.close().await;
    anyhow::ensure!(
        doubled == 0,
        "dailies were posted twice; replay with the seed {seed}"
    );
    Ok(())
}

/// Sets a new fault every now and then, until the time is over.
async fn make_trouble(world: std::sync::Arc<chat_sandbox::World>, seed: u64, time: Duration) {
    let mut rng = StdRng::seed_from_u64(seed);
    let end = Instant::now() + time;
    while Instant::now() < end {
        let after = Duration::from_millis(rng.random_range(100..2000));
        let what = match rng.random_range(0..8) {
            0 => RestFailure::Status(500),
            1 => RestFailure::Status(502),
            2 => RestFailure::Status(503),
            3 => RestFailure::RateLimit {
                after,
                global: false,
            },
            4 => RestFailure::RateLimit {
                after,
                global: true,
            },
            5 => RestFailure::Stall,
            6 => RestFailure::DropBefore,
            _ => RestFailure::DropAfter,
        };
        let times = rng.random_range(1..12);
        world.fault(RestFault::new(what).path("/messages").times(times));
        tokio::time::sleep(after).await;
    }
    world.clear_faults();
}

/// The titles of the dailies in a channel.
fn dailies(sandbox: &Sandbox, channel: u64) -> Vec<String> {
    let messages = sandbox
        .person("ana")
        .messages(&channel.to_string())
        .into_iter();
    messages
        .flat_map(|message| message.embeds)
        .filter_map(|embed| embed.title)
        .filter(|title| title.starts_with("Daily question"))
        .collect()
}
