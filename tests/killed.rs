//! What a member was told survives `kill -9`: the real program against the local Discord.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use chat_sandbox::{Options, Sandbox};
use tempfile::TempDir;

use crate::harness::{
    PATIENCE, bank_folder, came_online, eventually, letter_of_right, record, seed, shown,
};

/// A token to look for where it must not be.
const CANARY: &str = "canary.token.xyzzy";

/// A local platform that the program is run on.
pub trait Local {
    /// How the configuration says where it is.
    fn section(&self) -> String;

    /// The tokens that it knows, each with the variable for it.
    fn tokens(&self) -> Vec<(&'static str, String)>;

    /// Waits until the program has come, or has left; whether it did in time.
    async fn came_online(&self, online: bool) -> bool;
}

impl Local for Sandbox {
    fn section(&self) -> String {
        format!("[discord]\napi = {:?}\n", self.url())
    }

    fn tokens(&self) -> Vec<(&'static str, String)> {
        vec![("DISCORD_TOKEN", CANARY.to_owned())]
    }

    async fn came_online(&self, online: bool) -> bool {
        came_online(self, online).await
    }
}

/// A folder with a configuration, and the program run in it.
pub struct Installed {
    folder: TempDir,
    tokens: Vec<(&'static str, String)>,
    child: Option<Child>,
}

impl Installed {
    /// A local Discord that knows the token, and lets it be started ever so often.
    pub fn options() -> Options {
        Options {
            token: CANARY.to_owned(),
            session_starts: 1_000_000,
            seed: seed::seed(),
            ..Options::default()
        }
    }

    pub fn new(local: &impl Local) -> Self {
        Self::with(local, "level = \"info\"\n")
    }

    /// With more settings. The first of them are about the log.
    pub fn with(local: &impl Local, settings: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let config = format!(
            "database = \"greenroom.db\"\nquestions = {:?}\n[backup]\nfolder = \".\"\n{}[log]\n{settings}",
            bank_folder(),
            local.section()
        );
        std::fs::write(folder.path().join("config.toml"), config).expect("written");
        Self {
            folder,
            tokens: local.tokens(),
            child: None,
        }
    }

    /// A file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn database(&self) -> PathBuf {
        self.path("greenroom.db")
    }

    pub fn log(&self) -> PathBuf {
        self.path("log")
    }

    /// Every file that the program wrote.
    fn written(&self) -> Vec<Vec<u8>> {
        let entries = std::fs::read_dir(self.folder.path()).expect("listed");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths
            .map(|path| std::fs::read(path).expect("read"))
            .collect()
    }

    /// How many finished databases there are.
    fn databases(&self) -> usize {
        let entries = std::fs::read_dir(self.folder.path()).expect("listed");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths
            .filter(|path| path.extension().is_some_and(|kind| kind == "db"))
            .count()
    }

    /// Runs another command of the program in the folder, to its end.
    pub async fn command(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        command.args(arguments).current_dir(self.folder.path());
        let run = tokio::task::spawn_blocking(move || command.output());
        let in_time = tokio::time::timeout(PATIENCE, run).await;
        in_time
            .expect("it ends")
            .expect("no panic")
            .expect("it runs")
    }

    /// What is started: the program, on the platforms for which it has tokens.
    pub fn program() -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        program.arg("run");
        program
    }

