//! Whose rules for time zones are in force: told at the start, by `check`, and at `/healthz`.

use chrono::Utc;
use greenroom::app::wording;
use greenroom::time::Zones;

/// Which release is in force, and what there is to do about it, if anything.
pub fn in_force() -> (String, Option<String>) {
    let zones = Zones::in_force();
    let warning = zones.warning(Utc::now().date_naive());
    let warning = warning.map(|warning| warning.to_string());
    (wording::zones_in_force(zones), warning)
}

/// Tells the log.
pub fn log() {
    let (said, warning) = in_force();
    tracing::info!("{said}");
    if let Some(warning) = warning {
        tracing::warn!("{warning}");
    }
}
