//! Keeps a workspace connected over sockets: a new one is opened before Slack ends the old one, and after each that
//! breaks.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::back_off::BackOff;
use super::connection::Place;
use super::envelope::Inbox;
use super::socket::{End, Socket};
use crate::slack::error::Token;
use crate::slack::sending::{Failure, Meaning, Sender};
use crate::slack::timing::Timing;
use crate::troubles::Troubles;

/// What goes wrong with the sockets, to the log.
const CONNECTING: &str = "connecting to Slack";

/// Slack's word for more than ten sockets of an app.
const TOO_MANY: &str = "too_many_websockets";

/// The most sockets at the same time, the newest among them: when Slack doesn't close what it said it would, the oldest
/// makes room. An app may have ten, and its other processes need some.
const MOST: usize = 3;

/// Keeps one workspace connected.
pub(crate) struct Sockets {
    /// Calls the Web API with the app-level token.
    pub sender: Sender,
    pub inbox: Arc<dyn Inbox>,
    pub place: Place,
    pub timing: Timing,
    /// The address of the first socket, between its log-in and its opening.
    pub first: Mutex<Option<String>>,
}

/// Why a socket has to be followed by another.
enum Why {
    /// Slack will end it: the reason.
    Ending(String),
    /// It has ended, after that time.
    Ended(End, Duration),
}

/// Why there is no socket.
enum Unopened {
    /// There will be none.
    Final(String),
    /// There may be one, but not before that time has passed.
    Later(String, Duration),
}

/// The sockets that there are. With this they end.
struct Running {
    serving: JoinSet<(u64, End)>,
    /// What ends each of the newest, oldest first.
    ends: VecDeque<CancellationToken>,
    told: mpsc::UnboundedSender<(u64, String)>,
    news: mpsc::UnboundedReceiver<(u64, String)>,
    /// The number of the newest.
    newest: u64,
    /// When that was opened.
    opened: Instant,
}

impl Sockets {
    /// Asks for the address of the first socket, which tells whether Slack takes the app-level token. If Slack can't say,
    /// it is asked again when that is to be opened.
    ///
    /// # Errors
    /// When it doesn't: what it says.
    pub(crate) async fn log_in(&self) -> Result<(), String> {
        match self.address().await {
            Ok(address) => {
                self.first().replace(address);
            }
            Err(failure) if failure.meaning().is_some_and(Meaning::ends_sockets) => {
                return Err(failure.to_string());
            }
            Err(failure) => tracing::debug!(%failure, "the first socket has no address yet"),
        }
        Ok(())
    }

    /// Keeps it connected until `stop`, or until that can't be any more: why.
    pub(crate) async fn keep(&self, stop: &CancellationToken) -> Option<String> {
        let (told, news) = mpsc::unbounded_channel();
        let mut running = Running {
            serving: JoinSet::new(),
            ends: VecDeque::new(),
            told,
            news,
            newest: 0,
            opened: Instant::now(),
        };
        tokio::select! {
            why = self.open_again_and_again(&mut running, stop) => return Some(why),
            () = stop.cancelled() => {}
        }
        // Each of them closes.
        while running.serving.join_next().await.is_some() {}
        None
    }

    async fn open_again_and_again(
        &self,
        running: &mut Running,
        stop: &CancellationToken,
    ) -> String {
        let (troubles, mut alone) = (Troubles::default(), true);
        let mut back_off = BackOff::new(&self.timing);
        loop {
            let wait = match self.open().await {
                Ok(socket) => {
                    let ours = running.serving.len() as u64 + 1;
                    if alone && socket.connections > ours {
                        alone = false;
                        tell_of_others(socket.connections, ours);
                    }
                    if back_off.is_on() || running.newest == 0 {
                        tracing::info!("connected to Slack");
                    }
                    self.start(running, socket, stop);
                    match self.wait_for_change(running, &mut back_off).await {
                        Ok(wait) => wait,
                        Err(last) => return last,
                    }
                }
                Err(Unopened::Final(why)) => return why,
                Err(Unopened::Later(why, least)) => {
                    let wait = back_off.failed().max(least);
                    complain(&troubles, &why, wait);
                    wait
                }
            };
            sleep(wait).await;
        }
    }

    /// Asks for the address of a socket.
    async fn address(&self) -> Result<String, Failure> {
        #[derive(Deserialize)]
        struct Opened {
            url: String,
        }
        let opened: Opened = self
            .sender
            .once("apps.connections.open", &json!({}))
            .await?;
        Ok(opened.url)
    }

