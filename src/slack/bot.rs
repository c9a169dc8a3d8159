//! The bot's life: it logs in, stays connected, and finishes what is under way.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use anyhow::Context as _;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use super::error::{RunError, StartError, Token};
use super::gateway::{Connection, Inbox, Place, Requests, Signed, Sockets};
use super::interactions::{Data, Dispatch};
use super::scopes::tell_of_missing;
use super::sending::{Failure, Meaning, Messenger, Over, Sender};
use super::settings::{Door, Settings, Workspace};
use super::timing::Timing;
use crate::app::App;
use crate::app::delivery::Delivery;
use crate::calling;
use crate::model::{PlatformId, SpaceId};
use crate::tasks::{Ended, Tasks, caught};
use crate::told;

/// A bot that is logged in to its workspaces and about to open their doors.
pub struct Bot {
    tasks: Tasks,
    connection: Connection,
    entered: Vec<Entered>,
    underway: TaskTracker,
    timing: Timing,
    stopping: CancellationToken,
    listens: Option<SocketAddr>,
}

/// A workspace that the bot is logged in to.
struct Entered {
    data: Arc<Data>,
    place: Place,
    /// What keeps it connected, unless Slack comes by itself.
    sockets: Option<Sockets>,
}

impl Bot {
    /// Logs in to each workspace over HTTP. One whose token is refused is told, and left out.
    ///
    /// # Errors
    /// When that is so for all of them: why, for the first; or when Slack cannot be reached.
    pub async fn log_in(app: App, settings: &Settings) -> Result<Self, StartError> {
        let settings = Arc::new(settings.clone());
        let (underway, connection) = (TaskTracker::new(), Connection::default());
        let mut entered: Vec<Entered> = Vec::new();
        let (mut refused, mut requests) = (None, Vec::new());
        // Those that can't be entered are to be mended, and until then not connected.
        (0..settings.unusable).for_each(|_| drop(connection.place()));
        let mut others_left = settings.unusable == 0;
        for workspace in &settings.workspaces {
            let place = connection.place();
            let found = enter(&app, &settings, workspace, (&underway, place)).await;
            match found {
                Ok((found, door)) if is_first(&entered, &found, workspace) => {
                    entered.push(found);
                    requests.extend(door);
                }
                // Whatever is started again, it stays so.
                Ok(_) => {}
                Err(error @ StartError::Token { .. }) => {
                    tracing::error!("a workspace is left out: {error}");
                    others_left &= is_of_removed(&error);
                    refused.get_or_insert(error);
                }
                Err(other) => return Err(other),
            }
        }
        if others_left {
            left_meanwhile(&app, &entered).await?;
        }
        if entered.is_empty() {
            let none = || anyhow::anyhow!("no workspace of Slack's is configured").into();
            return Err(refused.unwrap_or_else(none));
        }
        let (tasks, stopping) = (Tasks::default(), CancellationToken::new());
        let listens = match requests.is_empty() {
            true => None,
            false => Some(listen(&app, &settings, requests, &tasks, &stopping).await?),
        };
        let all = entered.iter().map(|each| &each.data);
        let senders = all.map(|data| (data.space.clone(), data.sender.clone()));
        let messenger = Messenger::new(senders, settings.timing.settle);
        let delivery = Delivery::new(app.clone(), messenger, settings.timing.again);
        for each in &entered {
            let sender = each.data.sender.clone();
            tasks.start("asking anew about people", async move {
                sender.renew_people().await;
            });
        }
        // Each workspace has been asked for.
        delivery.start_on(&tasks, async {});
        tasks.start("the database's writer", app.writer_ended());
        Ok(Self {
            tasks,
            connection,
            entered,
            underway,
            timing: settings.timing.clone(),
            stopping,
            listens,
        })
    }

    /// Where it listens for what Slack sends by itself, if it does.
    pub fn listens(&self) -> Option<SocketAddr> {
        self.listens
    }

    /// The bot's tasks; more can be started, which stop with it. When one of them ends by itself, the bot does.
    pub fn tasks(&self) -> Tasks {
        self.tasks.clone()
    }

    /// What tells how the connection is.
    pub fn connection(&self) -> Connection {
        self.connection.clone()
    }

