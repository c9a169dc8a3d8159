//! Sends what the use-cases decided to post, and says when it is there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::FutureExt as _;
use poise::serenity_prelude as serenity;
use serenity::{Message, Nonce};
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use super::lane::{AT_A_DAILY, Busy, Lane, RECORDING, TELLING, Turn, Work, locked};
use super::sender::{Failure, Sender};
use super::troubles::Troubles;
use super::{notices, threads};
use crate::app::outbox::Post;
use crate::app::{self, Action, App};
use crate::discord::rendering::{first_action, render};
use crate::metrics;
use crate::model::{ChannelId, Daily};
use crate::tasks::Tasks;

/// The wall clock is read at least this often, so that a jump or a suspended machine is noticed.
const LOOK: Duration = Duration::from_secs(15);
/// How soon there is another look when the database failed, as it does on a full disk.
const SOON: Duration = Duration::from_secs(5);
/// How long a result waits that its channel refused.
const AGAIN_REFUSED: Duration = Duration::from_secs(3600);
/// The least time from one look to the next, so that many wakes are one look.
const PAUSE: Duration = Duration::from_millis(100);
/// Channels that are sent to at the same time; in each, one message after the other.
const CHANNELS: usize = 64;

/// Discord's codes for a message or channel that is gone: there is nothing left to edit.
const GONE: [i64; 2] = [10_003, 10_008];

/// Discord's codes for a channel that the bot cannot post to: unknown, no access, no permission,
/// an archived thread.
const CLOSED_TO_US: [i64; 4] = [10_003, 50_001, 50_013, 50_083];

/// Discord's code for a message older than an hour that was edited too often of late.
const EDITED_OFTEN: i64 = 30_046;

/// Keeps the schedules of every space.
pub(crate) struct Outbox {
    app: App,
    sender: Arc<Sender>,
    /// The bot's own user.
    me: u64,
    /// Whom the bot takes for its operator.
    operator: Option<u64>,
    /// How long a post that failed waits for its next try.
    again: Duration,
    /// Dailies whose last call failed, and when they are tried again.
    later: Mutex<HashMap<i64, Instant>>,
    troubles: Troubles,
}

impl Outbox {
    pub(crate) fn new(
        app: App,
        sender: Arc<Sender>,
        me: u64,
        operator: Option<u64>,
        again: Duration,
    ) -> Arc<Self> {
        Arc::new(Self {
            app,
            sender,
            me,
            operator,
            again,
            later: Mutex::default(),
            troubles: Troubles::default(),
        })
    }

    /// Starts what goes on until it is stopped, once `known` is over. What is slow or stuck holds up
    /// nothing of another kind or channel.
    pub(crate) fn start_on(
        self: Arc<Self>,
        tasks: &Tasks,
        known: impl Future<Output = ()> + Send + 'static,
    ) {
        let known = known.shared();
        let keep = |work| {
            let (outbox, known) = (self.clone(), known.clone());
            async move {
                known.await;
                outbox.keep(work).await;
            }
        };
        tasks.start(Work::Post.task(), keep(Work::Post));
        tasks.start(Work::Show.task(), keep(Work::Show));
        tasks.start(TELLING, async move {
            known.await;
            self.tell().await;
        });
    }

