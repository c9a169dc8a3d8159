//! Watches the shards. A connection that stalls can stay so for ever, because not every wait of
//! serenity's has an end; then the bot ends, and its supervisor starts it anew.

use std::collections::HashMap;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{ConnectionStage, ShardManager};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::connection::Heard;
use crate::discord::timing::Timing;

/// Why a shard is given up.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Lost {
    /// It has no connection.
    #[error("shard {shard} has not been connected for {} s", .since.as_secs())]
    Away {
        /// Which one, from 0.
        shard: u32,
        /// For how long.
        since: Duration,
    },
    /// It counts as connected, but there is no event, and its heartbeats are not acknowledged.
    #[error("nothing has come through shard {shard} for {} s", .since.as_secs())]
    Silent {
        /// Which one, from 0.
        shard: u32,
        /// For how long.
        since: Duration,
    },
}

/// Looks at the shards, `total` in all, until one is lost.
pub(crate) async fn watch(
    shards: &ShardManager,
    heard: &Heard,
    total: u32,
    timing: &Timing,
) -> Lost {
    let mut watchdog = Watchdog::new(total, timing, Instant::now());
    let mut looks = interval(timing.look);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let runners = shards.runners.lock().await;
        let seen = runners.iter().map(|(id, runner)| {
            let connected = runner.stage == ConnectionStage::Connected;
            let seen = Seen {
                connected,
                latency: runner.latency,
                heard: heard.last(*id),
            };
            (id.0, seen)
        });
        let seen = seen.collect();
        drop(runners);
        tracing::trace!("looked at the connections");
        if let Err(lost) = watchdog.look(&seen, Instant::now()) {
            return lost;
        }
    }
}

/// What there is to see of a shard.
#[derive(Clone, Copy)]
struct Seen {
    connected: bool,
    /// How long the acknowledgement of the newest heartbeat took; none until it is there. To the
    /// nanosecond: when it changes, there was another one.
    latency: Option<Duration>,
    /// When an event last came. After each new connection serenity begins to count anew until it sends
    /// a heartbeat, so one that breaks more often than that has no other sign of life.
    heard: Option<Instant>,
}

/// What is remembered of a shard.
#[derive(Clone, Copy)]
struct Shard {
    /// Whether it was ever there.
    began: bool,
    /// Whether it was connected at the last look.
    connected: bool,
    /// When it was last seen connected, or heard of, or began.
    there: Instant,
    /// When it connected, or had a heartbeat acknowledged or an event since.
    beat: Instant,
    latency: Option<Duration>,
}

struct Watchdog {
    silence: Duration,
    away: Duration,
    shards: Vec<Shard>,
}

impl Watchdog {
    fn new(total: u32, timing: &Timing, now: Instant) -> Self {
        let new = Shard {
            began: false,
            connected: false,
            there: now,
            beat: now,
            latency: None,
        };
        Self {
            silence: timing.silence,
            away: timing.away,
            shards: (0..total).map(|_| new).collect(),
        }
    }

    fn look(&mut self, seen: &HashMap<u32, Seen>, now: Instant) -> Result<(), Lost> {
        let mut one_began = false;
        for (id, shard) in (0..).zip(&mut self.shards) {
            if let Some(seen) = seen.get(&id) {
                one_began |= !shard.began;
                shard.note(*seen, now);
            }
        }
        if one_began {
            // They begin one after another; the rest have their turn still to come.
            let waiting = self.shards.iter_mut().filter(|shard| !shard.began);
            waiting.for_each(|shard| shard.there = now);
        }
        let mut shards = (0..).zip(&self.shards);
        shards.try_for_each(|(id, shard)| self.judge(id, shard, now))
    }

    fn judge(&self, shard: u32, known: &Shard, now: Instant) -> Result<(), Lost> {
        let since = |then| now.saturating_duration_since(then);
        let (there, beat) = (since(known.there), since(known.beat));
        if there >= self.away {
            return Err(Lost::Away {
                shard,
                since: there,
            });
        }
        if known.connected && beat >= self.silence {
            return Err(Lost::Silent { shard, since: beat });
        }
        Ok(())
    }
}

