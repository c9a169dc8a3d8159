//! A bot in a process of its own, so that its memory and processor time are its alone.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;
use chat_sandbox::{Options, Sandbox};
use greenroom::bank::Bank;
use greenroom::bank::exchange::{ExportFormat, export};

use super::questions::shipped_questions;

/// How long a bot may take to come or go.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running bot; dropping it kills it.
pub struct Child(std::process::Child);

impl Child {
    /// Starts the program that operators run, in a folder with its configuration.
    pub fn greenroom(folder: &Path) -> anyhow::Result<Self> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        Self::start(program.arg("run").current_dir(folder), folder)
    }

    /// Starts the bare handler, which is this program.
    pub fn bare(folder: &Path, api: &str) -> anyhow::Result<Self> {
        let mut program = Command::new(std::env::current_exe()?);
        Self::start(program.args([super::BARE, api]), folder)
    }

    /// Starts the bot on discord.js, with the shipped questions.
    pub fn discord_js(folder: &Path, library: &Path, api: &str) -> anyhow::Result<Self> {
        let questions = folder.join("questions.json");
        let bank = Bank::load(&shipped_questions())?;
        let topics: Vec<_> = bank.topics().iter().collect();
        std::fs::write(&questions, export(ExportFormat::Json, &bank, &topics)?)?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/bot/discord.mjs");
        let mut program = Command::new("node");
        program.arg(script).arg(api).arg(library);
        program.arg(questions).arg(folder.join("answers.db"));
        Self::start(&mut program, folder)
    }

    fn start(program: &mut Command, folder: &Path) -> anyhow::Result<Self> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(folder.join("log"))?;
        let child = program
            .env("DISCORD_TOKEN", Options::default().token)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("starting the bot")?;
        Ok(Self(child))
    }

    /// The processor time it has used so far. Where there is no `/proc`, nobody knows.
    pub fn cpu(&self) -> Option<Duration> {
        // proc_pid_stat(5): what follows the name in parentheses begins with the third field.
        let stat = self.read("stat")?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: u64 =
            fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
        // USER_HZ, which is 100 whatever the kernel's own clock is.
        Some(Duration::from_millis(ticks * 10))
    }

    /// Its resident memory, in MB of 1,000,000 bytes.
    pub fn resident(&self) -> Option<f64> {
        let status = self.read("status")?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kibibytes * 1024.0 / 1e6)
    }

    fn read(&self, file: &str) -> Option<String> {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.0.id())).ok()
    }

    /// Kills it and waits until the local Discord has noticed.
    pub async fn end(self, sandbox: &Sandbox) -> anyhow::Result<()> {
        drop(self);
        online(sandbox, false).await
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until a bot has come to the local Discord, or has left it.
pub async fn online(sandbox: &Sandbox, there: bool) -> anyhow::Result<()> {
    let mut changes = sandbox.world().changes();
    let changed = async {
        while sandbox.world().bot_online() != there {
            let _ = changes.recv().await;
        }
    };
    tokio::time::timeout(PATIENCE, changed)
        .await
        .context("the bot did not come or go: see the log in its folder")
}