    async fn keep(self: &Arc<Self>, work: Work) {
        let mut wakes = match work {
            Work::Post => self.app.something_to_post(),
            Work::Show => self.app.something_to_show(),
        };
        let mut moves = self.app.clock.moves();
        let mut lane = Lane::new(CHANNELS);
        loop {
            wakes.mark_unchanged();
            let pause = sleep(PAUSE);
            // What is done while this looks may still be among what it finds.
            let before = locked(&lane.busy).clone();
            let (held_up, wait) = match self.look(work).await {
                Ok(posts) => {
                    self.went_well(work.task());
                    let held_up = self.start(work, posts, &before, &mut lane);
                    (held_up, LOOK.min(self.again))
                }
                Err(error) => {
                    self.went_wrong(work.task(), &error);
                    (false, SOON)
                }
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
                            Err(panic) => self.went_wrong(AT_A_DAILY, &panic.into()),
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

    /// Claims what is due and says what is to be sent, or says what is out of date.
    async fn look(&self, work: Work) -> anyhow::Result<Vec<Post>> {
        match work {
            Work::Post => {
                self.app.keep_schedules().await?;
                let posts = self.app.to_post().await?;
                metrics::dailies_waiting(posts.len());
                Ok(posts)
            }
            Work::Show => {
                let dailies = self.app.to_show().await?.into_iter();
                let post = |daily| Post {
                    daily,
                    may_be_there: true,
                    expired: false,
                };
                Ok(dailies.map(post).collect())
            }
        }
    }

    /// Tells admins and the operator what they are to know, and starts threads.
    async fn tell(&self) {
        let mut wakes = self.app.something_to_show();
        loop {
            wakes.mark_unchanged();
            let pause = sleep(PAUSE);
            let told = async {
                threads::start(&self.app, &self.sender, self.me).await?;
                notices::tell(&self.app, &self.sender).await
            };
            match told.await {
                Ok(()) => self.went_well(TELLING),
                Err(error) => self.went_wrong(TELLING, &error),
            }
            notices::tell_operator(&self.app, &self.sender, self.operator).await;
            tokio::select! {
                _ = wakes.changed() => {}
                () = sleep(LOOK) => {}
            }
            pause.await;
        }
    }

    /// Works on posts, those of different channels at the same time, but for those that were worked
    /// on `before` these were found. Returns whether some wait for an earlier one of their channel.
    fn start(
        self: &Arc<Self>,
        work: Work,
        posts: Vec<Post>,
        before: &Busy,
        lane: &mut Lane,
    ) -> bool {
        let mut channels: HashMap<ChannelId, Vec<Post>> = HashMap::new();
        for post in posts {
            if !self.must_wait(post.daily.id) {
                let channel = post.daily.channel.clone();
                channels.entry(channel).or_default().push(post);
            }
        }
        let mut held_up = false;
        for (channel, posts) in channels {
            if before.with(&channel, &posts) || locked(&lane.busy).with(&channel, &posts) {
                held_up = true;
                continue;
            }
            let turn = Turn::begin(&lane.busy, channel, &posts);
            let (outbox, places) = (self.clone(), lane.places.clone());
            lane.tasks.spawn(async move {
                let _turn = turn;
                let mut failed = false;
                for post in posts {
                    let _place = places.acquire().await;
                    let daily = &post.daily;
                    let span = tracing::info_span!("daily", space = %daily.space,
                        schedule = daily.schedule, channel = %daily.channel, date = %daily.date);
                    let tried = async {
                        let tried = outbox.try_to(work, &post).await;
                        match &tried {
                            Ok(()) => outbox.went_well(RECORDING),
                            Err(error) => outbox.went_wrong(RECORDING, error),
                        }
                        tried
                    };
                    failed |= tried.instrument(span).await.is_err();
                }
                failed
            });
        }
        held_up
    }

    /// Fails when the database does.
    async fn try_to(&self, work: Work, post: &Post) -> anyhow::Result<()> {
        let done = match work {
            Work::Post => self.post(post).await,
            Work::Show => self.show(&post.daily).await,
        };
        let Err(error) = done else {
            self.later().remove(&post.daily.id);
            return Ok(());
        };
        if let Work::Post = work {
            metrics::daily(metrics::Daily::Failed);
        }
        let (daily, told) = (&post.daily, format!("{error:#}"));
        let refused = match error.downcast_ref() {
            Some(Failure::Refused { code, .. }) => {
                CLOSED_TO_US.contains(code) || *code == EDITED_OFTEN
            }
            None if error.is::<app::Error>() => {
                // Discord did it, the database did not: the next look finds the message.
                self.later().insert(daily.id, Instant::now());
                return Err(error);
            }
            _ => false,
        };
        let wait = if refused { AGAIN_REFUSED } else { self.again };
        let before = self.later().insert(daily.id, Instant::now() + wait);
        if before.is_some() && !refused {
            tracing::debug!(error = told, "{work:?} failed again");
        } else if let Some(Failure::Unsure(_)) = error.downcast_ref() {
            tracing::warn!(
                error = told,
                "{work:?} failed; trying again in {} s",
                wait.as_secs()
            );
        } else if !refused {
            tracing::error!(
                error = told,
                "{work:?} failed; trying again in {} s",
                wait.as_secs()
            );
        } else if let Work::Post = work {
            // Its schedule waits instead, by the bot's clock; and nothing was sent.
            self.later().remove(&daily.id);
            self.app.channel_refused(daily, told).await?;
        } else {
            tracing::warn!(
                error = told,
                "the result of a daily cannot be shown in its channel"
            );
        }
        Ok(())
    }

    /// Says what keeps a task from its work: once, and now and then while that goes on.
    fn went_wrong(&self, what: &'static str, why: &anyhow::Error) {
        let error = format!("{why:#}");
        if self.troubles.met(what) {
            tracing::error!(error, "{what} fails; retrying");
        } else {
            tracing::debug!(error, "{what} fails again");
        }
    }

    fn went_well(&self, what: &'static str) {
        if self.troubles.over(what) {
            tracing::info!("{what} goes well again");
        }
    }

    fn must_wait(&self, daily: i64) -> bool {
        let until = self.later().get(&daily).copied();
        until.is_some_and(|until| until > Instant::now())
    }

    /// Sends a daily, unless a message that shows it is in the channel already: one of a process
    /// that ended, or of an earlier call of ours that came to an unknown end.
    async fn post(&self, post: &Post) -> anyhow::Result<()> {
        let mut daily = post.daily.clone();
        let failed_before = self.later().contains_key(&daily.id);
        if post.may_be_there || post.expired || failed_before {
            if let Some(message) = self.find(post).await? {
                tracing::info!("found a daily that was sent before");
                let place = (daily.tried_in.clone(), message.id.get().into());
                let at = Some(daily.tried_at);
                return Ok(self.app.posted(&daily, place, at).await?);
            }
            if post.expired {
                return Ok(self.app.give_up(&daily).await?);
            }
            daily = self.app.trying(&daily).await?;
        }
        // At most 25 characters; the time tells tries and databases apart.
        let nonce = format!("{:x}-{:x}", daily.id, daily.tried_at.timestamp());
        let message = render::message(self.app.card_to_post(&daily))
            .nonce(Nonce::String(nonce))
            .enforce_nonce(true);
        let channel = snowflake(&daily.channel.0)?;
        let message = self.sender.post(channel, &message).await?;
        let place = (daily.channel.clone(), message.id.get().into());
        Ok(self.app.posted(&daily, place, None).await?)
    }

    /// Our own message with the buttons of a daily, among those sent right after its last try; or among
    /// the newest, in case the clock of that try was ahead. A channel that is closed to us holds none that can be found, unless it is the one to post to.
    async fn find(&self, post: &Post) -> anyhow::Result<Option<Message>> {
        let daily = &post.daily;
        let shows = |message: &Message| {
            matches!(first_action(message), Some(Action::DailyAnswer { daily: id, .. }) if id == daily.id)
                && message.author.id.get() == self.me
        };
        let channel = snowflake(&daily.tried_in.0)?;
        let look = async {
            let tried = self.sender.messages_after(channel, daily.tried_at).await?;
            if let Some(message) = tried.into_iter().find(shows) {
                return Ok(Some(message));
            }
            let newest = self.sender.newest_messages(channel).await?;
            Ok(newest.into_iter().find(shows))
        };
        match look.await {
            Ok(found) => Ok(found),
            Err(Failure::Refused { code, .. })
                if CLOSED_TO_US.contains(&code)
                    && (daily.tried_in != daily.channel || post.expired) =>
            {
                Ok(None)
            }
            Err(failure) => Err(failure.into()),
        }
    }

    async fn show(&self, daily: &Daily) -> anyhow::Result<()> {
        let message = daily
            .message
            .as_ref()
            .map(|id| snowflake(&id.0))
            .transpose()?;
        if let Some(message) = message {
            let channel = snowflake(&daily.channel.0)?;
            let edit = render::message_edit(self.app.card_to_show(daily).await?);
            match self.sender.edit(channel, message, &edit).await {
                Err(Failure::Refused { code, .. }) if GONE.contains(&code) => {}
                edited => edited?,
            }
        }
        Ok(self.app.shown(daily).await?)
    }

    fn later(&self) -> MutexGuard<'_, HashMap<i64, Instant>> {
        locked(&self.later)
    }
}

/// Ids of ours are text; Discord's are numbers, of digits only and never 0.
pub(crate) fn snowflake(id: &str) -> anyhow::Result<u64> {
    let number = id.parse().ok().filter(|number| *number != 0);
    let number = number.filter(|_| !id.starts_with('+'));
    number.ok_or_else(|| anyhow::anyhow!("{id:?} is not one of Discord's ids"))
}
