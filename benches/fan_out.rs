//! A thousand servers whose daily is due in the same minute: how long until all have it, with
//! Discord's documented rate limits in force. `cargo bench --bench fan_out [servers]`

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, TimeZone, Utc};
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::discord::{Bot, Settings};
use greenroom::rules::timetable::{Timetable, Weekdays, parse_time};
use greenroom::sandbox::{Options, Sandbox};
use greenroom::store::{ScheduleSettings, Store};
use secrecy::SecretString;

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
    let token = SecretString::from(options.token.clone());
    let sandbox = Sandbox::start(options).await?;
    let folder = tempfile::tempdir()?;
    let eight = Utc
        .with_ymd_and_hms(2026, 3, 4, 8, 0, 0)
        .single()
        .expect("an instant");
    let clock = Clock::manual(eight);
    let bank = Bank::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("questions"))?;
    let app = App::new(
        Store::open(folder.path().join("greenroom.db"))?,
        bank,
        clock.clone(),
    )?;
    let channels = schedule_everywhere(&app, &sandbox).await?;

    let settings = Settings::new(token, Some(sandbox.url()));
    let bot = Bot::log_in(app, &settings).await?;
    let running = tokio::spawn(bot.run());
    let mut changes = sandbox.world().changes();
    while !sandbox.world().bot_online() {
        let _ = changes.recv().await;
    }

    let begun = Instant::now();
    clock.advance(TimeDelta::hours(1));
    let posted = || {
        sandbox
            .world()
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
    println!("429 answers      {}", sandbox.world().rate_limited());
    running.abort();
    sandbox.stop().await;
    Ok(())
}

fn is_daily(request: &greenroom::sandbox::RequestRecord) -> bool {
    request.method == "POST" && request.path.ends_with("/messages") && request.status == 200
}

/// Sets a schedule for 09:00 UTC in every server's #daily.
async fn schedule_everywhere(app: &App, sandbox: &Sandbox) -> anyhow::Result<usize> {
    let guilds = sandbox.world().guilds();
    for (guild, _) in &guilds {
        let channels = sandbox.person("ana").in_guild(*guild).channels();
        let daily = channels
            .iter()
            .find(|channel| channel.name == "daily")
            .expect("#daily");
        let time = parse_time("09:00")?;
        let timetable = Timetable::new(chrono_tz::UTC, time, Weekdays::EVERY_DAY);
        let settings = ScheduleSettings::new(daily.id.into(), timetable);
        app.set((*guild).into(), "daily".to_owned(), settings, None)
            .await?;
    }
    Ok(guilds.len())
}
