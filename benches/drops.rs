//! Ten minutes in which the connection breaks every 10 to 60 seconds, while members ask and the clock is
//! moved, by a script that a seed replays: no session is begun anew, no command goes unanswered, no daily
//! is doubled. `cargo bench --bench drops [-- seed [seconds]]`, or `cargo test --bench drops -- …`

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chat_sandbox::{GatewayFault, Options};
use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::time::sleep;

mod common;

use common::Scene;

const GUILDS: usize = 5;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let numbers: Vec<u64> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let seed = numbers.first().copied().unwrap_or_else(rand::random);
    let time = Duration::from_secs(numbers.get(1).copied().unwrap_or(600));
    println!("seed                 {seed}");
    let options = Options {
        guilds: GUILDS,
        ..Options::default()
    };
    let scene = Scene::open(options).await?;
    let world = scene.sandbox.world().clone();
    let ben = scene.sandbox.person("ben");

    let mut rng = StdRng::seed_from_u64(seed);
    let (begun, mut breaks, mut asked, mut lost) = (Instant::now(), 0, 0, 0);
    while begun.elapsed() < time {
        // Longer than the 41 seconds of a heartbeat, and shorter.
        let calm = Duration::from_millis(rng.random_range(10_000..60_000));
        let until = (begun.elapsed() + calm).min(time);
        while begun.elapsed() < until {
            sleep(Duration::from_millis(rng.random_range(200..1500))).await;
            if rng.random_ratio(1, 6) {
                // Now and then back, as clocks are set.
                let minutes = rng.random_range(-120..1200);
                scene.clock.advance(TimeDelta::minutes(minutes));
            }
            asked += 1;
            lost += usize::from(ben.slash("general", "/topics").await.is_err());
        }
        let fault = match rng.random_range(0..4) {
            0 => GatewayFault::Drop,
            1 => GatewayFault::Reconnect,
            2 => GatewayFault::InvalidSession { resumable: true },
            _ => GatewayFault::Close(4000),
        };
        world.fault(fault);
        breaks += 1;
        // Asked while the connection is away, answered when it is back.
        asked += 1;
        lost += usize::from(ben.slash("general", "/topics").await.is_err());
    }

    let mut dailies: HashMap<(u64, String), usize> = HashMap::new();
    for channel in &scene.channels {
        for message in titles(&scene, *channel) {
            *dailies.entry((*channel, message)).or_default() += 1;
        }
    }
    let doubled = dailies.values().filter(|count| **count > 1).count();
    let (sessions, ended) = (world.sessions_started(), scene.has_ended());
    println!("connections broken   {breaks}");
    println!("commands             {asked}");
    println!("commands lost        {lost}");
    println!("sessions             {sessions}");
    println!("dailies              {}", dailies.len());
    println!("dailies doubled      {doubled}");
    scene.close().await;
    anyhow::ensure!(
        !ended && sessions == 1 && lost == 0 && doubled == 0 && !dailies.is_empty(),
        "it did not hold; replay with the seed {seed}"
    );
    Ok(())
}

/// The titles of the dailies in a channel.
fn titles(scene: &Scene, channel: u64) -> Vec<String> {
    let messages = scene.sandbox.person("ana").messages(&channel.to_string());
    let embeds = messages.into_iter().flat_map(|message| message.embeds);
    embeds
        .filter_map(|embed| embed.title)
        .filter(|title| title.starts_with("Daily question"))
        .collect()
}
