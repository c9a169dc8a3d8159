//! What keeps the game fair whatever admins do at the same instants: no question is open twice.

use std::fmt::Write;

use chrono::Duration;
use futures_util::future::join_all;
use greenroom::app::{App, Caller, Outcome};
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::rules::timetable::{Timetable, Weekdays, parse_time};
use greenroom::store::{Member, Reveal, ScheduleSettings, Store};
use greenroom::time::Zone;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::harness::start;

const SCHEDULES: [&str; 3] = ["one", "three", "two"];

/// A space without a platform: what would be sent is taken as sent.
struct Hall {
    app: App,
    clock: Clock,
    folder: TempDir,
    messages: u64,
}

impl Hall {
    /// A hall with so many questions and a schedule for each admin. One hides verdicts to the close.
    async fn with(questions: usize) -> Self {
        let folder = TempDir::new().expect("a folder");
        let bank = folder.path().join("questions");
        std::fs::create_dir(&bank).expect("made");
        std::fs::write(bank.join("caching.toml"), topic(questions)).expect("written");
        let bank = Bank::load(&bank).expect("it is valid");
        let store = Store::open(folder.path().join("greenroom.db")).expect("opened");
        let clock = Clock::manual(start());
        let app = App::new(store, bank, clock.clone()).expect("indexed");
        for (name, channel) in SCHEDULES.into_iter().zip(7_u64..) {
            let nine = parse_time("09:00").expect("a time");
            let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
            let mut settings = ScheduleSettings::new(channel.into(), timetable);
            if name == "three" {
                settings.reveal = Reveal::AtClose;
            }
            app.set(1.into(), name.into(), settings, None)
                .await
                .expect("set");
        }
        Self {
            app,
            clock,
            folder,
            messages: 0,
        }
    }

    fn caller(&self, user: u64, host: bool) -> Caller {
        let member = Member {
            space: 1.into(),
            user: user.into(),
        };
        Caller { member, host }
    }

    /// Every admin does something of their own schedule, and of the first one, at the same instant.
    async fn together<T>(&self, act: impl AsyncFn(Caller, &'static str) -> T) -> Vec<T> {
        let all = SCHEDULES.into_iter().chain([SCHEDULES[0], SCHEDULES[0]]);
        let acts = all
            .zip(1..)
            .map(|(of, admin)| act(self.caller(admin, true), of));
        join_all(acts).await
    }

    /// Takes what is to be sent as sent.
    async fn send(&mut self) {
        for post in self.app.to_post().await.expect("read") {
            self.messages += 1;
            let place = (post.daily.channel.clone(), (1_000 + self.messages).into());
            let posted = self.app.posted(&post.daily, place, None).await;
            posted.expect("recorded");
        }
    }

    fn rows(&self, query: &str) -> Vec<String> {
        let database = Connection::open(self.folder.path().join("greenroom.db")).expect("opened");
        let mut query = database.prepare(query).expect("it is SQL");
        let rows = query.query_map([], |row| row.get(0)).expect("read");
        rows.collect::<Result<_, _>>().expect("text")
    }

    fn is_fair(&self, when: &str) {
        let twice = self.rows(
            "SELECT question FROM dailies WHERE state <> 'closed' AND given_up = 0
             GROUP BY space, question HAVING count(*) > 1",
        );
        assert!(twice.is_empty(), "{when}: open twice: {twice:?}");
    }
}

fn topic(questions: usize) -> String {
    let mut text =
        String::from("[topic]\nname = \"caching\"\ntitle = \"Caching\"\nsummary = \"Nearer.\"\n");
    for number in 0..questions {
        let difficulty = ["easy", "medium", "hard"][number % 3];
        write!(
            text,
            "\n[[question]]\nid = \"q-{number}\"\nprompt = \"Why {number}?\"\n\
             difficulty = \"{difficulty}\"\ntags = [\"t\"]\nanswer = \"Because of {number}.\"\n\
             key_points = [\"One\", \"Two\"]\n[[question.quiz]]\nprompt = \"Which is {number}?\"\n\
             options = [\n  {{ text = \"right {number}\", right = true, why = \"It is.\" }},\n  \
             {{ text = \"wrong {number}\", why = \"It is not.\" }},\n  \
             {{ text = \"also {number}\", why = \"Nor this.\" }},\n]\n"
        )
        .expect("written");
    }
    text
}

fn told(outcome: Outcome) -> String {
    match outcome {
        Ok(card) => format!("{:?}", card.body),
        Err(refusal) => refusal.to_string(),
    }
}

async fn twenty_five_days(questions: usize) {
    let mut hall = Hall::with(questions).await;
    let mut rng = StdRng::seed_from_u64(questions as u64);
    for day in 0..25 {
        hall.clock.advance(Duration::days(1));
        let which = rng.random_range(0..questions);
        let (app, id) = (hall.app.clone(), &format!("q-{which}"));
        let queued =
            hall.together(async |admin, of| app.queue_question(&admin, id, Some(of)).await);
        let posted = hall.together(async |admin, of| told(app.post_now(&admin, Some(of)).await));
        let (_, posted) = tokio::join!(queued, posted);
        for told in posted {
            assert!(told.contains("on its way"), "day {day}: {told}");
        }
        hall.is_fair("claimed");
        hall.send().await;
        hall.is_fair("posted");
        hall.together(async |admin, of| app.skip_daily(&admin, Some(of)).await)
            .await;
        hall.is_fair("replaced");
    }
    assert_eq!(hall.rows("SELECT id || '' FROM dailies").len(), 75);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_question_is_open_twice_in_twenty_five_days_of_three_admins_and_six_questions() {
    twenty_five_days(6).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_question_is_open_twice_in_twenty_five_days_of_three_admins_and_sixty_questions() {
    twenty_five_days(60).await;
}

#[tokio::test]
async fn with_fewer_questions_than_dailies_the_next_one_is_refused_with_the_reason() {
    let mut hall = Hall::with(2).await;
    let app = hall.app.clone();
    let posted = hall
        .together(async |admin, of| told(app.post_now(&admin, Some(of)).await))
        .await;
    let refused: Vec<_> = posted
        .iter()
        .filter(|told| !told.contains("on its way"))
        .collect();
    assert_eq!(refused.len(), 1, "{posted:?}");
    assert!(
        refused[0].contains("Every question with a quiz is open in another daily"),
        "{refused:?}"
    );
    hall.send().await;
    hall.is_fair("posted");
    let skipped = told(app.skip_daily(&hall.caller(1, true), Some("one")).await);
    assert!(skipped.contains("is open in another daily"), "{skipped}");
}
