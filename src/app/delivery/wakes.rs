//! What wakes the engine, named for what it wakes, so that it need not wait for its next look.

use tokio::sync::watch;

/// One for each kind of work that there is. Whatever leaves such work calls it.
#[derive(Default)]
pub(crate) struct Wakes {
    /// A daily is to be posted.
    pub posts: Wake,
    /// A message doesn't show what its daily has become.
    pub edits: Wake,
    /// A thread is to be started.
    pub threads: Wake,
    /// An admin or the operator is to be told something.
    pub notices: Wake,
}

/// Wakes whoever listens. Several calls before they look are one.
#[derive(Default)]
pub(crate) struct Wake(watch::Sender<()>);

impl Wake {
    /// There is something to do.
    pub(crate) fn call(&self) {
        self.0.send_replace(());
    }

    /// Changes with each call from now on.
    pub(super) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
