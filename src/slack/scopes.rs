//! The scopes of the bot token: those that the manifest asks for, and what is said where an app lacks one.

/// The scopes, each with whether it is for reading what is written in channels.
pub(super) const SCOPES: [(&str, bool); 9] = [
    ("channels:history", true),
    ("channels:read", false),
    ("chat:write", false),
    ("commands", false),
    ("files:write", false),
    ("groups:history", true),
    ("groups:read", false),
    ("im:write", false),
    ("users:read", false),
];

/// Tells the operator what an app lacks that has these scopes, with commas between.
pub(super) fn tell_of_missing(granted: &str) {
    let lacks = |name: &str| granted.split(',').all(|scope| scope.trim() != name);
    let missing = |reads: bool| {
        let all = SCOPES.iter().filter(|(_, of_history)| *of_history == reads);
        let names = all.map(|(name, _)| *name).filter(|name| lacks(name));
        names.collect::<Vec<_>>().join(", ")
    };
    let (needed, history) = (missing(false), missing(true));
    if !needed.is_empty() {
        tracing::warn!(
            "the app lacks {needed}, so Slack will refuse what needs that. Print its manifest (greenroom slack manifest), \
             paste it at https://api.slack.com/apps (your app, App Manifest), and reinstall the app"
        );
    }
    if !history.is_empty() {
        tracing::info!(
            "the app may not read what is written in channels ({history}): members answer by buttons only"
        );
    }
}
