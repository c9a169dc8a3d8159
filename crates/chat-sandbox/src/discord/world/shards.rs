//! Shards: whose session gets which guild's events, and how many may identify at once ("Sharding").

use std::{collections::HashMap, time::Duration};

use serde_json::{Value, json};
use tokio::time::Instant;

/// "Apps also have a limit for concurrent Identify requests allowed per 5 seconds."
const IDENTIFY_EVERY: Duration = Duration::from_secs(5);

/// One of the connections that an application splits its guilds over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shard {
    id: u64,
    count: u64,
}

impl Shard {
    /// The only one.
    pub const ALL: Self = Self { id: 0, count: 1 };

    /// Reads `[id, count]`, as identify carries it; `None` unless there can be such a shard.
    pub fn read(value: &Value) -> Option<Self> {
        let [id, count] = value.as_array()?.as_slice() else {
            return None;
        };
        let (id, count) = (id.as_u64()?, count.as_u64()?);
        (id < count).then_some(Self { id, count })
    }

    /// As READY carries it.
    pub fn wire(self) -> Value {
        json!([self.id, self.count])
    }

    /// Whether the events of a guild are this one's, or without a guild those of direct messages:
    /// "shard_id = (guild_id >> 22) % num_shards", and "DMs will only be sent to shard 0".
    pub fn has(self, guild: Option<u64>) -> bool {
        guild.map_or(0, |guild| (guild >> 22) % self.count) == self.id
    }
}

/// When shards identified last. The times are real ones, which moving the clock does not change.
#[derive(Debug)]
pub struct Identifies {
    /// How many may identify at once.
    pub max_concurrency: u64,
    /// Whether those that come too early are refused.
    counting: bool,
    last: HashMap<u64, Instant>,
}

impl Identifies {
    pub fn new(max_concurrency: u64, counting: bool) -> Self {
        Self {
            max_concurrency: max_concurrency.max(1),
            counting,
            last: HashMap::new(),
        }
    }

    /// Whether a shard may identify now, which then counts: of those with the same "rate limit key",
    /// `shard_id % max_concurrency`, one in five seconds.
    pub fn admit(&mut self, shard: Shard, now: Instant) -> bool {
        let key = shard.id % self.max_concurrency;
        let last = self.last.get(&key);
        let early = last.is_some_and(|last| now < *last + IDENTIFY_EVERY);
        if self.counting && early {
            return false;
        }
        self.last.insert(key, now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(id: u64, count: u64) -> Shard {
        Shard::read(&json!([id, count])).expect("a shard")
    }

    #[test]
    fn every_guild_has_one_shard_and_direct_messages_the_first() {
        for guild in (0..7).map(|number| 1_200_000_000_000_000_000 + (number << 22)) {
            let having = (0..3).filter(|id| shard(*id, 3).has(Some(guild)));
            assert_eq!(having.collect::<Vec<_>>(), [(guild >> 22) % 3]);
        }
        assert!(shard(0, 3).has(None) && !shard(1, 3).has(None));
        for wrong in [json!([1, 1]), json!([0]), json!([-1, 2]), json!("0, 1")] {
            assert_eq!(Shard::read(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn so_many_may_identify_in_five_seconds() {
        let now = Instant::now();
        let mut identifies = Identifies::new(2, true);
        let mut at =
            |id, seconds| identifies.admit(shard(id, 4), now + Duration::from_secs(seconds));
        assert_eq!(
            [at(0, 0), at(1, 0), at(2, 4), at(3, 4)],
            [true, true, false, false]
        );
        assert_eq!([at(2, 5), at(0, 9), at(3, 9)], [true, false, true]);
        let mut uncounted = Identifies::new(1, false);
        assert!(uncounted.admit(shard(0, 2), now) && uncounted.admit(shard(1, 2), now));
    }
}
