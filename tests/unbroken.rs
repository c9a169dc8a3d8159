//! What breaks, and does not take the rest with it: connections that drop, outputs that are full or
//! closed.

use std::fs::File;
use std::process::Stdio;
use std::time::{Duration, Instant};

use chat_sandbox::{GatewayFault, Options, Sandbox};
use greenroom::discord::Timing;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::harness::{Room, came_online, shown};
use crate::killed::Installed;

/// How long the bot may hear nothing; longer than a slow machine takes to reconnect.
const SILENCE: Duration = Duration::from_secs(6);

/// As `cargo bench --bench drops` has it for ten minutes, for a few seconds: there is no heartbeat in
/// them, so that what is heard is the only sign of life.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_breaks_again_and_again_is_kept_while_the_clock_moves() {
    let timing = Timing {
        look: Duration::from_millis(50),
        silence: SILENCE,
        ..Timing::default()
    };
    let room = Room::open_with(Options::default(), timing).await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(room.ana.slash("staff", set).await);
    let mut rng = StdRng::seed_from_u64(7);
    let begun = Instant::now();
    while begun.elapsed() < SILENCE.mul_f32(1.5) {
        let fault = match rng.random_range(0..4) {
            0 => GatewayFault::Drop,
            1 => GatewayFault::Reconnect,
            2 => GatewayFault::InvalidSession { resumable: true },
            _ => GatewayFault::Close(4000),
        };
        room.sandbox.world().fault(fault);
        room.advance(chrono::TimeDelta::minutes(rng.random_range(1..600)));
        // Asked while it is away, answered when it is back.
        shown(room.ben.slash("general", "/topics").await);
    }
    assert_eq!(room.sandbox.world().sessions_started(), 1);
    let mut dates: Vec<String> = room
        .ben
        .messages("daily")
        .iter()
        .map(|m| m.text())
        .collect();
    let all = dates.len();
    dates.sort();
    dates.dedup();
    assert_eq!(dates.len(), all, "one daily came twice");
    room.close().await;
}

fn full() -> File {
    File::options()
        .write(true)
        .open("/dev/full")
        .expect("there is /dev/full")
}

#[tokio::test]
async fn outputs_that_are_full_or_closed_stop_nothing() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::with(&sandbox, "level = \"trace\"\n");
    let mut program = Installed::program();
    program.stdout(full()).stderr(full());
    bot.launch_as_is(program);
    assert!(came_online(&sandbox, true).await);
    shown(sandbox.person("ben").slash("general", "/topics").await);
    bot.terminate();
    assert_eq!(bot.status().await, Some(0));

    for (arguments, full_out, closed_out) in [
        (&["check"][..], 1, 0),
        (&["check", "--stats"], 1, 0),
        (&["export", "json"], 1, 0),
        (&["backup", "copy.db"], 0, 0),
        (&["check", "--questions", "nowhere"], 1, 1),
        (&["export", "--topic", "nothing", "csv"], 1, 1),
        (&["import", "csv", "nowhere.csv", "--topic", "x"], 1, 1),
        (&["--help"], 0, 0),
        (&["no such command"], 2, 2),
    ] {
        let status = |redirect: &str| {
            let mut shell = std::process::Command::new("sh");
            let script = format!("exec \"$0\" \"$@\" {redirect}");
            shell
                .args(["-c", &script, env!("CARGO_BIN_EXE_greenroom")])
                .args(arguments);
            let folder = bot.path("");
            let ended = shell
                .current_dir(folder)
                .stdin(Stdio::null())
                .output()
                .expect("it runs");
            ended.status.code()
        };
        assert_eq!(
            status(">/dev/full 2>/dev/full"),
            Some(full_out),
            "{arguments:?}"
        );
        assert_eq!(status(">&- 2>&-"), Some(closed_out), "{arguments:?}");
    }
}
