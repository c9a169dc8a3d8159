use chrono::{DateTime, Days, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tempfile::TempDir;

use super::*;
use crate::model::{
    Daily, Difficulty, Given, Quiz, QuizOption, Reveal, ScheduleSettings, SpaceId, Timetable,
    UserId, Weekdays,
};
use crate::rules::choosing::Chosen;
use crate::rules::timetable::parse_time;
use crate::store::{Choose, Claim};
use crate::time::Zone;

const MEMBERS: u64 = 5;

fn pressed(option: usize) -> Given {
    Given {
        option,
        typed: false,
    }
}

fn quiz() -> Quiz {
    let option = |right| QuizOption {
        text: "It is so".into(),
        right,
        why: "Because.".into(),
    };
    Quiz {
        prompt: "Is it so?".into(),
        options: vec![option(true), option(false), option(false)],
    }
}

/// A store with a space that has a schedule of each kind, and a day to begin on.
struct Ledger {
    store: Store,
    schedules: Vec<i64>,
    posted: Vec<Daily>,
    now: DateTime<Utc>,
    _folder: TempDir,
}

impl Ledger {
    async fn open() -> Self {
        let folder = TempDir::new().expect("a folder");
        let store = Store::open(folder.path().join("greenroom.db")).expect("opened");
        let now = "2026-12-20T09:00:00Z".parse().expect("an instant");
        let mut schedules = Vec::new();
        for (name, reveal) in [("at-once", Reveal::AtOnce), ("at-close", Reveal::AtClose)] {
            let nine = parse_time("09:00").expect("a time");
            let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
            let settings = ScheduleSettings {
                reveal,
                ..ScheduleSettings::new(7.into(), timetable)
            };
            let set = store.set_schedule(SpaceId::discord(1), name.into(), settings, None, now);
            schedules.push(set.await.expect("set").id);
        }
        Self {
            store,
            schedules,
            posted: Vec::new(),
            now,
            _folder: folder,
        }
    }

    fn asks(question: &str) -> Box<Choose<'static>> {
        let chosen = Chosen {
            question: question.into(),
            topic: "caching".into(),
            difficulty: Difficulty::Medium,
            quiz: quiz(),
            queued: false,
            passed: 0,
            not_askable: Vec::new(),
            running_out: false,
        };
        Box::new(|_, _| Ok(chosen))
    }

    /// Goes to the next day and posts its dailies, which closes those before.
    async fn next_day(&mut self) {
        self.now += TimeDelta::days(1);
        for schedule in self.schedules.clone() {
            let occurrence = (self.now.date_naive(), self.now);
            let claim =
                self.store
                    .claim_daily(schedule, occurrence, Self::asks("before"), self.now);
            let Claim::Claimed(daily) = claim.await.expect("claimed") else {
                panic!("the date is free");
            };
            let place = (daily.channel.clone(), daily.id.unsigned_abs().into());
            let posted = self.store.daily_posted(daily.id, place, self.now, self.now);
            posted.await.expect("posted");
            self.posted.push(*daily);
        }
    }

    /// Something that changes which answers there are, or which of them count.
    async fn change(&mut self, rng: &mut StdRng) {
        let user: UserId = UserId::discord(100 + rng.random_range(0..MEMBERS));
        // The two that may be open.
        let open = self.posted.len() - 2..self.posted.len();
        match rng.random_range(0..40) {
            0..4 => self.next_day().await,
            4 => {
                let member = Member {
                    space: SpaceId::discord(1),
                    user,
                };
                self.store.delete_member(member).await.expect("deleted");
            }
            5 => {
                let all = self.store.close_dailies(self.now + TimeDelta::days(8));
                all.await.expect("closed");
            }
            6..9 => {
                let daily = self.posted[rng.random_range(open)].id;
                let replaced = self
                    .store
                    .replace_question(daily, 0, Self::asks("after"), self.now);
                replaced.await.expect("replaced, or closed by now");
            }
            _ => {
                let daily = self.posted[rng.random_range(open)].id;
                let version = rng.random_range(0..2);
                let given = Given {
                    option: rng.random_range(0..3),
                    typed: rng.random(),
                };
                let today = self.now.date_naive() + Days::new(rng.random_range(0..2));
                let given = self
                    .store
                    .answer_daily((daily, version), user, given, today, self.now);
                given.await.expect("recorded, or refused");
            }
        }
    }

    async fn rows(&self, query: &'static str) -> Vec<String> {
        let read = self.store.read(move |sql| {
            sql.prepare(query)?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()
        });
        read.await.expect("read")
    }

    async fn is_consistent(&self) -> bool {
        let kept = "SELECT concat_ws(' ', space, period, user, points, right, answers) FROM totals
            ORDER BY space, period, user";
        let counted =
            "SELECT concat_ws(' ', space, period, user, sum(points), sum(right), count(*))
             FROM counted_answers GROUP BY space, period, user ORDER BY space, period, user";
        self.rows(kept).await == self.rows(counted).await
    }
}

