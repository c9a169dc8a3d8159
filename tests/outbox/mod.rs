//! The outbox through `kill -9`, one story on each platform: exactly one message for each schedule and date, wherever
//! the program was when it died, and whatever the platform said of its calls. `GREENROOM_KILLS` sets how often each step
//! is gone through.

mod discord;
mod slack;

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use rusqlite::Connection;

use crate::killed::{Installed, Local};

/// How long anything may take that is waited for here. A message may have to be looked for twice.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often there is a look at what tells nobody when it changes. Where the program is by then is left to chance.
const LOOK: Duration = Duration::from_millis(10);
/// Which dailies are recorded as posted.
const POSTED: &str = "state = 'posted'";
/// So many scenes are played at the same time.
const AT_ONCE: usize = 4;

/// A call of the platform's API, of those that deliver a daily.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    /// The daily's message is looked for in its channel.
    Look,
    /// It is posted.
    Post,
    /// It is edited.
    Edit,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It is never done: the connection breaks.
    Lost,
    /// It is done, and the connection breaks before the answer.
    Cut,
    /// It is done, and never answered.
    Silent,
    /// It is done, and the answer is that it took too long.
    TimedOut,
    /// It is done and answered a second later.
    Slow,
}

/// A message that shows a daily, as members see it.
#[derive(Debug)]
struct Shown<M> {
    text: String,
    /// Whether it takes answers.
    open: bool,
    message: M,
}

/// A local platform on which the story is played.
trait Stage: Local + Sized {
    /// How often each step is gone through unless that is said.
    const KILLS: usize;
    /// The calls that a daily is posted with, from its claim on.
    const CALLS: &'static [Call];
    /// What may become of a call that is done, and not said to be.
    const UNSAID: &'static [Fate];
    /// What the program calls first of a daily that a program before it may have posted.
    const FINDS_OUT: Call;
    /// Whether each try to post is recorded before it is made.
    const RECORDS_TRIES: bool;
    /// How a message is named.
    type Message: std::fmt::Debug;

    /// Opens it. What may be one way or the other depends on the round.
    async fn open(round: usize) -> Self;

    /// Has all such calls come to that, until this is mended.
    fn befall(&self, call: Call, fate: Fate);

    /// Ends that.
    fn mend(&self);

    /// How often such a call was made so far.
    fn asked(&self, call: Call) -> usize;

    /// What an admin reads after a command.
    async fn command(&self, line: &str) -> String;

    /// What a member reads who presses A.
    async fn press(&self, daily: &Self::Message) -> String;

    /// The messages that show dailies, oldest first.
    fn dailies(&self) -> Vec<Shown<Self::Message>>;

    /// Closes it. Fails if something happened there that must not.
    fn close(&self);
}

/// A local platform with the program on it, and a schedule that posts to #daily.
struct Scene<S> {
    stage: S,
    bot: Installed,
    /// Whether members leave a message alone until the program knows of it: a press tells that it is there.
    patient: bool,
}

impl<S: Stage> Scene<S> {
    async fn open(round: usize) -> Self {
        let stage = S::open(round).await;
        let mut bot = Installed::new(&stage);
        bot.start(&stage).await;
        let set = "/schedule set channel:#daily time:09:00 zone:UTC";
        let told = stage.command(set).await;
        assert!(told.contains("Schedule set"), "{told}");
        Self {
            stage,
            bot,
            patient: (round / 2).is_multiple_of(2),
        }
    }

    /// Has the day's daily posted as an admin would.
    async fn post_now(&self) {
        let told = self.stage.command("/daily post").await;
        assert!(told.contains("on its way"), "{told}");
    }

    /// Has it posted while all such calls come to that, and kills the program as soon as one was made. Returns what
    /// `kill_and_restart` does.
    async fn killed_at(&mut self, call: Call, fate: Fate) -> usize {
        self.stage.befall(call, fate);
        let before = self.stage.asked(call);
        self.post_now().await;
        self.asked(call, before).await;
        self.kill_and_restart(|_| ()).await
    }

    async fn asked(&self, call: Call, before: usize) {
        until(&format!("{call:?}"), || self.stage.asked(call) > before).await;
    }

    /// Kills the program, mends the platform, and starts the program again. Returns how often it had been found out
    /// what an earlier program had posted.
    async fn kill_and_restart(&mut self, meanwhile: impl FnOnce(&Connection)) -> usize {
        self.bot.kill(&self.stage).await;
        self.stage.mend();
        meanwhile(&self.database());
        let found_out = self.stage.asked(S::FINDS_OUT);
        self.bot.start(&self.stage).await;
        found_out
    }

    fn database(&self) -> Connection {
        Connection::open(self.bot.database()).expect("the database is there")
    }

    /// Waits until the program finds out what one before it posted. If it was told of that message, it knows, and
    /// needn't look.
    async fn finds_out(&self, before: usize) {
        let database = self.database();
        until("that it finds out", || {
            self.stage.asked(S::FINDS_OUT) > before || has(&database, POSTED)
        })
        .await;
    }

    /// Waits until the database has such a daily.
    async fn recorded(&self, which: &str) {
        let database = self.database();
        until(which, || has(&database, which)).await;
    }

