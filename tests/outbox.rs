//! The outbox through `kill -9`: exactly one message for each schedule and date, wherever the
//! program was when it died. Each step is gone through 3 times; `GREENROOM_KILLS` sets another
//! number.

use chat_sandbox::{MessageView, RestFailure, RestFault, Sandbox};
use reqwest::Method;
use rusqlite::Connection;

use crate::harness::{record, shown};
use crate::killed::Installed;

/// How often each step is gone through.
fn kills() -> usize {
    let said = std::env::var("GREENROOM_KILLS").ok();
    said.and_then(|kills| kills.parse().ok()).unwrap_or(3)
}

/// A local Discord with the program on it, and a schedule that posts to #daily.
struct Scene {
    sandbox: Sandbox,
    bot: Installed,
}

impl Scene {
    async fn open() -> Self {
        let sandbox = Sandbox::start(Installed::options())
            .await
            .expect("a free port");
        let mut bot = Installed::new(&sandbox);
        bot.start(&sandbox).await;
        let set = "/schedule set channel:#daily time:09:00 zone:UTC";
        shown(sandbox.person("ana").slash("staff", set).await);
        Self { sandbox, bot }
    }

    /// Has the day's daily posted as an admin would. The answer is not waited for: it may be cut off.
    async fn post_now(&self) {
        shown(
            self.sandbox
                .person("ana")
                .slash("staff", "/daily post")
                .await,
        );
    }

    /// Waits until the local Discord was asked to do something.
    async fn asked(&self, method: &str, after: usize) {
        let world = self.sandbox.world();
        let asked = async {
            while !world
                .requests()
                .iter()
                .skip(after)
                .any(|request| request.method == method && request.path.contains("/messages"))
            {
                tokio::task::yield_now().await;
            }
        };
        let in_time = tokio::time::timeout(std::time::Duration::from_secs(20), asked).await;
        assert!(in_time.is_ok(), "no {method} of a message came");
    }

    fn requests(&self) -> usize {
        self.sandbox.world().requests().len()
    }

    /// Kills the program, mends Discord, and starts the program again.
    async fn kill_and_restart(&mut self, meanwhile: impl FnOnce(&Connection)) {
        self.bot.kill(&self.sandbox).await;
        self.sandbox.world().clear_faults();
        let database = Connection::open(self.bot.database()).expect("the database is there");
        meanwhile(&database);
        drop(database);
        self.bot.start(&self.sandbox).await;
    }

    fn dailies(&self) -> Vec<MessageView> {
        let messages = self.sandbox.person("ben").messages("daily").into_iter();
        messages
            .filter(|message| message.text().contains("Daily question"))
            .collect()
    }

    /// Waits until the daily is recorded as posted, and finds one message of it.
    async fn one_message(&self) {
        let ben = self.sandbox.person("ben");
        let daily = ben
            .wait_for("daily", |message| message.button("A").is_some())
            .await;
        // A press is answered with a verdict only when the daily takes answers.
        let verdict = shown(ben.click(&daily, "A").await).text();
        assert!(verdict.contains("points"), "{verdict}");
        // A turn of the outbox later, nothing else was sent.
        shown(
            self.sandbox
                .person("ana")
                .slash("staff", "/schedule list")
                .await,
        );
        assert_eq!(self.dailies().len(), 1, "{:#?}", self.dailies());
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            record(&self.sandbox);
        }
    }
}

fn on_post(what: RestFailure) -> RestFault {
    RestFault::new(what).method(Method::POST).path("/messages")
}

/// Makes the claim so old that Discord has forgotten its nonce.
fn age(database: &Connection) {
    database
        .execute(
            "UPDATE dailies SET claimed_at = claimed_at - 180000, tried_at = tried_at - 180000",
            [],
        )
        .expect("written");
}

#[tokio::test]
async fn killed_after_the_claim_and_before_the_send() {
    for _ in 0..kills() {
        let mut scene = Scene::open().await;
        scene
            .sandbox
            .world()
            .fault(on_post(RestFailure::DropBefore));
        let before = scene.requests();
        scene.post_now().await;
        scene.asked("POST", before).await;
        scene.kill_and_restart(|_| ()).await;
        scene.one_message().await;
    }
}

#[tokio::test]
async fn killed_after_the_send_and_before_the_record() {
    for _ in 0..kills() {
        let mut scene = Scene::open().await;
        scene.sandbox.world().fault(on_post(RestFailure::DropAfter));
        let before = scene.requests();
        scene.post_now().await;
        scene.asked("POST", before).await;
        scene.kill_and_restart(|_| ()).await;
        scene.one_message().await;
    }
}

#[tokio::test]
async fn killed_after_the_send_and_started_when_the_nonce_is_forgotten() {
    for _ in 0..kills() {
        let mut scene = Scene::open().await;
        scene.sandbox.world().fault(on_post(RestFailure::DropAfter));
        let before = scene.requests();
        scene.post_now().await;
        scene.asked("POST", before).await;
        scene.kill_and_restart(age).await;
        // It looks before it sends again.
        scene.asked("GET", before).await;
        scene.one_message().await;
    }
}

#[tokio::test]
async fn killed_before_the_send_and_started_when_the_nonce_is_forgotten() {
    for _ in 0..kills() {
        let mut scene = Scene::open().await;
        scene
            .sandbox
            .world()
            .fault(on_post(RestFailure::DropBefore));
        let before = scene.requests();
        scene.post_now().await;
        scene.asked("POST", before).await;
        scene.kill_and_restart(age).await;
        scene.one_message().await;
    }
}

#[tokio::test]
async fn killed_around_the_record() {
    for _ in 0..kills() {
        let mut scene = Scene::open().await;
        scene.post_now().await;
        let ben = scene.sandbox.person("ben");
        ben.wait_for("daily", |message| message.button("A").is_some())
            .await;
        scene.kill_and_restart(|_| ()).await;
        scene.one_message().await;
    }
}

#[tokio::test]
async fn killed_while_the_result_is_shown() {
    for what in [RestFailure::DropBefore, RestFailure::DropAfter] {
        for _ in 0..kills() {
            let mut scene = Scene::open().await;
            scene.post_now().await;
            scene.one_message().await;
            // The daily becomes yesterday's, so that another one can follow.
            scene
                .kill_and_restart(|database| {
                    let yesterday = "UPDATE dailies SET local_date = date(local_date, '-1 day')";
                    database.execute(yesterday, []).expect("written");
                })
                .await;
            let fault = RestFault::new(what).method(Method::PATCH).path("/messages");
            scene.sandbox.world().fault(fault);
            let before = scene.requests();
            scene.post_now().await;
            scene.asked("PATCH", before).await;
            scene.kill_and_restart(|_| ()).await;

            let ben = scene.sandbox.person("ben");
            ben.wait_for("daily", |message| {
                message.text().contains("1 answer in all")
            })
            .await;
            assert_eq!(
                scene.dailies().len(),
                2,
                "one a date: {:#?}",
                scene.dailies()
            );
            let open = scene
                .dailies()
                .into_iter()
                .filter(|daily| daily.button("A").is_some());
            assert_eq!(open.count(), 1, "the older one is closed");
        }
    }
}
