//! What menus offer while somebody types: <https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload>.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::arguments::Takes;
use super::forms::{action, choice};
use super::payloads::Suggestion;
use super::{Data, respond};
use crate::metrics;

/// The most options at once.
const MOST: usize = 100;
/// How many characters of what was typed are looked at.
const LOOKED_AT: usize = 200;

/// The kinds of values whose menus are filled while somebody types.
const OFFERED: [Takes; 5] = [
    Takes::Question,
    Takes::Topics,
    Takes::Zone,
    Takes::Dates,
    Takes::SkippedDates,
];

/// What is offered, as the acknowledgement has it: `{"options": […]}`. Whoever is over the rate limit is offered nothing,
/// since a menu can't show an error.
pub(crate) async fn options(data: &Data, suggestion: &Suggestion) -> Value {
    metrics::completed();
    let mut kinds = OFFERED.into_iter();
    let kind = kinds.find(|kind| action(*kind) == suggestion.action);
    let offered = match kind {
        Some(kind) => offered(data, kind, suggestion).await,
        None => Vec::new(),
    };
    let mut seen = HashSet::new();
    let options = offered
        .into_iter()
        .filter(|(_, value)| seen.insert(value.clone()))
        .filter_map(|(shown, value)| choice(&shown, &value))
        .take(MOST);
    json!({ "options": options.collect::<Vec<_>>() })
}

/// What fits, as (shown, sent).
async fn offered(data: &Data, kind: Takes, suggestion: &Suggestion) -> Vec<(String, String)> {
    let app = &data.app;
    let typed: String = suggestion.typed.chars().take(LOOKED_AT).collect();
    let caller = match kind {
        // Those are offered to admins only.
        Takes::Question | Takes::Dates | Takes::SkippedDates => {
            respond::admin(data, &suggestion.user).await
        }
        _ => respond::caller(data, &suggestion.user).await,
    };
    let Ok(caller) = caller else {
        return Vec::new();
    };
    match kind {
        Takes::Question => app.suggest_askable(&caller, &typed),
        Takes::Topics => app.suggest_topics(&typed),
        Takes::Zone => app.suggest_zones(&typed),
        Takes::Dates => app.suggest_dates(&caller, false, &typed).await,
        Takes::SkippedDates => app.suggest_dates(&caller, true, &typed).await,
        _ => Vec::new(),
    }
}
