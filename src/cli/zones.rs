//! Which time zone rules are in force: logged at the start, printed by `check`, and shown at `/healthz`.

use chrono::Utc;
use greenroom::app::wording;
use greenroom::time::Zones;

/// Which release is in force, and what to do about it, if anything.
pub fn in_force() -> (String, Option<String>) {
    let zones = Zones::in_force();
    let warning = zones.warning(Utc::now().date_naive());
    let warning = warning.map(|warning| warning.to_string());
    (wording::zones_in_force(zones), warning)
}

/// Logs it.
pub fn log() {
    let (said, warning) = in_force();
    tracing::info!("{said}");
    if let Some(warning) = warning {
        tracing::warn!("{warning}");
    }
}
