//! Calls of one workspace's Web API with what they are worth: how often each is tried, and how long it may wait.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::api::{Api, Came, form};
use super::failure::Failure;
use super::meaning::Meaning;
use super::methods::{Method, POSTING, method};
use super::over::{Ending, Over};
use super::pace::Pace;
use super::patience::Patience;
use super::people::{Asks, People};
use super::person::{Answer, Page, Person};
use super::response::Response;
use crate::app::card::{Card, File};
use crate::calling::pause;
use crate::metrics;
use crate::model::{PlatformId, SpaceId, UserId};
use crate::slack::error::StartError;
use crate::slack::rendering::{Message, members, message, renamed};
use crate::slack::settings::{Commands, Given};
use crate::slack::timing::Timing;
use crate::troubles::Troubles;

/// The most tries whose outcome isn't known.
const TRIES: u32 = 4;
/// The pause before the second of them; doubled before each further one.
const BACK_OFF: Duration = Duration::from_millis(500);
/// So many people are on a page of the list of all: with its burst of calls there may be as many as are remembered.
const ON_A_PAGE: u32 = 500;
/// A wait that Slack asks for is told when it is longer.
const USUAL: Duration = Duration::from_secs(10);

/// Sends to one workspace.
pub(crate) struct Sender {
    api: Api,
    /// The file that its token is from.
    file: Option<PathBuf>,
    pace: Pace,
    identity: OnceLock<Identity>,
    people: People,
    troubles: Troubles,
    commands: Commands,
    ending: Ending,
}

/// Who the bot is in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The workspace.
    pub space: SpaceId,
    /// Its id, `T…`.
    pub team: String,
    /// What it is called.
    pub team_name: String,
    /// The bot's user, `U…`, who is mentioned.
    pub user: String,
    /// The bot, `B…`, which messages name.
    pub bot: String,
}

/// A message that was posted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Posted {
    /// Its channel.
    pub channel: String,
    /// Which one of that channel.
    pub ts: String,
}

/// An answer that says only that it is done.
#[derive(Deserialize)]
struct Done {}

impl Sender {
    /// One for the workspace of the token. `address` is that of the Web API, such as `https://slack.com/api/`.
    ///
    /// # Errors
    /// When the token can't be one, or there can be no HTTP client.
    pub(crate) fn new(address: &str, token: &Given, timing: &Timing) -> Result<Self, StartError> {
        Ok(Self {
            api: Api::new(address, token, timing.call)?,
            file: token.file.clone(),
            pace: Pace::new(),
            identity: OnceLock::new(),
            people: People::default(),
            troubles: Troubles::default(),
            commands: Commands::default(),
            ending: Ending::default(),
        })
    }

    /// The same, in whose cards commands are called that.
    pub(crate) fn calling(mut self, commands: Commands) -> Self {
        self.commands = commands;
        self
    }

    /// Asks Slack whose token it is. Later calls know.
    pub(crate) async fn log_in(&self) -> Result<Identity, Failure> {
        #[derive(Deserialize)]
        struct Answer {
            team_id: String,
            #[serde(default)]
            team: String,
            user_id: String,
            #[serde(default)]
            bot_id: String,
        }
        if let Some(identity) = self.identity.get() {
            return Ok(identity.clone());
        }
        let answer: Answer = self.call("auth.test", &json!({})).await?;
        let identity = Identity {
            space: SpaceId::new(PlatformId::Slack, &answer.team_id),
            team: answer.team_id,
            team_name: answer.team,
            user: answer.user_id,
            bot: answer.bot_id,
        };
        Ok(self.identity.get_or_init(|| identity).clone())
    }

    /// Who the bot is, once it is known.
    pub(crate) fn identity(&self) -> Option<&Identity> {
        self.identity.get()
    }

    /// The scopes that the app has, with commas between, once Slack has said so.
    pub(crate) fn granted(&self) -> Option<&str> {
        self.api.granted()
    }

    /// The file that its token is from; none for the environment.
    pub(crate) fn token_file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// From now on the workspace takes the bot no more.
    pub(crate) fn end(&self, over: Over) {
        self.ending.set(over);
    }

    /// Waits until the workspace takes the bot no more: why.
    pub(crate) async fn ended(&self) -> Over {
        self.ending.wait().await
    }

    /// Whether the workspace takes the bot no more.
    pub(super) fn is_over(&self) -> bool {
        self.ending.is_set()
    }

