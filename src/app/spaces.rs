//! Spaces that take the bot in or remove it, and what was registered with their platform.

use super::App;
use crate::model::SpaceId;
use crate::store::StoreError;

impl App {
    /// The bot is in a space, perhaps again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn space_joined(&self, space: SpaceId) -> Result<(), StoreError> {
        self.store.space_joined(space, self.clock.now()).await
    }

    /// A space removed the bot.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn space_left(&self, space: SpaceId) -> Result<(), StoreError> {
        self.store.space_left(space, self.clock.now()).await
    }

    /// The spaces with data here that have not removed the bot, as far as is known.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn spaces(&self) -> Result<Vec<SpaceId>, StoreError> {
        self.store.spaces().await
    }

    /// The commands that were last registered in `scope`, as they were sent.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn registered(&self, scope: String) -> Result<Option<String>, StoreError> {
        self.store.registration(scope).await
    }

    /// The commands that are registered in `scope` from now on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set_registered(&self, scope: String, commands: String) -> Result<(), StoreError> {
        self.store.set_registration(scope, commands).await
    }

    /// Waits until the store's writer has ended, without keeping the store open.
    pub fn writer_ended(&self) -> impl Future<Output = ()> + Send + 'static {
        self.store.writer_ended()
    }
}