    /// Runs until `stop` ends. Then it accepts no new work, and finishes the answers that are under way.
    ///
    /// # Errors
    /// Why it has ended before.
    pub async fn run_until(mut self, stop: impl Future<Output = ()>) -> Result<(), RunError> {
        let (tasks, connection) = (self.tasks.clone(), self.connection.clone());
        let (stopping, timing) = (self.stopping.clone(), self.timing.clone());
        let entered = std::mem::take(&mut self.entered);
        let mut connected = Box::pin(caught(stay_connected(&entered, &stopping)));
        let ended = tokio::select! {
            ended = &mut connected => ended.unwrap_or_else(|why| {
                let task = "the connection to Slack";
                Err(RunError::Ended(Ended { task, why }))
            }),
            ended = tasks.ended() => Err(RunError::Ended(ended)),
            lost = lost(&connection, &timing) => Err(lost),
            () = stop => {
                stopping.cancel();
                if timeout(timing.farewell, &mut connected).await.is_err() {
                    tracing::debug!("the connection to Slack did not close in time");
                }
                Ok(())
            }
        };
        drop(connected);
        self.finish().await;
        ended
    }

    /// Waits for the answers under way. Delivery may be cut off anywhere: what it was at is found
    /// at the next start.
    async fn finish(self) {
        let _ = timeout(self.timing.farewell, self.tasks.stop()).await;
        self.underway.close();
        let finished = timeout(self.timing.farewell, self.underway.wait());
        if finished.await.is_err() {
            tracing::warn!("{} answers were not finished", self.underway.len());
        }
    }
}

/// Whether a workspace isn't among those that were entered before. A second entry for one is left out: two apps would
/// post each daily there twice.
fn is_first(before: &[Entered], found: &Entered, workspace: &Workspace) -> bool {
    let team = &found.data.team;
    let first = before.iter().all(|other| other.data.team != *team);
    if !first {
        let file = workspace.bot_token.file.as_deref();
        let file = file.map(|file| told::name(file).to_string());
        tracing::error!(
            file,
            "two entries of the configuration are for the same workspace, {team}: the second is left out. Remove one, then start again"
        );
    }
    first
}

/// Logs in to a workspace. What is returned beside it is its door, where that is not of the bot's own making.
async fn enter(
    app: &App,
    settings: &Arc<Settings>,
    workspace: &Workspace,
    (underway, place): (&TaskTracker, Place),
) -> Result<(Entered, Option<Signed>), StartError> {
    let (address, timing) = (settings.address(), &settings.timing);
    let sender = Sender::new(address, &workspace.bot_token, timing)?;
    let sender = sender.calling(settings.commands.clone());
    let identity = sender.log_in().await;
    let identity = identity.map_err(|failure| not_started(address, workspace, failure))?;
    let (team, space) = (identity.team, identity.space);
    tracing::info!(workspace = identity.team_name, team, "logged in to Slack");
    if let Some(granted) = sender.granted() {
        tell_of_missing(granted);
    }
    let data = Arc::new(Data {
        app: app.clone(),
        space: space.clone(),
        team,
        me: identity.user,
        sender: Arc::new(sender),
        settings: settings.clone(),
        underway: underway.clone(),
    });
    let inbox: Arc<dyn Inbox> = Arc::new(Dispatch::new(data.clone()));
    let (sockets, door) = match &workspace.door {
        Door::Socket { app_token } => {
            let sockets = Sockets {
                sender: Sender::new(address, app_token, timing)?,
                inbox,
                place: place.clone(),
                timing: timing.clone(),
                first: Mutex::default(),
            };
            let taken = sockets.log_in().await;
            taken.map_err(|error| StartError::Token {
                token: Token::App,
                file: app_token.file.clone(),
                error,
            })?;
            (Some(sockets), None)
        }
        Door::Http { signing_secret } => {
            let secret = signing_secret.clone();
            (None, Some(Signed { secret, inbox }))
        }
    };
    let joined = app.space_joined(space).await;
    joined.context("noting the workspace")?;
    let entered = Entered {
        data,
        place,
        sockets,
    };
    Ok((entered, door))
}

