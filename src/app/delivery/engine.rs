//! The loops of the engine: what each looks for, how often, and what becomes of a job that fails.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};
use tracing::Instrument as _;

use super::lane::{Lane, Turn, locked};
use super::platform::{Failure, Platform};
use super::refusals::Refusals;
use crate::app::App;
use crate::app::card::Card;
use crate::app::outcome::Error;
use crate::metrics;
use crate::model::{ChannelId, Daily, NoticeKind, SpaceId};
use crate::tasks::Tasks;
use crate::troubles::Troubles;

/// How often there is a look at least, so that a clock that jumped or a suspended machine is noticed.
const LOOK: Duration = Duration::from_secs(15);
/// How soon there is another look when the database failed, as it does on a full disk.
const SOON: Duration = Duration::from_secs(5);
/// The least time from one look to the next, so that many wakes lead to one look.
const PAUSE: Duration = Duration::from_millis(100);
/// Channels that are sent to at the same time; in each, one message after the other.
const CHANNELS: usize = 64;

/// The task that starts threads.
const DISCUSSING: &str = "starting threads";
/// The task that sends notices to admins and the operator.
const NOTIFYING: &str = "sending notices";
/// Recording what the platform has done.
const RECORDING: &str = "recording what became of dailies";
/// The name of one channel's work, for the log of its panics.
const AT_A_DAILY: &str = "working on a daily";

/// What is done with the message of a daily.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    /// It is sent.
    Post,
    /// It is edited to show what the daily has become.
    Show,
}

impl Work {
    /// The task that does it, which is what the log calls it too.
    const fn task(self) -> &'static str {
        match self {
            Self::Post => "posting dailies",
            Self::Show => "showing results",
        }
    }
}

/// Why a job is not done.
pub(super) enum Undone {
    /// What the platform says.
    Platform(Failure),
    /// What the database says.
    Database(Error),
}

impl From<Failure> for Undone {
    fn from(failure: Failure) -> Self {
        Self::Platform(failure)
    }
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

/// Delivers everything on one platform.
pub struct Delivery<P> {
    pub(super) app: App,
    pub(super) platform: P,
    /// How long a failed job waits for its next try.
    again: Duration,
    /// Dailies whose last call failed, and when they are tried again.
    later: Mutex<HashMap<i64, Instant>>,
    refusals: Refusals,
    /// What the operator was told last.
    pub(super) told: Mutex<Option<Arc<Card>>>,
    troubles: Troubles,
}

impl<P: Platform> Delivery<P> {
    /// An engine that tries a failed job again after `again`.
    pub fn new(app: App, platform: P, again: Duration) -> Arc<Self> {
        Arc::new(Self {
            app,
            platform,
            again,
            later: Mutex::default(),
            refusals: Refusals::default(),
            told: Mutex::default(),
            troubles: Troubles::default(),
        })
    }

    /// Starts the loops once `known` has ended; they run until they are stopped. Work that is slow or stuck holds up
    /// none of another kind or channel.
    pub fn start_on(
        self: Arc<Self>,
        tasks: &Tasks,
        known: impl Future<Output = ()> + Send + 'static,
    ) {
        let known = known.shared();
        let keep = |work| {
            let (engine, known) = (self.clone(), known.clone());
            async move {
                known.await;
                engine.keep(work).await;
            }
        };
        tasks.start(Work::Post.task(), keep(Work::Post));
        tasks.start(Work::Show.task(), keep(Work::Show));
        let (engine, listed) = (self.clone(), known.clone());
        tasks.start(DISCUSSING, async move {
            listed.await;
            engine.discuss().await;
        });
        tasks.start(NOTIFYING, async move {
            known.await;
            self.tell().await;
        });
    }