    /// Waits until the daily is recorded as posted, and finds one message of it.
    async fn one_message(&self) {
        until("a daily", || !self.stage.dailies().is_empty()).await;
        if self.patient {
            self.recorded(POSTED).await;
        }
        let daily = self.stage.dailies().remove(0);
        // A press is answered with a verdict only when the daily takes answers.
        let verdict = self.stage.press(&daily.message).await;
        assert!(verdict.contains("points"), "{verdict}");
        // A turn of the outbox later, nothing else was sent.
        self.recorded(POSTED).await;
        self.stage.command("/schedule list").await;
        let dailies = self.stage.dailies();
        assert_eq!(dailies.len(), 1, "{dailies:#?}");
    }
}

/// Whether a database has such a daily.
fn has(database: &Connection, which: &str) -> bool {
    let query = format!("SELECT 1 FROM dailies WHERE {which}");
    let found = database
        .prepare_cached(&query)
        .and_then(|mut query| query.exists([]));
    found.expect("read")
}

/// Waits until something holds.
async fn until(what: &str, holds: impl Fn() -> bool) {
    let mut looks = tokio::time::interval(LOOK);
    let held = async {
        while !holds() {
            looks.tick().await;
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, held).await;
    assert!(in_time.is_ok(), "{what} never came");
}

/// Plays a scene as often as it is to be played, or as it usually is.
async fn again_and_again<S: Stage>(play: impl AsyncFn(&mut Scene<S>)) {
    let said = std::env::var("GREENROOM_KILLS").ok();
    let kills = said.and_then(|kills| kills.parse().ok());
    let kills = kills.unwrap_or(S::KILLS);
    let played = stream::iter(0..kills).for_each_concurrent(AT_ONCE, async |round| {
        let mut scene = Scene::open(round).await;
        play(&mut scene).await;
        scene.stage.close();
    });
    played.await;
}

/// From the claim to the post.
async fn killed_before_a_call_is_done<S: Stage>() {
    for call in S::CALLS {
        again_and_again::<S>(async |scene| {
            scene.killed_at(*call, Fate::Lost).await;
            scene.one_message().await;
        })
        .await;
    }
}

async fn killed_when_a_post_is_done_and_not_said_to_be<S: Stage>() {
    for fate in S::UNSAID {
        again_and_again::<S>(async |scene| {
            scene.killed_at(Call::Post, *fate).await;
            scene.one_message().await;
        })
        .await;
    }
}

async fn killed_again_while_it_finds_out<S: Stage>() {
    again_and_again::<S>(async |scene| {
        let before = scene.killed_at(Call::Post, Fate::Cut).await;
        scene.finds_out(before).await;
        scene.kill_and_restart(|_| ()).await;
        scene.one_message().await;
    })
    .await;
}

async fn killed_when_a_post_is_said_to_be_done_and_not_recorded<S: Stage>() {
    again_and_again::<S>(async |scene| {
        scene.stage.befall(Call::Post, Fate::Slow);
        scene.post_now().await;
        match S::RECORDS_TRIES {
            true => scene.recorded("tried_at <> claimed_at").await,
            false => scene.recorded("state = 'claimed'").await,
        }
        // From here on it can't record anything.
        let held = scene.database();
        held.execute_batch("BEGIN IMMEDIATE").expect("its turn");
        until("a daily", || !scene.stage.dailies().is_empty()).await;
        // By the time that this is answered, so is the post.
        scene.stage.command("/topics").await;
        scene.kill_and_restart(|_| drop(held)).await;
        scene.one_message().await;
    })
    .await;
}

async fn killed_around_the_record<S: Stage>() {
    again_and_again::<S>(async |scene| {
        scene.post_now().await;
        until("a daily", || !scene.stage.dailies().is_empty()).await;
        scene.kill_and_restart(|_| ()).await;
        scene.one_message().await;
    })
    .await;
}

/// Before the edit it is closed, after it it is shown so; which it doesn't know.
async fn killed_while_the_result_is_shown<S: Stage>() {
    for fate in [&[Fate::Lost][..], S::UNSAID].concat() {
        again_and_again::<S>(async |scene| {
            scene.post_now().await;
            scene.one_message().await;
            // The daily becomes yesterday's, so that another one can follow.
            let a_day_passes = |database: &Connection| {
                let yesterday = "UPDATE dailies SET local_date = date(local_date, '-1 day')";
                database.execute(yesterday, []).expect("written");
            };
            scene.kill_and_restart(a_day_passes).await;
            scene.killed_at(Call::Edit, fate).await;
            until("the result", || {
                let dailies = scene.stage.dailies();
                dailies.iter().any(|it| it.text.contains("1 answer in all"))
            })
            .await;
            let dailies = scene.stage.dailies();
            assert_eq!(dailies.len(), 2, "one a date: {dailies:#?}");
            let open: Vec<bool> = dailies.iter().map(|it| it.open).collect();
            assert_eq!(open, [false, true], "the older one is closed");
        })
        .await;
    }
}

macro_rules! played_on {
    ($stage:ty: $($scene:ident)*) => {
        $(#[tokio::test]
        async fn $scene() {
            super::$scene::<$stage>().await;
        })*
    };
}

/// The scenes that are played on every platform.
macro_rules! story {
    ($stage:ty) => {
        crate::outbox::played_on! { $stage:
            killed_before_a_call_is_done
            killed_when_a_post_is_done_and_not_said_to_be
            killed_again_while_it_finds_out
            killed_when_a_post_is_said_to_be_done_and_not_recorded
            killed_around_the_record
            killed_while_the_result_is_shown
        }
    };
}

use {played_on, story};