#[tokio::test]
async fn totals_are_the_sums_over_answers_whatever_happens() {
    for seed in 0..2 {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut ledger = Ledger::open().await;
        ledger.next_day().await;
        for step in 0..200 {
            ledger.change(&mut rng).await;
            assert!(ledger.is_consistent().await, "seed {seed}, step {step}");
        }
        let kept = ledger.rows("SELECT DISTINCT period FROM totals").await;
        assert!(kept.len() > 3, "several weeks and months: {kept:?}");
        ledger
            .store
            .space_left(SpaceId::discord(1), ledger.now)
            .await
            .expect("left");
        let later = ledger.now + TimeDelta::days(1);
        ledger
            .store
            .forget_departed(later)
            .await
            .expect("forgotten");
        assert!(ledger.rows("SELECT user FROM totals").await.is_empty());
    }
}

#[tokio::test]
async fn an_answers_periods_are_those_of_the_rules() {
    let mut ledger = Ledger::open().await;
    // Over the ends of a month and of a year of 53 weeks.
    for _ in 0..20 {
        ledger.next_day().await;
        let daily = ledger.posted[ledger.posted.len() - 2].id;
        let today = ledger.now.date_naive();
        let given = ledger.store.answer_daily(
            (daily, 0),
            UserId::discord(100),
            pressed(0),
            today,
            ledger.now,
        );
        given.await.expect("recorded");
        for period in Period::ALL {
            let filter = Filter {
                period,
                today,
                topic: None,
            };
            let of_topic = Filter {
                topic: Some("caching".into()),
                ..filter.clone()
            };
            let whole = ledger
                .store
                .board(SpaceId::discord(1), filter, 0, 10, UserId::discord(100))
                .await;
            let topic = ledger
                .store
                .board(SpaceId::discord(1), of_topic, 0, 10, UserId::discord(100))
                .await;
            assert_eq!(
                whole.expect("read"),
                topic.expect("read"),
                "{period}, {today}"
            );
        }
    }
}

/// On Sunday noon in UTC it is Monday on Kiritimati: what is answered there counts for the week that begins then, on the
/// board of all topics and on that of one.
#[tokio::test]
async fn a_week_has_an_end_at_the_edge_of_the_earth() {
    let mut ledger = Ledger::open().await;
    ledger.next_day().await;
    let daily = ledger.posted[ledger.posted.len() - 2].id;
    let sunday: NaiveDate = "2026-11-29".parse().expect("a date");
    let monday = sunday + Days::new(1);
    let given = ledger.store.answer_daily(
        (daily, 0),
        UserId::discord(100),
        pressed(0),
        monday,
        ledger.now,
    );
    given.await.expect("recorded");
    let members = async |period, today, topic: Option<&str>| {
        let filter = Filter {
            period,
            today,
            topic: topic.map(Into::into),
        };
        let page = ledger
            .store
            .board(SpaceId::discord(1), filter, 0, 10, UserId::discord(100))
            .await;
        let page = page.expect("read");
        (page.members, page.standings.len(), page.own.is_some())
    };
    let (none, one) = ((0, 0, false), (1, 1, true));
    for topic in [None, Some("caching")] {
        assert_eq!(
            members(Period::Week, sunday, topic).await,
            none,
            "{topic:?}"
        );
        assert_eq!(members(Period::Week, monday, topic).await, one, "{topic:?}");
        assert_eq!(
            members(Period::Month, sunday, topic).await,
            one,
            "{topic:?}"
        );
        let december = monday + Days::new(1);
        assert_eq!(
            members(Period::Month, december, topic).await,
            none,
            "{topic:?}"
        );
        assert_eq!(members(Period::All, sunday, topic).await, one, "{topic:?}");
    }
}

#[tokio::test]
async fn members_with_as_many_points_stand_in_one_order_on_every_board_and_page() {
    let mut ledger = Ledger::open().await;
    ledger.next_day().await;
    let mut answers = vec![(1, 100, 1)];
    // The first of the two has answered more in all, and in the second week as much.
    for (day, user, option) in [(8, 100, 0), (8, 200, 0), (8, 300, 1)] {
        answers.push((day, user, option));
    }
    for (day, user, option) in answers {
        while ledger.posted.len() < 2 * day {
            ledger.next_day().await;
        }
        let kind = if day == 1 { 1 } else { 2 };
        let daily = ledger.posted[ledger.posted.len() - kind].id;
        let today = ledger.now.date_naive();
        let given = ledger.store.answer_daily(
            (daily, 0),
            UserId::discord(user),
            pressed(option),
            today,
            ledger.now,
        );
        given.await.expect("recorded");
    }
    ledger.next_day().await;
    for period in Period::ALL {
        for topic in [None, Some("caching".to_owned())] {
            let filter = Filter {
                period,
                today: ledger.now.date_naive(),
                topic: topic.clone(),
            };
            let mut read = Vec::new();
            for page in 0..3 {
                let board = ledger.store.board(
                    SpaceId::discord(1),
                    filter.clone(),
                    page,
                    1,
                    UserId::discord(300),
                );
                let board = board.await.expect("read");
                read.extend(board.standings.into_iter().map(|s| (s.rank, s.user)));
            }
            let expected = [
                (1, UserId::discord(100)),
                (1, UserId::discord(200)),
                (3, UserId::discord(300)),
            ];
            assert_eq!(read, expected, "{period}, {topic:?}");
        }
    }
}
