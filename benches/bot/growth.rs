//! What grows: the bank and the answers, in this process. And the disk, which bounds all of it.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::model::{
    Given, Member, PlatformId, ScheduleSettings, SpaceId, Timetable, UserId, Weekdays,
};
use greenroom::rules::periods::Period;
use greenroom::rules::timetable::parse_time;
use greenroom::store::Store;
use greenroom::time::Zone;
use rusqlite::Connection;

use super::questions::shipped_questions;

const SPACE: u64 = 1;

/// Prints how often SQLite alone commits a row to this disk in a second.
pub fn commits(time: Duration) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let sql = Connection::open(folder.path().join("raw.db"))?;
    sql.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE answers (daily INTEGER, user TEXT, PRIMARY KEY (daily, user)) WITHOUT ROWID",
    )?;
    let (begun, mut count) = (Instant::now(), 0_u32);
    while begun.elapsed() < time {
        sql.prepare_cached("INSERT INTO answers VALUES (1, ?1)")?
            .execute([count.to_string()])?;
        count += 1;
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    println!("\nSQLite alone, a row a commit: {rate:.0}/s");
    Ok(())
}

/// Prints how long a lookup takes among the questions shipped: of each of `tests/search.tsv` once.
pub fn lookups() -> anyhow::Result<()> {
    let bank = Bank::load(&shipped_questions())?;
    let queries = include_str!("../../tests/search.tsv").lines().skip(1);
    let mut times: Vec<Duration> = queries
        .filter_map(|line| line.split('\t').next())
        .map(|query| {
            let begun = Instant::now();
            std::hint::black_box(bank.look_up(query));
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    let (count, median) = (times.len(), times[times.len() / 2]);
    let slowest = times.last().copied().unwrap_or_default();
    let questions = bank.questions().len();
    println!(
        "\n{count} lookups among {questions} questions: {median:.1?} median, {slowest:.1?} slowest"
    );
    Ok(())
}

/// Prints how long lookups take in a large bank.
pub async fn bank(quick: bool) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let topics = if quick { 10 } else { 100 };
    write_bank(folder.path(), topics)?;
    let begun = Instant::now();
    let bank = Bank::load(folder.path())?;
    let questions = bank.questions().len();
    println!("\n{questions} questions: loaded in {:.1?}", begun.elapsed());
    let begun = Instant::now();
    let app = App::new(
        Store::open(folder.path().join("greenroom.db"))?,
        bank,
        Clock::system(),
    );
    println!("  indexed in             {:.1?}", begun.elapsed());
    for query in ["topic7", "t3-q77", "lantern 421", "lanetrn 42"] {
        let ask = |number: u64| {
            let app = app.clone();
            async move {
                let caller = app.admit(member(number), false)?;
                app.question(&caller, Some(query), None).await
            }
        };
        println!("  /question {query:<12} {:.1?}", median(ask).await?);
    }
    let suggest = |_| async { anyhow::Ok(app.suggest("lanter")) };
    println!("  autocomplete           {:.1?}", median(suggest).await?);
    Ok(())
}

/// Prints how long boards and answers take when so many members have answered so many dailies.
pub async fn board(members: u64, dailies: u64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path().join("greenroom.db"))?;
    let clock = Clock::manual("2026-03-04T09:00:00Z".parse::<DateTime<Utc>>()?);
    let app = App::new(store, Bank::load(&shipped_questions())?, clock.clone());
    let timetable = Timetable::new(
        Zone::utc(),
        parse_time("09:00").expect("a time"),
        Weekdays::EVERY_DAY,
    );
    let settings = ScheduleSettings::new(2.into(), timetable);
    app.set(SpaceId::discord(SPACE), "daily".to_owned(), settings, None)
        .await?;
    let begun = Instant::now();
    for _ in 0..dailies {
        clock.advance(TimeDelta::days(1));
        let daily = post(&app).await?;
        answer(&app, daily, 0..members).await?;
    }
    let answers = members * dailies;
    let rate = answers as f64 / begun.elapsed().as_secs_f64();
    println!("\n{answers} answers by {members} members: {rate:.0}/s, nobody's wait counted");
    clock.advance(TimeDelta::days(1));
    let daily = post(&app).await?;
    let one = |number| {
        let app = app.clone();
        async move { answer(&app, daily, number..number + 1).await }
    };
    println!("  one more answer        {:.1?}", median(one).await?);
    for (page, period) in [
        (1, Period::Week),
        (1, Period::All),
        (members / 20, Period::All),
    ] {
        let look = |number: u64| {
            let app = app.clone();
            async move {
                let caller = app.admit(member(number * members / TIMES), false)?;
                app.leaderboard(&caller, period, None, page as i64).await
            }
        };
        println!(
            "  board, {:<5} page {page:<5} {:.1?}",
            period.to_string(),
            median(look).await?
        );
    }
    let caching = |number: u64| {
        let app = app.clone();
        async move {
            let caller = app.admit(member(number * members / TIMES), false)?;
            app.leaderboard(&caller, Period::Month, Some("caching"), 1)
                .await
        }
    };
    println!("  board, month, a topic  {:.1?}", median(caching).await?);
    Ok(())
}