    async fn keep(self: &Arc<Self>, work: Work) {
        let mut wakes = match work {
            Work::Post => self.app.wakes.posts.listen(),
            Work::Show => self.app.wakes.edits.listen(),
        };
        let mut moves = self.app.clock.moves();
        let mut lane = Lane::new(CHANNELS);
        loop {
            wakes.mark_unchanged();
            let pause = sleep(PAUSE);
            let looked = self.look(work).await;
            self.tell_how(work.task(), &looked);
            let (held_up, wait) = match looked {
                Ok((dailies, well)) => {
                    let wait = if well { LOOK } else { SOON };
                    (self.start(work, dailies, &mut lane), wait.min(self.again))
                }
                Err(_) => (false, SOON),
            };
            let look = sleep(wait);
            tokio::pin!(look);
            loop {
                tokio::select! {
                    _ = wakes.changed() => break,
                    _ = moves.changed() => break,
                    () = &mut look => break,
                    Some(ended) = lane.tasks.join_next() => {
                        match ended {
                            Ok(false) => {}
                            Ok(true) => look.as_mut().reset(Instant::now() + SOON),
                            Err(panic) => self.went_wrong(AT_A_DAILY, &panic),
                        }
                        if held_up {
                            break;
                        }
                    }
                }
            }
            pause.await;
        }
    }

    /// Starts threads.
    async fn discuss(&self) {
        let mut wakes = self.app.wakes.threads.listen();
        loop {
            wakes.mark_unchanged();
            let pause = sleep(PAUSE);
            let started = self.start_threads().await;
            self.tell_how(DISCUSSING, &started);
            woken(&mut wakes).await;
            pause.await;
        }
    }

    /// Sends notices to admins and the operator, and takes away what members came upon.
    async fn tell(&self) {
        let mut wakes = self.app.wakes.notices.listen();
        loop {
            wakes.mark_unchanged();
            let pause = sleep(PAUSE);
            let told = self.tell_admins().await;
            self.tell_how(NOTIFYING, &told);
            self.tell_operator().await;
            self.take_doubles_away().await;
            woken(&mut wakes).await;
            pause.await;
        }
    }

    /// Claims what is due and lists what is to be sent, or lists what is out of date. Returns also whether every claim
    /// worked.
    pub(super) async fn look(&self, work: Work) -> Result<(Vec<Daily>, bool), Error> {
        match work {
            Work::Post => {
                let well = self.app.claim_due(self.platform.platform()).await?;
                let posts = self.app.to_post().await?.into_iter();
                let mut dailies: Vec<Daily> = posts.map(|post| post.daily).collect();
                dailies.retain(|daily| self.has(&daily.space));
                metrics::dailies_waiting(self.platform.platform().as_str(), dailies.len());
                Ok((dailies, well))
            }
            Work::Show => {
                let mut dailies = self.app.to_show().await?;
                dailies.retain(|daily| self.has(&daily.space));
                Ok((dailies, true))
            }
        }
    }

    /// Starts work on dailies, on those of different channels at the same time. Returns whether some must wait for work
    /// that is still going on.
    pub(super) fn start(
        self: &Arc<Self>,
        work: Work,
        dailies: Vec<Daily>,
        lane: &mut Lane,
    ) -> bool {
        let mut channels: HashMap<ChannelId, Vec<Daily>> = HashMap::new();
        for daily in dailies {
            if !self.must_wait(daily.id) {
                let theirs = channels.entry(daily.channel.clone()).or_default();
                theirs.push(daily);
            }
        }
        let mut held_up = false;
        for (channel, dailies) in channels {
            let Some(turn) = lane.take(channel, &dailies) else {
                held_up = true;
                continue;
            };
            let (engine, places) = (self.clone(), lane.places.clone());
            lane.tasks.spawn(async move {
                let mut failed = false;
                for daily in dailies {
                    let _place = places.acquire().await;
                    failed |= engine.try_to(work, &daily, &turn).await.is_err();
                }
                failed
            });
        }
        held_up
    }

    /// Tries a job. Fails when the database does.
    async fn try_to(&self, work: Work, daily: &Daily, turn: &Turn) -> Result<(), Error> {
        let span = tracing::info_span!("daily", space = %daily.space,
            schedule = daily.schedule, channel = %daily.channel, date = %daily.date);
        let tried = async {
            let tried = match self.work_on(work, daily.id, turn).await {
                Ok(()) => {
                    self.later().remove(&daily.id);
                    self.refusals.over(daily.id);
                    Ok(())
                }
                Err(undone) => self.put_off(work, daily, undone).await,
            };
            self.tell_how(RECORDING, &tried);
            tried
        };
        tried.instrument(span).await
    }

