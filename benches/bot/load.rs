//! The load generator: people who ask at a fixed rate, or as fast as they are answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chat_sandbox::Failure;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

use super::child::Child;

/// Interactions a second at the fixed rate.
pub const RATE: u32 = 500;
/// How many people ask at the same time where they ask as fast as they are answered.
const CROWD: usize = 64;

/// What came of a load.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// At the fixed rate, from asking until the answer is seen.
    pub median: Duration,
    /// The same: 99 in 100 are quicker.
    pub p99: Duration,
    /// The bot's processor time for each, at the fixed rate.
    pub cpu: Option<Duration>,
    /// Answers a second, if everybody asks anew as soon as they are answered.
    pub sustained: f64,
    /// How many were not answered.
    pub failed: usize,
}

/// Measures a bot under a load for `time` at the fixed rate, then for as long flat out. `ask` does
/// one interaction; it is given their number, and returns `None` when there is nothing left to do.
pub async fn measure<A, F>(child: &Child, time: Duration, ask: A) -> anyhow::Result<Measured>
where
    A: Fn(usize) -> Option<F> + Send + Sync + 'static,
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let ask = Arc::new(ask);
    let asked = Arc::new(AtomicUsize::new(0));
    // Warms up.
    at_rate(time / 5, &asked, &*ask).await?;
    let before = child.cpu();
    let (mut times, mut failed) = at_rate(time, &asked, &*ask).await?;
    let cpu = before
        .zip(child.cpu())
        .map(|(before, after)| after - before);
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    anyhow::ensure!(!times.is_empty(), "nothing was answered at {RATE} a second");
    let (median, p99) = (at(0.5), at(0.99));
    let each = cpu.map(|cpu| cpu / u32::try_from(times.len() + failed).unwrap_or(u32::MAX));
    let (sustained, more) = flat_out(time, &asked, ask).await?;
    failed += more;
    Ok(Measured {
        median,
        p99,
        cpu: each,
        sustained,
        failed,
    })
}

/// Asks at the fixed rate, whether or not there are answers. Returns how long each took, and how
/// many were not answered.
async fn at_rate<F>(
    time: Duration,
    asked: &AtomicUsize,
    ask: &impl Fn(usize) -> Option<F>,
) -> anyhow::Result<(Vec<Duration>, usize)>
where
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let mut tick = tokio::time::interval(Duration::from_secs(1) / RATE);
    tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut under_way = JoinSet::new();
    for _ in 0..time.as_millis() * u128::from(RATE) / 1000 {
        tick.tick().await;
        let Some(answered) = ask(asked.fetch_add(1, Ordering::Relaxed)) else {
            anyhow::bail!("the load ran out");
        };
        under_way.spawn(async move {
            let begun = Instant::now();
            answered.await.map(|()| begun.elapsed())
        });
    }
    let all = under_way.join_all().await;
    let count = all.len();
    let times: Vec<Duration> = all.into_iter().flatten().collect();
    let failed = count - times.len();
    Ok((times, failed))
}

/// Has a crowd ask as fast as they are answered. Returns answers a second, and how many were not
/// answered.
pub async fn flat_out<A, F>(
    time: Duration,
    asked: &Arc<AtomicUsize>,
    ask: Arc<A>,
) -> anyhow::Result<(f64, usize)>
where
    A: Fn(usize) -> Option<F> + Send + Sync + 'static,
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let begun = Instant::now();
    let mut crowd = JoinSet::new();
    for _ in 0..CROWD {
        let (ask, asked) = (Arc::clone(&ask), Arc::clone(asked));
        crowd.spawn(async move {
            let (mut answered, mut failed) = (0_usize, 0_usize);
            while begun.elapsed() < time {
                let Some(one) = ask(asked.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                match one.await {
                    Ok(()) => answered += 1,
                    Err(_) => failed += 1,
                }
            }
            (answered, failed)
        });
    }
    let (mut answered, mut failed) = (0, 0);
    for (one, other) in crowd.join_all().await {
        answered += one;
        failed += other;
    }
    Ok((answered as f64 / begun.elapsed().as_secs_f64(), failed))
}
