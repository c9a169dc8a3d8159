//! Registers the commands with Discord, only when they changed.

use serde::de::IgnoredAny;
use serde_json::Value;

use super::Command;
use crate::app::App;
use crate::discord::sending::Sender;

/// Overwrites the global commands of an application when they are not those registered last.
pub(crate) async fn commands(
    app: &App,
    sender: &Sender,
    application: u64,
    commands: &[Command],
) -> anyhow::Result<()> {
    let mut ours = serde_json::to_value(poise::builtins::create_application_commands(commands))?;
    keep_what_is_completed(&mut ours);
    let content = ours.to_string();
    let scope = format!("discord:{application}");
    let path = format!("/applications/{application}/commands");
    let there: Vec<IgnoredAny> = sender.ask(&path).await?;
    let recorded = app.registered(scope.clone()).await?;
    // The count notices commands that were removed by other hands.
    if recorded.as_ref() == Some(&content) && there.len() == commands.len() {
        return Ok(());
    }
    sender.put(&path, &ours).await?;
    app.set_registered(scope, content).await?;
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
