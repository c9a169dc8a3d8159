//! Routes what comes in to what handles it.

use std::sync::Arc;

use serde_json::Value;
use tracing::Instrument as _;

use super::load::Load;
use super::payloads::{Command, Press, Submission, Suggestion};
use super::receipt::Receipt;
use super::replies::Typed;
use super::respond::{Reader, Waiting};
use super::{Data, buttons, commands, forms, home, offered, replies};
use crate::app::action::Target;
use crate::app::card::Audience;
use crate::app::{Error, Replays, Turn, Turns};
use crate::slack::gateway::{Ack, Admission, Envelope, Inbox};
use crate::slack::sending::{Over, saw_posted};
use crate::tasks::caught;
use crate::troubles::Troubles;

/// What goes wrong with what comes in, to the log.
const TOO_MUCH: &str = "taking what comes in";
const ELSEWHERE: &str = "what is for another workspace";

/// Takes what comes in from one workspace.
pub(crate) struct Dispatch {
    data: Arc<Data>,
    replays: Arc<Replays<String>>,
    /// What people type waits here for what they typed before.
    turns: Turns<String>,
    load: Load,
    troubles: Troubles,
}

/// Something that came in.
enum Arrived {
    Command(Command),
    Press(Press),
    Submission(Submission),
    Suggestion(Suggestion),
    /// Somebody typed something that is for the bot, and waits for their turn.
    Typed(Typed, Turn<String>),
    /// A bot posted something, perhaps this one.
    Posted(Value),
    /// Somebody opened App Home, or wants to practise from anywhere.
    Home(String),
    Practise(Press),
    /// The workspace has removed the bot: how.
    Gone(&'static str),
    /// The bot was taken into a channel, or one that it is in is no longer archived.
    Opened(String),
    /// What nothing is done about.
    Other(String),
}

impl Arrived {
    /// Reads an envelope. The bot's own user is `me`.
    fn read(envelope: &Envelope, me: &str, turns: &Turns<String>) -> Self {
        let payload = &envelope.payload;
        let kind = payload["type"].as_str().unwrap_or_default();
        match (envelope.kind.as_str(), kind) {
            ("slash_commands", _) => Self::Command(Command::read(payload)),
            ("interactive", "block_actions") => Self::Press(Press::read(payload)),
            ("interactive", "view_submission") => Self::Submission(Submission::read(payload)),
            ("interactive", "block_suggestion") => Self::Suggestion(Suggestion::read(payload)),
            ("interactive", "shortcut") => Self::Practise(Press::read(payload)),
            ("events_api", _) => Self::event(&payload["event"], me, turns),
            _ => Self::Other(kind.to_owned()),
        }
    }

    fn event(event: &Value, me: &str, turns: &Turns<String>) -> Self {
        let text = |key: &str| event[key].as_str().unwrap_or_default();
        match text("type") {
            "message" if event["bot_id"].is_string() => Self::Posted(event.clone()),
            "message" => match Typed::read(event, me) {
                Some(typed) => {
                    let turn = turns.queue(typed.user.clone(), typed.ts.clone());
                    Self::Typed(typed, turn)
                }
                None => Self::Other("message".to_owned()),
            },
            "app_home_opened" if text("tab") == "home" => Self::Home(text("user").to_owned()),
            "app_uninstalled" => Self::Gone("the app was uninstalled"),
            // That of a person is none of the bot's.
            "tokens_revoked" if !event["tokens"]["bot"][0].is_null() => {
                Self::Gone("its token was revoked")
            }
            "member_joined_channel" if text("user") == me => {
                Self::Opened(text("channel").to_owned())
            }
            "channel_unarchive" | "group_unarchive" => Self::Opened(text("channel").to_owned()),
            other => Self::Other(other.to_owned()),
        }
    }

    /// Who waits for an answer, and where that goes.
    fn waits(&self) -> Option<Press> {
        let of = |user: &str, channel: Option<&str>, url: Option<&str>| Press {
            user: user.to_owned(),
            channel: channel.map(str::to_owned),
            response_url: url.map(str::to_owned),
            ..Press::default()
        };
        match self {
            Self::Command(used) => Some(of(
                &used.user,
                Some(&used.channel),
                Some(&used.response_url),
            )),
            Self::Press(press) | Self::Practise(press) => Some(press.clone()),
            Self::Submission(submitted) => Some(of(&submitted.user, None, None)),
            _ => None,
        }
    }
}

impl Dispatch {
    pub(crate) fn new(data: Arc<Data>) -> Self {
        Self {
            data,
            replays: Arc::default(),
            turns: Turns::default(),
            load: Load::default(),
            troubles: Troubles::default(),
        }
    }

