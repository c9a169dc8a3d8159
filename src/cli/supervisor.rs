//! Keeps the bot on its platforms: one that is lost is started again, while the others go on.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::{FutureExt as _, LocalBoxFuture};
use futures_util::stream::FuturesUnordered;
use greenroom::tasks::{Ended, caught};
use greenroom::told::chain;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::status;

/// The wait before a platform is started again. Each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest such wait.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// After so long on a platform, the next wait is the first again.
const STEADY: Duration = Duration::from_secs(600);

/// Logs in to a platform, and stays on it until the token is cancelled or it is lost.
type Live = dyn FnMut(CancellationToken) -> LocalBoxFuture<'static, anyhow::Result<()>>;

/// A platform to be on.
pub struct Platform {
    /// Its name.
    pub name: &'static str,
    /// What is done there.
    pub live: Box<Live>,
}

/// Keeps the bot on all of them until `stop` is cancelled. Then it waits until each has ended.
///
/// # Errors
/// When none is left: why. If one of them may come back by itself, the reason is one of its kind, since starting the
/// program again may help then.
pub async fn supervise(
    mut platforms: Vec<Platform>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let mut waits = vec![FIRST_WAIT; platforms.len()];
    let mut on: FuturesUnordered<LocalBoxFuture<'static, Life>> = FuturesUnordered::new();
    let mut again: FuturesUnordered<LocalBoxFuture<'static, usize>> = FuturesUnordered::new();
    // Why those that are to be started again were lost.
    let mut lost = HashMap::new();
    for (number, platform) in platforms.iter_mut().enumerate() {
        on.push(life(number, platform, &stop));
    }
    while let Some(next) = next(&mut on, &mut again, &stop).await {
        let (number, ended, lasted) = match next {
            Next::Again(number) => {
                lost.remove(&number);
                on.push(life(number, &mut platforms[number], &stop));
                continue;
            }
            Next::Ended(Life {
                number,
                ended,
                lasted,
            }) => (number, ended, lasted),
        };
        let name = platforms[number].name;
        let Err(error) = ended else {
            if on.is_empty() {
                break;
            }
            continue;
        };
        let why = chain(error.as_ref());
        if stop.is_cancelled() {
            tracing::warn!("{name} ended otherwise than by being told to: {why}");
            continue;
        }
        let final_ = status::is_final(&error);
        if on.is_empty() {
            // A fresh start of the whole program is the safest state.
            let other = lost.into_values().next().filter(|_| final_);
            if other.is_some() {
                tracing::error!("{name} is over: {why}");
            }
            return Err(other.unwrap_or(error));
        }
        if final_ {
            tracing::error!("{name} is over, the rest goes on: {why}");
            continue;
        }
        let wait = &mut waits[number];
        if lasted >= STEADY {
            *wait = FIRST_WAIT;
        }
        tracing::error!(
            "{name} is lost, the rest goes on; starting it again in {} s: {why}",
            wait.as_secs()
        );
        again.push(sleep(*wait).map(move |()| number).boxed_local());
        *wait = (*wait * 2).min(LONGEST_WAIT);
        lost.insert(number, error);
    }
    Ok(())
}

/// What came of one start of a platform.
struct Life {
    number: usize,
    ended: anyhow::Result<()>,
    lasted: Duration,
}

fn life(
    number: usize,
    platform: &mut Platform,
    stop: &CancellationToken,
) -> LocalBoxFuture<'static, Life> {
    let (name, live) = (platform.name, (platform.live)(stop.clone()));
    let began = Instant::now();
    caught(live)
        .map(move |ended| Life {
            number,
            ended: ended.unwrap_or_else(|why| Err(Ended { task: name, why }.into())),
            lasted: began.elapsed(),
        })
        .boxed_local()
}

enum Next {
    Ended(Life),
    Again(usize),
}

