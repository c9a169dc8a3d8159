//! What becomes of commands that people use all the time while Slack has the connection refreshed.

use std::ops::AddAssign;
use std::time::Duration;

use chat_sandbox::slack::{Reason, SocketFault};
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::scene::{Asker, Scene};

/// How often it is refreshed.
pub const REFRESHES: u64 = 10;
/// How long people look at an answer.
const PAUSE: Duration = Duration::from_secs(1);

/// How many commands came how far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Commands {
    pub sent: usize,
    /// In time.
    pub acknowledged: usize,
    pub answered: usize,
    /// Never answered.
    pub lost: usize,
    /// Answers that came once more.
    pub doubled: usize,
}

impl AddAssign for Commands {
    fn add_assign(&mut self, more: Self) {
        self.sent += more.sent;
        self.acknowledged += more.acknowledged;
        self.answered += more.answered;
        self.lost += more.lost;
        self.doubled += more.doubled;
    }
}

/// Refreshes the connection, one time after the other, while everyone uses commands.
pub async fn commands() -> anyhow::Result<Commands> {
    let scene = Scene::open().await?;
    let mut all = Commands::default();
    for round in 1..=REFRESHES {
        let (over, mut askers) = (CancellationToken::new(), JoinSet::new());
        for person in scene.people.clone() {
            askers.spawn(keep_asking(person, over.clone()));
        }
        let reason = match round % 2 {
            0 => Reason::Warning,
            _ => Reason::RefreshRequested,
        };
        scene.world().fault(SocketFault::Disconnect(reason));
        let refreshed = scene.until(|world| {
            // The old one is closed.
            world.connections_opened() > round && world.connections() == 1
        });
        refreshed.await?;
        over.cancel();
        for commands in askers.join_all().await {
            all += commands;
        }
    }
    scene.close().await?;
    Ok(all)
}

/// Uses one command after the other, each when the one before was answered, until it is over.
async fn keep_asking(person: Asker, over: CancellationToken) -> Commands {
    let mut commands = Commands::default();
    while !over.is_cancelled() {
        let known = person.answers();
        commands.sent += 1;
        commands.acknowledged += usize::from(person.asks().await);
        match person.is_answered_after(known).await {
            true => commands.answered += 1,
            false => commands.lost += 1,
        }
        sleep(PAUSE).await;
    }
    commands.doubled = person.answers().saturating_sub(commands.answered);
    person.reload();
    commands
}