    /// Does what is still to be done by now, in the channel of the turn only.
    async fn work_on(&self, work: Work, daily: i64, turn: &Turn) -> Result<(), Undone> {
        match work {
            Work::Post => match self.app.still_to_post(daily)? {
                Some(post) if turn.is_in(&post.daily.channel) => self.post(post).await,
                _ => Ok(()),
            },
            Work::Show => match self.app.still_to_show(daily)? {
                Some(daily) => self.show(&daily).await,
                None => Ok(()),
            },
        }
    }

    /// Puts off a failed job until its next try. Fails when the database does.
    async fn put_off(&self, work: Work, daily: &Daily, undone: Undone) -> Result<(), Error> {
        if let Work::Post = work {
            metrics::daily(metrics::Daily::Failed);
        }
        let failure = match undone {
            Undone::Platform(failure) => failure,
            Undone::Database(error) => {
                // If the platform did it, the next look finds the message.
                self.later().insert(daily.id, Instant::now());
                return Err(error);
            }
        };
        let error = failure.to_string();
        if let (Work::Show, Failure::Closed(_) | Failure::Refused(_)) = (work, &failure) {
            return self.put_off_result(daily, &error).await;
        }
        let wait = match &failure {
            Failure::Later(_, wait) => *wait,
            _ => self.again,
        };
        let before = self.later().insert(daily.id, Instant::now() + wait);
        match (work, failure) {
            (Work::Post, Failure::Closed(why)) => {
                // Its schedule waits instead, by the bot's clock; and nothing was sent.
                self.later().remove(&daily.id);
                let about = (NoticeKind::ChannelClosed, why);
                self.app.has_to_wait(daily, about).await?;
            }
            (Work::Post, Failure::Unseen(why)) => {
                self.later().remove(&daily.id);
                self.app
                    .has_to_wait(daily, (NoticeKind::InDoubt, why))
                    .await?;
            }
            _ if before.is_some() => tracing::debug!(error, "{work:?} failed again"),
            (_, Failure::Unsure(_) | Failure::Later(..)) => {
                tracing::warn!(
                    error,
                    "{work:?} failed; trying again in {} s",
                    wait.as_secs()
                );
            }
            _ => {
                tracing::error!(
                    error,
                    "{work:?} failed; trying again in {} s",
                    wait.as_secs()
                );
            }
        }
        Ok(())
    }

    /// Puts off a result that the platform refuses to show, or gives it up. Fails when the database does.
    async fn put_off_result(&self, daily: &Daily, error: &str) -> Result<(), Error> {
        let Some(wait) = self.refusals.refused(daily.id) else {
            tracing::warn!(
                error,
                "the result of a daily was refused for a week and is not shown"
            );
            self.later().remove(&daily.id);
            return self.app.record_shown(daily).await;
        };
        let before = self.later().insert(daily.id, Instant::now() + wait);
        if before.is_none() {
            tracing::warn!(
                error,
                "the result of a daily cannot be shown in its channel"
            );
        }
        Ok(())
    }

    /// Logs what keeps a task from its work: once, now and then while that goes on, and when it is over.
    fn tell_how<T>(&self, what: &'static str, done: &Result<T, Error>) {
        match done {
            Err(error) => self.went_wrong(what, error),
            Ok(_) if self.troubles.over(what) => tracing::info!("{what} goes well again"),
            Ok(_) => {}
        }
    }

    fn went_wrong(&self, what: &'static str, why: &dyn Display) {
        let error = format!("{why:#}");
        if self.troubles.met(what) {
            tracing::error!(error, "{what} fails; retrying");
        } else {
            tracing::debug!(error, "{what} fails again");
        }
    }

    /// Whether a space is one of the platform's.
    pub(super) fn has(&self, space: &SpaceId) -> bool {
        space.platform() == self.platform.platform()
    }

    fn must_wait(&self, daily: i64) -> bool {
        let until = self.later().get(&daily).copied();
        until.is_some_and(|until| until > Instant::now())
    }

    /// Whether the last try of a daily failed since the start.
    pub(super) fn failed_before(&self, daily: i64) -> bool {
        self.later().contains_key(&daily)
    }

    fn later(&self) -> MutexGuard<'_, HashMap<i64, Instant>> {
        locked(&self.later)
    }
}

/// Waits until there is something to do, or until it is time to look again.
async fn woken(wakes: &mut watch::Receiver<()>) {
    tokio::select! {
        _ = wakes.changed() => {}
        () = sleep(LOOK) => {}
    }
}