impl Shard {
    fn note(&mut self, seen: Seen, now: Instant) {
        if !self.began {
            (self.began, self.there) = (true, now);
        }
        if seen.connected {
            self.there = now;
            if !self.connected || (seen.latency.is_some() && seen.latency != self.latency) {
                self.beat = now;
            }
        }
        if let Some(heard) = seen.heard {
            (self.there, self.beat) = (self.there.max(heard), self.beat.max(heard));
        }
        (self.connected, self.latency) = (seen.connected, seen.latency);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWAY: Option<Seen> = Some(Seen {
        connected: false,
        latency: None,
        heard: None,
    });

    fn beating(latency: u64) -> Option<Seen> {
        Some(Seen {
            connected: true,
            latency: Some(Duration::from_nanos(latency)),
            heard: None,
        })
    }

    /// Looks every ten seconds at one shard that always seems connected and never has a heartbeat
    /// acknowledged, with events at those seconds.
    fn heard_at(seconds: &[u64]) -> Option<(usize, Lost)> {
        let begin = Instant::now();
        let mut watchdog = Watchdog::new(1, &Timing::default(), begin);
        (0..100).find_map(|look| {
            let now = look * 10;
            let last = seconds.iter().filter(|at| **at <= now).max();
            let seen = Seen {
                connected: true,
                latency: None,
                heard: last.map(|at| begin + Duration::from_secs(*at)),
            };
            let now = begin + Duration::from_secs(now);
            let lost = watchdog.look(&HashMap::from([(0, seen)]), now).err()?;
            Some((usize::try_from(look).expect("few"), lost))
        })
    }

    #[test]
    fn a_connection_that_breaks_before_each_heartbeat_is_alive_while_events_come() {
        let reconnects: Vec<u64> = (0..30).map(|times| times * 35).collect();
        assert_eq!(heard_at(&reconnects), None);
        let since = Duration::from_secs(120);
        let silent = Lost::Silent { shard: 0, since };
        assert_eq!(heard_at(&[]), Some((12, silent)));
        assert_eq!(heard_at(&[0, 35, 70]), Some((19, silent)));
    }

    #[test]
    fn a_shard_that_was_away_at_each_look_was_there_if_an_event_came() {
        let begin = Instant::now();
        let mut watchdog = Watchdog::new(1, &Timing::default(), begin);
        for look in 0..100 {
            let now = begin + Duration::from_secs(look * 10);
            let heard = Some(begin + Duration::from_secs((look * 10).saturating_sub(5)));
            let seen = AWAY.map(|away| Seen { heard, ..away });
            let seen = HashMap::from([(0, seen.expect("it is seen"))]);
            assert_eq!(watchdog.look(&seen, now), Ok(()));
        }
    }

    /// Looks every ten seconds at one shard as it is at each look; when it is lost, and how.
    fn watched(looks: impl IntoIterator<Item = Option<Seen>>) -> Option<(usize, Lost)> {
        watched_all(looks.into_iter().map(|seen| [seen]))
    }

    fn watched_all<const N: usize>(
        looks: impl IntoIterator<Item = [Option<Seen>; N]>,
    ) -> Option<(usize, Lost)> {
        let begin = Instant::now();
        let total = u32::try_from(N).expect("few");
        let mut watchdog = Watchdog::new(total, &Timing::default(), begin);
        looks.into_iter().enumerate().find_map(|(number, shards)| {
            let seen = (0..).zip(shards);
            let seen = seen.filter_map(|(id, seen)| Some((id, seen?))).collect();
            let now = begin + Duration::from_secs(10) * u32::try_from(number).expect("few");
            Some((number, watchdog.look(&seen, now).err()?))
        })
    }

    fn lost_away(shard: u32) -> Lost {
        Lost::Away {
            shard,
            since: Duration::from_secs(60),
        }
    }

    #[test]
    fn a_shard_that_beats_is_left_alone() {
        // An acknowledgement about every fourth look, as with Discord.
        assert_eq!(watched((0..1000).map(|look| beating(look / 4))), None);
    }

    #[test]
    fn a_shard_without_a_heartbeat_is_lost_after_two_minutes() {
        let since = Duration::from_secs(120);
        let silent = Lost::Silent { shard: 0, since };
        assert_eq!(watched([beating(1); 20]), Some((12, silent)));
        let later = (0..10).map(beating).chain([beating(9); 20]);
        assert_eq!(watched(later), Some((21, silent)));
    }

    #[test]
    fn a_shard_that_does_not_connect_is_lost_after_a_minute() {
        assert_eq!(watched([None; 20]), Some((6, lost_away(0))));
        let stalled = [beating(1), None].into_iter().chain([AWAY; 20]);
        assert_eq!(watched(stalled), Some((6, lost_away(0))));
    }

    #[test]
    fn coming_back_in_time_begins_anew() {
        let back = || [AWAY, AWAY, None, AWAY, AWAY, beating(1)];
        assert_eq!(
            watched(std::iter::repeat_with(back).take(50).flatten()),
            None
        );
    }

    #[test]
    fn shards_that_begin_one_after_another_have_their_turn() {
        let began = |look: u64, id: u64| (look >= id * 4).then(|| beating(look / 4)).flatten();
        let looks = (0..40).map(|look| std::array::from_fn::<_, 8, _>(|id| began(look, id as u64)));
        assert_eq!(watched_all(looks), None);
        let stuck = (0..40).map(|look| [began(look, 0), began(look, 1), None]);
        assert_eq!(watched_all(stuck), Some((10, lost_away(2))));
    }
}