/// Whether a workspace couldn't be entered since it removed the bot.
fn is_of_removed(error: &StartError) -> bool {
    match error {
        StartError::Token { token, error, .. } => {
            *token == Token::Bot && Meaning::of(error) == Meaning::Removed
        }
        StartError::Unreachable(..) | StartError::Other(_) => false,
    }
}

/// Notes that each further workspace removed the bot while it was away: whoever let it in was entered.
async fn left_meanwhile(app: &App, entered: &[Entered]) -> anyhow::Result<()> {
    for space in app.spaces().await? {
        let is_entered = entered.iter().any(|each| each.data.space == space);
        if space.platform() == PlatformId::Slack && !is_entered {
            left(app, &space).await?;
        }
    }
    Ok(())
}

/// Notes that a workspace removed the bot.
async fn left(app: &App, space: &SpaceId) -> anyhow::Result<()> {
    tracing::info!(%space, "a workspace removed the bot; its data is kept for 30 days");
    Ok(app.space_left(space.clone()).await?)
}

/// Listens for what Slack sends by itself.
async fn listen(
    app: &App,
    settings: &Settings,
    apps: Vec<Signed>,
    tasks: &Tasks,
    stopping: &CancellationToken,
) -> Result<SocketAddr, StartError> {
    let address = settings.listen.context(
        "a workspace has a signing secret, for which `listen` in the configuration has to say where Slack's requests come in",
    )?;
    let listener = TcpListener::bind(address).await;
    let listener = listener.with_context(|| format!("listening for Slack at {address}"))?;
    let listens = listener.local_addr().context("what port that is")?;
    let (clock, stop) = (app.clock.clone(), stopping.clone());
    let requests = Requests::new(apps, move || clock.now(), settings.timing.clone());
    tasks.start("taking Slack's requests", async move {
        requests.serve(listener, stop.cancelled()).await;
    });
    Ok(listens)
}

/// Stays connected to each workspace until `stopping`, or until there is none left that takes the bot.
async fn stay_connected(entered: &[Entered], stopping: &CancellationToken) -> Result<(), RunError> {
    let each = entered.iter().map(|each| {
        let span = tracing::info_span!("workspace", team = each.data.team);
        each.stay_connected(stopping).instrument(span)
    });
    let mut all: FuturesUnordered<_> = each.collect();
    let mut first = None;
    while let Some(ended) = all.next().await {
        first = first.or(ended);
    }
    match first {
        Some(why) if !stopping.is_cancelled() => Err(RunError::Refused(why)),
        _ => Ok(()),
    }
}

impl Entered {
    /// Stays connected until `stopping`, or until the workspace takes the bot no more: why.
    async fn stay_connected(&self, stopping: &CancellationToken) -> Option<String> {
        let connected = async {
            match &self.sockets {
                Some(sockets) => sockets.keep(stopping).await,
                None => {
                    let _open = self.place.open();
                    stopping.cancelled().await;
                    None
                }
            }
        };
        let over = tokio::select! {
            why = connected => Over::to_be_mended(why?),
            over = self.data.sender.ended() => over,
        };
        // Dailies that nobody could answer aren't posted either.
        self.data.sender.end(over.clone());
        tracing::error!("the connection to a workspace is over: {}", over.why);
        if over.removed {
            self.place.remove();
            if let Err(error) = left(&self.data.app, &self.data.space).await {
                tracing::error!(%error, "could not note that a workspace removed the bot");
            }
        }
        Some(over.why)
    }
}

/// Waits until no workspace has been connected for too long.
async fn lost(connection: &Connection, timing: &Timing) -> RunError {
    loop {
        sleep(timing.ping).await;
        let away = connection.away();
        if away >= timing.away {
            let told = format!("no workspace has been connected for {} s", away.as_secs());
            return RunError::Lost(told);
        }
    }
}

/// Why the bot cannot start in a workspace, when a call to the API at `address` failed.
fn not_started(address: &str, workspace: &Workspace, failure: Failure) -> StartError {
    match failure {
        Failure::Refused { error, .. }
            if matches!(Meaning::of(&error), Meaning::Removed | Meaning::Token) =>
        {
            StartError::Token {
                token: Token::Bot,
                file: workspace.bot_token.file.clone(),
                error,
            }
        }
        other => {
            let check = calling::to_check(address);
            StartError::Unreachable(address.to_owned(), other.to_string(), check)
        }
    }
}
