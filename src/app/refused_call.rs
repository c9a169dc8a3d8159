//! What it means that a platform refused a call, whatever it calls that itself.

/// What it means that a platform refused a call. Its text says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusedCall {
    /// The bot isn't in the channel, or the channel isn't there.
    NotThere,
    /// The channel is archived.
    Archived,
    /// The channel lets others post, and not the bot.
    MayNotPost,
    /// The message is too old to be changed.
    TooOld,
    /// The token isn't valid any more.
    Token,
    /// The app lacks one of these scopes, with commas between.
    Scope(String),
}
