//! How quick the bot is, beside a bare handler that answers at once and remembers nothing. Each bot is
//! a process of its own on a local Discord. `cargo bench --bench bot [-- --quick | --long]`; beside a bot
//! on discord.js too, where there is one (see `LIBRARY`).

mod bare;
mod child;
mod growth;
mod load;
#[path = "../common/questions.rs"]
mod questions;
#[path = "../common/schedules.rs"]
mod schedules;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use chat_sandbox::{Failure, MessageView, Options, Person, Sandbox};
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::store::Store;

use child::{Child, online};
use load::{Measured, RATE, flat_out, measure};

/// The same allocator as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What this program is called with to be the bare handler.
const BARE: &str = "--bare";
/// Servers under load; each has one daily that takes answers.
const GUILDS: usize = 20;
/// People under load, so that each asks no more often than a person could.
const PEOPLE: usize = 2000;
/// What people type.
const QUERIES: [&str; 4] = ["caching", "http", "cache stampede", "isolation level"];
/// Where discord.js is looked for, from the folder of what is built:
/// `npm install --prefix target/discord.js discord.js@14 better-sqlite3`.
const LIBRARY: &str = "discord.js";
/// Interactions after which the long form looks at memory, ten times.
const MANY: usize = 100_000;
/// How often each bot is started to see how long that takes.
const STARTS: usize = 7;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip_while(|word| word != BARE).skip(1);
    if let Some(api) = words.next() {
        return bare::run(&api).await;
    }
    let is = |word| std::env::args().any(|other| other == word);
    if is("--long") {
        Bot::Greenroom.lasts().await?;
        return growth::board(100_000, 100).await;
    }
    let quick = is("--quick");
    let time = Duration::from_millis(if quick { 1500 } else { 5000 });
    under_load(time).await?;

    println!("\n                            bare handler    greenroom");
    let started = (Bot::Bare.started().await?, Bot::Greenroom.started().await?);
    let millis = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
    row("start to first answer", started, millis);
    let megabytes = |size: Option<f64>| size.map_or("?".to_owned(), |size| format!("{size:.1} MB"));
    for guilds in [1, 1000] {
        let resident = (
            Bot::Bare.resident(guilds).await?,
            Bot::Greenroom.resident(guilds).await?,
        );
        row(&format!("resident, {guilds} servers"), resident, megabytes);
    }

    growth::commits(time / 2)?;
    growth::lookups()?;
    growth::bank(quick).await?;
    growth::board(1000, 10).await?;
    growth::board(if quick { 10_000 } else { 100_000 }, 10).await
}

/// Has every bot answer people, and prints how quick they are.
async fn under_load(time: Duration) -> anyhow::Result<()> {
    let bare = Bot::Bare.under_load(time).await?;
    let bot = Bot::Greenroom.under_load(time).await?;
    println!("{RATE} a second, then as fast as it goes   (x: beside the bare handler)\n");
    println!(
        "                        median       p99   p99/median  CPU each      sustained  failed"
    );
    let ours = bare.iter().chain(&bot);
    ours.for_each(|(name, measured)| line(name, measured, &bare[0].1));
    if library().is_none() {
        println!("discord.js: not measured, since target/{LIBRARY} is not there");
        return Ok(());
    }
    let other = Bot::DiscordJs.under_load(time).await?;
    println!("beside discord.js 14 with better-sqlite3");
    for (name, theirs) in &other {
        line(name, theirs, &bare[0].1);
        let own = bot.iter().find(|(own, _)| own == name);
        if let Some((own, theirs)) = own.and_then(|(_, own)| own.cpu.zip(theirs.cpu)) {
            println!(
                "{:<17} CPU each {:.2}x of it",
                "",
                own.div_duration_f64(theirs)
            );
        }
    }
    Ok(())
}

fn line(name: &str, measured: &Measured, bare: &Measured) {
    let cpu = match (measured.cpu, bare.cpu) {
        (Some(own), Some(bare)) => format!(
            "{:>4} us ({:.2}x)",
            own.as_micros(),
            own.div_duration_f64(bare)
        ),
        _ => "?".to_owned(),
    };
    println!(
        "{name:<17} {:>5.2} ms ({:.2}x) {:>6.2} ms  {:>6.1}  {cpu:>16}  {:>6.0}/s ({:.2}x)  {}",
        measured.median.as_secs_f64() * 1e3,
        measured.median.div_duration_f64(bare.median),
        measured.p99.as_secs_f64() * 1e3,
        measured.p99.div_duration_f64(measured.median),
        measured.sustained,
        measured.sustained / bare.sustained,
        measured.failed,
    );
}

