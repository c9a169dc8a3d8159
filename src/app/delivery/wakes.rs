//! What wakes the engine, named for what it wakes, so that it need not wait for its next look.

use tokio::sync::watch;

/// One for each kind of work. Whatever makes such work calls it.
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

/// Wakes its listeners. Several calls before they look count as one.
#[derive(Default)]
pub(crate) struct Wake(watch::Sender<()>);

impl Wake {
    /// There is something to do.
    pub(crate) fn call(&self) {
        self.0.send_replace(());
    }

    /// A receiver that changes with each call from now on.
    pub(super) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
