//! The task that keeps the deadlines, for as long as there is a world.

use std::sync::{Arc, Weak};

use super::shared::World;

impl World {
    /// Has what is late given up at its time, by the clock of this world.
    pub(in crate::slack) fn keep_deadlines(self: &Arc<Self>) {
        let (world, wake) = (Arc::downgrade(self), Arc::clone(&self.wake));
        tokio::spawn(async move {
            loop {
                let woken = wake.notified();
                let Some(left) = until_next(&world) else {
                    return;
                };
                match left {
                    None => woken.await,
                    Some(left) => {
                        tokio::select! {
                            () = tokio::time::sleep(left) => {}
                            () = woken => {}
                        }
                    }
                }
                let Some(world) = world.upgrade() else { return };
                let mut state = world.lock();
                if state.next_deadline().is_some_and(|at| at <= state.now()) {
                    state.lapse();
                }
            }
        });
    }
}

/// How long it is until the next deadline, if there is one. None when the world is gone.
fn until_next(world: &Weak<World>) -> Option<Option<std::time::Duration>> {
    let world = world.upgrade()?;
    let state = world.lock();
    let next = state.next_deadline();
    Some(next.map(|at| (at - state.now()).to_std().unwrap_or_default()))
}

impl Drop for World {
    fn drop(&mut self) {
        self.wake.notify_one();
    }
}
