//! A space in which many do things at the same instants.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Mutex;

use chrono::Duration;
use futures_util::future::join_all;
use greenroom::app::{Action, App, Caller, Outcome};
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::model::{
    Member, MessageRef, PlatformId, Quiz, Reveal, ScheduleSettings, SpaceId, Timetable, UserId,
    Weekdays,
};
use greenroom::rules::timetable::parse_time;
use greenroom::store::Store;
use greenroom::time::Zone;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::harness::start;

/// The names of the schedules, in the order of the alphabet.
pub const SCHEDULES: [&str; 3] = ["one", "three", "two"];

/// A space without a platform: what would be sent is taken as sent.
pub struct Hall {
    pub app: App,
    pub clock: Clock,
    pub folder: TempDir,
    messages: u64,
    /// Those who were admitted, once each: a month of theirs takes a moment here.
    callers: Mutex<HashMap<(u64, bool), Caller>>,
}

/// The message that a button is on, where it does not matter.
pub fn message() -> MessageRef {
    MessageRef::new(SpaceId::discord(1), 99, 1)
}

impl Hall {
    /// A hall with so many questions and a schedule for each admin. One hides verdicts to the close.
    pub async fn with(questions: usize) -> Self {
        let folder = TempDir::new().expect("a folder");
        let bank = folder.path().join("questions");
        std::fs::create_dir(&bank).expect("made");
        std::fs::write(bank.join("caching.toml"), topic(questions)).expect("written");
        let bank = Bank::load(&bank).expect("it is valid");
        let store = Store::open(folder.path().join("greenroom.db")).expect("opened");
        // Half an hour after the dailies of the day.
        let clock = Clock::manual(start() + Duration::minutes(90));
        let app = App::new(store, bank, clock.clone());
        for (name, channel) in SCHEDULES.into_iter().zip(7_u64..) {
            let nine = parse_time("09:00").expect("a time");
            let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
            let mut settings = ScheduleSettings::new(channel.into(), timetable);
            if name == "three" {
                settings.reveal = Reveal::AtClose;
            }
            app.set(SpaceId::discord(1), name.into(), settings, None)
                .await
                .expect("set");
        }
        Self {
            app,
            clock,
            folder,
            messages: 0,
            callers: Mutex::default(),
        }
    }

    /// A member, or an admin, who keeps to the pace.
    pub fn caller(&self, user: u64, admin: bool) -> Caller {
        let member = Member {
            space: SpaceId::discord(1),
            user: UserId::discord(user),
        };
        let mut callers = self.callers.lock().expect("whole");
        let caller = callers.entry((user, admin)).or_insert_with(|| {
            let caller = self.app.admit(member, admin);
            caller.expect("within the pace")
        });
        caller.clone()
    }

    /// The dailies that take answers: row, version, and the position of the right option.
    pub fn open(&self) -> Vec<Open> {
        let open = self.rows(
            "SELECT json_array(id, version, json(quiz)) FROM dailies WHERE state = 'posted'
             ORDER BY space, id",
        );
        let read = |row: &String| {
            let (daily, version, quiz): (i64, u32, Quiz) =
                serde_json::from_str(row).expect("it is JSON");
            let right = quiz.right();
            Open {
                daily,
                version,
                right,
            }
        };
        open.iter().map(read).collect()
    }

    /// Presses an option of a daily, and returns what is shown.
    pub async fn press(&self, user: u64, of: &Open, option: usize) -> String {
        let action = Action::DailyAnswer {
            daily: of.daily,
            option,
            version: of.version,
        };
        let caller = self.caller(user, false);
        told(self.app.press(&caller, action, message(), None).await)
    }

    /// Deletes what a member answered.
    pub async fn delete(&self, user: u64) {
        let caller = self.caller(user, false);
        let deleted = self.app.press(&caller, Action::DeleteMine, message(), None);
        deleted.await.expect("deleted");
    }

    /// Goes to the next day and posts its dailies.
    pub async fn next_day(&mut self) {
        self.clock.advance(Duration::days(1));
        self.app.claim_due(PlatformId::Discord).await.expect("kept");
        self.send().await;
    }

    /// Every admin does something of their own schedule, and of the first one, at the same instant.
    pub async fn together<T>(&self, act: impl AsyncFn(Caller, &'static str) -> T) -> Vec<T> {
        let all = SCHEDULES.into_iter().chain([SCHEDULES[0], SCHEDULES[0]]);
        let acts = all
            .zip(1..)
            .map(|(of, admin)| act(self.caller(admin, true), of));
        join_all(acts).await
    }

    /// Takes what is to be sent as sent.
    pub async fn send(&mut self) {
        for post in self.app.to_post().await.expect("read") {
            self.messages += 1;
            let place = (post.daily.channel.clone(), (1_000 + self.messages).into());
            let posted = self.app.record_posted(&post.daily, place, None).await;
            posted.expect("recorded");
        }
    }

    /// What a query finds, each row a text.
    pub fn rows(&self, query: &str) -> Vec<String> {
        let database = Connection::open(self.folder.path().join("greenroom.db")).expect("opened");
        let mut query = database.prepare(query).expect("it is SQL");
        let rows = query.query_map([], |row| row.get(0)).expect("read");
        rows.collect::<Result<_, _>>().expect("text")
    }

    /// Fails if a question is open twice, or the boards are not what the answers make.
    pub fn is_fair(&self, when: &str) {
        let twice = self.rows(
            "SELECT question FROM dailies WHERE state <> 'closed' AND given_up = 0
             GROUP BY space, question HAVING count(*) > 1",
        );
        assert!(twice.is_empty(), "{when}: open twice: {twice:?}");
        // What counts, by the answers alone.
        let counted = self.rows(
            "SELECT concat_ws(' ', user, sum(points), sum(right), count(*))
             FROM answers JOIN dailies ON dailies.id = daily
             WHERE state = 'closed' OR reveal = 'at-once' AND NOT typed
             GROUP BY user ORDER BY user",
        );
        let kept = self.rows(
            "SELECT concat_ws(' ', user, points, right, answers) FROM totals
             WHERE period = 'all' ORDER BY user",
        );
        assert_eq!(kept, counted, "{when}");
    }
}

/// A daily that takes answers.
pub struct Open {
    pub daily: i64,
    pub version: u32,
    pub right: usize,
}

/// The file of a topic with so many questions.
pub fn topic(questions: usize) -> String {
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

/// What is told, by a card or a refusal.
pub fn told(outcome: Outcome) -> String {
    match outcome {
        Ok(card) => format!("{:?}", card.body),
        Err(refusal) => refusal.to_string(),
    }
}
