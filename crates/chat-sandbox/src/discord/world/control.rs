//! What tests and the page may ask of a world besides acting as someone in it.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use twilight_model::{
    channel::permission_overwrite::PermissionOverwrite, guild::Permissions, id::Id,
};

use super::{Change, GatewayFault, Someone, ToClient, World, seed};
use crate::{
    common::{RequestRecord, Stops, secret},
    discord::{Person, Previews},
};

/// The colour of people who were added later.
const PLAIN: u32 = 0x6b_72_80;

impl World {
    /// What went wrong so far: interactions not acknowledged, unknown routes, breached limits, second
    /// acknowledgements. The oldest of many are forgotten.
    pub fn problems(&self) -> Vec<String> {
        self.lock().recorder.problems()
    }

    /// The REST requests so far. The oldest of many are forgotten.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.lock().recorder.requests()
    }

    /// The time in this world.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// When it began, by the system's clock: tells this world from one before at the same address.
    pub fn started(&self) -> DateTime<Utc> {
        self.clock.started()
    }

    /// Moves the clock ahead, and tells everyone. Interaction tokens age with it.
    ///
    /// # Panics
    /// When `by` is negative: ids are made from the clock and must not repeat.
    pub fn advance(&self, by: Duration) {
        {
            let mut state = self.lock();
            self.clock.advance(by);
            state.announce(Change::Clock);
            state.lapse();
            state.archive_idle();
        }
        self.clock.tell(by);
    }

    /// Moves the clock ahead as [`World::advance`] does, but by way of each instant at which something is to happen. Who
    /// asks while it is on its way is next.
    pub async fn advance_by_stops(&self, by: Duration) {
        let advance = |by| self.advance(by);
        self.clock.advance_by_stops(by, advance).await;
    }

    pub(crate) fn on_advance(&self, moved: impl Fn(Duration) + Send + Sync + 'static) {
        self.clock.on_advance(moved);
    }

    pub(crate) fn stop_at(&self, stops: Arc<dyn Stops>) {
        self.clock.stop_at(stops);
    }

    /// Breaks every gateway connection without a word; sessions can be resumed.
    pub fn drop_gateway(&self) {
        self.fault(GatewayFault::Drop);
    }

    /// Closes every connection of the gateway, and those that a fault holds up.
    pub(crate) fn close_gateway(&self) {
        self.release();
        self.lock()
            .gateway
            .everywhere(|| ToClient::Close(1001, "The sandbox stops."));
    }

    /// How many sessions were started, by whichever client.
    pub fn sessions_started(&self) -> u64 {
        self.lock().gateway.started()
    }

    /// Whether a bot is connected.
    pub fn bot_online(&self) -> bool {
        self.lock().gateway.online()
    }

    /// Sets what a role or member may and may not do in a channel, in place of the overwrite it may have
    /// there. `channel` is a name in the first guild or the id of any guild's; `who` is a role's or a
    /// person's name, `@everyone`, or `bot`.
    ///
    /// # Panics
    /// When there is no such channel, role or person.
    pub fn set_permissions(&self, channel: &str, who: &str, allow: Permissions, deny: Permissions) {
        let mut state = self.lock();
        let (home, owner) = (state.home, state.owner);
        let room = state.room_named(home, owner, channel);
        let room = room.unwrap_or_else(|| panic!("there is no channel {channel:?}"));
        let target = state.overwrite_target(state.guild_of(room), who);
        let (id, kind) = target.unwrap_or_else(|| panic!("there is no role or person {who:?}"));
        state.overwrite(
            room,
            PermissionOverwrite {
                allow,
                deny,
                id: Id::new(id),
                kind,
            },
        );
        state.tell_changed(room);
    }

    /// The names of all people.
    pub fn names(&self) -> Vec<String> {
        let state = self.lock();
        let people = state.people.iter().filter(|someone| !someone.user.bot);
        people.map(|someone| someone.user.name.clone()).collect()
    }

    /// Everyone there is, in the order they came.
    pub fn people(self: &Arc<Self>) -> Vec<Person> {
        self.names()
            .iter()
            .filter_map(|name| Person::named(self, name))
            .collect()
    }

    /// Lets one more person join, a plain member; who has that name already is returned as they are.
    pub fn add_person(self: &Arc<Self>, name: &str) -> Person {
        let mut state = self.lock();
        let id = match state.someone_named(name) {
            Some(someone) => someone.user.id.get(),
            None => {
                let id = state.next_id();
                let user = seed::user(id, name, name, false);
                state.people.push(Someone {
                    user,
                    color: PLAIN,
                    key: secret(),
                });
                let guilds: Vec<u64> = state.guilds.keys().copied().collect();
                for guild in guilds {
                    state.tell_joined(guild, id);
                }
                id
            }
        };
        drop(state);
        Person::of(self, id)
    }

    /// How many requests were answered 429 so far.
    pub fn rate_limited(&self) -> usize {
        self.lock().rates.refused
    }

    /// Shows previews in place of those before, also where the page is open.
    pub fn show_previews(&self, previews: Previews) {
        let before = self.previews.send_replace(Arc::new(previews));
        // From the first on, the chat has a link to them.
        if before.is_empty() {
            self.lock().announce(Change::Reset);
        }
    }
}