    /// Makes a call. It waits for its turn and as long as Slack wants; a call that does the same when it is repeated is,
    /// where its outcome isn't known.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        method: &'static str,
        arguments: &impl Serialize,
    ) -> Result<T, Failure> {
        self.made(method, &form(arguments)?, Patience::Long).await
    }

    /// Makes a call once. It waits for its turn only for as long as somebody would for an answer.
    pub(crate) async fn once<T: DeserializeOwned>(
        &self,
        method: &'static str,
        arguments: &impl Serialize,
    ) -> Result<T, Failure> {
        self.made(method, &form(arguments)?, Patience::Short).await
    }

    /// Posts a message in a channel, or in the thread of a message there, once. `metadata` is what the app can read back.
    pub(crate) async fn post(
        &self,
        channel: &str,
        thread: Option<&str>,
        message: &Message,
        metadata: Option<&Value>,
    ) -> Result<Posted, Failure> {
        let arguments = json!({
            "channel": channel, "thread_ts": thread, "text": message.text, "blocks": message.blocks,
            "metadata": metadata, "unfurl_links": false, "unfurl_media": false,
        });
        self.once(POSTING, &arguments).await
    }

    /// Shows someone in a channel a message that nobody else sees, once.
    pub(crate) async fn whisper(
        &self,
        channel: &str,
        thread: Option<&str>,
        user: &str,
        message: &Message,
    ) -> Result<(), Failure> {
        let arguments = json!({
            "channel": channel, "thread_ts": thread, "user": user, "text": message.text, "blocks": message.blocks,
        });
        let _: Done = self.once("chat.postEphemeral", &arguments).await?;
        Ok(())
    }

    /// Puts another message in the place of one of ours.
    pub(crate) async fn edit(&self, at: &Posted, message: &Message) -> Result<(), Failure> {
        let arguments = json!({
            "channel": at.channel, "ts": at.ts, "text": message.text, "blocks": message.blocks,
        });
        let _: Done = self.call("chat.update", &arguments).await?;
        Ok(())
    }

    /// Deletes a message of ours.
    pub(crate) async fn delete(&self, at: &Posted) -> Result<(), Failure> {
        let arguments = json!({ "channel": at.channel, "ts": at.ts });
        let _: Done = self.call("chat.delete", &arguments).await?;
        Ok(())
    }

    /// Answers a command or press through its response URL, once. Each takes five answers.
    pub(crate) async fn respond(
        &self,
        response_url: &str,
        response: &Response<'_>,
    ) -> Result<(), Failure> {
        match self.api.respond(response_url, response).await {
            Came::Done(_) => Ok(()),
            Came::Limited(wait) => Err(Failure::Later(
                "Slack asks to wait".to_owned(),
                pause(wait, 0),
            )),
            Came::Failed(failure) => Err(failure),
        }
    }

    /// Sends someone a direct message, once.
    pub(crate) async fn direct(&self, user: &str, message: &Message) -> Result<Posted, Failure> {
        let channel = self.direct_channel(user).await?;
        self.post(&channel, None, message, None).await
    }

    /// Sends someone a file by direct message, once.
    pub(crate) async fn send_file(
        &self,
        user: &str,
        file: &File,
        title: &str,
    ) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Upload {
            upload_url: String,
            file_id: String,
        }
        let channel = self.direct_channel(user).await?;
        let announced = json!({ "filename": file.name, "length": file.bytes.len() });
        let upload: Upload = self.call("files.getUploadURLExternal", &announced).await?;
        self.api.upload(&upload.upload_url, &file.bytes).await?;
        let complete = json!({
            "files": [{ "id": upload.file_id, "title": title }], "channel_id": channel,
        });
        let _: Done = self.once("files.completeUploadExternal", &complete).await?;
        Ok(())
    }

    /// Who a person (`U…`) is: as far as is known, which is at most a week old, or else as Slack says.
    pub(crate) async fn person(&self, user: &str) -> Result<Person, Failure> {
        self.people.person(self, user).await
    }

    /// Whether a person (`U…`) is an admin: as Slack says now or said within five minutes, or where it doesn't, within the
    /// hour.
    pub(crate) async fn is_admin(&self, user: &str) -> Result<bool, Failure> {
        self.people.is_admin(self, user).await
    }

    /// Whether a person (`U…`) is an admin at this moment, as Slack says.
    pub(crate) async fn is_admin_now(&self, user: &str) -> Result<bool, Failure> {
        self.people.is_admin_now(self, user).await
    }

    /// Asks Slack anew about people of whom what is known is old. It doesn't end.
    pub(crate) async fn renew_people(&self) {
        self.people.renew(self).await;
    }

    /// The names of members, with a word in the place of one that cannot be had.
    pub(crate) async fn names(&self, users: &[UserId]) -> HashMap<UserId, String> {
        self.people.names(self, users).await
    }

    /// A card as the workspace's people see it, with the names of its members and of commands.
    pub(crate) async fn rendered(&self, card: &Card) -> Message {
        let card = renamed(card, &self.commands);
        message(&card, &self.names(&members(&card)).await)
    }

    async fn direct_channel(&self, user: &str) -> Result<String, Failure> {
        #[derive(Deserialize)]
        struct Answer {
            channel: Channel,
        }
        #[derive(Deserialize)]
        struct Channel {
            id: String,
        }
        let answer: Answer = self
            .call("conversations.open", &json!({ "users": user }))
            .await?;
        Ok(answer.channel.id)
    }

    /// Makes a call until its answer can be read, or it isn't worth while any more.
    async fn made<T: DeserializeOwned>(
        &self,
        name: &'static str,
        form: &[(String, String)],
        patience: Patience,
    ) -> Result<T, Failure> {
        let method = method(name);
        let channel = form.iter().find(|(name, _)| name == "channel");
        let channel = channel.map(|(_, channel)| channel.as_str());
        let (again, patience) = (patience == Patience::Long, patience.time());
        let (begun, mut limited, mut tries) = (Instant::now(), 0, 0);
        loop {
            let left = patience.saturating_sub(begun.elapsed());
            self.pace
                .turn(method, channel, left)
                .await
                .map_err(|wait| {
                    Failure::Later(format!("{name} has to wait for {} s", wait.as_secs()), wait)
                })?;
            let failure = match self.api.once(name, form).await {
                Came::Done(answer) => match serde_json::from_slice(&answer) {
                    Ok(answer) => {
                        self.went_well(method);
                        return Ok(answer);
                    }
                    Err(error) => {
                        Failure::Unsure(format!("Slack's answer cannot be read: {error}"))
                    }
                },
                Came::Limited(said) => {
                    let wait = pause(said, limited);
                    limited += 1;
                    self.pace.close(method, wait);
                    metrics::rate_limited(wait);
                    let why = format!("Slack asks to wait for {} s", wait.as_secs());
                    if wait > USUAL {
                        self.went_wrong(method, &why);
                    }
                    if again && begun.elapsed() + wait <= patience {
                        continue;
                    }
                    return Err(Failure::Later(why, wait));
                }
                Came::Failed(failure @ Failure::Refused { .. }) => {
                    self.look_whether_over(&failure).await;
                    return Err(failure);
                }
                Came::Failed(failure) => failure,
            };
            self.went_wrong(method, &failure.to_string());
            let unsent = matches!(failure, Failure::Later(..));
            let jitter = Duration::from_millis(rand::random_range(0..250));
            let wait = BACK_OFF.saturating_mul(2_u32.saturating_pow(tries)) + jitter;
            tries += 1;
            let repeatable = again && (unsent || method.repeatable);
            if !repeatable || tries >= TRIES || begun.elapsed() + wait > patience {
                return Err(failure);
            }
            sleep(wait).await;
        }
    }

    /// Learns from a refusal that the workspace takes the bot no more. Much hangs on that, so Slack is asked once more.
    /// Whoever hasn't logged in learns it at the log-in.
    async fn look_whether_over(&self, failure: &Failure) {
        let refused = matches!(failure.meaning(), Some(Meaning::Removed | Meaning::Token));
        if !refused || self.identity().is_none() {
            return;
        }
        if let Came::Failed(Failure::Refused { error, .. }) = self.api.once("auth.test", &[]).await
            && let Some(over) = Over::by(&error, self.token_file())
        {
            self.end(over);
        }
    }

    fn went_wrong(&self, method: Method, why: &str) {
        if self.troubles.met(method.name) {
            tracing::warn!("calling {} fails: {why}", method.name);
        } else {
            tracing::debug!("calling {} fails again: {why}", method.name);
        }
    }

    fn went_well(&self, method: Method) {
        if self.troubles.over(method.name) {
            tracing::info!("calling {} goes well again", method.name);
        }
    }
}

impl Asks for Sender {
    async fn about(&self, user: &str, patience: Patience) -> Result<Answer, Failure> {
        const ABOUT: &str = "users.info";
        let asked = form(&json!({ "user": user }))?;
        let answer = self.made(ABOUT, &asked, patience).await;
        if let Err(failure @ Failure::Refused { .. }) = &answer
            && failure.meaning() != Some(Meaning::Nobody)
        {
            self.went_wrong(method(ABOUT), &failure.to_string());
        }
        answer
    }

    async fn list(&self, from: &str) -> Result<Page, Failure> {
        let from = Some(from).filter(|from| !from.is_empty());
        let asked = json!({ "limit": ON_A_PAGE, "cursor": from });
        self.once("users.list", &asked).await
    }

    fn team(&self) -> Option<&str> {
        self.identity().map(|identity| identity.team.as_str())
    }
}