    /// By what an envelope is known when it comes again. Of events that nothing is done about it doesn't matter how
    /// often they come, nor of options that are asked for: whoever waits for them may have missed the first answer.
    fn key(&self, envelope: &Envelope) -> Option<String> {
        let payload = &envelope.payload;
        if envelope.kind == "events_api" {
            Typed::read(&payload["event"], &self.data.me)?;
        }
        if payload["type"] == "block_suggestion" {
            return None;
        }
        let told = [&payload["event_id"], &payload["trigger_id"]];
        let told = told.into_iter().find_map(Value::as_str);
        let key = told.unwrap_or(&envelope.id);
        (!key.is_empty()).then(|| key.to_owned())
    }
}

impl Inbox for Dispatch {
    fn admit(&self, envelope: &Envelope) -> Admission {
        let (data, troubles) = (&self.data, &self.troubles);
        if !envelope.is_for(&data.team) {
            if troubles.met(ELSEWHERE) {
                tracing::warn!(
                    team = data.team,
                    "Slack sends what is for another workspace, which is not taken: the app is installed in that one too. Give each workspace an app of its own"
                );
            }
            return Admission::Elsewhere;
        }
        if self.load.is_full() {
            if troubles.met(TOO_MUCH) {
                tracing::warn!(team = data.team, "too much is under way to take more");
            }
            return Admission::NoRoom;
        }
        let key = self.key(envelope);
        if key.is_none_or(|key| self.replays.is_new(key)) {
            Admission::New
        } else {
            Admission::Known
        }
    }

    fn take(&self, envelope: Envelope, ack: Option<Ack>) {
        let data = self.data.clone();
        let span = tracing::info_span!("slack", team = data.team);
        // What was typed gets in line here, as it comes in: tasks start in any order.
        let arrived = Arrived::read(&envelope, &data.me, &self.turns);
        let (replays, key) = (self.replays.clone(), self.key(&envelope));
        drop(envelope);
        let receipt = Receipt { ack, replays, key };
        let here = self.load.one_more();
        let handled = async move {
            let _here = here;
            let waits = arrived.waits();
            let handled = Box::pin(handle(&data, arrived, receipt));
            match (caught(handled).await, waits) {
                (Ok(()), _) => {}
                (Err(panic), Some(press)) => apologise(&data, &press, panic).await,
                (Err(panic), None) => tracing::error!(panic, "an event was not handled"),
            }
        };
        self.data.underway.spawn(handled.instrument(span));
    }
}

/// Says that something went wrong, which is in the log.
async fn apologise(data: &Data, press: &Press, panic: String) {
    let reader = Reader {
        user: &press.user,
        channel: press.channel.as_deref(),
        thread: press.thread.as_deref(),
    };
    let waiting = Waiting {
        data,
        to: reader,
        response_url: press.response_url.as_deref(),
        kind: "unknown command",
    };
    let fault = async { Err(Error::Internal(anyhow::anyhow!(panic))) };
    waiting
        .answer(Target::NewMessage, Audience::Caller, fault)
        .await;
}

async fn handle(data: &Data, arrived: Arrived, receipt: Receipt) {
    tracing::trace!("something came in");
    match arrived {
        Arrived::Command(command) => commands::run(data, command).await,
        Arrived::Press(press) if press.action == home::PRACTISE => {
            home::practise(data, &press).await;
        }
        Arrived::Press(press) => buttons::pressed(data, &press).await,
        Arrived::Submission(submission) => {
            if let Some(ack) = receipt.ack {
                forms::submitted(data, submission, ack).await;
            }
        }
        Arrived::Suggestion(suggestion) => {
            let options = offered::options(data, &suggestion).await;
            if let Some(ack) = receipt.ack {
                ack.with(options);
            }
        }
        Arrived::Typed(typed, turn) => replies::said(data, typed, turn, receipt).await,
        Arrived::Posted(event) => {
            if let Err(error) = saw_posted(&data.app, &data.sender, &event).await {
                tracing::error!(%error, "could not take note of a message of ours");
            }
        }
        Arrived::Home(user) => home::opened(data, &user).await,
        Arrived::Practise(press) => home::practise(data, &press).await,
        // What keeps the workspace connected takes note of it.
        Arrived::Gone(how) => data.sender.end(Over::removed(how)),
        Arrived::Opened(channel) => {
            let (app, space) = (&data.app, data.space.clone());
            if let Err(error) = app.channel_opened(space, channel.as_str().into()).await {
                tracing::error!(%error, "could not let go on what waits for a channel");
            }
        }
        Arrived::Other(kind) => tracing::trace!(kind, "nothing is done about this"),
    }
}
