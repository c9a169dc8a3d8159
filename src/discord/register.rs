//! Registers the commands with Discord, only when they changed.

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use serde_json::Value;

use super::Command;
use crate::store::Store;

/// Overwrites the global commands when they are not those registered last.
pub(super) async fn commands(
    http: &serenity::Http,
    store: &Store,
    commands: &[Command],
) -> anyhow::Result<()> {
    let mut ours = serde_json::to_value(poise::builtins::create_application_commands(commands))?;
    keep_what_is_completed(&mut ours);
    let content = ours.to_string();
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
    if recorded.as_ref() == Some(&content) && there.len() == commands.len() {
        return Ok(());
    }
    http.create_global_commands(&ours)
        .await
        .context("registering the commands")?;
    store.set_registration(scope, content).await?;
    tracing::info!(commands = commands.len(), "registered the commands");
    Ok(())
}

/// Takes out `autocomplete` where it is false: it is written with every option, also with those whose
/// types Discord doesn't have it for.
fn keep_what_is_completed(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(keep_what_is_completed),
        Value::Object(fields) => {
            fields.retain(|name, value| name != "autocomplete" || value != false);
            fields.values_mut().for_each(keep_what_is_completed);
        }
        _ => {}
    }
}