fn row<T>(name: &str, (bare, ours): (T, T), show: impl Fn(T) -> String) {
    println!("{name:<26} {:>13} {:>12}", show(bare), show(ours));
}

/// Where discord.js is, if it is.
fn library() -> Option<PathBuf> {
    let program = Path::new(env!("CARGO_BIN_EXE_greenroom"));
    let folder = program.ancestors().nth(2)?.join(LIBRARY);
    folder
        .join("node_modules/discord.js")
        .exists()
        .then_some(folder)
}

/// Who is measured.
#[derive(Clone, Copy, PartialEq)]
enum Bot {
    Bare,
    Greenroom,
    DiscordJs,
}

impl Bot {
    fn child(self, folder: &Path, sandbox: &Sandbox) -> anyhow::Result<Child> {
        match self {
            Self::Bare => Child::bare(folder, &sandbox.url()),
            Self::Greenroom => Child::greenroom(folder),
            Self::DiscordJs => {
                let library = library().context("discord.js is not there")?;
                Child::discord_js(folder, &library, &sandbox.url())
            }
        }
    }

    /// Every load that it knows, one after the other.
    async fn under_load(self, time: Duration) -> anyhow::Result<Vec<(&'static str, Measured)>> {
        let (sandbox, folder) = place(GUILDS).await?;
        schedule(&sandbox, folder.path()).await?;
        let child = self.child(folder.path(), &sandbox)?;
        online(&sandbox, true).await?;
        let people = crowd(&sandbox);
        let mut all = Vec::new();
        if self == Self::Bare {
            let asked = measure(&child, time, asking(people)).await?;
            all.push(("bare handler", asked));
        } else {
            // discord.js has its commands once its dailies are there.
            let dailies = self.post_dailies(&sandbox).await?;
            let asked = measure(&child, time, asking(people.clone())).await?;
            all.push(("/question", asked));
            let answered = answering(people.clone(), dailies);
            all.push(("daily answer", measure(&child, time, answered).await?));
            if self == Self::Greenroom {
                let typed = typing(people.clone());
                all.push(("autocomplete", measure(&child, time, typed).await?));
                all.push((
                    "/leaderboard",
                    measure(&child, time, looking(people)).await?,
                ));
            }
        }
        if let Some(size) = child.resident() {
            println!("{:<17} {size:.1} MB resident after the load", all[0].0);
        }
        let problems = sandbox.world().problems();
        if !problems.is_empty() {
            println!(
                "the local Discord saw {} problems, first {}",
                problems.len(),
                problems[0]
            );
        }
        child.end(&sandbox).await?;
        sandbox.stop().await;
        Ok(all)
    }

    /// Has a daily posted in every server; returns their messages.
    async fn post_dailies(self, sandbox: &Sandbox) -> anyhow::Result<Vec<(u64, MessageView)>> {
        let ana = sandbox.person("ana");
        let mut dailies = Vec::new();
        for (guild, _) in sandbox.world().guilds() {
            let admin = ana.in_guild(guild);
            if self == Self::Greenroom {
                admin.slash("staff", "/daily post").await?;
            }
            let daily = admin.wait_for("news", |message| message.button("A").is_some());
            dailies.push((guild, daily.await));
        }
        Ok(dailies)
    }

    /// Prints its resident memory along a million lookups.
    async fn lasts(self) -> anyhow::Result<()> {
        let (sandbox, folder) = place(GUILDS).await?;
        let child = self.child(folder.path(), &sandbox)?;
        online(&sandbox, true).await?;
        let ask = Arc::new(asking(crowd(&sandbox)));
        for times in 1..=10 {
            let ask = Arc::clone(&ask);
            let so_many = move |number| (number < MANY).then(|| ask(number)).flatten();
            let (rate, failed) =
                flat_out(Duration::MAX, &Arc::default(), Arc::new(so_many)).await?;
            let resident = child.resident().unwrap_or_default();
            let asked = times * MANY;
            println!(
                "{asked:>8} lookups: {resident:.1} MB resident   {rate:.0}/s, {failed} failed"
            );
        }
        child.end(&sandbox).await?;
        sandbox.stop().await;
        Ok(())
    }

