//! A thousand servers whose daily is due in the same minute: how long until all have it, with
//! Discord's documented rate limits in force. `cargo bench --bench fan_out [servers]`

use std::time::{Duration, Instant};

use chat_sandbox::{Options, RequestRecord};
use chrono::TimeDelta;

mod common;

use common::Scene;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let guilds = std::env::args()
        .find_map(|word| word.parse().ok())
        .unwrap_or(1000);
    let options = Options {
        guilds,
        rate_limits: true,
        ..Options::default()
    };
    let scene = Scene::open(options).await?;
    let (world, channels) = (scene.sandbox.world(), scene.channels.len());
    let mut changes = world.changes();

    let begun = Instant::now();
    scene.clock.advance(TimeDelta::hours(1));
    let posted = || {
        world
            .requests()
            .iter()
            .filter(|request| is_daily(request))
            .count()
    };
    while posted() < channels && begun.elapsed() < Duration::from_secs(120) {
        let _ = tokio::time::timeout(Duration::from_millis(100), changes.recv()).await;
        while changes.try_recv().is_ok() {}
    }

    println!("servers          {channels}");
    println!("dailies posted   {}", posted());
    println!("seconds          {:.1}", begun.elapsed().as_secs_f64());
    println!("429 answers      {}", world.rate_limited());
    scene.close().await;
    Ok(())
}

fn is_daily(request: &RequestRecord) -> bool {
    request.method == "POST" && request.path.ends_with("/messages") && request.status == 200
}
