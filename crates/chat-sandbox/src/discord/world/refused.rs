//! Why Discord refuses something.

/// Why Discord refuses the bot something in a channel.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refused {
    /// There is no such channel.
    UnknownChannel,
    /// There is, but the bot can't see it, or is not in its guild.
    MissingAccess,
    /// The guild is out of order.
    Unavailable,
    /// It sees it, but lacks a permission.
    MissingPermissions,
    /// It is an archived thread, in which that can't be done.
    Archived,
    /// It is a locked thread, in which that takes the permission to manage threads.
    Locked,
}