/// Posts the daily that is due, to nowhere.
async fn post(app: &App) -> anyhow::Result<i64> {
    app.claim_due(PlatformId::Discord).await?;
    let due = app.to_post().await?.swap_remove(0).daily;
    let place = (due.channel.clone(), due.id.unsigned_abs().into());
    app.record_posted(&due, place, None).await?;
    Ok(due.id)
}

/// Has members answer a daily, many at once.
async fn answer(app: &App, daily: i64, members: std::ops::Range<u64>) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut under_way = tokio::task::JoinSet::new();
    for number in members {
        if under_way.len() >= 1000 {
            under_way.join_next().await.transpose()?.transpose()?;
        }
        let store = app.store.clone();
        let user = member(number).user;
        let given = Given {
            option: number as usize % 2,
            typed: false,
        };
        under_way.spawn(async move {
            store
                .answer_daily((daily, 0), user, given, now.date_naive(), now)
                .await
        });
    }
    while let Some(answered) = under_way.join_next().await {
        answered??;
    }
    Ok(())
}

fn member(number: u64) -> Member {
    Member {
        space: SpaceId::discord(SPACE),
        user: UserId::discord(1_200_000_000_000_000_000 + number),
    }
}

/// How often each is done.
const TIMES: u64 = 50;

/// The median of how long something takes.
async fn median<F, T, E>(one: impl Fn(u64) -> F) -> Result<Duration, E>
where
    F: Future<Output = Result<T, E>>,
{
    let mut times = Vec::new();
    for number in 0..TIMES {
        let begun = Instant::now();
        one(number).await?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

/// A thousand questions in each of so many topics.
fn write_bank(folder: &Path, topics: usize) -> anyhow::Result<()> {
    for topic in 0..topics {
        let mut text = format!(
            "[topic]\nname = \"topic{topic}\"\ntitle = \"Topic {topic}\"\nsummary = \"Made up.\"\n"
        );
        for question in 0..1000 {
            write!(
                text,
                "\n[[question]]\nid = \"t{topic}-q{question}\"\n\
                 prompt = \"What does lantern {question} of street {topic} light, and why?\"\n\
                 difficulty = \"easy\"\ntags = [\"tag{}\"]\n\
                 answer = '''The corner of house {}, since nothing else does.'''\n\
                 key_points = [\"It is dark\"]\n\
                 [[question.quiz]]\nprompt = \"What does lantern {question} light?\"\n\
                 options = [\n\
                 {{ text = \"The corner\", right = true, why = \"It stands there.\" }},\n\
                 {{ text = \"The river\", why = \"It is far.\" }},\n\
                 {{ text = \"The tower\", why = \"It has its own.\" }},\n]\n",
                question % 50,
                question * 7 % 1000,
            )?;
        }
        std::fs::write(folder.join(format!("topic{topic}.toml")), text)?;
    }
    Ok(())
}
