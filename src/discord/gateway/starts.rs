//! How many sessions may still be started, and how long a start waits so that they last.
//!
//! Discord allows an application so many a day (<https://docs.discord.com/developers/events/gateway#session-start-limit-object>);
//! one that uses them up loses its token. The waits follow from Discord's own count alone. It has
//! what counts: each session of each process with this token, also those begun anew while running.
//! A count of ours would miss some of these, and be gone with its file.

use std::time::Duration;

use poise::serenity_prelude::SessionStartLimit;

use crate::discord::timing::Timing;

/// The first of so many parts of a day's sessions is nothing unusual (updates, a restart by hand);
/// with each further part, the wait doubles.
const PARTS: u64 = 100;
/// One of so many parts of the sessions is kept back.
const KEPT_BACK: u64 = 10;

/// Sessions are counted by the day, so no reset is farther off, whatever an answer says.
const DAY: Duration = Duration::from_secs(86_400);

/// How long to wait before `shards` sessions are started.
pub(crate) fn identify_delay(limit: &SessionStartLimit, shards: u32, timing: &Timing) -> Duration {
    let shards = u64::from(shards.max(1));
    let reset = Duration::from_millis(limit.reset_after).min(DAY);
    if limit.remaining < shards + limit.total / KEPT_BACK {
        return reset.max(timing.longest_wait);
    }
    let used = limit.total.saturating_sub(limit.remaining) / shards;
    let part = (limit.total / shards / PARTS).max(1);
    let Some(doubled) = (used / part).checked_sub(1) else {
        return Duration::ZERO;
    };
    let factor = 2_u32.saturating_pow(u32::try_from(doubled).unwrap_or(u32::MAX));
    let wait = timing.first_wait.saturating_mul(factor);
    wait.min(timing.longest_wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(total: u64, used: u64, past: Duration) -> SessionStartLimit {
        let left = DAY.saturating_sub(past).as_millis();
        let limit = serde_json::json!({
            "total": total, "remaining": total.saturating_sub(used),
            "reset_after": u64::try_from(left).expect("a day"), "max_concurrency": 1,
        });
        serde_json::from_value(limit).expect("as Discord writes it")
    }

    fn seconds(used: u64) -> u64 {
        let limit = limit(1000, used, Duration::from_secs(3600));
        identify_delay(&limit, 1, &Timing::default()).as_secs()
    }

    #[test]
    fn no_answer_keeps_it_waiting_for_more_than_a_day() {
        let odd = serde_json::json!({
            "total": u64::MAX, "remaining": 0, "reset_after": u64::MAX, "max_concurrency": 1,
        });
        let odd = serde_json::from_value(odd).expect("as Discord might write it");
        assert_eq!(identify_delay(&odd, u32::MAX, &Timing::default()), DAY);
    }

    #[test]
    fn the_usual_starts_do_not_wait_and_further_ones_ever_longer() {
        let waits = [0, 9, 10, 19, 20, 30, 69, 70, 500, 899].map(seconds);
        assert_eq!(waits, [0, 0, 5, 5, 10, 20, 160, 300, 300, 300]);
    }

    #[test]
    fn the_last_sessions_are_kept_back_for_the_rest_of_the_day() {
        assert_eq!([900, 999, 1000].map(seconds), [82_800; 3]);
        let over = limit(1000, 1000, DAY);
        let wait = identify_delay(&over, 1, &Timing::default());
        assert_eq!(wait, Timing::default().longest_wait);
    }

    #[test]
    fn no_restart_loop_uses_up_a_day() {
        // Each life of the process starts all shards, and with a bad Discord again every 10 of its
        // 60 seconds; its supervisor waits 30 more.
        for (total, shards, lives) in [(1000, 1, 1), (1000, 1, 6), (1000, 4, 6), (2000, 16, 6)] {
            let (mut past, mut used) = (Duration::ZERO, 0);
            while past < DAY {
                let limit = limit(total, used, past);
                past += identify_delay(&limit, shards, &Timing::default());
                if past < DAY {
                    used += u64::from(shards) * lives;
                    past += Duration::from_secs(30 + 10 * lives);
                }
            }
            assert!(used < total, "{used} of {total} with {shards} shards");
        }
    }
}
