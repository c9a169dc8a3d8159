//! What the commands and events of a workspace can reach.

use std::sync::Arc;

use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::model::SpaceId;
use crate::slack::sending::Sender;
use crate::slack::settings::Settings;

/// What the commands and events of a workspace can reach.
pub(crate) struct Data {
    pub app: App,
    /// The workspace.
    pub space: SpaceId,
    /// Its id at Slack, `T…`.
    pub team: String,
    /// The bot's own user there, `U…`.
    pub me: String,
    /// What calls the Web API for this workspace.
    pub sender: Arc<Sender>,
    /// What is wished for on all workspaces.
    pub settings: Arc<Settings>,
    /// Answers under way, which are finished before the bot ends.
    pub underway: TaskTracker,
}