/// What happens next. `None` once nothing is left that could: at the stop, when each has ended.
async fn next(
    on: &mut FuturesUnordered<LocalBoxFuture<'static, Life>>,
    again: &mut FuturesUnordered<LocalBoxFuture<'static, usize>>,
    stop: &CancellationToken,
) -> Option<Next> {
    if !stop.is_cancelled() {
        tokio::select! {
            Some(life) = on.next() => return Some(Next::Ended(life)),
            Some(number) = again.next() => return Some(Next::Again(number)),
            () = stop.cancelled() => {}
        }
    }
    on.next().await.map(Next::Ended)
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::{Arc, Mutex};

    use greenroom::discord::{Lost, RunError, StartError};

    use super::*;

    /// How long each start of a platform lasts, and what ends it.
    type Lives = VecDeque<(Duration, End)>;
    type End = fn() -> anyhow::Error;
    /// Who was started, and after how many seconds.
    type Starts = Arc<Mutex<Vec<(&'static str, u64)>>>;

    fn lost() -> anyhow::Error {
        let since = Duration::from_secs(60);
        RunError::Lost(Lost::Away { shard: 0, since }).into()
    }

    fn refused() -> anyhow::Error {
        StartError::Token.into()
    }

    const SOON: Duration = Duration::from_secs(1);

    /// A platform with these lives, and then one that lasts.
    fn platform(name: &'static str, lives: impl Into<Lives>, starts: &Starts) -> Platform {
        let (mut lives, starts, began) = (lives.into(), starts.clone(), Instant::now());
        let live = move |stop: CancellationToken| {
            starts
                .lock()
                .unwrap()
                .push((name, began.elapsed().as_secs()));
            let life = lives.pop_front();
            async move {
                let Some((lasts, end)) = life else {
                    stop.cancelled().await;
                    return Ok(());
                };
                tokio::select! {
                    () = sleep(lasts) => Err(end()),
                    () = stop.cancelled() => Ok(()),
                }
            }
            .boxed_local()
        };
        let live = Box::new(live);
        Platform { name, live }
    }

    /// Supervises for so many seconds.
    async fn within(seconds: u64, platforms: Vec<Platform>) -> anyhow::Result<()> {
        let stop = CancellationToken::new();
        let told = stop.clone();
        let telling = async move {
            sleep(Duration::from_secs(seconds)).await;
            told.cancel();
            std::future::pending().await
        };
        tokio::select! {
            ended = supervise(platforms, stop) => ended,
            () = telling => unreachable!("it goes on"),
        }
    }

    fn of(name: &str, starts: &Starts) -> Vec<u64> {
        let starts = starts.lock().unwrap();
        let of = starts.iter().filter(|(other, _)| *other == name);
        of.map(|(_, after)| *after).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn a_platform_that_is_lost_comes_back_after_waits_that_grow_and_the_other_stays() {
        let starts = Starts::default();
        let platforms = vec![
            platform("one", vec![(SOON, lost as fn() -> _); 9], &starts),
            platform("other", Lives::new(), &starts),
        ];
        within(4_000, platforms).await.expect("it was told to stop");
        assert_eq!(of("other", &starts), [0]);
        let waits: Vec<u64> = of("one", &starts)
            .windows(2)
            .map(|two| two[1] - two[0] - 1)
            .collect();
        assert_eq!(waits, [5, 10, 20, 40, 60, 60, 60, 60, 60]);
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_steady_time_the_first_wait_is_the_next() {
        let starts = Starts::default();
        let lives = [SOON, SOON, STEADY, SOON].map(|lasts| (lasts, lost as fn() -> _));
        let platforms = vec![
            platform("one", lives, &starts),
            platform("other", Lives::new(), &starts),
        ];
        within(2_000, platforms).await.expect("it was told to stop");
        assert_eq!(of("one", &starts), [0, 6, 17, 622, 633]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_no_start_mends_is_started_once() {
        let starts = Starts::default();
        let platforms = vec![
            platform("one", [(SOON, refused as fn() -> _)], &starts),
            platform("other", Lives::new(), &starts),
        ];
        within(9_000, platforms).await.expect("it was told to stop");
        assert_eq!(of("one", &starts), [0]);
    }

    #[tokio::test(start_paused = true)]
    async fn it_ends_when_none_is_left_with_the_status_of_what_may_come_back() {
        let later = 2 * SOON;
        let (away, over): (End, End) = (lost, refused);
        for (first, second, expected) in [
            (away, away, 75),
            (over, away, 75),
            (away, over, 75),
            (over, over, 78),
        ] {
            let starts = Starts::default();
            let platforms = vec![
                platform("one", [(SOON, first)], &starts),
                platform("other", [(later, second)], &starts),
            ];
            let error = within(60, platforms).await.expect_err("none is left");
            assert_eq!(status::of(&error), expected.into());
            assert_eq!(starts.lock().unwrap().len(), 2, "nothing is started anew");
        }
        let starts = Starts::default();
        let alone = vec![platform("one", [(SOON, away)], &starts)];
        let error = within(60, alone).await.expect_err("none is left");
        assert_eq!(status::of(&error), 75.into());
    }

    #[tokio::test(start_paused = true)]
    async fn a_platform_that_panics_is_lost_and_is_named() {
        let live: Box<Live> = Box::new(|_| async { panic!("page 7") }.boxed_local());
        let name = "one";
        let error = within(60, vec![Platform { name, live }]).await;
        let error = error.expect_err("none is left");
        let told = error.to_string();
        assert!(
            told.starts_with("one ended unexpectedly: panicked: page 7"),
            "{told}"
        );
        assert_eq!(status::of(&error), 75.into());
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_ends_a_wait_at_once() {
        let starts = Starts::default();
        let platforms = vec![
            platform("one", vec![(SOON, lost as fn() -> _); 30], &starts),
            platform("other", Lives::new(), &starts),
        ];
        let began = Instant::now();
        within(3_000, platforms).await.expect("it was told to stop");
        assert_eq!(began.elapsed().as_secs(), 3_000);
    }
}