    /// From starting the program until its first answer is seen; the median of some.
    async fn started(self) -> anyhow::Result<Duration> {
        let (sandbox, folder) = place(1).await?;
        let mut times = Vec::new();
        // The first time, the commands are registered and the database is made.
        for _ in 0..=STARTS {
            let begun = Instant::now();
            let child = self.child(folder.path(), &sandbox)?;
            first_answer(&sandbox).await?;
            times.push(begun.elapsed());
            child.end(&sandbox).await?;
        }
        sandbox.stop().await;
        times.remove(0);
        times.sort_unstable();
        Ok(times[times.len() / 2])
    }

    /// Its resident memory in MB, two seconds after its first answer.
    async fn resident(self, guilds: usize) -> anyhow::Result<Option<f64>> {
        let (sandbox, folder) = place(guilds).await?;
        let child = self.child(folder.path(), &sandbox)?;
        first_answer(&sandbox).await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        let resident = child.resident();
        child.end(&sandbox).await?;
        sandbox.stop().await;
        Ok(resident)
    }
}

async fn first_answer(sandbox: &Sandbox) -> anyhow::Result<()> {
    online(sandbox, true).await?;
    let ben = sandbox.person("ben");
    ben.slash("general", "/question query:caching")
        .await
        .context("the first answer")?;
    Ok(())
}

/// A local Discord, and a folder with a configuration for a bot on it.
async fn place(guilds: usize) -> anyhow::Result<(Sandbox, tempfile::TempDir)> {
    let options = Options {
        guilds,
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await?;
    let folder = tempfile::tempdir()?;
    let config = format!(
        "database = \"greenroom.db\"\nquestions = {:?}\n[discord]\napi = {:?}\n",
        questions::shipped_questions(),
        sandbox.url()
    );
    std::fs::write(folder.path().join("config.toml"), config)?;
    Ok((sandbox, folder))
}

/// Sets a schedule in every server, before the bot runs.
async fn schedule(sandbox: &Sandbox, folder: &Path) -> anyhow::Result<()> {
    let store = Store::open(folder.join("greenroom.db"))?;
    let bank = Bank::load(&questions::shipped_questions())?;
    let app = App::new(store, bank, Clock::system());
    schedules::schedule_everywhere(&app, sandbox).await?;
    Ok(())
}

fn crowd(sandbox: &Sandbox) -> Vec<Person> {
    let guilds = sandbox.world().guilds();
    let join = |number| sandbox.world().add_person(&format!("member{number}"));
    let people = (0..PEOPLE).map(join).zip(guilds.iter().cycle());
    people
        .map(|(person, (guild, _))| person.in_guild(*guild))
        .collect()
}

/// `/question`, everyone in turn.
fn asking(people: Vec<Person>) -> impl Fn(usize) -> Option<Asked> + Send + Sync + 'static {
    move |number| {
        let line = format!("/question query:{}", QUERIES[number % QUERIES.len()]);
        Some(slash(&people[number % people.len()], line))
    }
}

/// Typing into `/question`.
fn typing(people: Vec<Person>) -> impl Fn(usize) -> Option<Asked> + Send + Sync + 'static {
    move |number| {
        let person = people[number % people.len()].clone();
        let query = QUERIES[number % QUERIES.len()];
        let line = format!("/question query:{}", &query[..1 + number % query.len()]);
        Some(Box::pin(async move {
            person.autocomplete("general", &line).await.map(drop)
        }))
    }
}

/// Everyone answers every daily once.
fn answering(
    people: Vec<Person>,
    dailies: Vec<(u64, MessageView)>,
) -> impl Fn(usize) -> Option<Asked> + Send + Sync + 'static {
    move |number| {
        let (guild, daily) = dailies.get(number / people.len())?.clone();
        let person = people[number % people.len()].in_guild(guild);
        let label = ["A", "B"][number % 2];
        Some(Box::pin(async move {
            person.click(&daily, label).await.map(drop)
        }))
    }
}

/// `/leaderboard`, everyone in turn.
fn looking(people: Vec<Person>) -> impl Fn(usize) -> Option<Asked> + Send + Sync + 'static {
    move |number| {
        Some(slash(
            &people[number % people.len()],
            "/leaderboard period:all".to_owned(),
        ))
    }
}

type Asked = std::pin::Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;

fn slash(person: &Person, line: String) -> Asked {
    let person = person.clone();
    Box::pin(async move { person.slash("general", &line).await.map(drop) })
}
