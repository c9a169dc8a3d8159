//! Registers the commands with Discord, only when they changed.

use anyhow::Context as _;
use poise::serenity_prelude as serenity;

use super::Command;
use crate::store::Store;

/// Overwrites the global commands when they are not those registered last.
pub(super) async fn commands(
    http: &serenity::Http,
    store: &Store,
    commands: &[Command],
) -> anyhow::Result<()> {
    let ours = poise::builtins::create_application_commands(commands);
    let content = serde_json::to_string(&ours)?;
    let application = http
        .application_id()
        .context("the application's id is known by now")?;
    let scope = format!("discord:{application}");
    let there = http
        .get_global_commands()
        .await
        .context("reading the registered commands")?;
    let recorded = store.registration(scope.clone()).await?;
    // The count notices commands that were removed by other hands.
    if recorded.as_ref() == Some(&content) && there.len() == ours.len() {
        return Ok(());
    }
    http.create_global_commands(&ours)
        .await
        .context("registering the commands")?;
    store.set_registration(scope, content).await?;
    tracing::info!(commands = ours.len(), "registered the commands");
    Ok(())
}