    fn first(&self) -> MutexGuard<'_, Option<String>> {
        self.first.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a socket.
    async fn open(&self) -> Result<Socket, Unopened> {
        let first = self.first().take();
        let address = match first {
            Some(address) => Ok(address),
            None => self.address().await,
        };
        let address = address.map_err(|failure| match failure {
            _ if failure.meaning().is_some_and(Meaning::ends_sockets) => Unopened::Final(format!(
                "it takes the app-level token no more ({failure}). {}",
                Token::App.remedy(self.sender.token_file())
            )),
            Failure::Later(why, wait) => Unopened::Later(why, wait),
            other => Unopened::Later(other.to_string(), Duration::ZERO),
        })?;
        let opened = Socket::open(&address, self.timing.hello).await;
        opened.map_err(|why| match final_reason(&why) {
            Some(last) => Unopened::Final(last),
            None if why == TOO_MANY => {
                Unopened::Later(too_many().to_owned(), self.timing.longest_wait)
            }
            None => Unopened::Later(why, Duration::ZERO),
        })
    }

    /// Serves a socket beside those that there are.
    fn start(&self, running: &mut Running, socket: Socket, stop: &CancellationToken) {
        running.newest += 1;
        running.opened = Instant::now();
        let (number, told, stop) = (running.newest, running.told.clone(), stop.child_token());
        running.ends.push_back(stop.clone());
        if running.ends.len() > MOST
            && let Some(oldest) = running.ends.pop_front()
        {
            oldest.cancel();
        }
        let (inbox, place, timing) = (self.inbox.clone(), self.place.clone(), self.timing.clone());
        running.serving.spawn(async move {
            // Whoever listened has ended, and the socket does with it.
            let tell = |reason| drop(told.send((number, reason)));
            let end = socket.serve(&*inbox, &place, &timing, tell, &stop).await;
            (number, end)
        });
    }

    /// Waits until the newest socket has to be followed by another, and returns how long that has to wait.
    ///
    /// # Errors
    /// When none can follow: why.
    async fn wait_for_change(
        &self,
        running: &mut Running,
        back_off: &mut BackOff<'_>,
    ) -> Result<Duration, String> {
        match running.changed().await {
            Why::Ending(reason) => {
                tracing::debug!(reason, "Slack is about to end a socket");
                if let Some(last) = final_reason(&reason) {
                    return Err(last);
                }
                if reason == TOO_MANY {
                    let wait = self.timing.longest_wait;
                    tracing::warn!("{}. Trying again in {} s", too_many(), wait.as_secs());
                    return Ok(wait);
                }
                Ok(back_off.ends(running.opened.elapsed()))
            }
            Why::Ended(end, lived) => {
                match end {
                    End::Closed => tracing::info!("Slack closed the connection"),
                    End::Broken(why) => tracing::warn!("the connection to Slack broke: {why}"),
                }
                Ok(back_off.ended(lived))
            }
        }
    }
}

impl Running {
    /// Waits until the newest socket ends, or is about to. Older ones end by themselves.
    async fn changed(&mut self) -> Why {
        loop {
            tokio::select! {
                // What a socket says comes before its end.
                biased;
                // There is a sender for as long as this is here.
                Some((number, reason)) = self.news.recv() => {
                    if number == self.newest {
                        return Why::Ending(reason);
                    }
                }
                Some(ended) = self.serving.join_next() => match ended {
                    Ok((number, end)) if number == self.newest => {
                        return Why::Ended(end, self.opened.elapsed());
                    }
                    Ok((_, end)) => tracing::debug!(?end, "an older socket has ended"),
                    Err(error) => {
                        tracing::error!(%error, "serving a socket panicked");
                        let end = End::Broken(error.to_string());
                        return Why::Ended(end, self.opened.elapsed());
                    }
                },
            }
        }
    }
}

/// What a reason says after which there are no sockets any more, and what to do.
fn final_reason(reason: &str) -> Option<String> {
    (reason == "link_disabled").then(|| {
        "Socket Mode was turned off. Turn it on again at https://api.slack.com/apps (your app, Socket Mode), and start Greenroom again"
            .to_owned()
    })
}

fn complain(troubles: &Troubles, why: &str, wait: Duration) {
    let seconds = wait.as_secs();
    if troubles.met(CONNECTING) {
        tracing::warn!("cannot connect to Slack: {why}. Trying again in {seconds} s");
    } else {
        tracing::debug!(seconds, "cannot connect to Slack: {why}");
    }
}

fn tell_of_others(connections: u64, ours: u64) {
    tracing::warn!(
        connections,
        ours,
        "another process is connected with the same app-level token: Slack hands each a part of what people do. If it isn't just ending, stop it"
    );
}

fn too_many() -> &'static str {
    "Slack has as many connections of this app as it takes: other processes use the same app-level token"
}