    /// Starts the program, or what runs it, and waits for nothing.
    pub fn launch(&mut self, mut program: Command) {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log())
            .expect("a log");
        program.stdout(Stdio::null()).stderr(log);
        self.launch_as_is(program);
    }

    /// Starts the program with what it has for its output.
    pub fn launch_as_is(&mut self, mut program: Command) {
        let child = program
            .current_dir(self.folder.path())
            .envs(self.tokens.iter().map(|(name, token)| (name, token)))
            .spawn()
            .expect("the program starts");
        self.child = Some(child);
    }

    /// Starts the program and waits until it is on the local platform.
    pub async fn start(&mut self, local: &impl Local) {
        self.launch(Self::program());
        self.came(local).await;
    }

    /// Waits until the program is on the local platform.
    pub async fn came(&self, local: &impl Local) {
        if !local.came_online(true).await {
            let log = std::fs::read_to_string(self.log()).unwrap_or_default();
            let end = log.lines().rev().take(5).collect::<Vec<_>>().join("\n");
            panic!("the bot did not come; its log ends, backwards:\n{end}");
        }
    }

    /// The most memory that it has had, in MB; none where nobody tells.
    pub fn peak(&self) -> Option<u64> {
        let child = self.child.as_ref().expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kibibytes / 1024)
    }

    /// Asks it to end, as a supervisor does.
    pub fn terminate(&self) {
        let child = self.child.as_ref().expect("it runs");
        let mut kill = Command::new("kill");
        let told = kill.args(["-TERM", &child.id().to_string()]).status();
        assert!(told.expect("there is `kill`").success());
    }

    /// Waits until it has ended, and returns its exit status.
    pub async fn status(&mut self) -> Option<i32> {
        let child = self.child.as_mut().expect("it runs");
        let ended = async {
            loop {
                match child.try_wait().expect("it can be waited for") {
                    Some(status) => break status.code(),
                    None => tokio::task::yield_now().await,
                }
            }
        };
        let ended = tokio::time::timeout(PATIENCE, ended).await;
        ended.expect("it ends in time")
    }

    /// Kills it as `kill -9` does, and waits until the local platform has noticed.
    pub async fn kill(&mut self, local: &impl Local) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("it can be killed");
        child.wait().expect("it ended");
        assert!(
            local.came_online(false).await,
            "the local platform did not notice"
        );
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[tokio::test]
async fn a_verdict_that_was_seen_is_on_the_board_after_a_kill_and_old_buttons_work() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::with(&sandbox, "level = \"trace\"\n");
    bot.start(&sandbox).await;
    let (ana, ben, chloe) = (
        sandbox.person("ana"),
        sandbox.person("ben"),
        sandbox.person("chloe"),
    );
    shown(
        ana.slash("staff", "/schedule set channel:#daily time:09:00 zone:UTC")
            .await,
    );
    shown(ana.slash("staff", "/daily post").await);
    let daily = ben
        .wait_for("daily", |message| message.button("A").is_some())
        .await;
    let right = letter_of_right(&daily);

    let verdict = shown(ben.click(&daily, &right).await);
    bot.kill(&sandbox).await;
    assert!(verdict.text().contains("Right!"), "{}", verdict.text());

    bot.start(&sandbox).await;
    let board = shown(ben.slash("general", "/leaderboard period:all").await).text();
    assert!(
        board.contains(&format!("**1.** <@{}>", ben.id())),
        "{board}"
    );
    let again = shown(ben.click(&daily, &right).await).text();
    assert!(again.contains("You answered this daily before"), "{again}");
    let chloes = shown(chloe.click(&daily, &right).await).text();
    assert!(chloes.contains("Right!"), "{chloes}");
    let dailies = ben
        .messages("daily")
        .into_iter()
        .filter(|m| m.button("A").is_some())
        .count();
    assert_eq!(dailies, 1, "the daily is not posted again");
    let made = bot.command(&["backup", "copy.db"]).await;
    assert!(made.status.success(), "{made:?}");
    // The database, its daily backup, and ours.
    eventually(async || bot.databases() == 3).await;
    bot.kill(&sandbox).await;
    record(&sandbox);
    let problems = sandbox.world().problems();
    assert!(problems.is_empty(), "the sandbox saw: {problems:#?}");

    tells_no_secret(&bot, &sandbox);
}

/// Neither the bot's own token nor those with which interactions are answered are in its files.
fn tells_no_secret(bot: &Installed, sandbox: &Sandbox) {
    let requests = sandbox.world().requests();
    let paths = requests.iter().map(|request| request.path.as_str());
    let tokens = paths.filter_map(|path| path.split_once("/interactions/")?.1.split('/').nth(1));
    let secrets: Vec<&str> = tokens.chain([CANARY]).collect();
    assert!(secrets.len() > 5, "{secrets:?}");
    for file in bot.written() {
        let text = String::from_utf8_lossy(&file);
        for secret in &secrets {
            let place = "a log at TRACE, the database or a backup";
            assert!(!text.contains(secret), "{secret} is in {place}");
        }
    }
}
